"""Single pages over the network, asked for politely: robots.txt first, one request at a time, bounded in size and time.

A crawl does not use this: it records what it fetches. This is for looking at a page before anything is crawled.
"""

import gzip
import http.client
import io
import ssl
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from importlib.metadata import version
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from w3lib.url import safe_url_string

from crawler.cli.exits import AskedError
from crawler.model import MunimentError
from crawler.page import MAX_PARSED, Page
from crawler.portal import LOOPBACK, is_url
from crawler.robots import rules, speaks

AGENT = "muniment"
SOFTWARE = f"{AGENT}/{version(AGENT)}"
SECONDS = 60.0
"""How long one answer may take, from the first byte asked for to the last one read."""


class FetchError(MunimentError):
    """A page could not be had; the message names the URL and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer, its Content-Encoding removed; ``url`` is where redirects led to."""

    url: str
    status: int
    body: bytes
    media_type: str | None
    charset: str | None
    fetched_at: datetime

    @property
    def page(self) -> Page:
        """The answer, read as a document."""
        return Page(
            url=self.url,
            body=self.body,
            media_type=self.media_type,
            charset=self.charset,
            captured_at=self.fetched_at,
        )


class Fetcher:
    """Fetches pages; keeps to each host's robots.txt and to ``delay`` seconds between two requests.

    A server on this machine is asked without pause. ``verified`` is False for a portal with a reason not to verify its
    certificate.
    """

    def __init__(self, delay: float = 1.0, contact: str | None = None, *, verified: bool = True) -> None:
        self._agent = f"{SOFTWARE} (+{contact})" if contact else SOFTWARE
        self._delay = delay
        self._asked = -delay
        self._robots: dict[str, Answer] = {}
        tls = HTTPSHandler(context=ssl.create_default_context() if verified else _trusting())
        self._opener = build_opener(_Redirects(self), tls)
        self._robots_opener = build_opener(tls)

    def get(self, url: str, form: str | None = None) -> Answer:
        """The answer to one GET, or to a POST of ``form`` (url-encoded), whatever its status.

        Raises FetchError when robots.txt forbids it or none came.
        """
        url = sound(url)
        if reason := self.refusal(url):
            raise FetchError(f"{url}: {reason}")
        return self._ask(url, self._opener, form)

    def refusal(self, url: str) -> str | None:
        """Why ``url`` may not be asked for, by the robots.txt of its host (RFC 9309); None when it may."""
        answer = self._robots_of(url)
        if not speaks(answer.status):
            return f"not asked for: {answer.url} answered {answer.status}, which forbids everything"
        allowed = rules(answer.status, _text(answer)).can_fetch(url, AGENT)
        return None if allowed else f"not asked for: {answer.url} forbids it"

    def robots_txt(self, url: str) -> str:
        """The text of the robots.txt on the host of ``url``; empty when there is none."""
        return _text(self._robots_of(url))

    def _robots_of(self, url: str) -> Answer:
        robots = urljoin(url, "/robots.txt")
        if robots not in self._robots:
            self._robots[robots] = self._ask(robots, self._robots_opener)
        return self._robots[robots]

    def _ask(self, url: str, opener: OpenerDirector, form: str | None = None) -> Answer:
        if urlsplit(url).hostname not in LOOPBACK:
            time.sleep(max(0.0, self._asked + self._delay - time.monotonic()))
        self._asked = time.monotonic()
        headers = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        request = Request(url, data=None if form is None else form.encode("ascii"), headers=headers)
        try:
            return _answer(opener, request, self._asked + SECONDS)
        except (OSError, http.client.HTTPException, zlib.error, EOFError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise FetchError(f"{url}: {_certificate_fault(reason) or reason or type(error).__name__}") from None


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _certificate_fault(reason: object) -> str | None:
    """What to say of a certificate that was refused; None for every other reason."""
    if not isinstance(reason, ssl.SSLCertVerificationError):
        return None
    way_out = "tell the portal, or write 'unverified' with a reason into [politeness] of its file"
    return f"its certificate is not valid ({reason.verify_message}); {way_out}"


class _Redirects(HTTPRedirectHandler):
    """Follows redirects to http(s) URLs that the robots.txt of their host allows."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def redirect_request(  # noqa: PLR0913, PLR0917  (urllib's signature)
        self, req: Request, fp: object, code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        """The request for the redirect's target."""
        target = sound(newurl)
        if reason := self._fetcher.refusal(target):
            raise FetchError(f"{target}: {reason}")
        return super().redirect_request(req, fp, code, msg, headers, target)  # type: ignore[arg-type]  # typeshed: IO


def _text(robots: Answer) -> str:
    return robots.body.decode("utf-8", "replace") if robots.status < 300 else ""


def sound(url: str) -> str:
    """``url`` as it goes over the wire. Raises AskedError when it is no http(s) URL."""
    if not is_url(url):
        raise AskedError(f"{url!r} is not an http(s) URL")
    parts = urlsplit(safe_url_string(url))
    return parts._replace(fragment="", path=parts.path or "/").geturl()


def gunzip(data: bytes, limit: int = MAX_PARSED + 1) -> bytes:
    """The first ``limit`` bytes of gzip data; other data is given back as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        return file.read(limit)


def _answer(opener: OpenerDirector, request: Request, deadline: float) -> Answer:
    try:
        response = opener.open(request, timeout=SECONDS / 2)
    except HTTPError as error:
        response = error
    with response:
        body = _body(response, deadline)
        headers: Message = response.headers
    return Answer(
        url=response.url,
        status=response.status,
        body=gunzip(body) if headers.get("Content-Encoding") else body,
        media_type=headers.get_content_type() if headers.get("Content-Type") else None,
        charset=headers.get_content_charset(),
        fetched_at=datetime.now(UTC),
    )


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while len(body) <= MAX_PARSED and (chunk := response.read1(65536)):
        body += chunk
        if time.monotonic() > deadline:
            raise TimeoutError(f"the answer took longer than {SECONDS:.0f} seconds")
    return bytes(body)
