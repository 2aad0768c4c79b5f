"""How often discovery names the right kind, on pages whose kind is known.

``python -m benchmarks.kinds FOLDER...``: every folder holds ``gold.jsonl`` (one object a line, with ``id`` and ``url``)
and ``pages/<id>.html.gz``, all of them article pages.
"""

import gzip
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from crawler.discover import discover
from crawler.model import Verdict
from crawler.page import Page
from crawler.portal import from_url

NOWHERE = "https://portal.example/page"


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder, parsed."""
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        gold = json.loads(line)
        url = gold.get("url") or NOWHERE
        body = gzip.decompress((folder / "pages" / f"{gold['id']}.html.gz").read_bytes())
        page = Page(url=url if urlsplit(url).netloc else NOWHERE, body=body, media_type="text/html")
        assert page.tree is not None
        yield page


def judged(page: Page) -> tuple[str, float]:
    """What discovery calls the page, and the milliseconds it took beyond parsing."""
    parts = urlsplit(page.url)
    portal = from_url(f"{parts.scheme}://{parts.netloc}/")
    start = time.thread_time()
    found = discover(page, portal)
    taken = (time.thread_time() - start) * 1000
    return (found.kind if found.verdict is Verdict.LIVE else found.verdict), taken


def main(folders: list[Path]) -> None:
    """Print one line a folder."""
    for folder in folders:
        results = [judged(page) for page in pages(folder)]
        kinds = Counter(kind for kind, _ in results)
        share = kinds["article"] / max(len(results), 1)
        taken = statistics.median(ms for _, ms in results)
        others = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common() if kind != "article")
        print(f"{folder.name:<14} {len(results):>5} pages  article {share:6.1%}  {others or '-'}  {taken:.1f} ms")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
