"""Queries of the configuration in the words of databases that no test here can ask."""

import re
from pathlib import Path
from typing import Any

import pytest

from socialwatch.shops.sql.keys import LISTS, settings


@pytest.mark.parametrize("url", ["mysql://lezer@db.example/winkel", "mariadb://lezer@db.example/winkel"])
def test_queries_are_put_into_words_for_mysql(stands: Any, url: str) -> None:
    """No server is asked: what we make of a query has no marks left that only SQLAlchemy knows."""
    mapped = stands.module(Path(__file__).with_name("stand_sql.py")).QUERIES
    found = settings({"brand": "sokkerij", "url": url, "queries": mapped})
    dialect = found.url.get_dialect()()
    assert set(found.queries) == set(mapped)
    for name, query in found.queries.items():
        given = {each: ["7", "8"] if each in LISTS else "7" for each in query.compile().params}
        made = query.params(**given).compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        marks = sum(2 if each in LISTS else 1 for each in re.findall(r":(\w+)", mapped[name]))
        assert str(made).count("%s") == marks, name
        assert ":" not in str(made)
        assert "POSTCOMPILE" not in str(made)
