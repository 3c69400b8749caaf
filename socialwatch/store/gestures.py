"""What was done for a customer: gestures on their way out, what they cost, and what waits for a lead's word."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.gesture import SIDES, Gesture, GestureState, Kind, Side, may_become
from socialwatch.errors import Refused
from socialwatch.store import cases
from socialwatch.store.events import tell
from socialwatch.store.tables import escalation, gesture
from socialwatch.store.unit import Unit

ASK, REPORT = "ask", "report"  # the matters of a lead, in table escalation
SHOWN = 50
# What was never given costs nobody anything.
_NOT_GIVEN = (GestureState.ASKED.value, GestureState.DECLINED.value, GestureState.FAILED.value)
# In every state but those of a question: named one by one, because the index on moments begins with it.
_GIVEN_OR_TRIED = tuple(each.value for each in GestureState if each not in (GestureState.ASKED, GestureState.DECLINED))
# Goodwill by somebody's own decision: what is owed costs no budget, and what a lead agreed to is the lead's.
OWN_DECISION = (
    gesture.c.side == Side.EXTRA.value,
    gesture.c.state.not_in(_NOT_GIVEN),
    gesture.c.decided_by.is_(None),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A gesture as an agent asks for it: `key` is unique per form, `cost` in euros, `lines` (sku or product, quantity),
    `minutes` what it took.
    """

    brand: str
    case_id: int
    agent_id: int
    kind: Kind
    key: str
    what: str = ""
    cost: Decimal = Decimal(0)
    order_number: str | None = None
    lines: tuple[tuple[str, int], ...] = field(default=())
    minutes: int | None = None


def record(unit: Unit, draft: Draft, state: GestureState, now: datetime) -> Gesture:
    """Store a gesture; its key must be new. Raises Refused when somebody else used it."""
    values = {
        "brand": draft.brand,
        "case_id": draft.case_id,
        "agent_id": draft.agent_id,
        "kind": draft.kind.value,
        "side": SIDES[draft.kind].value,
        "what": draft.what,
        "cost_cents": int(draft.cost * 100),
        "state": state.value,
        "at": now,
        "key": draft.key,
        "order_number": draft.order_number,
        "lines": [list(each) for each in draft.lines],
        "minutes": draft.minutes,
    }
    insert_ = postgresql.insert(gesture) if unit.postgresql else sqlite.insert(gesture)
    fresh = insert_.values(values).on_conflict_do_nothing(index_elements=["key"]).returning(gesture.c.id)
    number = unit.run(fresh).scalar_one_or_none()
    if number is None:
        raise Refused("Dit formulier is al eens gebruikt. Vernieuw de pagina.")
    tell(unit, draft.brand, "case", draft.case_id)
    return by_id(unit, int(number))


def note(unit: Unit, given: Gesture, event: str, who: int | None, now: datetime) -> None:
    """A line in the case: `event` is given, asked, agreed, declined, failed, unknown (after the last look), or a
    person's verdict (there, not, again, myself).
    """
    detail = {"gesture": given.id, "event": event, "kind": given.kind.value, "what": given.what}
    cases.write(unit, given.case_id, Line(LineKind.GESTURE, now, agent_id=who, detail=detail))


def carried(unit: Unit, given: Gesture, carrier: str, url: str, now: datetime) -> None:
    """A line in the case with the address at which an order system shows what it made of this gesture."""
    detail = {"gesture": given.id, "event": "carried", "kind": given.kind.value, "carrier": carrier, "url": url}
    cases.write(unit, given.case_id, Line(LineKind.GESTURE, now, detail=detail))


def become(unit: Unit, number: int, then: GestureState, **values: Any) -> bool:
    """Move a gesture one step through its machine; False when somebody else moved it first. Raises Refused for no such
    step.
    """
    known = by_id(unit, number)
    if not may_become(known.state, then):
        raise Refused("Hier heeft iemand anders net al over besloten.")
    mine = (gesture.c.id == number) & (gesture.c.state == known.state.value)
    changed = unit.run(update(gesture).where(mine).values(state=then.value, **values)).rowcount
    tell(unit, known.brand, "case", known.case_id)
    return bool(changed == 1)


def by_id(unit: Unit, number: int) -> Gesture:
    return of_row(unit.run(select(gesture).where(gesture.c.id == number)).one())


def by_key(unit: Unit, brand: str, key: str) -> Gesture | None:
    row = unit.run(select(gesture).where(gesture.c.brand == brand, gesture.c.key == key)).one_or_none()
    return None if row is None else of_row(row)


def of_brand(unit: Unit, brand: str, number: int) -> Gesture | None:
    """One gesture, when it is this brand's."""
    row = unit.run(select(gesture).where(gesture.c.brand == brand, gesture.c.id == number)).one_or_none()
    return None if row is None else of_row(row)


_OF_CASE = select(gesture).where(gesture.c.case_id == bindparam("number")).order_by(gesture.c.id.desc()).limit(SHOWN)


def of_case(unit: Unit, number: int) -> list[Gesture]:
    """What was done and asked in one case, newest first."""
    return [of_row(row) for row in unit.run(_OF_CASE, {"number": number})]


def asked(unit: Unit, brand: str) -> list[Gesture]:
    """What waits for a lead's word, oldest first."""
    waiting = select(gesture).where(gesture.c.brand == brand, gesture.c.state == GestureState.ASKED.value)
    return [of_row(row) for row in unit.run(waiting.order_by(gesture.c.at).limit(SHOWN))]


def reported(unit: Unit, brand: str, since: datetime) -> list[Gesture]:
    """What was done and is told to the lead, newest first."""
    about = (escalation.c.case_id == gesture.c.case_id, escalation.c.subject == gesture.c.id)
    told = select(escalation.c.id).where(*about, escalation.c.matter == REPORT).exists()
    query = select(gesture).where(gesture.c.brand == brand, gesture.c.state.in_(_GIVEN_OR_TRIED), gesture.c.at >= since)
    return [of_row(row) for row in unit.run(query.where(told).order_by(gesture.c.at.desc()).limit(SHOWN))]


def raise_to_lead(unit: Unit, given: Gesture, matter: str, now: datetime) -> None:
    """Let a lead hear of it, from now on."""
    values = {"brand": given.brand, "case_id": given.case_id, "matter": matter, "subject": given.id, "step": 0}
    unit.run(insert(escalation).values(values | {"due_at": now}))


def matter(unit: Unit, number: int) -> str | None:
    """Whether a lead was asked or told about this gesture; None when neither."""
    query = select(escalation.c.matter).where(escalation.c.subject == number, escalation.c.matter.in_((ASK, REPORT)))
    return unit.run(query).scalars().first()


def settled(unit: Unit, given: Gesture, now: datetime) -> None:
    """The lead has spoken: nobody need be told any more."""
    mine = (escalation.c.case_id == given.case_id) & (escalation.c.subject == given.id) & (escalation.c.matter == ASK)
    unit.run(update(escalation).where(mine).values(due_at=None, stopped_at=now))


_GIVEN = select(func.coalesce(func.sum(gesture.c.cost_cents), 0)).where(
    gesture.c.agent_id == bindparam("agent"), *OWN_DECISION
)
_SPENT = select(
    _GIVEN.where(gesture.c.case_id == bindparam("number")).scalar_subquery().label("in_case"),
    _GIVEN.where(gesture.c.at >= bindparam("since")).scalar_subquery().label("today"),
)


def spent(unit: Unit, agent_id: int, number: int, since: datetime) -> tuple[Decimal, Decimal]:
    """Euros of goodwill this agent gave by their own decision, in this case and since `since` in all."""
    row = unit.run(_SPENT, {"agent": agent_id, "number": number, "since": since}).one()
    return Decimal(int(row.in_case)) / 100, Decimal(int(row.today)) / 100


def looked(unit: Unit, number: int) -> None:
    """Count one look for what an earlier attempt left behind."""
    unit.run(update(gesture).where(gesture.c.id == number).values(looks=gesture.c.looks + 1))


def overdue(unit: Unit) -> list[Gesture]:
    """Gestures that are still *sending* past their deadline: their worker died with the answer."""
    late = select(gesture).where(gesture.c.state == GestureState.SENDING.value, gesture.c.deadline < unit.stamp())
    return [of_row(row) for row in unit.run(late.order_by(gesture.c.id))]


def by_ids(unit: Unit, numbers: Iterable[int]) -> dict[int, Gesture]:
    """Several gestures, by their id."""
    return {row.id: of_row(row) for row in unit.run(select(gesture).where(gesture.c.id.in_(sorted(set(numbers)))))}


def of_row(row: Row[Any]) -> Gesture:
    return Gesture(
        id=row.id,
        brand=row.brand,
        case_id=row.case_id,
        agent_id=row.agent_id,
        kind=Kind(row.kind),
        side=Side(row.side),
        what=row.what,
        cost=Decimal(row.cost_cents) / 100,
        state=GestureState(row.state),
        at=row.at,
        key=row.key or "",
        order_number=row.order_number,
        lines=tuple((str(name), int(count)) for name, count in row.lines or ()),
        minutes=row.minutes,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        platform_id=row.platform_id,
        reason=row.reason,
        carrier=row.carrier,
        looks=row.looks,
    )
