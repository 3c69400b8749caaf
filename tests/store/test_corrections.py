"""Corrections on both engines: the ranking moves at once, and undo is exact."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from socialwatch.domain.correction import What
from socialwatch.store import agents, cases, corrections
from socialwatch.store.cases import Weight
from socialwatch.store.tables import case, correction
from socialwatch.store.unit import Database


@pytest.fixture
def seeded(url: str, seed: Any) -> Any:
    opened = Database(url)
    seed.seed(opened)
    yield opened
    opened.close()


def row(database: Database, number: int) -> Any:
    with database.read() as unit:
        return unit.run(select(case).where(case.c.id == number)).one()


def freek(unit: Any, seed: Any) -> Any:
    return next(each for each in agents.everyone(unit, seed.BRAND) if each.name == "Freek")


def test_every_correction_and_its_undo(seeded: Database, seed: Any) -> None:
    with seeded.read() as unit:
        number, who = seed.case_of(unit, "104"), freek(unit, seed)
    before = row(seeded, number)
    for what, level in ((What.HIGHER, 3), (What.LOWER, 2), (What.NO_COMPLAINT, 0)):
        with seeded.write() as unit:
            assert corrections.correct(unit, who, cases.by_id(unit, number), what, seed.NOW)
        assert row(seeded, number).level == row(seeded, number).judged == level
    for level in (2, 3, before.level):
        with seeded.write() as unit:
            assert corrections.take_back(unit, who, cases.by_id(unit, number), seed.NOW)
        assert row(seeded, number).level == level
    after = row(seeded, number)
    assert after.judged is None
    assert (after.rank, after.static) == (pytest.approx(before.rank), pytest.approx(before.static))
    assert [each["ground"] for each in after.reasons] == [each["ground"] for each in before.reasons]


def test_what_routing_weighs_is_held(seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        number, who = seed.case_of(unit, "104"), freek(unit, seed)
        corrections.correct(unit, who, cases.by_id(unit, number), What.HIGHER, seed.NOW)
    with seeded.write() as unit:
        weight = Weight(40.0, (), 0.55, 0.1, 2, True)
        held = corrections.held(unit, number, weight)
        other = corrections.held(unit, seed.case_of(unit, "101"), weight)
    assert (held.level, held.frustration) == (3, 1.0)
    assert held.static > weight.static
    assert other == weight


def test_a_correction_without_a_post_teaches_nothing(seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        number = seed.case_of(unit, "104")
        values = {"brand": seed.BRAND, "case_id": number, "what": "lower", "was": {"model": 2}, "at": seed.NOW}
        unit.run(insert(correction).values(values | {"may_train": True, "mention_id": None}))
        assert list(corrections.taught(unit)) == []
