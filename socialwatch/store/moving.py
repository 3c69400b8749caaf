"""Moving: what hangs on one case is hung on another, table by table, and remembered so that it can go back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, func, or_, select, update

from socialwatch.domain.escalation import Matter
from socialwatch.store.tables import (
    beckon,
    case_tag,
    correction,
    escalation,
    gesture,
    job,
    line,
    mention,
    notification,
    offer,
    promise,
    reply,
    set_aside,
    situation_case,
    story,
    survey,
    thanks,
)
from socialwatch.store.unit import Unit

Moved = Mapping[str, Sequence[Any]]  # per table, what went along
BY_ID = (line, mention, reply, gesture, promise, thanks, set_aside, correction, beckon, story)
# What a case has once of: where the other has it already, it stays behind.
ONCE: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (escalation, ("matter", "subject")),
    (notification, ("agent_id", "step", "kind")),
    (offer, ("mention_id",)),
    (survey, ()),
    (situation_case, ("situation_id",)),
    (case_tag, ("tag",)),
)
OF_CASES = ("notify", "advise", "seek", "refresh", "forget")  # steps of which the subject is a case


def all_of(unit: Unit, gone: int, keep: int) -> Moved:
    """Everything of `gone` hangs on `keep` from now on; gives back what, for `back`."""
    _number_anew(unit, gone, keep)
    moved = {table.name: _hang(unit, table, (gone, keep)) for table in BY_ID}
    moved |= {table.name: _hang(unit, table, (gone, keep), _lacks(table, keys, keep)) for table, keys in ONCE}
    there = select(job.c.step).where(job.c.subject == keep, job.c.step.in_(OF_CASES))
    mine = (job.c.subject == gone, job.c.step.in_(OF_CASES), job.c.step.not_in(there))
    unit.run(update(job).where(*mine).values(subject=keep))
    _settle_offers(unit, keep)
    return {name: keys for name, keys in moved.items() if keys}


def back(unit: Unit, keep: int, gone: int, moved: Moved) -> None:
    """What came from `gone` and still hangs on `keep` goes back."""
    for table in (*BY_ID, *(each for each, _ in ONCE)):
        _hang(unit, table, (keep, gone), _key(table).in_(moved.get(table.name, ())))


def some(unit: Unit, number: int, to: int, posts: Sequence[int]) -> None:
    """These posts, our answers to them, and what was written about both hang on another case from now on."""
    way = (number, to)
    answers = _hang(unit, reply, way, reply.c.mention_id.in_(posts))
    _hang(unit, mention, way, mention.c.id.in_(posts))
    _hang(unit, line, way, or_(line.c.mention_id.in_(posts), line.c.reply_id.in_(answers)))
    _hang(unit, promise, way, promise.c.reply_id.in_(answers))
    for table in (thanks, correction):
        _hang(unit, table, way, table.c.mention_id.in_(posts))


def _hang(unit: Unit, table: Table, way: tuple[int, int], which: ColumnElement[bool] | None = None) -> list[Any]:
    """What of a table hangs on the first case (and is meant) hangs on the second; gives back what that was."""
    mine = table.c.case_id == way[0] if which is None else and_(table.c.case_id == way[0], which)
    found = sorted(unit.run(select(_key(table)).where(mine)).scalars())
    if found:
        unit.run(update(table).where(table.c.case_id == way[0], _key(table).in_(found)).values(case_id=way[1]))
    return found


def _key(table: Table) -> Column[Any]:
    """What tells the rows of one case apart."""
    named = {"situation_case": "situation_id", "case_tag": "tag"}
    return table.c[named.get(table.name, "id")]


def _lacks(table: Table, keys: Sequence[str], keep: int) -> ColumnElement[bool]:
    theirs = table.alias()
    same = (theirs.c[name] == table.c[name] for name in keys)
    return ~select(theirs.c.case_id).where(theirs.c.case_id == keep, *same).exists()


def _number_anew(unit: Unit, gone: int, keep: int) -> None:
    """Which time nobody took it: those of both are counted on."""
    untaken = escalation.c.matter == Matter.UNTAKEN.value
    last = unit.run(select(func.max(escalation.c.subject)).where(escalation.c.case_id == keep, untaken)).scalar_one()
    if last is not None:
        # first out of each other's way: an engine may check the rule row by row
        mine = update(escalation).where(escalation.c.case_id == gone, untaken)
        unit.run(mine.values(subject=-escalation.c.subject))
        unit.run(mine.values(subject=last - escalation.c.subject))


def _settle_offers(unit: Unit, keep: int) -> None:
    """A post that was offered to this case is here now."""
    here = select(mention.c.id).where(mention.c.case_id == keep)
    asked = (offer.c.case_id == keep, offer.c.decided.is_(None), offer.c.mention_id.in_(here))
    unit.run(update(offer).where(*asked).values(decided="joined"))
