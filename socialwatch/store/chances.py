"""Chances: praise with a story, a celebration, an odd wish; the posts that could become something lovely."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, insert, select, text

from socialwatch.domain.agent import Agent
from socialwatch.store import situations
from socialwatch.store.cases import Case
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored, stored
from socialwatch.store.tables import assessment, case, chance, mention
from socialwatch.store.unit import Unit

# As in the index, which is only taken for these very words.
_BRIGHT = text("assessment.chance >= 0.6")
LATEST = 1000
DONE = ("closed", "waiting")  # we answered in it


@dataclass(frozen=True, slots=True)
class Chance:
    """One post that is worth more than an answer; `case` when it is in one already, `score` 0..1."""

    post: Stored
    score: float
    case: Case | None


def found(unit: Unit, who: Agent, limit: int, before: int | None = None) -> list[Chance]:
    """What nobody decided about yet, the latest first; `before` is the id of the last post of the page before."""
    query = _standing(who).add_columns(*mention.c, assessment.c.chance.label("bright"))
    query = query if before is None else query.where(assessment.c.mention_id < before)
    rows = unit.run(query.order_by(assessment.c.mention_id.desc()).limit(limit)).all()
    known = situations.seen(unit, who, [row.case_id for row in rows if row.case_id is not None])
    return [Chance(stored(row), row.bright, known.get(row.case_id)) for row in rows]


def _standing(who: Agent) -> Select[tuple[int]]:
    """Among the latest, however many years there are behind them."""
    mine = select(assessment.c.mention_id).where(assessment.c.brand == who.brand, _BRIGHT)
    latest = mine.order_by(assessment.c.mention_id.desc()).limit(LATEST).subquery()
    decided = select(chance.c.mention_id).where(chance.c.mention_id == assessment.c.mention_id)
    answered = select(case.c.id).where(case.c.id == mention.c.case_id, case.c.state.in_(DONE))
    theirs = mention.c.own.is_(False) & mention.c.repost.is_(False) & mention.c.gone_at.is_(None)
    query = select(assessment.c.mention_id).join(mention, mention.c.id == assessment.c.mention_id)
    query = query.join(latest, latest.c.mention_id == assessment.c.mention_id)
    return query.where(theirs, mention.c.state != "thanks", mention.c.brand == who.brand).where(
        ~decided.exists(), ~answered.exists()
    )


def counted(who: Agent, most: int) -> ColumnElement[int]:
    """How many there are, counted up to `most`, as a part of another question."""
    some = _standing(who).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def of_post(unit: Unit, who: Agent, number: int) -> Chance | None:
    """One of them, when it still stands."""
    query = _standing(who).add_columns(*mention.c, assessment.c.chance.label("bright"))
    row = unit.run(query.where(assessment.c.mention_id == number)).one_or_none()
    if row is None:
        return None
    known = situations.seen(unit, who, [row.case_id]) if row.case_id is not None else {}
    return Chance(stored(row), row.bright, known.get(row.case_id))


def decide(unit: Unit, brand: str, numbers: Sequence[int], now: datetime, *, taken: bool) -> None:
    """These were taken on, or let go."""
    rows = [{"brand": brand, "mention_id": number, "taken": taken, "at": now} for number in numbers]
    unit.run(insert(chance), rows)
    tell(unit, brand, "case", None)
