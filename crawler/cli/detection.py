"""What a portal's home page tells of the portal: the declaration that ``muniment portal add`` writes."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.cli.exits import AskedError
from crawler.cli.fetch import Fetcher, FetchError
from crawler.cli.probing import probe, urls_of
from crawler.discover import discover, from_robots, platform, starts
from crawler.extract import extract
from crawler.extract.zones import tag_of, zone_of
from crawler.model import Kind, Seed
from crawler.page import Page
from crawler.portal import Portal, from_table, from_url, host, slug_of

MOST_TRIED = 12
"""Seeds that are tried; a portal that names more feeds repeats itself in them."""

SECOND_LEVEL = frozenset(
    {"gov", "gob", "gouv", "gv", "go", "com", "co", "org", "or", "net", "edu", "ac", "info", "www"}
)
"""Labels of a host name that say nothing of the place."""

WORLD_LANGUAGES = frozenset(["ar", "en", "es", "fr", "pt", None])
"""Languages that alone do not tell where a portal is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """What was found out about a portal; ``articles`` counts the article links of its seeds."""

    name: str
    url: str
    timezone: str | None
    language: str | None
    platform: str
    seeds: tuple[Seed, ...]
    articles: int

    @property
    def toml(self) -> str:
        """The portal's declaration."""
        keys = {name: getattr(self, name) for name in ("name", "url", "timezone", "language")}
        if self.platform != "generic":
            keys["platform"] = self.platform
        width = max(map(len, keys))
        lines = [f"{key:<{width}} = {_quoted(value)}" for key, value in keys.items() if value]
        return "\n".join([*lines, *(f"\n[[seeds]]\n{seed.kind} = {_quoted(seed.url)}" for seed in self.seeds)]) + "\n"


def detect(url: str, fetcher: Fetcher) -> Detected:
    """What the home page at ``url`` and the seeds it names tell. Raises FetchError when it cannot be had."""
    answer = fetcher.get(url)
    if answer.status >= 400:
        raise FetchError(f"{answer.url}: the server answered {answer.status}")
    page, portal = answer.page, from_url(answer.url)
    language = extract(page, portal).language
    tag = tag_of(page, language)
    zone = zone_of(urlsplit(portal.url).hostname or "", None if tag in WORLD_LANGUAGES else tag)
    probes = [probe(fetcher, portal, seed.url, seed.kind) for seed in _named(page, portal, fetcher)]
    return Detected(
        name=_name(page) or portal.name,
        url=portal.url,
        timezone=zone.key if zone else None,
        language=language,
        platform=platform(page),
        seeds=tuple({p.url: Seed(url=p.url, kind=p.declared) for p in probes if p.works and p.articles}.values()),
        articles=len(urls_of(probes)),
    )


def file_for(url: str, root: Path) -> Path:
    """Where the declaration of a portal belongs below ``root``: ``vn/nghean/vinh.toml`` for vinh.nghean.gov.vn."""
    labels = re.sub(r"[^a-z0-9.-]+", "-", host(urlsplit(url).netloc)).strip("-").split(".")
    said = [label for label in reversed(labels) if label and label not in SECOND_LEVEL]
    parts = ["-".join(labels)] if labels[-1][:1].isdigit() or not said else said
    return root.joinpath(*parts[:-1], f"{parts[-1]}.toml")


def write(found: Detected, path: Path, root: Path) -> Portal:
    """Write the declaration and read it back. Raises PortalError and leaves no file when it does not hold."""
    if not found.timezone:
        raise AskedError(f"{found.url}: its time zone cannot be told; give it with --timezone, such as Europe/Oslo")
    made = from_table(tomllib.loads(found.toml), path, slug_of(path, root))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(found.toml)
    except OSError as error:
        raise AskedError(f"{path}: {error.strerror}") from None
    return made


def _named(page: Page, portal: Portal, fetcher: Fetcher) -> tuple[Seed, ...]:
    """The seeds that the home page, robots.txt and the platform's custom name, as many as are worth trying."""
    usual = (*from_robots(fetcher.robots_txt(portal.url), portal.url), *starts(portal))
    told = (*discover(page, portal, expected=Kind.LISTING).seeds, *(Seed(url=x.url, kind=x.kind) for x in usual))
    return tuple({seed.url: seed for seed in told if portal.scope.admits(seed.url)}.values())[:MOST_TRIED]


def _name(page: Page) -> str | None:
    return next(iter(page.meta.get("og:site_name", ())), page.title)


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
