"""Owner: which agent gets a case: present, allowed to solve it, and with the lightest load."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.mandate import covers

FURIOUS_IN_A_ROW = 2
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Why(StrEnum):
    """How the owner came about."""

    KNOWS_THE_CUSTOMER = "knows_the_customer"
    LIGHTEST_LOAD = "lightest_load"
    LEAD = "lead"
    NOBODY_PRESENT = "nobody_present"


@dataclass(frozen=True, slots=True)
class Seat:
    """One agent at work: `open_weight` sums case_weight over their open cases; `furious_in_a_row` counts the furious
    cases among their latest, without another in between.
    """

    agent: Agent
    open_weight: float = 0.0
    furious_in_a_row: int = 0
    last_assigned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What the case asks for. `hazards` are those that are likely; `previous_owner_id` helped this customer before;
    `fresh_eyes_from` said no before and is not chosen again."""

    brand: str
    language: str
    hazards: tuple[Hazard, ...] = ()
    furious: bool = False
    previous_owner_id: int | None = None
    fresh_eyes_from: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """`agent_id` None is *Nog van niemand*; `uncovered` says that no mandate, present or absent, covers this case."""

    agent_id: int | None
    uncovered: bool
    why: Why


def case_weight(furious: bool) -> float:
    """What one open case weighs in somebody's load."""
    return 2.0 if furious else 1.0


def choose(seats: Sequence[Seat], need: Need) -> Choice:
    """The owner of a case: who helped this customer before, else the lightest load among those present whose mandate
    covers it; a lead when nobody of them is there. Never who gave the earlier no; performance plays no part.
    """
    allowed = [seat for seat in seats if _covers(seat, need)]
    able = [seat for seat in allowed if seat.agent.id != need.fresh_eyes_from and _present(seat)]
    known = [seat for seat in able if seat.agent.id == need.previous_owner_id]
    if known:
        return Choice(known[0].agent.id, False, Why.KNOWS_THE_CUSTOMER)
    for role in (Role.AGENT, Role.LEAD, Role.ADMIN):
        pool = _rested([seat for seat in able if seat.agent.role is role], need.furious)
        if pool:
            return Choice(min(pool, key=_load).agent.id, False, Why.LIGHTEST_LOAD)
    return _lead(seats, need, uncovered=not allowed)


def _lead(seats: Sequence[Seat], need: Need, uncovered: bool) -> Choice:
    leads = [
        seat
        for seat in seats
        if seat.agent.role is Role.LEAD
        and _present(seat)
        and seat.agent.id != need.fresh_eyes_from
        and _reaches(seat, need.brand)
    ]
    if not leads:
        return Choice(None, uncovered, Why.NOBODY_PRESENT)
    return Choice(min(leads, key=_load).agent.id, uncovered, Why.LEAD)


def _covers(seat: Seat, need: Need) -> bool:
    if seat.agent.role is Role.BRAND or not _reaches(seat, need.brand):
        return False
    return covers(seat.agent.mandate, need.brand, need.language, need.hazards)


def _reaches(seat: Seat, brand: str) -> bool:
    """Colleagues of another brand do not see this case at all."""
    return not seat.agent.brand or seat.agent.brand == brand


def _present(seat: Seat) -> bool:
    return seat.agent.presence in (Presence.AVAILABLE, Presence.QUIET)


def _rested(pool: list[Seat], furious: bool) -> list[Seat]:
    """Who is available before who takes it quietly; nobody gets a third furious case in a row if another can."""
    available = [seat for seat in pool if seat.agent.presence is Presence.AVAILABLE]
    quiet = [seat for seat in pool if seat.agent.presence is Presence.QUIET]
    if furious:
        for group in (available, quiet):
            fresh = [seat for seat in group if seat.furious_in_a_row < FURIOUS_IN_A_ROW]
            if fresh:
                return fresh
    return available or quiet


def _load(seat: Seat) -> tuple[float, datetime, int]:
    return seat.open_weight, seat.last_assigned_at or _NEVER, seat.agent.id
