"""Hand over: a case goes to a colleague with the whole packet and a word along, one at a time or a shift at once; or to
a fresh pair of eyes, of which nobody needs to know whose were tired.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from socialwatch.domain.agent import Agent, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.mandate import AMSTERDAM
from socialwatch.domain.owner import Need, Seat, Why, choose
from socialwatch.domain.risk import LIKELY
from socialwatch.errors import Refused
from socialwatch.store import agents, assessments, care, cases, people, queue
from socialwatch.store.cases import Case
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Unit

FURIOUS = 3
PRIORITY = 9
NOBODY_THERE = "Deze collega is er niet. Kies iemand uit de lijst."
NOBODY_FRESH = "Er is nu niemand anders die dit mag oppakken. Draag het zelf over, of probeer het straks nog eens."


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom, with which words along; empty words are fine."""

    to: int
    note: str = ""


def give(unit: Unit, known: Case, who: Agent, handing: Handing, now: datetime) -> None:
    """The case, with all that is in it, is the colleague's. Raises Refused when there is no such colleague here."""
    receiver = agents.by_id(unit, handing.to)
    if receiver is None or receiver.brand != known.brand or receiver.role is Role.BRAND:
        raise Refused(NOBODY_THERE)
    words = handing.note.replace("\r\n", "\n").replace("\x00", "").strip()
    detail = {"by": who.id, "from": known.owner_id} | ({"note": words} if words else {})
    _assign(unit, known, receiver.id, (now, detail))


def _assign(unit: Unit, known: Case, to: int, how: tuple[datetime, dict[str, Any]]) -> None:
    now, detail = how
    cases.assign(unit, known.id, to, now, detail)
    people.assigned(unit, to, now, known.level)
    queue.put(unit, [NewJob(known.brand, "notify", known.id, PRIORITY)])


def refresh(unit: Unit, known: Case, now: datetime) -> None:
    """Somebody else looks at it who did not decide in it before. Raises Refused when nobody else is there."""
    found = choose(seats(unit, known.brand, now), _need(unit, known), now)
    if found.agent_id is None:
        raise Refused(NOBODY_FRESH)
    if known.owner_id is not None:
        care.not_again(unit, known.id, known.owner_id)
    _assign(unit, known, found.agent_id, (now, {"why": Why.FRESH_EYES.value}))


def _need(unit: Unit, known: Case) -> Need:
    hazards = _hazards(unit, [known])[known.id]
    furious = known.level >= FURIOUS
    return Need(known.brand, known.language, hazards, furious, fresh_eyes_from=known.owner_id)


def _hazards(unit: Unit, found: Sequence[Case]) -> dict[int, tuple[Hazard, ...]]:
    """What is likely at stake in each."""
    posts = cases.mentions(unit, [each.id for each in found])
    read = assessments.of(unit, [post.id for theirs in posts.values() for post in theirs])
    likely: dict[int, tuple[Hazard, ...]] = {}
    for number, theirs in posts.items():
        scores = [read[post.id].reading.hazards.items() for post in theirs if post.id in read]
        likely[number] = tuple(sorted({hazard for one in scores for hazard, score in one if score >= LIKELY}))
    return likely


def seats(unit: Unit, brand: str, now: datetime) -> list[Seat]:
    """Who of a brand is here, and what lies on their desks."""
    return people.seats(unit, brand, now, datetime.combine(now.astimezone(AMSTERDAM).date(), time(), AMSTERDAM))


def suggest(unit: Unit, leaving: Agent, theirs: Sequence[Case], now: datetime) -> dict[int, int]:
    """Who might take each case that we are due in: whoever would get it if it came in now, each a fair share. The rest
    stays: there the customer is due.
    """
    others = [each for each in seats(unit, leaving.brand, now) if each.agent.id != leaving.id]
    hazards = _hazards(unit, theirs)
    found: dict[int, int] = {}
    for each in theirs:
        need = Need(each.brand, each.language, hazards[each.id], each.level >= FURIOUS)
        to = choose(others, need, now).agent_id if each.due_since is not None else None
        if to is not None:
            found[each.id] = to
            others = [_heavier(seat, each.level) if seat.agent.id == to else seat for seat in others]
    return found


def _heavier(seat: Seat, level: int) -> Seat:
    row = seat.furious_in_a_row + 1 if level >= FURIOUS else 0
    return replace(seat, open_weight=seat.open_weight + level / 3 + 1, furious_in_a_row=row)
