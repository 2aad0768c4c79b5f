"""The portals, declared and in an archive, as the verbs look them up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from crawler.archive import Archive
from crawler.cli.exits import AskedError
from crawler.model import PortalError
from crawler.portal import Portal, address, files, from_table, from_url, load, platforms, slug_of


def declared(root: Path) -> Iterator[tuple[Path, Portal | PortalError]]:
    """Every portal file below ``root`` with its portal, or with what is wrong with it."""
    for path in files(root):
        try:
            yield path, load(path, root)
        except PortalError as error:
            yield path, error


def portal_called(slug: str, root: Path) -> Portal:
    """The portal with that slug. Raises PortalError that names the nearest slugs."""
    paths = {slug_of(path, root): path for path in files(root)}
    if slug in paths:
        return load(paths[slug], root)
    hint = _meant(slug, paths) or "'muniment portal list' shows the slugs"
    raise PortalError(f"no portal {slug!r}; {hint}")


def portal_at(url: str, root: Path) -> Portal | None:
    """The declared portal that ``url`` belongs to, by its host."""
    hosts = set(from_url(url).scope.hosts)
    return next((p for _, p in declared(root) if isinstance(p, Portal) and hosts & set(p.scope.hosts)), None)


def portal_meant(name: str, root: Path) -> Portal:
    """The portal a user means: a declared slug, a URL of a declared portal, or any other http(s) URL.

    Raises PortalError for what is neither; a slug has no dot or slash.
    """
    return portal_at(name, root) or from_url(name) if re.search("[./]", name) else portal_called(name, root)


def portal_archived(archive: Archive, slug: str, root: Path) -> Portal:
    """A portal that is in the archive: as its file declares it, also one that was moved since; else as it was last
    crawled. Raises PortalError.
    """
    paths = {slug_of(path, root): path for path in files(root)}
    if slug in paths:
        return load(paths[slug], root)
    stated = dict(archive.declaration(slug))
    moved = [p for _, p in declared(root) if isinstance(p, Portal) and address(p.url) == address(stated["url"])]
    if len(moved) == 1:
        return replace(moved[0], slug=slug)
    if stated.get("platform") not in platforms():
        stated.pop("platform", None)
    return from_table(stated, archive.path, slug, required=("name", "url"))


def not_archived(slug: str, archive: Path, slugs: Sequence[str]) -> AskedError:
    """What to say of a portal that an archive does not have; ``slugs`` are those it has."""
    there = f"there are: {', '.join(slugs) or 'none'}"
    return AskedError(f"{archive}: no portal {slug!r}; {_meant(slug, slugs) or there}")


def _meant(slug: str, slugs: Iterable[str]) -> str | None:
    near = get_close_matches(slug, slugs, 3, 0.5)
    return f"did you mean {' or '.join(near)}?" if near else None
