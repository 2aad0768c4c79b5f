"""The records that an exchange becomes: its response, or a revisit of an earlier one, and its request."""

import hashlib
from base64 import b32encode
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.warc.values import KNOWN_AS, Exchange

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def records(writer: WARCWriter, exchange: Exchange) -> tuple[Any, Any]:
    response = _response(writer, exchange)
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = writer.create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=StatusAndHeaders(
            f"{exchange.method} {target} {exchange.protocol}", list(exchange.request_headers), is_http_request=True
        ),
        warc_headers_dict={
            "WARC-Date": date_of(exchange.captured_at),
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )
    return response, request


def _response(writer: WARCWriter, exchange: Exchange) -> Any:
    status = f"{exchange.status} {_phrase(exchange.status)}".strip()
    http = StatusAndHeaders(status, list(exchange.headers), protocol=exchange.protocol)
    fields = {"WARC-Date": date_of(exchange.captured_at)}
    if exchange.ip:
        fields["WARC-IP-Address"] = exchange.ip
    if exchange.truncated:
        fields["WARC-Truncated"] = exchange.truncated
    if exchange.known_as:
        fields[KNOWN_AS] = exchange.known_as
    if exchange.refers_to is None and exchange.status != HTTPStatus.NOT_MODIFIED:
        return writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.payload),
            length=len(exchange.payload),
            http_headers=http,
            warc_headers_dict=fields,
        )
    return writer.create_warc_record(
        exchange.url, "revisit", http_headers=http, warc_headers_dict=fields | _revisit(exchange)
    )


def _revisit(exchange: Exchange) -> dict[str, str]:
    same = exchange.status != HTTPStatus.NOT_MODIFIED
    fields = {"WARC-Profile": _SAME_PAYLOAD if same else _NOT_MODIFIED}
    if exchange.refers_to:
        url, at = exchange.refers_to
        fields |= {"WARC-Refers-To-Target-URI": url, "WARC-Refers-To-Date": date_of(at)}
    if same:
        sha1 = hashlib.sha1(exchange.payload, usedforsecurity=False).digest()
        fields["WARC-Payload-Digest"] = f"sha1:{b32encode(sha1).decode()}"
    return fields


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def date_of(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
