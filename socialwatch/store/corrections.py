"""Corrections of the first impression: what an agent reads instead, kept to learn from where the channel allows it.

A correction names no agent: that somebody said it stands in the case, as everything people do there.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from socialwatch.domain import correction as words
from socialwatch.domain import priority
from socialwatch.domain.agent import Agent
from socialwatch.domain.assessment import Fact
from socialwatch.domain.case import Line, LineKind, last_word
from socialwatch.domain.correction import Felt, Judged, What
from socialwatch.store import assessments, cases, verdicts
from socialwatch.store.cases import Case, Weight
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import assessment, case, correction, identity, mention
from socialwatch.store.unit import Unit

_FELT = (What.LOWER.value, What.HIGHER.value, What.NO_COMPLAINT.value)
# Every mention that joins a case asks this, so it is built once.
_JUDGED = (
    select(case.c.judged, correction.c.was, correction.c.at)
    .join(correction, correction.c.case_id == case.c.id)
    .where(case.c.id == bindparam("number"), case.c.judged.is_not(None), correction.c.what.in_(_FELT))
    .order_by(correction.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Correction:
    """The latest word about a case; `level` is the level 0..3 it led to, `was` the one before it."""

    id: int
    what: What
    was: int
    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Taught:
    """One correction with the post it is about, for whoever trains the model. Levels 0..3; `facts` are their places."""

    what: What
    model: int
    text: str
    language: str
    facts: tuple[Fact, ...]


def latest(unit: Unit, number: int) -> Correction | None:
    """What was said last of this case; None when nobody corrected anything."""
    query = select(correction).where(correction.c.case_id == number).order_by(correction.c.id.desc()).limit(1)
    row = unit.run(query).one_or_none()
    if row is None:
        return None
    was = int(row.was["level"])
    level = words.level(What(row.what), was)
    return Correction(row.id, What(row.what), was, was if level is None else level, row.at)


def held(unit: Unit, number: int, weight: Weight) -> Weight:
    """What routing weighed, with an agent's word above the model's where that still holds."""
    row = unit.apart(_JUDGED, {"number": number}).one_or_none()
    if row is None:
        return weight
    judged = Judged(row.judged, int(row.was["model"]), row.at)
    model = Felt(weight.level, weight.frustration)
    return _felt(weight, words.held(judged, model, last_word(cases.lines(unit, number))))


def _felt(weight: Weight, felt: Felt) -> Weight:
    """The same weight with this frustration in it, and the reason that goes with it."""
    static = priority.otherwise(weight.static, weight.frustration, felt.frustration)
    told = [each for each in map(_plain, weight.reasons) if each["ground"] != priority.Ground.FRUSTRATION]
    reason = asdict(priority.frustrated(felt.frustration))
    reasons = [*told, *([reason] if felt.level else [])]
    reasons.sort(key=lambda each: (each["ground"] != priority.Ground.GRAVE, -each["points"]))
    return replace(weight, static=static, reasons=reasons, frustration=felt.frustration, level=felt.level)


def _plain(reason: Any) -> dict[str, Any]:
    return dict(reason) if isinstance(reason, dict) else asdict(reason)


def correct(unit: Unit, who: Agent, known: Case, what: What, now: datetime) -> bool:
    """What this agent reads in the case holds from now on, also in the ranking. False when there is nothing to correct:
    the frustration cannot go further that way, or no customer is linked.
    """
    model, gravest = _model(unit, known)
    level = words.level(what, known.level)
    links = _linked(unit, who, known) if what is What.WRONG_CUSTOMER else []
    if (level == known.level and what is not What.NO_COMPLAINT) or (level is None and not links):
        return False
    was = {"level": known.level, "model": model.level, "judged": _judged(unit, known.id), "links": links}
    unit.run(insert(correction).values(_row(known, what, (was, gravest), now)))
    for each in links:
        verdicts.undo(unit, who, (known.id, each), now)
    if level is not None:
        _become(unit, known, level, words.felt(level))
    detail = {"kind": what.value, "from": known.level, "to": level}
    cases.write(unit, known.id, Line(LineKind.CORRECTED, now, agent_id=who.id, detail=detail))
    return True


def _row(known: Case, what: What, about: tuple[dict[str, Any], Stored | None], now: datetime) -> dict[str, Any]:
    was, post = about
    return {
        "brand": known.brand,
        "case_id": known.id,
        "mention_id": post.id if post else None,
        "what": what.value,
        "was": was,
        "may_train": bool(post and post.mention.may_train),
        "at": now,
    }


def take_back(unit: Unit, who: Agent, known: Case, now: datetime) -> bool:
    """The latest correction was none. False when there is none."""
    row = unit.run(
        select(correction).where(correction.c.case_id == known.id).order_by(correction.c.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return False
    unit.run(delete(correction).where(correction.c.id == row.id))
    for each in row.was["links"]:
        verdicts.confirm(unit, who, (known.id, each), now)
    if row.what in _FELT:
        before = row.was["judged"]
        _become(unit, known, before, _model(unit, known)[0] if before is None else words.felt(before))
    detail = {"kind": row.what, "event": "undone"}
    cases.write(unit, known.id, Line(LineKind.CORRECTED, now, agent_id=who.id, detail=detail))
    return True


def _become(unit: Unit, known: Case, judged: int | None, felt: Felt) -> None:
    unit.run(update(case).where(case.c.id == known.id).values(judged=judged))
    weight = Weight(known.static, known.reasons, known.frustration, known.risk, known.level, known.needs_human)
    cases.weigh(unit, known.id, _felt(weight, felt))


def _judged(unit: Unit, number: int) -> int | None:
    found = unit.run(select(case.c.judged).where(case.c.id == number)).scalar_one()
    return None if found is None else int(found)


def _model(unit: Unit, known: Case) -> tuple[Felt, Stored | None]:
    """What the model reads in what they wrote since our last word (else in all of it), and in which post the most."""
    theirs = [each for each in cases.mentions(unit, [known.id])[known.id] if not each.mention.own]
    answered = last_word(cases.lines(unit, known.id))
    recent = [each for each in theirs if answered is None or each.mention.created_at > answered]
    read = assessments.of(unit, [each.id for each in theirs])
    felt = [each for each in recent or theirs if each.id in read]
    if not felt:
        return Felt(known.level, known.frustration), None
    gravest = max(felt, key=lambda each: (read[each.id].reading.level, read[each.id].reading.frustration))
    readings = [read[each.id].reading for each in felt]
    return Felt(max(each.level for each in readings), max(each.frustration for each in readings)), gravest


def _linked(unit: Unit, who: Agent, known: Case) -> list[int]:
    """The links by which this case is its customer's."""
    inside = select(mention.c.id, mention.c.channel, mention.c.author_id).where(mention.c.case_id == known.id)
    posts = unit.run(inside.where(mention.c.own.is_(False))).all()
    authors = {(row.channel, row.author_id) for row in posts if row.author_id is not None}
    alive = select(identity.c.id, identity.c.channel, identity.c.author_id, identity.c.mention_id).where(
        identity.c.brand == who.brand, identity.c.customer_id == known.customer_id, identity.c.undone_at.is_(None)
    )
    numbers = {row.id for row in posts}
    rows = unit.run(alive.where(identity.c.offered.is_(False)).order_by(identity.c.id)).all()
    return [row.id for row in rows if row.mention_id in numbers or (row.channel, row.author_id) in authors]


def taught(unit: Unit) -> Iterator[Taught]:
    """Every correction that may be learnt from, oldest first: where the channel allows it and the post still stands."""
    query = (
        select(correction.c.what, correction.c.was, mention.c.text, assessment.c.language, assessment.c.facts)
        .join(mention, mention.c.id == correction.c.mention_id)
        .join(assessment, assessment.c.mention_id == mention.c.id)
        .where(correction.c.may_train, mention.c.may_train, mention.c.gone_at.is_(None), mention.c.text != "")
        .order_by(correction.c.id)
    )
    return map(_taught, unit.run(query).all())


def _taught(row: Row[Any]) -> Taught:
    facts = tuple(Fact(**each) for each in row.facts)
    return Taught(What(row.what), int(row.was["model"]), row.text, row.language, facts)
