"""fold() in the SQL of sqlite-utils."""

import tomllib
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.plugins import pm

from crawler.archive import plugin
from tests.archive.visits import Town, page

PYPROJECT = Path(__file__).parent.parent.parent / "pyproject.toml"


def test_fold_in_sql(town: Town) -> None:
    town.store(page())
    loaded = pm.register(plugin, "fold under test") if not pm.is_registered(plugin) else None
    with Database(town.archive.path) as db:
        found = [row["name"] for row in db.query("select name from people where fold(name) like '%hang'")]
        assert found == ["Thu Hằng"] and db.execute("select fold(null), fold(7)").fetchone() == (None, "7")
    if loaded:
        pm.unregister(plugin)


def test_sqlite_utils_is_told_of_the_plugin() -> None:
    points = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    assert points["sqlite_utils"] == {"muniment": plugin.__name__}
