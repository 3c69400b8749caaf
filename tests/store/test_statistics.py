"""What SQLite's planner is told: once a table is large, sixty cases of a brand are found by their keys."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from socialwatch.playground import volume
from socialwatch.playground.volume import Volume
from socialwatch.steps import bring, line
from socialwatch.store import statistics
from socialwatch.store.cases import visible_to
from socialwatch.store.tables import case, event
from socialwatch.store.unit import Database, Unit
from socialwatch.worker import rounds
from tests import fakes
from tests.measure import _filled, _trip

SIZE = Volume(brands=(fakes.BRAND,), customers=40, lines=100, contacts=5, mentions=300, cases=200)


def plan(unit: Unit, who: Any) -> str:
    asked = visible_to(who).where(case.c.id.in_(range(1, 60)))
    told = str(asked.compile(unit.connection, compile_kwargs={"literal_binds": True}))
    return " ".join(row[3] for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}"))


def looked_at(database: Database) -> set[str]:
    with database.read() as unit:
        known = unit.run(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")).first()
        return set(unit.run(text("SELECT tbl FROM sqlite_stat1")).scalars()) if known else set()


def test_cases_are_found_by_their_keys(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled.fill(sqlite, SIZE)
    who = fakes.World(sqlite).colleague("Freek")
    with sqlite.read() as unit:
        assert "ix_case" in plan(unit, who)
    monkeypatch.setattr(statistics, "ROWS", 150)
    with sqlite.write() as unit:
        assert statistics.renew(unit) == 3  # case, mention, line
    sqlite.close()  # whoever opens the database now
    with sqlite.read() as unit:
        assert plan(unit, who) == "SEARCH case USING INTEGER PRIMARY KEY (rowid=?)"


def test_of_a_short_table_and_of_one_that_comes_and_goes_nothing_is_kept(sqlite: Database) -> None:
    _filled.fill(sqlite, SIZE)
    with sqlite.write() as unit:
        rows = [{"brand": fakes.BRAND, "kind": "case", "subject": 1, "at": 0.0}] * statistics.ROWS
        unit.run(insert(event), rows)
        assert statistics.renew(unit) == 0
    assert looked_at(sqlite) == set()


def test_both_engines_take_it(database: Database) -> None:
    with database.write() as unit:
        assert statistics.renew(unit) == 0
        assert unit.run(select(case.c.id)).all() == []


def test_whoever_leads_makes_a_round_of_it(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "ROWS", 150)
    _filled.fill(sqlite, SIZE)
    parts = _trip.trip(sqlite, SIZE).parts
    (found,) = [each for each in rounds.rounds(parts, 60.0) if each.failed == "statistics_not_renewed"]
    assert found.at_once
    assert list(found.go(parts)) == []
    assert looked_at(sqlite) == {"case", "mention", "line"}


def test_an_import_is_followed_by_a_look(sqlite: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(statistics, "ROWS", 40)
    volume.write(SIZE, tmp_path)
    file = tmp_path / f"{fakes.BRAND}-customers.csv"
    bring.run(sqlite, bring.Delivery("customers", fakes.BRAND, line.first), file, fakes.START)
    assert looked_at(sqlite) == {"customer"}
