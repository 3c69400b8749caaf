"""Merging and splitting: every line is kept, state and clock follow from the lines, and both can be undone; on both
engines.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import Line, LineKind, State, due_since, state
from socialwatch.errors import Refused
from socialwatch.store import cases, marks, merging, tags
from socialwatch.store.merging import Pair, Parting
from socialwatch.store.queue import NewJob, put
from socialwatch.store.tables import case, escalation, gesture, job, line, mention, reply, thanks
from socialwatch.store.unit import Database, Unit
from tests.store.test_marks import BRAND, a_case, seen, somebody

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MARKERS = (LineKind.MERGED, LineKind.SPLIT)
TOLD = (
    LineKind.MENTION,
    LineKind.REPLY,
    LineKind.OWN_POST,
    LineKind.NOTE,
    LineKind.CALL,
    LineKind.LATER,
    LineKind.CLOSED,
    LineKind.REOPENED,
    LineKind.ASSIGNED,
    LineKind.GESTURE,
)


def kept(unit: Unit, numbers: list[int]) -> Counter[tuple[str, datetime]]:
    """What is told in these cases, apart from the telling of merges themselves."""
    return Counter(
        (each.kind.value, each.at)
        for number in numbers
        for each in cases.lines(unit, number)
        if each.kind not in MARKERS
    )


def says(unit: Unit, number: int, at: datetime, name: int, **changes: Any) -> int:
    """A post of the customer in a case."""
    row: dict[str, Any] = {"brand": BRAND, "channel": "x", "native_id": str(name), "version_id": str(name)}
    row |= {"text": "Waar is hij?", "created_at": at, "received_at": at, "own": False, "repost": False}
    row |= {"may_train": False, "can_reply": True, "audience": "public", "state": "joined", "case_id": number} | changes
    made = int(unit.run(insert(mention).values(row).returning(mention.c.id)).scalar_one())
    kind = LineKind.OWN_POST if row["own"] else LineKind.MENTION
    cases.write(unit, number, Line(kind, at, mention_id=made))
    return made


def answers(unit: Unit, number: int, to: int, who: Agent, at: datetime) -> int:
    row = {
        "brand": BRAND,
        "case_id": number,
        "mention_id": to,
        "agent_id": who.id,
        "text": "Wat naar.",
        "state": "sent",
    }
    row |= {"approval": f"{number}-{to}-{at}", "created_at": at, "sent_at": at}
    made = int(unit.run(insert(reply).values(row).returning(reply.c.id)).scalar_one())
    cases.write(unit, number, Line(LineKind.REPLY, at, "public", who.id, to, made))
    return made


def two(unit: Unit) -> tuple[Agent, int, int]:
    freek = somebody(unit)
    older = a_case(unit, opened_at=NOW - 60 * MINUTE, customer_id="c1")
    newer = a_case(unit, "Marieke · retour", opened_at=NOW - 30 * MINUTE, static=0.9, level=3)
    return freek, older, newer


def test_the_older_goes_on_with_all_that_hung_on_both(database: Database) -> None:
    with database.write() as unit:
        freek, older, newer = two(unit)
        first, second = says(unit, older, NOW - 50 * MINUTE, 1), says(unit, newer, NOW - 20 * MINUTE, 2)
        told = answers(unit, newer, second, freek, NOW - 10 * MINUTE)
        row = {"brand": BRAND, "case_id": newer, "agent_id": freek.id, "kind": "refund", "what": "x", "cost_cents": 1}
        unit.run(insert(gesture).values(row | {"state": "done", "at": NOW - 9 * MINUTE}))
        for number in (older, newer):
            row = {"brand": BRAND, "case_id": number, "matter": "untaken", "subject": 1, "step": 0}
            unit.run(insert(escalation).values(row))
            tags.put(unit, freek, number, "sokken", NOW - 8 * MINUTE)
        tags.put(unit, freek, newer, "retour", NOW - 8 * MINUTE)
        unit.run(insert(thanks).values(brand=BRAND, mention_id=second, case_id=newer, at=NOW - 7 * MINUTE))
        put(unit, [NewJob(BRAND, "notify", newer), NewJob(BRAND, "seek", newer), NewJob(BRAND, "seek", older)])
        before = kept(unit, [older, newer])
        assert merging.merge(unit, freek, Pair(newer, older), NOW) == older
        assert kept(unit, [older]) == before
        assert kept(unit, [newer]) == Counter()
        for table in (reply, gesture, thanks, mention):
            assert set(unit.run(select(table.c.case_id)).scalars()) == {older}
        assert sorted(unit.run(select(escalation.c.subject).where(escalation.c.case_id == older)).scalars()) == [1, 2]
        assert tags.of(unit, freek, [older]) == {older: ("retour", "sokken")}
        asked = unit.run(select(job.c.step, job.c.subject).where(job.c.step != "route")).all()
        assert sorted(asked) == sorted([("notify", older), ("seek", newer), ("seek", older)])
        found = seen(unit, freek, newer)
        assert (found.id, found.level, found.static) == (older, 3, 0.9)
        assert found.due_since == NOW - 50 * MINUTE  # that post was never answered, though the other one was
        assert list(unit.run(select(reply.c.id).where(reply.c.mention_id != first)).scalars()) == [told]


def test_a_merge_can_be_undone_and_done_again(database: Database) -> None:
    with database.write() as unit:
        freek, older, newer = two(unit)
        says(unit, older, NOW - 50 * MINUTE, 1)
        says(unit, newer, NOW - 20 * MINUTE, 2)
        marks.close(unit, freek, older, marks.Signs(True, None), NOW - 15 * MINUTE)
        tags.put(unit, freek, newer, "retour", NOW - 8 * MINUTE)
        before = {number: (kept(unit, [number]), seen(unit, freek, number)) for number in (older, newer)}
        for again in range(3):
            at = NOW + again * 2 * MINUTE
            assert merging.merge(unit, freek, Pair(older, newer), at) == older
            assert seen(unit, freek, newer).state is State.OPEN  # we are due in what came along
            assert seen(unit, freek, newer).due_since == NOW - 20 * MINUTE
            assert merging.undo(unit, freek, older, at + MINUTE) == newer
            for number, (lines, found) in before.items():
                now = seen(unit, freek, number)
                assert kept(unit, [number]) == lines
                assert (now.id, now.state, now.due_since) == (number, found.state, found.due_since)
                assert (now.closed_at, now.problem_gone) == (found.closed_at, found.problem_gone)
        assert tags.of(unit, freek, [older, newer]) == {newer: ("retour",)}
        with pytest.raises(Refused):
            merging.undo(unit, freek, older, NOW + 9 * MINUTE)


def test_what_was_answered_since_stays_together(database: Database) -> None:
    with database.write() as unit:
        freek, older, newer = two(unit)
        says(unit, older, NOW - 50 * MINUTE, 1)
        second = says(unit, newer, NOW - 20 * MINUTE, 2)
        merging.merge(unit, freek, Pair(older, newer), NOW)
        assert merging.undoable(unit, older, cases.lines(unit, older)) is not None
        answers(unit, older, second, freek, NOW + MINUTE)
        assert merging.undoable(unit, older, cases.lines(unit, older)) is None
        with pytest.raises(Refused):
            merging.undo(unit, freek, older, NOW + 2 * MINUTE)


def test_whoever_began_before_the_merge_writes_into_the_case_that_goes_on(database: Database) -> None:
    with database.write() as unit:
        freek, older, newer = two(unit)
        oldest = a_case(unit, opened_at=NOW - 90 * MINUTE)
        merging.merge(unit, freek, Pair(older, newer), NOW)
        merging.merge(unit, freek, Pair(oldest, older), NOW + MINUTE)
        cases.write(unit, newer, Line(LineKind.REPLY, NOW + 2 * MINUTE, "public", freek.id))
        assert LineKind.REPLY in [each.kind for each in cases.lines(unit, oldest)]
        assert seen(unit, freek, newer).id == oldest
        assert seen(unit, freek, newer).state is State.WAITING
        assert seen(unit, freek, oldest).first_answer_at == NOW + 2 * MINUTE
        with pytest.raises(Refused):
            merging.merge(unit, freek, Pair(newer, oldest), NOW + 3 * MINUTE)


def test_the_owner_of_the_older_stays_unless_another_is_chosen(database: Database) -> None:
    with database.write() as unit:
        freek, older, newer = two(unit)
        eva = somebody(unit, "Eva")
        cases.assign(unit, older, freek.id, NOW - 40 * MINUTE, {"by": freek.id})
        cases.assign(unit, newer, eva.id, NOW - 20 * MINUTE, {"why": "lightest_load"})
        merging.merge(unit, freek, Pair(newer, older), NOW)
        kept_by = seen(unit, freek, older)
        assert (kept_by.owner_id, kept_by.accepted_at) == (freek.id, NOW - 40 * MINUTE)
        merging.undo(unit, freek, older, NOW + MINUTE)
        assert seen(unit, freek, newer).owner_id == eva.id
        merging.merge(unit, freek, Pair(newer, older, eva.id), NOW + 2 * MINUTE)
        assert seen(unit, freek, older).owner_id == eva.id
        with pytest.raises(Refused):
            merging.merge(unit, freek, Pair(a_case(unit), older, 999), NOW + 3 * MINUTE)


def test_chosen_posts_and_their_answers_get_a_case_of_their_own(database: Database) -> None:
    with database.write() as unit:
        freek, number, _ = two(unit)
        first, second = says(unit, number, NOW - 50 * MINUTE, 1), says(unit, number, NOW - 40 * MINUTE, 2)
        own = says(unit, number, NOW - 35 * MINUTE, 3, own=True, in_reply_to="2")
        told = answers(unit, number, second, freek, NOW - 30 * MINUTE)
        before = kept(unit, [number])
        new = merging.split(unit, freek, Parting(number, [second], freek.id), NOW)
        assert new is not None
        assert set(unit.run(select(mention.c.id).where(mention.c.case_id == new)).scalars()) == {second, own}
        assert list(unit.run(select(reply.c.id).where(reply.c.case_id == new)).scalars()) == [told]
        extra = Counter({("opened", NOW - 40 * MINUTE): 1, ("assigned", NOW): 1})
        assert kept(unit, [number, new]) == before + extra
        assert (seen(unit, freek, number).due_since, seen(unit, freek, number).state) == (NOW - 50 * MINUTE, State.NEW)
        assert seen(unit, freek, new).state is State.WAITING
        assert seen(unit, freek, new).owner_id == freek.id
        told_of = [each.detail for each in cases.lines(unit, new) if each.kind is LineKind.SPLIT]
        assert told_of == [{"from": number}]
        assert merging.undo(unit, freek, number, NOW + MINUTE) == new
        assert kept(unit, [number]) == before + extra
        assert seen(unit, freek, new).id == number
        for posts in ([], [first, second], [999]):
            with pytest.raises(Refused):
                merging.split(unit, freek, Parting(number, posts), NOW + 2 * MINUTE)


def test_another_brand_merges_and_splits_nothing(database: Database) -> None:
    with database.write() as unit:
        freek, older, newer = two(unit)
        unit.run(update(case).where(case.c.id == newer).values(brand="buur"))
        assert merging.merge(unit, freek, Pair(older, newer), NOW) is None
        assert merging.split(unit, freek, Parting(newer, [1]), NOW) is None
        assert merging.undo(unit, freek, newer, NOW) is None
        assert unit.run(select(func.count()).select_from(line).where(line.c.kind == "merged")).scalar_one() == 0


moments = st.integers(0, 40).map(lambda each: NOW - (60 - each) * MINUTE)
told_lines = st.lists(st.tuples(st.sampled_from(TOLD), moments), max_size=8)


@settings(max_examples=40)
@given(one=told_lines, other=told_lines)
def test_whatever_was_told_is_kept_and_what_we_are_due_too(
    tmp_path_factory: pytest.TempPathFactory, prepared_sqlite: Any, one: list[Any], other: list[Any]
) -> None:
    file = tmp_path_factory.mktemp("merge") / "merge.sqlite"
    file.write_bytes(prepared_sqlite.read_bytes())
    database = Database(f"sqlite:///{file}")
    try:
        with database.write() as unit:
            freek, *numbers = two(unit)
            for number, lines in zip(numbers, (one, other), strict=True):
                for kind, at in lines:
                    cases.write(unit, number, Line(kind, at, agent_id=freek.id))
            before, lines = [seen(unit, freek, each) for each in numbers], kept(unit, numbers)
            merging.merge(unit, freek, Pair(numbers[0], numbers[1]), NOW)
            thread, after = cases.lines(unit, numbers[0]), seen(unit, freek, numbers[1])
            owed = min((each.due_since for each in before if each.due_since is not None), default=None)
            assert kept(unit, [numbers[0]]) == lines
            assert (after.state, after.due_since) == (state(thread), due_since(thread))
            assert after.due_since == owed
            assert (after.state in (State.NEW, State.OPEN)) or owed is None
            merging.undo(unit, freek, numbers[0], NOW + MINUTE)
            again = [seen(unit, freek, each) for each in numbers]
            assert [(each.state, each.due_since, each.accepted_at) for each in again] == [
                (each.state, each.due_since, each.accepted_at) for each in before
            ]
    finally:
        database.close()
