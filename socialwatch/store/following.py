"""Following: which posts must be looked at again, and the batch jobs that ask the platform which are gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, delete, exists, func, insert, or_, select, update

from socialwatch.domain.case import State
from socialwatch.store.mentions import Stored, stored
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import compliance, mention
from socialwatch.store.unit import Unit

ON_SCREEN = timedelta(hours=24)
YOUNG = timedelta(days=7)
YOUNG_EVERY, OLD_EVERY = timedelta(days=2), timedelta(days=30)
_MOST_JOBS = 1000

_last_look = func.coalesce(mention.c.looked_at, mention.c.received_at)


@dataclass(frozen=True, slots=True)
class Whose:
    """The posts of one channel of one brand."""

    brand: str
    channel: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch job at the platform: `job` is its number there, empty as long as we do not know it (it may have been
    begun); `up_to` the last mention that was handed in.
    """

    id: int
    job: str
    begun_at: datetime
    up_to: int
    finished_at: datetime | None


def pressing(unit: Unit, whose: Whose, before: datetime, seen_since: datetime, limit: int = 100) -> list[Stored]:
    """Customers' posts in open cases, and posts that were on screen since `seen_since`, that were last looked up (or
    received) before this moment, longest ago first.
    """
    is_open = exists().where(case_table.c.id == mention.c.case_id, case_table.c.state != State.CLOSED.value)
    wanted = or_(is_open, mention.c.shown_at >= seen_since)
    query = _theirs(whose).where(wanted, _last_look < before)
    return [stored(row) for row in unit.run(query.order_by(_last_look, mention.c.id).limit(limit))]


def wordless(unit: Unit, whose: Whose, since: datetime, limit: int) -> list[Stored]:
    """Posts that came without any text since then and were never looked up, longest ago first."""
    new = (mention.c.text == "", mention.c.looked_at.is_(None), mention.c.received_at >= since)
    return [stored(row) for row in unit.run(_theirs(whose).where(*new).order_by(mention.c.id).limit(limit))]


def aged(unit: Unit, whose: Whose, now: datetime, limit: int) -> list[Stored]:
    """All other posts by age: those of a week every two days, the rest every thirty. What is over its thirty days
    comes first, so that no age starves another; then the younger before the older.
    """
    late = _last_look < now - OLD_EVERY
    young: ColumnElement[bool] = (mention.c.created_at > now - YOUNG) & (_last_look < now - YOUNG_EVERY)
    order = (case((late, 0), else_=1), mention.c.created_at.desc(), mention.c.id)
    return [stored(row) for row in unit.run(_theirs(whose).where(or_(late, young)).order_by(*order).limit(limit))]


def _theirs(whose: Whose) -> Select[tuple[object, ...]]:
    mine = (mention.c.brand == whose.brand, mention.c.channel == whose.channel)
    return select(mention).where(*mine, mention.c.gone_at.is_(None), mention.c.own.is_(False))


def looked_up(unit: Unit, ids: Iterable[int], now: datetime) -> None:
    unit.run(update(mention).where(mention.c.id.in_(sorted(ids))).values(looked_at=now))


def to_hand_in(unit: Unit, whose: Whose, after: int, received_by: datetime, limit: int) -> list[tuple[int, str]]:
    """(our id, the platform's id of the latest version) of the posts after this id that were there at that moment."""
    mine = (mention.c.brand == whose.brand, mention.c.channel == whose.channel, mention.c.gone_at.is_(None))
    query = select(mention.c.id, mention.c.version_id).where(
        *mine, mention.c.own.is_(False), mention.c.id > after, mention.c.received_at <= received_by
    )
    return [(row.id, row.version_id) for row in unit.run(query.order_by(mention.c.id).limit(limit))]


def batches(unit: Unit, source: str) -> list[Batch]:
    """The batch jobs of a source, oldest first."""
    query = select(compliance).where(compliance.c.source == source).order_by(compliance.c.id.desc()).limit(_MOST_JOBS)
    found = [Batch(row.id, row.native_id, row.begun_at, row.up_to, row.finished_at) for row in unit.run(query)]
    return found[::-1]


def attempted(unit: Unit, source: str, brand: str, batch: Batch) -> int:
    """A job is about to be handed in; gives back the row's id. One at a time: its number there is not known yet."""
    values = {"brand": brand, "source": source, "native_id": "", "begun_at": batch.begun_at, "up_to": batch.up_to}
    return int(unit.run(insert(compliance).values(values).returning(compliance.c.id)).scalar_one())


def begun(unit: Unit, number: int, job: str) -> None:
    """The job was handed in, and this is its number there."""
    unit.run(update(compliance).where(compliance.c.id == number).values(native_id=job))


def dropped(unit: Unit, number: int) -> None:
    """Nothing of what was to be handed in is left."""
    unit.run(delete(compliance).where(compliance.c.id == number))


def finished(unit: Unit, number: int, now: datetime, reason: str | None = None) -> None:
    """A job is over; `reason` when it failed."""
    unit.run(update(compliance).where(compliance.c.id == number).values(finished_at=now, reason=reason))
