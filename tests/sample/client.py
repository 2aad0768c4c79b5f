"""A small HTTP client that shows what came over the wire, redirects and all."""

import gzip
import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import lxml.html


@dataclass(frozen=True, slots=True)
class Got:
    """A response: ``body`` with its Content-Encoding taken off."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def tree(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.body, parser=lxml.html.HTMLParser(encoding="utf-8"))

    def links(self) -> set[str]:
        return set(self.tree.xpath("//a/@href"))


@contextmanager
def connected(url: str) -> Iterator[http.client.HTTPConnection]:
    """A connection to the host of ``url``."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        yield connection
    finally:
        connection.close()


def get(url: str, method: str = "GET", **headers: str) -> Got:
    """The response to one request on a connection of its own; ``if_none_match`` becomes ``If-None-Match``."""
    with connected(url) as connection:
        return ask(connection, url, method, **headers)


def ask(connection: http.client.HTTPConnection, url: str, method: str = "GET", **headers: str) -> Got:
    """The response to a request on an open connection."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, target, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    body = response.read()
    got = {name.lower(): value for name, value in response.getheaders()}
    return Got(response.status, got, gzip.decompress(body) if got.get("content-encoding") == "gzip" and body else body)
