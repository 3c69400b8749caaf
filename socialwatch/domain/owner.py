"""Owner: which agent gets a case: present, allowed to solve it, and with the lightest load."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.mandate import READS_ALONG, covers, enough, in_force
from socialwatch.domain.presence import HERE

FURIOUS_IN_A_ROW = 2
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Why(StrEnum):
    """How the owner came about."""

    KNOWS_THE_CUSTOMER = "knows_the_customer"
    LIGHTEST_LOAD = "lightest_load"
    PRESS = "press"
    DEPUTY = "deputy"
    FRESH_EYES = "fresh_eyes"
    LEAD = "lead"
    NOBODY_PRESENT = "nobody_present"


@dataclass(frozen=True, slots=True)
class Seat:
    """One agent at work: `open_weight` sums case_weight over their open cases; `furious_in_a_row` counts the furious
    cases among those they were given last, without another in between; `spent_today` is what is gone of the day's
    budget, in euros; `deputy_id` who takes over while they are `absent`. How well or how fast they work stands nowhere.
    """

    agent: Agent
    open_weight: float = 0.0
    furious_in_a_row: int = 0
    last_assigned_at: datetime | None = None
    spent_today: Decimal = Decimal(0)
    absent: bool = False
    deputy_id: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What the case asks for. `hazards` are those that are likely; `previous_owner_id` helped this customer before;
    `fresh_eyes_from` said no before and is not chosen again; `likely` is what solving it will probably cost, in euros.
    """

    brand: str
    language: str
    hazards: tuple[Hazard, ...] = ()
    furious: bool = False
    previous_owner_id: int | None = None
    fresh_eyes_from: int | None = None
    likely: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Choice:
    """`agent_id` None is *Nog van niemand*; `uncovered` says that no mandate, present or absent, covers this case."""

    agent_id: int | None
    uncovered: bool
    why: Why


def case_weight(furious: bool) -> float:
    """What one open case weighs in somebody's load."""
    return 2.0 if furious else 1.0


def choose(seats: Sequence[Seat], need: Need, now: datetime) -> Choice:
    """1. press goes to the press officer · 2. who helped this customer before, or their deputy · 3. the lightest load
    among those present who may do what it probably needs · 4. among those whose mandate covers it, but who would have
    to ask · 5. a lead. Never who gave the earlier no; performance plays no part.
    """
    theirs = [seat for seat in seats if _reaches(seat, need.brand)]
    officers = [seat for seat in theirs if seat.agent.mandate.press] if Hazard.PRESS in need.hazards else []
    if officers:
        return _officer(officers, theirs, need)
    allowed = [seat for seat in theirs if _covers(seat, need)]
    able = [seat for seat in allowed if _free(seat, need) and in_force(seat.agent.mandate, now)]
    known = _known(able, seats, need)
    if known is not None:
        return known
    why = Why.LIGHTEST_LOAD if need.fresh_eyes_from is None else Why.FRESH_EYES
    may = [seat for seat in able if enough(seat.agent.mandate, need.likely, seat.spent_today)]
    for role, pool in [(role, pool) for pool in (may, able) for role in (Role.AGENT, Role.LEAD, Role.ADMIN)]:
        rested = _rested(_speaking([seat for seat in pool if seat.agent.role is role], need.language), need.furious)
        if rested:
            return Choice(min(rested, key=_load).agent.id, False, why)
    return _lead(theirs, need, uncovered=not allowed)


def _officer(officers: Sequence[Seat], theirs: Sequence[Seat], need: Need) -> Choice:
    """A press officer who is here, or the deputy of one, or a lead: it is covered, however few are at work."""
    here = [seat for seat in officers if _present(seat)]
    if here:
        return Choice(min(here, key=_load).agent.id, False, Why.PRESS)
    stand_ins = {seat.deputy_id for seat in officers}
    instead = [seat for seat in theirs if seat.agent.id in stand_ins and _present(seat)]
    if instead:
        return Choice(min(instead, key=_load).agent.id, False, Why.DEPUTY)
    return _lead(theirs, need, uncovered=False)


def _known(able: Sequence[Seat], seats: Sequence[Seat], need: Need) -> Choice | None:
    """Who helped before; while they are absent, whoever takes over."""
    wanted = need.previous_owner_id
    absent = next((seat for seat in seats if seat.agent.id == wanted and seat.absent), None)
    why = Why.DEPUTY if absent else Why.KNOWS_THE_CUSTOMER
    if absent is not None:
        wanted = absent.deputy_id
    return next((Choice(seat.agent.id, False, why) for seat in able if seat.agent.id == wanted), None)


def stand_in(seats: Sequence[Seat], owner_id: int, brand: str) -> int | None:
    """Who takes over what an absent owner has; None while the owner is not absent, or nobody present stands in."""
    absent = next((seat for seat in seats if seat.agent.id == owner_id and seat.absent), None)
    if absent is None:
        return None
    here = {seat.agent.id for seat in seats if _present(seat) and _reaches(seat, brand)}
    return absent.deputy_id if absent.deputy_id in here else None


def adviser(seats: Sequence[Seat], brand: str, hazards: Sequence[Hazard], owner_id: int | None) -> int | None:
    """Who reads along with a legal or media threat; somebody who is here before somebody who is not."""
    threats = READS_ALONG & set(hazards)
    named = [
        seat
        for seat in seats
        if threats & set(seat.agent.mandate.advises) and seat.agent.id != owner_id and _reaches(seat, brand)
    ]
    return min(named, key=lambda seat: (not _present(seat), seat.agent.id)).agent.id if named else None


def _lead(seats: Sequence[Seat], need: Need, uncovered: bool) -> Choice:
    leads = [seat for seat in seats if seat.agent.role is Role.LEAD and _free(seat, need)]
    if not leads:
        return Choice(None, uncovered, Why.NOBODY_PRESENT)
    return Choice(min(leads, key=_load).agent.id, uncovered, Why.LEAD)


def _covers(seat: Seat, need: Need) -> bool:
    return covers(seat.agent.mandate, need.brand, need.language, need.hazards)


def _reaches(seat: Seat, brand: str) -> bool:
    """Colleagues of another brand do not see this case at all, and who only reads answers nobody."""
    return seat.agent.role is not Role.BRAND and (not seat.agent.brand or seat.agent.brand == brand)


def _free(seat: Seat, need: Need) -> bool:
    return seat.agent.id != need.fresh_eyes_from and _present(seat)


def _present(seat: Seat) -> bool:
    return seat.agent.presence in HERE


def _speaking(pool: list[Seat], language: str) -> list[Seat]:
    """Those who speak the customer's language, when somebody does: *nl* and *nl-BE* understand each other."""
    spoken = language.split("-")[0]
    fluent = [seat for seat in pool if spoken in {each.split("-")[0] for each in seat.agent.languages}]
    return fluent or pool


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
