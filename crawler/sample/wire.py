"""HTTP/1.1 of the sample portal: keep-alive, conditional requests, gzip, and connections that break on order."""

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Protocol

from crawler.sample.answer import Answer
from crawler.sample.faults import Faults, Switch

TICK = 0.05
"""How many seconds go by before an answer that waits looks whether it still must."""
_GZIP_FROM = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One request that was answered; ``conditional`` when it came with validators, ``at`` is a monotonic time."""

    portal: str
    method: str
    path: str
    status: int
    conditional: bool
    at: float


class Host(Protocol):
    """What a server asks of the portal behind it."""

    name: str
    hits: list[Hit]
    stopping: Event

    @property
    def faults(self) -> Faults:
        """The switches as they are now."""

    def answer(self, target: str, form: str = "") -> Answer:
        """The answer to a GET of path and query, or to a POST of ``form`` (url-encoded) to it."""


class Server(ThreadingHTTPServer):
    """A server that ends its connections and threads when it is closed."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, host: Host, port: int) -> None:
        self.host = host
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), Handler)

    def process_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:  # type: ignore[override] # typeshed allows datagram tuples
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override] # as above
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends every open connection, so that no thread waits for its client."""
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Sample/1"
    sys_version = ""
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True
    timeout = 30

    def handle(self) -> None:
        """Answers requests until the client has enough; a client that goes away is no error."""
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def finish(self) -> None:
        """Flushes what is left, unless the client has gone."""
        with suppress(ConnectionError, TimeoutError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the portal keeps its own list of requests."""

    def do_GET(self) -> None:
        """A page, file or fault."""
        self._serve()

    def do_HEAD(self) -> None:
        """The headers that GET would send."""
        self._serve()

    def do_POST(self) -> None:
        """What a form is answered with."""
        length = int(self.headers.get("Content-Length") or 0)
        self._serve(self.rfile.read(length).decode("ascii", "replace"))

    def _linger(self, slow: Switch) -> None:
        host = self.server.host
        until = time.monotonic() + slow.seconds
        while host.faults.slow is slow and (rest := until - time.monotonic()) > 0 and not host.stopping.is_set():
            host.stopping.wait(min(rest, TICK))

    def _serve(self, form: str = "") -> None:
        host = self.server.host
        faults = host.faults
        if faults.strikes("slow", self.path) and faults.slow:
            self._linger(faults.slow)
        answer = host.answer(self.path, form)
        unchanged = answer.status == 200 and self._unchanged(answer)
        self._note(304 if unchanged else answer.status)
        if unchanged:
            self._head(answer, 304, {})
        elif answer.stream is not None:
            self._stream(answer, answer.stream)
        else:
            self._whole(answer, faults)

    def _note(self, status: int) -> None:
        conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        host = self.server.host
        host.hits.append(
            Hit(
                portal=host.name,
                method=self.command,
                path=self.path,
                status=status,
                conditional=conditional,
                at=time.monotonic(),
            )
        )

    def _unchanged(self, answer: Answer) -> bool:
        """RFC 9110: If-None-Match decides where there is one, else If-Modified-Since."""
        if tags := self.headers.get("If-None-Match"):
            return answer.etag is not None and answer.etag in tags
        since = _date(self.headers.get("If-Modified-Since"))
        return since is not None and answer.modified is not None and answer.modified <= since

    def _whole(self, answer: Answer, faults: Faults) -> None:
        body, headers = answer.body, dict[str, str]()
        if len(body) > _GZIP_FROM and answer.media_type.startswith("text/") and self._accepts_gzip():
            body = gzip.compress(body, 4, mtime=0)
            headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            if faults.strikes("truncated_gzip", self.path):
                body = body[: len(body) // 2]
        self._head(answer, answer.status, headers | {"Content-Length": str(len(body))})
        if self.command == "HEAD":
            return
        if faults.strikes("cut", self.path):
            body, self.close_connection = body[: len(body) // 2], True
        self.wfile.write(body)
        self.wfile.flush()

    def _accepts_gzip(self) -> bool:
        return "gzip" in self.headers.get("Accept-Encoding", "")

    def _stream(self, answer: Answer, pieces: Iterator[bytes]) -> None:
        self._head(answer, answer.status, {"Transfer-Encoding": "chunked"})
        if self.command == "HEAD":
            return
        for piece in pieces:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    def _head(self, answer: Answer, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        validators = {"ETag": answer.etag, "Last-Modified": _http_date(answer.modified)}
        typed = {"Content-Type": answer.media_type} if status != 304 else {}
        for name, value in {**typed, **headers, **validators, **answer.headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()


def _http_date(at: datetime | None) -> str | None:
    return format_datetime(at.astimezone(UTC), usegmt=True) if at else None


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
