"""The health of the portals as one page for a browser, which needs nothing else."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template

from crawler.archive.health import Health

_TEMPLATE = Path(__file__).with_name("report.html")


def page(portals: Sequence[Health], archive: Path) -> str:
    """An HTML document: a row a portal, unhealthy ones first, each with its symptoms."""
    ordered = sorted(portals, key=lambda portal: (portal.well, portal.slug))
    unwell = sum(not portal.well for portal in portals)
    said = f"{unwell} of {len(portals)} portals need attention" if unwell else f"all {len(portals)} portals are well"
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        archive=escape(str(archive)), said=said, rows="\n".join(_row(portal) for portal in ordered)
    )


def _row(portal: Health) -> str:
    cells = "".join(f"<td>{escape(str(cell))}</td>" for cell in _cells(portal))
    symptoms = "".join(
        f'<li class="{"grave" if symptom.grave else "note"}"><b>{escape(symptom.name)}</b> {escape(symptom.text)}</li>'
        for symptom in portal.symptoms
    )
    name = f'<a href="{escape(portal.url)}">{escape(portal.name)}</a><br><small>{escape(portal.slug)}</small>'
    state = "well" if portal.well else "unhealthy"
    return f'<tr class="{state}"><th scope="row">{name}</th><td>{state}</td>{cells}<td><ul>{symptoms}</ul></td></tr>'


def _cells(portal: Health) -> Iterator[object]:
    yield portal.articles
    yield portal.removed
    yield portal.last_news or "never"
    yield "?" if portal.habit is None else f"{portal.habit:.1f}"
    yield portal.last_week
    yield f"{portal.last_crawl_at:%Y-%m-%d %H:%M}" if portal.last_crawl_at else "never"
    yield portal.last_outcome or "never crawled"
    yield f"{portal.next_due:%Y-%m-%d %H:%M}" if portal.next_due else "never"
    yield f"{portal.warc_bytes / 1e6:.0f} MB"
