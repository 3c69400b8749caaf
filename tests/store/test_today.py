"""Vandaag and situations ask for what they need through an index, however many cases there are; on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.store import agents, alike, situations, today
from socialwatch.store.tables import case, mention
from socialwatch.store.unit import Database, Unit
from tests.store.test_plans import Asked, reads

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
MIDNIGHT = NOW.replace(hour=0, minute=0)
BRAND = "sokkerij"


def row(number: int, owner: int, **changes: Any) -> dict[str, Any]:
    at = NOW - timedelta(minutes=number)
    given = {"brand": BRAND, "title": f"Klant {number} · iets", "channel": "x", "owner_id": owner, "state": "open"}
    given |= {"opened_at": at, "last_at": at, "due_since": at, "frustration": 0.2, "risk": 0.1, "level": 1}
    given |= {"needs_human": False, "static": 0.2, "reasons": [], "rank": 0.2, "language": "nl"}
    return given | changes


def post(number: int, case_id: int) -> dict[str, Any]:
    at = NOW - timedelta(minutes=number)
    given = {
        "brand": BRAND,
        "channel": "x",
        "native_id": str(number),
        "version_id": str(number),
        "text": "Waar is hij?",
    }
    given |= {"created_at": at, "received_at": at, "own": False, "repost": False, "may_train": False}
    return given | {"can_reply": True, "audience": "public", "state": "joined", "case_id": case_id}


def people(unit: Unit) -> tuple[Agent, Agent]:
    for name, role in (("Freek", Role.AGENT), ("Els", Role.LEAD)):
        who = Agent(0, BRAND, name, f"{name.lower()}@sokkerij.example", role, Presence.AVAILABLE)
        agents.add(unit, who, "x")
    freek, els = (next(each for each in agents.everyone(unit) if each.name == name) for name in ("Freek", "Els"))
    return freek, els


def fill(unit: Unit, freek: Agent, cases: list[dict[str, Any]]) -> list[int]:
    numbers = [int(unit.run(insert(case).values(each).returning(case.c.id)).scalar_one()) for each in cases]
    unit.run(insert(mention), [post(place, number) for place, number in enumerate(numbers)])
    return numbers


def ask(unit: Unit, freek: Agent, els: Agent) -> None:
    """Everything the pages ask."""
    tomorrow = MIDNIGHT + timedelta(days=1)
    today.mine(unit, freek, MIDNIGHT - timedelta(days=1), NOW, tomorrow)
    today.due(unit, els, NOW + timedelta(hours=2), own=False)
    today.oldest(unit, els)
    today.loads(unit, els, NOW, MIDNIGHT)
    today.of_today(unit, els, MIDNIGHT)
    situations.standing(unit, BRAND)
    fresh = alike.fresh(unit, BRAND, NOW - timedelta(hours=3))
    alike.open_posts(unit, BRAND, NOW - timedelta(hours=3))
    alike.before(unit, BRAND, NOW)
    alike.taken_out(unit, 1, [each.case_id for each in fresh])
    number = situations.begin(unit, BRAND, "Iets", els.id, NOW)
    made = situations.by_id(unit, BRAND, number)
    assert made is not None
    situations.add(unit, made, [each.case_id for each in fresh], NOW, els.id)
    situations.rows(unit, els, situations.ordinary(els, number), 20)
    situations.of_case(unit, BRAND, fresh[0].case_id)


@contextmanager
def listening(asked: list[tuple[str, Any]]) -> Iterator[None]:
    def note(*given: Any) -> None:
        asked.append((given[2], given[3][0] if given[5] else given[3]))

    event.listen(Engine, "before_cursor_execute", note)
    yield
    event.remove(Engine, "before_cursor_execute", note)


def test_nothing_reads_a_large_table_whole(sqlite: Database) -> None:
    asked: list[tuple[str, Any]] = []
    with sqlite.write() as unit:
        freek, els = people(unit)
        fill(unit, freek, [row(number, freek.id) for number in range(60)])
        with listening(asked):
            ask(unit, freek, els)
    plain = [each for each in asked if each[0].lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE"))]
    assert len(plain) > 25
    told = reads(sqlite, [Asked("vandaag", each, given) for each, given in plain])
    assert {(one.table, each) for (_, each), ways in told.items() for one in ways if one.bound is None} == set()


def test_a_few_cases_are_read_by_their_id(sqlite: Database) -> None:
    """Beside the brand SQLite would take the brand, and read all its cases."""
    asked: list[tuple[str, Any]] = []
    with sqlite.write() as unit:
        freek, _ = people(unit)
        numbers = fill(unit, freek, [row(number, freek.id) for number in range(40)])
        with listening(asked):
            assert set(situations.seen(unit, freek, numbers[:8])) == set(numbers[:8])
            assert situations.seen(unit, freek, []) == {}
    assert len(asked) == 1
    assert "brand = " not in asked[0][0]


def test_what_waits_longest_is_one_case_per_channel(database: Database) -> None:
    with database.write() as unit:
        freek, els = people(unit)
        old = {"due_since": NOW - timedelta(hours=9)}
        numbers = fill(
            unit,
            freek,
            [
                row(5, freek.id),
                row(50, freek.id, channel="mail"),
                row(3, freek.id, channel="mail", **old),
                row(400, freek.id, due_since=None),
                row(400, freek.id, state="waiting"),
                row(400, freek.id, brand="buren"),
            ],
        )
        assert [each.id for each in today.oldest(unit, els)] == [numbers[2], numbers[0]]


@pytest.mark.parametrize(("levels", "expected"), [((), (0, 0, 0, 0)), ((0, 3, 3, 1), (1, 1, 0, 2))])
def test_a_load_is_what_lies_there_now(
    database: Database, levels: tuple[int, ...], expected: tuple[int, int, int, int]
) -> None:
    with database.write() as unit:
        freek, els = people(unit)
        closed = row(9, freek.id, state="closed", level=3)
        fill(unit, freek, [closed, *(row(place, freek.id, level=level) for place, level in enumerate(levels))])
        loads = {each.name: each.by_level for each in today.loads(unit, els, NOW, MIDNIGHT)}
    assert loads == {"Freek": expected, "Els": (0, 0, 0, 0)}
