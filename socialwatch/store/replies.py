"""Replies on their way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.reply import Reply, ReplyState, may_become
from socialwatch.errors import Refused
from socialwatch.store.events import tell
from socialwatch.store.tables import reply
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that was approved: `approval` is unique per click of *verstuur*, `audience` "public" or "private".

    `hold` is how long it may still be taken back before it goes out; `mends_id` the answer that it stands in for.
    """

    brand: str
    case_id: int | None
    mention_id: int
    agent_id: int
    text: str
    approval: str
    audience: str = "public"
    hold: timedelta = timedelta(0)
    mends_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that went out, without who wrote it; `case_id` is None for a thank-you that belongs to no case."""

    case_id: int | None
    text: str


def prepare(unit: Unit, draft: Draft, now: datetime) -> tuple[Reply, bool]:
    """Store an approved answer; the same approval twice gives the first one back. The flag says whether it is new."""
    known = select(reply).where(reply.c.brand == draft.brand, reply.c.approval == draft.approval)
    values = {
        "brand": draft.brand,
        "case_id": draft.case_id,
        "mention_id": draft.mention_id,
        "agent_id": draft.agent_id,
        "text": draft.text,
        "state": ReplyState.PREPARED.value,
        "approval": draft.approval,
        "audience": draft.audience,
        "created_at": now,
        "send_at": datetime.fromtimestamp(unit.stamp(), UTC) + draft.hold if draft.hold else None,
        "mends_id": draft.mends_id,
    }
    # The same click may arrive twice at once, so the table decides which one was first.
    insert_ = postgresql.insert(reply) if unit.postgresql else sqlite.insert(reply)
    fresh = insert_.values(values).on_conflict_do_nothing(index_elements=["approval"]).returning(reply.c.id)
    number = unit.run(fresh).scalar_one_or_none()
    if number is None:
        return of_row(unit.run(known).one()), False
    _tell(unit, int(number))
    return by_id(unit, int(number)), True


def become(unit: Unit, number: int, then: ReplyState, **values: Any) -> bool:
    """Move a reply one step through its machine; False when somebody else moved it first. Raises Refused for no such
    step.
    """
    now = by_id(unit, number).state
    if not may_become(now, then):
        raise Refused(f"A reply cannot go from {now} to {then}.")
    changed = unit.run(
        update(reply).where(reply.c.id == number, reply.c.state == now.value).values(state=then.value, **values)
    ).rowcount
    _tell(unit, number)
    return bool(changed == 1)


def _tell(unit: Unit, number: int) -> None:
    row = unit.run(select(reply.c.brand, reply.c.case_id).where(reply.c.id == number)).one()
    tell(unit, row.brand, "case" if row.case_id is not None else "thanks", row.case_id)


def looked(unit: Unit, number: int) -> None:
    """Count one look for our own reply on the platform."""
    unit.run(update(reply).where(reply.c.id == number).values(looks=reply.c.looks + 1))


def by_id(unit: Unit, number: int) -> Reply:
    return of_row(unit.run(select(reply).where(reply.c.id == number)).one())


_OF_CASES = select(reply).where(reply.c.case_id.in_(bindparam("numbers", expanding=True))).order_by(reply.c.id)


def of_cases(unit: Unit, numbers: Iterable[int]) -> list[Reply]:
    """All replies of these cases, oldest first."""
    wanted = sorted(numbers)
    return [of_row(row) for row in unit.run(_OF_CASES, {"numbers": wanted})] if wanted else []


def overdue(unit: Unit) -> list[int]:
    """Replies that are still *sending* past their deadline: their worker died with the answer."""
    late = select(reply.c.id).where(reply.c.state == ReplyState.SENDING.value, reply.c.deadline < unit.stamp())
    return list(unit.run(late.order_by(reply.c.id)).scalars())


def of_platform(unit: Unit, brand: str, platform_ids: Iterable[str]) -> list[Reply]:
    """Our replies that are these posts on the platform."""
    query = select(reply).where(reply.c.brand == brand, reply.c.platform_id.in_(sorted(platform_ids)))
    return [of_row(row) for row in unit.run(query)]


def to_mention(unit: Unit, mention_id: int) -> list[Reply]:
    """Our replies to one mention."""
    return [of_row(row) for row in unit.run(select(reply).where(reply.c.mention_id == mention_id).order_by(reply.c.id))]


def of_row(row: Row[Any]) -> Reply:
    return Reply(
        row.id,
        row.case_id,
        row.mention_id,
        row.agent_id,
        row.text,
        ReplyState(row.state),
        row.approval,
        row.created_at,
        row.sending_since,
        row.looks,
        row.platform_id,
        row.url,
        row.reason,
        row.audience,
        row.send_at,
        row.mends_id,
    )


_LATELY = (
    select(reply.c.case_id, reply.c.text)
    .where(reply.c.brand == bindparam("brand"), reply.c.state == ReplyState.SENT.value)
    .order_by(reply.c.id.desc())
    .limit(bindparam("most"))
)


def lately(unit: Unit, brand: str, most: int) -> list[Sent]:
    """The newest answers that a brand sent, at most so many, newest first."""
    return [Sent(row.case_id, row.text) for row in unit.run(_LATELY, {"brand": brand, "most": most})]
