"""Situations: many cases with one cause, and the cases in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, or_, select, update
from sqlalchemy import case as when

from socialwatch.domain.agent import Agent
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.risk import LIKELY
from socialwatch.domain.situation import lifted
from socialwatch.store import assessments, cases
from socialwatch.store.cases import Case, visible_to
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import agent, assessment, case, mention, situation, situation_case
from socialwatch.store.unit import Unit

SITUATING = 72619  # any number, as long as nothing else holds it
MOST = 1000  # cases in one situation that are counted and shown


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation. `offered_at`: found by likeness, and nobody said yet that it is one. `fact` is one line for
    everybody, said by each in own words.
    """

    id: int
    brand: str
    title: str
    known: str | None
    say: str | None
    unknown: str | None
    fact: str | None
    offered_at: datetime | None
    lead_id: int | None
    opened_at: datetime
    closed_at: datetime | None

    @property
    def running(self) -> bool:
        return self.offered_at is None and self.closed_at is None


@dataclass(frozen=True, slots=True)
class Size:
    """How many cases there are in a situation, how many still wait for an answer of ours, how many stand apart."""

    cases: int = 0
    waiting: int = 0
    lifted: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One case with what its row shows; `last` is the customer's latest post."""

    case: Case
    owner: str | None
    last: Stored | None
    hazards: tuple[Hazard, ...] = ()
    stakes: tuple[str, ...] = ()
    lifted: bool = False


LASTING = situation.c.closed_at.is_(None)
_RUNNING = LASTING & situation.c.offered_at.is_(None)


def begin(unit: Unit, brand: str, title: str, lead_id: int | None, now: datetime) -> int:
    """A new situation, still without cases; without a lead it is an offer that nobody took up yet. Gives its id."""
    offered = now if lead_id is None else None
    values = {"brand": brand, "title": title[:200], "lead_id": lead_id, "opened_at": now, "offered_at": offered}
    return int(unit.run(insert(situation).values(values).returning(situation.c.id)).scalar_one())


def add(unit: Unit, to: Situation, numbers: Iterable[int], now: datetime, by: int | None = None) -> list[int]:
    """Put cases of its brand in a situation, those with something at stake lifted out; gives back which ones.

    What is in it already, or in another that is not over, stays where it is.
    """
    unit.alone(SITUATING)  # two people who see the same outage at once must not both have its cases
    wanted = sorted(set(numbers))
    taken = select(situation_case.c.case_id).join(situation).where(or_(LASTING, situation.c.id == to.id))
    free = select(case.c.id).where(case.c.brand == to.brand, case.c.id.in_(wanted), case.c.id.not_in(taken))
    new = sorted(unit.run(free).scalars())
    if not new:
        return []
    apart = _apart(unit, new)
    rows = [
        {"brand": to.brand, "situation_id": to.id, "case_id": each, "lifted": each in apart, "at": now} for each in new
    ]
    unit.run(insert(situation_case), rows)
    if to.running:
        note(unit, to.id, new, now, by)
    tell(unit, to.brand, "case", None)
    return new


def note(unit: Unit, number: int, numbers: Iterable[int], now: datetime, by: int | None, *, out: bool = False) -> None:
    """Write in the threads that these cases were put in a situation, or taken out of it."""
    for each in numbers:
        detail = {"situation": number, "out": out}
        cases.write(unit, each, Line(LineKind.SITUATED, now, "team", by, detail=detail))


def _apart(unit: Unit, numbers: Sequence[int]) -> set[int]:
    """Which of these cases stand apart from the rest."""
    posts = {row.id: row.case_id for row in unit.run(_theirs(numbers))}
    read = assessments.of(unit, posts)
    return {
        posts[number]
        for number, each in read.items()
        if lifted(each.reading.hazards, each.stakes, each.reading.distress)
    }


def _theirs(numbers: Sequence[int]) -> Select[Any]:
    """The customers' posts of these cases."""
    return select(mention.c.id, mention.c.case_id).where(mention.c.case_id.in_(numbers), mention.c.own.is_(False))


def by_id(unit: Unit, brand: str, number: int) -> Situation | None:
    """One situation of this brand."""
    row = unit.run(select(situation).where(situation.c.id == number, situation.c.brand == brand)).one_or_none()
    return None if row is None else _of_row(row)


def standing(unit: Unit, brand: str) -> list[Situation]:
    """What is not over, the offers too; the latest first."""
    query = select(situation).where(situation.c.brand == brand, LASTING).order_by(situation.c.opened_at.desc())
    return [_of_row(row) for row in unit.run(query.limit(20))]


def of_case(unit: Unit, brand: str, number: int) -> tuple[Situation, bool] | None:
    """The running situation that a case is in, and whether it is lifted out there."""
    query = select(situation, situation_case.c.lifted).join(situation_case)
    mine = (situation_case.c.case_id == number) & (situation.c.brand == brand)
    row = unit.run(query.where(mine, _RUNNING)).first()
    return None if row is None else (_of_row(row), row.lifted)


def sizes(unit: Unit, numbers: Iterable[int]) -> dict[int, Size]:
    """How large these situations are."""
    wanted = sorted(numbers)
    query = (
        select(
            situation_case.c.situation_id,
            func.count().label("cases"),
            func.count(case.c.due_since).label("waiting"),
            func.sum(when((situation_case.c.lifted, 1), else_=0)).label("lifted"),
        )
        .join(case, case.c.id == situation_case.c.case_id)
        .where(situation_case.c.situation_id.in_(wanted))
        .group_by(situation_case.c.situation_id)
    )
    found = {row.situation_id: Size(row.cases, row.waiting, int(row.lifted)) for row in unit.run(query)}
    return {number: found.get(number, Size()) for number in wanted}


def members(who: Agent, number: int) -> Select[Any]:
    """The cases in a situation that this person may see, with `lifted`; heaviest first."""
    mine = visible_to(who).add_columns(situation_case.c.lifted)
    inside = mine.join(situation_case, situation_case.c.case_id == case.c.id)
    return inside.where(situation_case.c.situation_id == number).order_by(case.c.rank.desc(), case.c.id)


def ordinary(who: Agent, number: int) -> Select[Any]:
    """As `members`, without those that stand apart."""
    return members(who, number).where(situation_case.c.lifted.is_(False))


def apart(who: Agent, number: int) -> Select[Any]:
    """As `members`, only those that stand apart."""
    return members(who, number).where(situation_case.c.lifted.is_(True))


def seen(unit: Unit, who: Agent, numbers: Sequence[int]) -> dict[int, Case]:
    """Of these cases those that this person may see."""
    wanted = sorted(set(numbers))
    return {row.id: cases.of_row(row) for row in unit.run(cases.among(who, wanted))} if wanted else {}


def names(unit: Unit, brand: str) -> dict[int, str]:
    """What everybody of this brand is called."""
    return {row.id: row.name for row in unit.run(select(agent.c.id, agent.c.name).where(agent.c.brand == brand))}


def rows(unit: Unit, who: Agent, query: Select[Any], limit: int) -> list[Member]:
    """Cases with what their row shows; `query` is about cases this person may see."""
    found = unit.run(query.limit(limit)).all()
    numbers = [row.id for row in found]
    posts, read = cases.mentions(unit, numbers), _grave(unit, numbers)
    called = names(unit, who.brand)
    return [
        Member(
            cases.of_row(row),
            called.get(row.owner_id) if row.owner_id is not None else None,
            next((each for each in reversed(posts[row.id]) if not each.mention.own), None),
            *read.get(row.id, ((), ())),
            bool(getattr(row, "lifted", False)),
        )
        for row in found
    ]


def member_ids(unit: Unit, number: int, limit: int = MOST) -> list[int]:
    """The cases in a situation, the latest to come in first."""
    query = select(situation_case.c.case_id).where(situation_case.c.situation_id == number)
    return list(unit.run(query.order_by(situation_case.c.at.desc(), situation_case.c.case_id).limit(limit)).scalars())


def standing_apart(query: Select[Any]) -> Select[Any]:
    """These cases without those that stand in the card of a running situation."""
    inside = select(situation_case.c.case_id).join(situation).where(_RUNNING, situation_case.c.lifted.is_(False))
    return query.where(case.c.id.not_in(inside))


def change(unit: Unit, of: Situation, **values: Any) -> None:
    """Store what people know and say now; every page that shows one of its cases hears of it."""
    unit.run(update(situation).where(situation.c.id == of.id).values(values))
    tell(unit, of.brand, "case", None)


def take_up(unit: Unit, known: Situation, lead_id: int, now: datetime) -> bool:
    """An offer becomes a situation; False when somebody decided about it before."""
    still = (situation.c.id == known.id) & situation.c.offered_at.is_not(None) & LASTING
    taken = update(situation).where(still).values(offered_at=None, lead_id=lead_id, opened_at=now)
    if unit.run(taken).rowcount != 1:
        return False
    note(unit, known.id, member_ids(unit, known.id), now, lead_id)
    tell(unit, known.brand, "case", None)
    return True


def end(unit: Unit, known: Situation, now: datetime) -> bool:
    """It is over, or the offer was waved away; its cases stay as they are. False when it was over before."""
    ended = update(situation).where(situation.c.id == known.id, LASTING).values(closed_at=now)
    tell(unit, known.brand, "case", None)
    return unit.run(ended).rowcount == 1


def take_out(unit: Unit, known: Situation, number: int, now: datetime, by: int) -> bool:
    """A case does not belong to it; False when it was not in it."""
    inside = (situation_case.c.situation_id == known.id) & (situation_case.c.case_id == number)
    if unit.run(delete(situation_case).where(inside)).rowcount != 1:
        return False
    note(unit, known.id, [number], now, by, out=True)
    return True


def lift(unit: Unit, known: Situation, number: int, *, apart: bool) -> bool:
    """A person says that a case stands apart, or does not; False when it is not in this situation."""
    inside = (situation_case.c.situation_id == known.id) & (situation_case.c.case_id == number)
    tell(unit, known.brand, "case", number)
    return unit.run(update(situation_case).where(inside).values(lifted=apart)).rowcount == 1


def _grave(unit: Unit, numbers: Sequence[int]) -> dict[int, tuple[tuple[Hazard, ...], tuple[str, ...]]]:
    """Per case its likely hazards and what is at stake."""
    posts = {row.id: row.case_id for row in unit.run(_theirs(numbers))}
    query = select(assessment.c.mention_id, assessment.c.hazards, assessment.c.stakes)
    found: dict[int, tuple[tuple[Hazard, ...], tuple[str, ...]]] = {}
    for row in unit.run(query.where(assessment.c.mention_id.in_(sorted(posts)))):
        grave, stakes = found.get(posts[row.mention_id], ((), ()))
        likely = (Hazard(name) for name, score in row.hazards.items() if score >= LIKELY)
        named = (each["what"] for each in row.stakes)
        together = (dict.fromkeys((*grave, *likely)), dict.fromkeys((*stakes, *named)))
        found[posts[row.mention_id]] = (tuple(together[0]), tuple(together[1]))
    return found


def _of_row(row: Row[Any]) -> Situation:
    return Situation(**{name: getattr(row, name) for name in Situation.__dataclass_fields__})
