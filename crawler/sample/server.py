"""The sample portal: a town's and a province's site on two hosts of this machine."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import count
from threading import Event, Thread
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from crawler.model import Article
from crawler.sample.answer import Answer
from crawler.sample.chrome import Moment
from crawler.sample.editions import Edition
from crawler.sample.faults import Faults
from crawler.sample.newsroom import Newsroom
from crawler.sample.province import Province
from crawler.sample.site import answer
from crawler.sample.town import Town
from crawler.sample.wire import Hit, Server


class SamplePortal:
    """A city portal of ``articles`` stories, and a province's that took over three of them, while the block runs.

    ``edition`` 0 is the first day, 1 the day after: two new articles, one corrected, one removed; or what ``editions``
    say that each later one brought. ``edition`` and ``faults`` may be changed while the portal runs; ``requests``
    lists what was asked so far.
    """

    def __init__(  # noqa: PLR0913 - all by name, each with a default
        self,
        *,
        seed: int = 1,
        edition: int = 0,
        port: int = 0,
        second_port: int = 0,
        faults: Faults | None = None,
        articles: int = 120,
        editions: Sequence[Edition] | None = None,
    ) -> None:
        self.faults = faults or Faults()
        self.requests: list[Hit] = []
        self.stopping = Event()
        self._town = cache(lambda edition: Town(seed, articles, edition, editions))
        self._province = cache(lambda edition: Province(self._town(edition)))
        self.edition = edition
        self._first = Server(_Host(self, "first", lambda: self.town), port)
        try:
            self._second = Server(_Host(self, "second", lambda: self.province), second_port)
        except OSError:
            self._first.server_close()
            raise
        self.url = f"http://127.0.0.1:{self._first.server_port}/"
        self.second_url = f"http://localhost:{self._second.server_port}/"
        self._threads: tuple[Thread, ...] = ()

    def __enter__(self) -> Self:
        self._threads = tuple(Thread(target=s.serve_forever, args=(0.02,)) for s in (self._first, self._second))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        for server in (self._first, self._second):
            server.shutdown()
            server.hang_up()
            server.server_close()
        for thread in self._threads:
            thread.join()

    @property
    def town(self) -> Town:
        """The newsroom behind ``url``, as of the edition."""
        return self._town(self.edition)

    @property
    def province(self) -> Province:
        """The newsroom behind ``second_url``."""
        return self._province(self.edition)

    def articles(self) -> Iterator[Article]:
        """What a crawl of ``url`` must find."""
        return (story.article(self.url) for story in self.town.stories())

    def second_articles(self) -> Iterator[Article]:
        """What a crawl of ``second_url`` must find."""
        return (story.article(self.second_url) for story in self.province.stories())

    def url_of(self, part: str) -> tuple[str, ...]:
        """URLs of the town's stories that play a part: ``seed``, ``mixed``, ``lang``, ``charset``, ``release``,
        ``edited``, ``removed`` or ``added``."""
        first_day = self._town(0)
        stories = self._town(1).added() if part == "added" else map(first_day.story, first_day.cast[part])
        return tuple(urljoin(self.url, story.path) for story in stories)


class _Host:
    """One of the two portals, as its server sees it."""

    def __init__(self, portal: SamplePortal, name: str, newsroom: Callable[[], Newsroom]) -> None:
        self._portal, self.name, self._newsroom = portal, name, newsroom
        self._fetches = count(1)
        self.hits = portal.requests
        self.stopping = portal.stopping

    @property
    def faults(self) -> Faults:
        """The switches as they are now."""
        return self._portal.faults

    def answer(self, target: str, form: str = "") -> Answer:
        """The answer to a GET of path and query, or to a POST of ``form`` to it."""
        urls = self._portal.url, self._portal.second_url
        base, neighbour = urls if self.name == "first" else urls[::-1]
        moment = Moment(
            newsroom=self._newsroom(),
            base=base,
            neighbour=neighbour,
            fetch=next(self._fetches),
            endless=self.faults.endless,
            pager=self.faults.pager,
        )
        return answer(target, moment, self.faults, form)
