"""Following: what presses comes first, what is old is not forgotten, a week's batch takes every post once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.store import cases, following, mentions
from socialwatch.store.following import Batch, Whose
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.unit import Database

WEIGHT = cases.Weight(1.0, [], 0.4, 0.0, 1, False)


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def whose(fakes: Any) -> Whose:
    return Whose(fakes.BRAND, "x")


def pressing(world: Any, fakes: Any, before: datetime) -> list[int]:
    with world.database.read() as unit:
        seen_since = before - following.ON_SCREEN
        return [each.id for each in following.pressing(unit, whose(fakes), before, seen_since)]


def aged(world: Any, fakes: Any, now: datetime, limit: int = 10) -> list[int]:
    with world.database.read() as unit:
        return [each.id for each in following.aged(unit, whose(fakes), now, limit)]


def looked(world: Any, ids: list[int], now: datetime) -> None:
    with world.database.write() as unit:
        following.looked_up(unit, ids, now)


def test_what_stands_in_open_cases_presses_until_it_was_looked_at(world: Any, fakes: Any) -> None:
    open_, closed, loose = world.bring(fakes.mention(1), fakes.mention(2), fakes.mention(3))
    with world.database.write() as unit:
        first, second, _ = mentions.by_id(unit, [open_, closed, loose])
        cases.open_case(unit, first, "Marieke · sok", WEIGHT, "nl")
        number = cases.open_case(unit, second, "Els · sok", WEIGHT, "nl")
        cases.write(unit, number, cases.Line(cases.LineKind.CLOSED, fakes.START))
    later = fakes.START + timedelta(hours=13)
    assert pressing(world, fakes, later) == [open_]
    assert pressing(world, fakes, fakes.START) == []
    looked(world, [open_], later)
    assert pressing(world, fakes, later) == []


def test_what_was_on_screen_presses_for_a_day(world: Any, fakes: Any) -> None:
    seen, _ = world.bring(fakes.mention(1), fakes.mention(2))
    shown = fakes.START + timedelta(days=3)
    with world.database.write() as unit:
        mentions.shown(unit, [seen], shown)
    assert pressing(world, fakes, shown) == [seen]
    assert pressing(world, fakes, shown + timedelta(hours=23)) == [seen]
    assert pressing(world, fakes, shown + timedelta(hours=25)) == []


def test_being_on_screen_is_written_once_an_hour(world: Any, fakes: Any) -> None:
    (seen,) = world.bring(fakes.mention(1))

    def show(minutes: float) -> datetime:
        with world.database.write() as unit:
            mentions.shown(unit, [seen], fakes.START + timedelta(minutes=minutes))
        (row,) = fakes.rows(world.database, mention_table)
        return row["shown_at"] - fakes.START

    assert [show(each) for each in (0, 30, 59, 61)] == [timedelta(minutes=each) for each in (0, 0, 0, 61)]


def test_by_age_the_young_come_often_and_nothing_waits_longer_than_thirty_days(world: Any, fakes: Any) -> None:
    now = fakes.START + timedelta(days=40)
    old = {number: fakes.mention(number, created_at=now - timedelta(days=age)) for number, age in AGES.items()}
    ids = dict(zip(AGES, world.bring(*old.values()), strict=True))
    looked(world, [ids["week"], ids["gisteren"]], now - timedelta(days=3))
    looked(world, [ids["maand"]], now - timedelta(days=29))
    looked(world, [ids["vandaag"]], now - timedelta(hours=3))
    looked(world, [ids["jaar"], ids["twee jaar"]], now - timedelta(days=31))
    # first what is over its thirty days, the younger before the older; then the young ones of this week
    assert aged(world, fakes, now) == [ids["jaar"], ids["twee jaar"], ids["gisteren"]]
    assert aged(world, fakes, now, 1) == [ids["jaar"]]


AGES = {"vandaag": 0.5, "gisteren": 1, "week": 8, "maand": 31, "jaar": 365, "twee jaar": 730}


def test_our_own_posts_those_that_are_gone_and_those_of_others_are_left_alone(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, own=True), fakes.mention(2), fakes.mention(3, channel="facebook"))
    with world.database.write() as unit:
        unit.run(update(mention_table).where(mention_table.c.native_id == "2").values(gone_at=fakes.START))
    later = fakes.START + timedelta(days=90)
    assert aged(world, fakes, later) == []
    with world.database.read() as unit:
        assert following.to_hand_in(unit, whose(fakes), 0, later, 10) == []


def test_what_is_handed_in_goes_on_where_the_last_batch_ended(world: Any, fakes: Any) -> None:
    first, second, third = world.bring(fakes.mention(1), fakes.mention(2, version_id="22"), fakes.mention(3))
    late = fakes.START + timedelta(hours=1)
    with world.database.read() as unit:
        assert following.to_hand_in(unit, whose(fakes), 0, late, 2) == [(first, "1"), (second, "22")]
        assert following.to_hand_in(unit, whose(fakes), second, late, 2) == [(third, "3")]
        assert following.to_hand_in(unit, whose(fakes), 0, fakes.START - timedelta(hours=1), 2) == []


def test_a_batch_is_kept_with_its_end(world: Any, fakes: Any) -> None:
    with world.database.write() as unit:
        number = following.attempted(unit, "sokkerij/x", fakes.BRAND, Batch(0, "", fakes.START, 7, None))
        assert following.batches(unit, "sokkerij/x")[0].job == ""
        following.begun(unit, number, "taak-1")
        (batch,) = following.batches(unit, "sokkerij/x")
        assert (batch.job, batch.begun_at, batch.up_to, batch.finished_at) == ("taak-1", fakes.START, 7, None)
        following.finished(unit, batch.id, fakes.START, "verlopen")
        assert following.batches(unit, "sokkerij/x")[0].finished_at == fakes.START
        assert following.batches(unit, "sokkerij/y") == []
        following.dropped(unit, batch.id)
        assert following.batches(unit, "sokkerij/x") == []
