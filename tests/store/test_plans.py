"""No statement on the trip of a mention, in the Inbox or in a dossier reads what grows with the company: a whole table,
or all that a brand or a channel has.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from socialwatch.domain.timing import Timing
from socialwatch.playground.volume import Volume
from socialwatch.steps import escalate
from socialwatch.store import desk, gestures, identities, mentions
from socialwatch.store.streams import Filter, Stream, View
from socialwatch.store.unit import Database
from tests import fakes
from tests.measure import _filled, _trip

# PostgreSQL chooses by what stands in a table; of an empty one its choice says nothing.
FILLED = frozenset(
    {"customer", "handle", "order", "order_line", "contact", "identity", "mention", "case", "line", "hazard"}
)
LARGE = FILLED | frozenset(
    {
        "mention_version",
        "assessment",
        "reply",
        "job",
        "event",
        "gesture",
        "promise",
        "set_aside",
        "offer",
        "escalation",
    }
)
# What these lead to grows with the company.
NOT_ENOUGH = frozenset({"brand", "channel", "state"})
# (table, index): why so little is enough there.
ALLOWED = {
    ("case", "ix_case_rank"): "limited, and in the order of this index: the heaviest open ones",
    ("case", "ix_case_nobody"): "limited, and in the order of this index: the heaviest that nobody has",
    ("case", "ix_case_last"): "limited, and in the order of this index: the latest; or counted up to a thousand",
    (
        "order",
        "sqlite_autoindex_order_1",
    ): "limited, and in the order of this index: how some numbers look",
    ("order", "uq_order_brand_number"): "as on SQLite",
    ("assessment", "ix_assessment_chance"): "limited, and in the order of this index: the latest bright ones",
    ("mention", "ix_mention_state"): "how many still wait for their place, which is what the workers are behind; or the"
    " latest that were put aside, limited and in the order of this index",
}
SMALL = Volume(brands=(fakes.BRAND, "lampenlab"), customers=200, lines=600, contacts=50, mentions=60, cases=40)
LARGER = Volume(
    brands=(fakes.BRAND, "lampenlab"), customers=4000, lines=12_000, contacts=900, mentions=4000, cases=3000
)
INBOX = "inbox"
LITERAL = re.compile(r"'(?:[^']|'')*'|::[a-z ]+(?:\[\])?")
BOUND = re.compile(r'(\w+)"?\)* ?(?:[=<>]|IS )')
SQLITE = re.compile(r"(SCAN|SEARCH) (?:TABLE )?(\w+)(?: USING (?:COVERING )?INDEX (\w+))?[^(]*(?:\((.*)\))?$")


@dataclass(frozen=True)
class Asked:
    step: str
    statement: str
    parameters: Any


@dataclass(frozen=True)
class Read:
    """One way in to a table: `bound` are the columns that a value was given for, None when it is read whole."""

    table: str
    index: str | None
    bound: frozenset[str] | None

    @property
    def too_much(self) -> bool:
        if self.table not in LARGE or (self.table, self.index) in ALLOWED:
            return False
        return self.bound is None or self.bound <= NOT_ENOUGH


@contextmanager
def listening(asked: list[Asked], step: str) -> Iterator[None]:
    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        asked.append(Asked(step, statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def asked_on_the_way(database: Database, size: Volume, trips: int) -> list[Asked]:
    """By the trips of mentions up to the dossier, and by every stream of the Inbox."""
    asked: list[Asked] = []
    walking = _trip.trip(database, size)
    for _ in range(trips):
        walking.walk(lambda step: listening(asked, step))
    with database.read() as unit, listening(asked, INBOX):
        for stream in Stream:
            desk.queue_of(unit, walking.agent, View(stream))
        for stream in (Stream.ALL, Stream.DONE):
            desk.look(unit, walking.agent, View(stream, Filter(hazard="press")), fakes.START)
        identities.links(unit, walking.agent, mentions.by_id(unit, range(1, 9)))  # a thread of several people
        desk.aside(unit, walking.agent)
    return [each for each in asked if not each.statement.startswith(("BEGIN", "PRAGMA", "NOTIFY"))]


def names(statement: str) -> dict[str, str]:
    """Which table each name in a plan stands for: itself, or what it is an alias of."""
    aliases = re.findall(r'(?:FROM|JOIN|,) "?(\w+)"? AS (\w+)', statement)
    return {each: each for each in LARGE} | {alias: table for table, alias in aliases}


def of_sqlite(unit: Any, each: Asked) -> list[Read]:
    known = names(each.statement)
    found = []
    for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {each.statement}", each.parameters):
        match = SQLITE.match(row[3].removesuffix(" LEFT-JOIN"))
        if match and match[2] in known:
            bound = frozenset(re.findall(r"(\w+)[=<>]", match[4] or "")) if match[1] == "SEARCH" else None
            found.append(Read(known[match[2]], match[3], bound))
    return found


def of_postgresql(unit: Any, each: Asked) -> list[Read]:
    rows = unit.connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {each.statement}", each.parameters)
    told = rows.scalar_one()
    (plan,) = json.loads(told) if isinstance(told, str) else told
    return list(_nodes(plan["Plan"], None))


def _nodes(node: dict[str, Any], table: str | None) -> Iterator[Read]:
    here = node.get("Relation Name", table)
    if node["Node Type"] == "Seq Scan":
        yield Read(node["Relation Name"], None, None)
    elif "Index Name" in node:
        told = LITERAL.sub("", node.get("Index Cond", ""))
        yield Read(here or "", node["Index Name"], frozenset(BOUND.findall(told)))
    for each in node.get("Plans", ()):
        yield from _nodes(each, here)


def reads(database: Database, asked: Sequence[Asked]) -> dict[tuple[str, str], list[Read]]:
    """Per step and statement how the engine goes about it; nothing is carried out."""
    found: dict[tuple[str, str], list[Read]] = {}
    with database.read() as unit:
        if database.postgresql:
            unit.run(text("SET LOCAL enable_seqscan = off"))  # a table of one page is read whole, and rightly so
        for each in asked:
            told = of_postgresql(unit, each) if database.postgresql else of_sqlite(unit, each)
            found.setdefault((each.step, each.statement), []).extend(told)
    return found


def size_for(database: Database) -> Volume:
    return LARGER if database.postgresql else SMALL


@pytest.fixture
def filled(database: Database) -> Database:
    _filled.fill(database, size_for(database))
    if database.postgresql:
        with database.write() as unit:
            unit.run(text("ANALYZE"))
    return database


def test_no_statement_reads_what_grows_with_the_company(filled: Database) -> None:
    asked = asked_on_the_way(filled, size_for(filled), 6)
    assert {each.step for each in asked} == {*_trip.STEPS, INBOX}
    found = reads(filled, asked)
    known = FILLED if filled.postgresql else LARGE
    told = [(step, statement, one) for (step, statement), told in found.items() for one in told if one.table in known]
    assert [each for each in told if each[2].too_much] == []
    assert {one.table for _, _, one in told} >= FILLED


def test_one_mention_asks_little(sqlite: Database) -> None:
    """Each statement costs time on every mention; whoever adds one does so on purpose."""
    _filled.fill(sqlite, SMALL)
    asked = asked_on_the_way(sqlite, SMALL, 6)
    counts = {step: sum(1 for each in asked if each.step == step) / 6 for step in _trip.STEPS}
    assert counts["identify"] <= 19  # one of them: who asked to be forgotten
    assert counts["route"] <= 28
    assert counts["brief"] <= 28


def test_what_is_asked_every_few_seconds_leaves_closed_cases_and_old_gestures_alone(sqlite: Database) -> None:
    _filled.fill(sqlite, SMALL)
    asked: list[Asked] = []
    with sqlite.write() as unit, listening(asked, "round"):
        escalate.run(unit, Timing(), fakes.START)
        gestures.reported(unit, fakes.BRAND, fakes.START)
    told = [one for many in reads(sqlite, asked).values() for one in many if one.table in ("case", "gesture")]
    assert {one.table for one in told} == {"case", "gesture"}
    assert [one for one in told if one.bound is None or one.bound <= {"brand"}] == []


TOLD_APART = {
    "SELECT * FROM customer WHERE city = 'Ede'": {"customer"},
    "SELECT * FROM \"order\" AS bought WHERE bought.status = 'packed'": {"order"},
    "SELECT * FROM mention WHERE brand = 'sokkerij' AND channel = 'x' AND shown_at IS NULL": {"mention"},
    "SELECT * FROM customer WHERE brand = 'sokkerij' AND city = 'Ede'": {"customer"},
    "SELECT * FROM customer WHERE brand = 'sokkerij' AND id = 'K-0000004'": set(),
    "SELECT * FROM mention WHERE channel = 'x' AND author_id IN ('a', 'b')": set(),
}


def test_what_reads_too_much_is_seen(filled: Database) -> None:
    """The check does find what it looks for."""
    given = None if filled.postgresql else ()
    found = reads(filled, [Asked("here", statement, given) for statement in TOLD_APART])
    seen = {statement: {one.table for one in told if one.too_much} for (_, statement), told in found.items()}
    assert seen == TOLD_APART
