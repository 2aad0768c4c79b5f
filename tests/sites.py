"""A site of a few pages on loopback, for crawls of what the sample portal has not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from crawler.sample.answer import Answer, html
from crawler.sample.faults import Faults
from crawler.sample.wire import Hit, Server


@dataclass(kw_only=True)
class Site:
    """A site of a few answers, as the sample portal's server sees it."""

    answers: dict[str, Answer]
    name: str = "site"
    faults: Faults = field(default_factory=Faults)
    hits: list[Hit] = field(default_factory=list)
    stopping: Event = field(default_factory=Event)

    def answer(self, target: str, form: str = "") -> Answer:
        """The answer to a path."""
        return self.answers.get(target) or html("<h1>Not found</h1>", 404)


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """The URL of a site while it is served."""
    server = Server(site, 0)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join()


def headline(section: str, number: int) -> str:
    """The headline of an article that ``listing`` names."""
    return f"A long headline of {section} number {number}"


def listing(section: str, count: int) -> str:
    """The page of a section: a list of the first ``count`` of its articles, ``/section/0`` and so on."""
    entries = (
        f'<div class="item"><h3><a href="/{section}/{n}">{headline(section, n)}</a></h3>'
        f"<span>0{n + 1}/11/2026</span></div>"
        for n in range(count)
    )
    return f'<main><h1>{section}</h1><div class="list">{"".join(entries)}</div></main>'


def story(headline: str) -> bytes:
    """An article page."""
    line = f"<p>{headline}, part {{}}: the council met on Monday and spoke about it at length, until late.</p>"
    text = "".join(line.format(n) for n in range(9))
    return f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1>{text}</body></html>".encode()
