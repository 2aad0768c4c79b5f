"""``muniment status``: what it says of a portal in trouble, and whom it tells."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from crawler.archive import Archive
from crawler.cli import main
from crawler.model import Kind, Visit
from tests.archive.visits import NOW, PORTAL, Town, capture, failure, page


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of one portal whose home page holds links of others."""
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        portal_id = archive.portal(PORTAL, NOW)
        crawl_id = archive.begin_crawl(portal_id, command="muniment crawl town", software="muniment/0", now=NOW)
        town = Town(archive, portal_id, crawl_id)
        town.store(page())
        planted = "'<casino>' -> casino.example, hidden"
        town.store(Visit(capture=capture(PORTAL.url), kind=Kind.LISTING, suspicions=(planted,)))
        archive.finish_crawl(crawl_id, outcome="done", counts={"requests": 2}, now=NOW)
    return path


def status(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["status", "--archive", str(path), *options])


@contextmanager
def listening(code: int) -> Iterator[tuple[str, list[bytes]]]:
    """A web service on this machine that takes POST requests: its URL and what it was sent."""
    sent: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(code)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/alarm", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_unhealthy_portal_is_told_with_its_evidence(path: Path) -> None:
    told = status(path)
    assert told.exit_code == 1 and "UNHEALTHY" in told.stdout
    assert "hijacked?: https://town.example/: '<casino>' -> casino.example, hidden" in told.stderr


def test_the_json_has_symptoms_and_the_page_is_whole_and_escaped(path: Path) -> None:
    (portal,) = json.loads(status(path, "--json").stdout)
    assert portal["well"] is False
    assert {"name", "text", "grave"} == set(portal["symptoms"][0])
    told = status(path, "--html").stdout
    tree = html.document_fromstring(told)
    assert "$" not in told and tree.findtext(".//title") == "Muniment: 1 of 1 portals need attention"
    assert "'<casino>' -> casino.example" in tree.xpath("string(//li[@class='grave'])")


def test_a_hook_gets_the_report_on_its_input(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "told.json"
    told = status(path, "--hook", f'{sys.executable} -c \'import sys; open("{kept}", "w").write(sys.stdin.read())\'')
    assert told.exit_code == 1
    assert json.loads(kept.read_text(encoding="utf-8"))["portals"][0]["slug"] == PORTAL.slug


def test_a_webhook_gets_the_report(path: Path) -> None:
    with listening(200) as (url, sent):
        assert status(path, "--webhook", url).exit_code == 1
    assert json.loads(sent[0])["portals"][0]["well"] is False


def test_an_alarm_that_nobody_hears_is_an_error(path: Path) -> None:
    failed = status(path, "--hook", "exit 7")
    assert failed.exit_code == 1 and "the hook failed with exit code 7: exit 7" in failed.stderr
    with listening(500) as (url, _):
        refused = status(path, "--webhook", url)
    assert refused.exit_code == 1 and f"the webhook {url} was not reached" in refused.stderr
    assert status(path, "--webhook", "ftp://x.example").exit_code == 2


def test_requests_without_an_answer_are_counted_among_the_requests(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        portal_id = archive.portal(PORTAL, NOW)
        crawl_id = archive.begin_crawl(portal_id, command="muniment crawl town", software="muniment/0", now=NOW)
        for number in range(5):
            silent = Visit(capture=failure(f"{PORTAL.url}{number}"), kind=Kind.OTHER)
            archive.store(silent, crawl_id=crawl_id, portal_id=portal_id, now=NOW)
        archive.finish_crawl(crawl_id, outcome="portal down", counts={"requests": 3}, now=NOW)
    assert "failing: 5 of 8 requests of the last crawl failed" in status(path).stderr
