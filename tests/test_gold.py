"""Every gold page, field by field."""

import pytest

from tests.gold import Gold, agrees, pages, read, shown

PAGES = tuple(pages())
CASES = [pytest.param(gold, field, id=f"{gold.name}-{field}") for gold in PAGES for field in gold.expect]


@pytest.mark.parametrize(("gold", "field"), CASES)
def test_field(gold: Gold, field: str) -> None:
    found = getattr(read(gold), field)
    assert agrees(found, gold.expect[field]), f"{field} is {shown(found)!r}, expected {gold.expect[field]!r}"


def test_no_page_chrome_is_kept() -> None:
    kept = [(gold.name, read(gold)) for gold in PAGES]
    assert not [name for name, article in kept if "Loading..." in (*article.body, article.lead)]
