"""Replies on their way out, and thank-yous that came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.reply import Reply, ReplyState, may_become
from socialwatch.errors import Refused
from socialwatch.store.events import tell
from socialwatch.store.tables import case, reply, thanks
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that was approved: `approval` is unique per click of *verstuur*, `audience` "public" or "private"."""

    brand: str
    case_id: int | None
    mention_id: int
    agent_id: int
    text: str
    approval: str
    audience: str = "public"


@dataclass(frozen=True, slots=True)
class Thanks:
    """A thank-you: `agent_id` is the owner of the case it thanks for, `reply_id` our answer to it."""

    id: int
    brand: str
    mention_id: int
    case_id: int | None
    agent_id: int | None
    at: datetime
    reply_id: int | None


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
    )


def thank(unit: Unit, brand: str, mention_id: int, case_id: int | None, at: datetime) -> None:
    """A mention is a thank-you, for the owner of the case it thanks for."""
    owner = select(case.c.owner_id).where(case.c.id == case_id).scalar_subquery()
    known = unit.run(select(thanks.c.id, thanks.c.case_id).where(thanks.c.mention_id == mention_id)).one_or_none()
    if known is not None:
        if known.case_id is None and case_id is not None:  # it came before the case it thanks for
            unit.run(update(thanks).where(thanks.c.id == known.id).values(case_id=case_id, agent_id=owner))
        return
    values = {"brand": brand, "mention_id": mention_id, "case_id": case_id, "agent_id": owner, "at": at}
    number = unit.run(insert(thanks).values(values).returning(thanks.c.id)).scalar_one()
    tell(unit, brand, "thanks", int(number))


def thanks_by_id(unit: Unit, brand: str, number: int) -> Thanks | None:
    row = unit.run(select(thanks).where(thanks.c.brand == brand, thanks.c.id == number)).one_or_none()
    return None if row is None else Thanks(**row._mapping)


def thanked_back(unit: Unit, number: int, reply_id: int) -> None:
    unit.run(update(thanks).where(thanks.c.id == number).values(reply_id=reply_id))
