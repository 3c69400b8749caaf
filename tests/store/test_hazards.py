"""Cases by a hazard: a rare one is looked up, a common one is met soon enough; both ways find the same."""

from dataclasses import replace
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from socialwatch.domain.assessment import Assessment, Hazard
from socialwatch.playground.volume import Volume
from socialwatch.store import assessments, desk, streams
from socialwatch.store.migrations.versions import m0008_likely_hazards
from socialwatch.store.streams import Filter, Stream, View
from socialwatch.store.tables import hazard
from socialwatch.store.unit import Database
from tests import fakes
from tests.measure import _filled

SIZE = Volume(brands=(fakes.BRAND, "lampenlab"), customers=40, lines=100, contacts=5, mentions=600, cases=300)
WAYS = {"looked up": 10**6, "met": 0}


@pytest.mark.parametrize("stream", [Stream.ALL, Stream.DONE])
@pytest.mark.parametrize("name", ["churn", "safety", "press"])
def test_both_ways_find_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch, stream: Stream, name: str
) -> None:
    _filled.fill(database, SIZE)
    freek = fakes.World(database).colleague("Freek")
    found: dict[str, Any] = {}
    for way, most in WAYS.items():
        monkeypatch.setattr(streams, "RARE", most)
        with database.read() as unit:
            assert (streams.rare(unit, freek, name) is None) == (way == "met")
            rows, more = desk.look(unit, freek, View(stream, Filter(hazard=name), limit=20), SIZE.until)
        assert all(name in row.hazards for row in rows)
        found[way] = [row.case.id for row in rows], more
    assert found["looked up"] == found["met"]
    assert found["met"][0] or name != "churn"


def test_a_filter_never_leads_to_another_brand(database: Database) -> None:
    _filled.fill(database, SIZE)
    freek = fakes.World(database).colleague("Freek")
    with database.read() as unit:
        seen = View(Stream.DONE, Filter(hazard="churn"))
        rows, _ = desk.look(unit, freek, seen, SIZE.until)
        others, _ = desk.look(unit, replace(freek, brand="lampenlab"), seen, SIZE.until)
    assert {row.case.brand for row in rows} == {fakes.BRAND}
    assert {row.case.brand for row in others} == {"lampenlab"}


def test_a_second_reading_replaces_the_first(database: Database) -> None:
    world = fakes.World(database)
    (number,) = world.bring(fakes.mention("1", "klacht: gevaarlijk"))
    read = world.assessor.read(["klacht"])[0]
    for probability, names in ((0.9, ["safety"]), (0.2, [])):
        grave = Assessment(replace(read, hazards={Hazard.SAFETY: probability}), 0.5)
        with database.write() as unit:
            assessments.keep(unit, {number: (fakes.BRAND, grave)}, fakes.START)
        assert [row["name"] for row in fakes.rows(database, hazard)] == names


def test_what_was_read_before_the_migration_is_taken_over(database: Database) -> None:
    _filled.fill(database, SIZE)
    before = fakes.rows(database, hazard)
    with database.write() as unit:
        context = MigrationContext.configure(unit.connection)
        with Operations.context(context):
            m0008_likely_hazards.downgrade()
            m0008_likely_hazards.upgrade()
    assert sorted(map(str, fakes.rows(database, hazard))) == sorted(map(str, before))
    assert before
