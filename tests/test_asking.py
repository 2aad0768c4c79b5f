"""How a portal is asked over TLS, through a proxy, and what every request says of who asks."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from warcio.archiveiterator import ArchiveIterator

from tests.cli.town import town
from tests.crawling import check_clear, checkout, column, declare, muniment, rows, warcs

ENDS = datetime(2036, 5, 1, tzinfo=UTC)


@dataclass
class Asked:
    """A server: its URL, and the headers of every request by path."""

    url: str = ""
    headers: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Asked]:
    """The little town, over TLS when there is a certificate; it answers requests to a proxy too."""
    asked = Asked()
    pages = town()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("http://town.example")
            asked.headers[self.path] = {name.lower(): value for name, value in self.headers.items()}
            answer = pages.get(path)
            self.send_response(answer.status if answer else 404)
            for name, value in (answer.headers if answer else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) if answer else 0))
            self.end_headers()
            self.wfile.write(answer.body if answer else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    asked.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that signs itself, with its key."""
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    return signed(tmp_path_factory.mktemp("tls"), names)


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without the name of any host, as appliances and old town halls have it."""
    return signed(tmp_path_factory.mktemp("tls"), x509.BasicConstraints(ca=False, path_length=None))


def signed(folder: Path, extension: x509.ExtensionType) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "town.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(ENDS)
        .add_extension(extension, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "town.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return checkout(tmp_path / "source")


def politely(source: Path, slug: str, text: str) -> None:
    with (source / "spiders" / f"{slug}.toml").open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def test_a_certificate_that_nobody_signed_is_refused(source: Path, tmp_path: Path, certificate: Path) -> None:
    with serving(certificate) as asked:
        declare(source, "xx-tls", asked.url)
        politely(source, "xx-tls", "timeout = 5")
        done = muniment("crawl", "xx-tls", cwd=tmp_path, source=source)
    check_clear(done, 1, "certificate refused", "write 'unverified'")
    assert asked.headers == {}


def test_an_exception_has_a_reason_and_is_recorded(source: Path, tmp_path: Path, certificate: Path) -> None:
    with serving(certificate) as asked:
        declare(source, "xx-tls", asked.url)
        politely(source, "xx-tls", 'unverified = "signs itself; the town hall was told"')
        check_clear(muniment("crawl", "xx-tls", cwd=tmp_path, source=source), 0, "3 new")
    archive = tmp_path / "archive.db"
    assert rows(archive, "SELECT host, expires_at FROM certificates") == [
        {"host": "127.0.0.1", "expires_at": "2036-05-01T00:00:00Z"}
    ]
    assert column(archive, "SELECT counts ->> 'unverified certificate' FROM crawls") == [1]
    (path,) = warcs(archive)
    with path.open("rb") as file:
        info = next(iter(ArchiveIterator(file))).raw_stream.read().decode()
    assert "certificate: not verified: signs itself; the town hall was told" in info


def test_a_portal_with_an_exception_is_tried_and_crawled_without_complaints(
    source: Path, tmp_path: Path, nameless: Path
) -> None:
    with serving(nameless) as asked:
        declare(source, "xx-tls", asked.url)
        refused = muniment("portal", "check", "xx-tls", cwd=tmp_path, source=source)
        politely(source, "xx-tls", 'unverified = "names no host; the town hall was told"')
        tried = muniment("portal", "check", "xx-tls", cwd=tmp_path, source=source)
        crawled = muniment("crawl", "xx-tls", cwd=tmp_path, source=source)
    check_clear(refused, 3)
    assert "its certificate is not valid (self-signed certificate)" in unfolded(refused.stdout)
    check_clear(tried, 0, "3 of 3 pages")
    check_clear(crawled, 0, "3 new")
    assert crawled.stderr == ""


def unfolded(text: str) -> str:
    """What stands in the last columns of a folded table, in one line."""
    return " ".join(line[line.find("  ") :].strip() for line in text.splitlines())


def test_who_asks_is_said_in_every_request(source: Path, tmp_path: Path) -> None:
    with serving() as asked:
        declare(source, "xx-door", asked.url)
        politely(source, "xx-door", 'contact = "records@town.example"')
        check_clear(muniment("crawl", "xx-door", cwd=tmp_path, source=source), 0)
    assert len(asked.headers) >= 6
    assert {said["from"] for said in asked.headers.values()} == {"records@town.example"}
    assert {said["user-agent"] for said in asked.headers.values()} == {"muniment/0.1.0 (+records@town.example)"}


def test_a_proxy_is_used_that_the_environment_names(source: Path, tmp_path: Path) -> None:
    with serving() as asked:
        declare(source, "xx-far", "http://town.example/")
        done = muniment("crawl", "xx-far", cwd=tmp_path, source=source, http_proxy=asked.url)
    check_clear(done, 0, "3 new")
    assert "http://town.example/robots.txt" in asked.headers and "http://town.example/" in asked.headers
