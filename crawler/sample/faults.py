"""What can go wrong with the sample portal, switched on and off by tests while it runs."""

import re
from dataclasses import dataclass, field
from threading import Lock

ROBOTS = "/robots.txt"


@dataclass(slots=True, kw_only=True)
class Switch:
    """Where and how often a fault strikes.

    ``pattern`` is searched in path and query ("" is every path except robots.txt); ``times`` is how many requests
    are struck (None: all), counted for every path on its own with ``per_path``. ``seconds`` is what Retry-After says
    or how long a slow answer waits; ``megabytes`` is the size of a giant page.
    """

    pattern: str = ""
    times: int | None = None
    per_path: bool = False
    seconds: float = 1.0
    megabytes: int = 50
    struck: dict[str, int] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def strikes(self, path: str) -> bool:
        """True when this request is struck; the request is counted."""
        if not self.concerns(path):
            return False
        key = path if self.per_path else ""
        with self._lock:
            count = self.struck[key] = self.struck.get(key, 0) + 1
        return self.times is None or count <= self.times

    def concerns(self, path: str) -> bool:
        """True when the pattern names this path."""
        return bool(re.search(self.pattern, path)) if self.pattern else path != ROBOTS


@dataclass(slots=True, kw_only=True)
class Faults:
    """The switches; None is off. Assign to a field at any time, ``portal.faults.slow = Switch(seconds=2)``."""

    robots: Switch | None = None
    """robots.txt answers 503."""
    unavailable: Switch | None = None
    """503."""
    throttled: Switch | None = None
    """429 with Retry-After in seconds."""
    slow: Switch | None = None
    """The answer waits, not longer than the switch is on."""
    cut: Switch | None = None
    """The connection ends in the middle of the body."""
    truncated_gzip: Switch | None = None
    """The gzip stream ends early, the Content-Length fits."""
    soft_404: Switch | None = None
    """A full page "Không tìm thấy" with status 200: where the pattern says, without one for every missing page."""
    redirect_loop: Switch | None = None
    """302 to itself with a growing number."""
    giant: Switch | None = None
    """A page of many megabytes, streamed."""
    nested: Switch | None = None
    """The content lies in 100,000 nested div elements."""
    nul_bytes: Switch | None = None
    """NUL bytes between the bytes of the page."""
    login: Switch | None = None
    """A login form in place of the page, with status 200."""
    gone: Switch | None = None
    """404 for a page that was there."""
    sent_home: Switch | None = None
    """302 to the home page."""
    scripted: Switch | None = None
    """Lists link to articles by script alone; feeds and sitemaps are empty."""
    hijacked: Switch | None = None
    """Hidden links to gambling sites stand in the page, and its title is another one."""
    endless: bool = False
    """Every page links on into /en/vi/en/... and into a calendar, and all of that exists."""

    pager: str | None = None
    """Lists have older pages without a URL of their own: ``postback`` sends a form, ``load-more`` is a script that
    asks for JSON. With either, feed and sitemap name nothing. None: the pager of the section."""

    def strikes(self, fault: str, path: str) -> bool:
        """True when ``fault`` is switched on and strikes this request."""
        switch: Switch | None = getattr(self, fault)
        return switch is not None and switch.strikes(path)
