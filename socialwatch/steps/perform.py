"""Perform: a gesture is carried out by the outside at most once; doubt goes to a human.

`prepared → sending (own commit) → HTTP → sent | failed | unknown`, as an answer goes out (steps/say). What nobody
outside carries out is done when it is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from socialwatch.domain.gesture import (
    LOOKS_BEFORE_HUMAN,
    SENDING_DEADLINE,
    Carried,
    Carrier,
    Gesture,
    GestureState,
)
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import SocialwatchError, Unanswered, Unavailable
from socialwatch.store import gestures, queue
from socialwatch.store.queue import Claim, Job, NewJob
from socialwatch.store.unit import Unit

SOONEST = 1.0  # seconds until the next attempt, also when the other side says "now"
LOOK_AGAIN = 20.0  # seconds between two looks
IN_DOUBT = (GestureState.SENDING, GestureState.UNKNOWN)
NO_ANSWER = "Doorgegeven, maar er kwam geen antwoord."
GONE = "Wie dit zou uitvoeren, is niet meer aangesloten."


@dataclass(frozen=True, slots=True)
class Errand:
    """One gesture to be carried out or looked for."""

    job: Job
    gesture: Gesture


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the outside made of it: `again` seconds until the next look or attempt, None when it is settled."""

    errand: Errand
    state: GestureState
    carrier: str | None = None
    carried: Carried | None = None
    reason: str | None = None
    again: float | None = None
    looked: bool = False


def begin(unit: Unit, held: Claim) -> list[Errand]:
    """Mark prepared gestures as *sending* in a commit of their own, before anybody is asked."""
    errands = []
    for job in held.jobs:
        given = gestures.by_id(unit, job.subject)
        if given.state is GestureState.PREPARED:
            deadline = unit.stamp() + SENDING_DEADLINE.total_seconds()
            gestures.become(unit, given.id, GestureState.SENDING, deadline=deadline)
        elif given.state is GestureState.SENDING:
            # This job was claimed before and its worker died: nobody knows whether it was done.
            gestures.become(unit, given.id, GestureState.UNKNOWN, reason=NO_ANSWER)
            given = replace(given, state=GestureState.UNKNOWN)
        errands.append(Errand(job, given))
    return errands


def ask(errands: list[Errand], carriers: Mapping[str, Sequence[Carrier]]) -> list[Outcome]:
    """Carry out what was prepared, look for what is unknown. No unit is open here."""
    return [_one(each, carriers.get(each.gesture.brand, ())) for each in errands]


def _one(errand: Errand, carriers: Sequence[Carrier]) -> Outcome:
    given = errand.gesture
    if given.state not in (GestureState.PREPARED, GestureState.UNKNOWN):
        return Outcome(errand, given.state)
    carrier = _carrier(given, carriers)
    if given.state is GestureState.UNKNOWN:
        return _look(errand, carrier)
    if carrier is not None:
        return _carry(errand, carrier)
    if given.carrier is not None:
        return Outcome(errand, GestureState.FAILED, reason=GONE)
    return Outcome(errand, GestureState.DONE)


def _carrier(given: Gesture, carriers: Sequence[Carrier]) -> Carrier | None:
    """Whoever began with it, else the first that can: one gesture has one carrier, or it would be done twice. A kind
    alone is not enough: a brand may have two webhooks, each for gestures of its own.
    """
    able = (each for each in carriers if each.can(given))
    return next((each for each in able if given.carrier in (None, each.kind)), None)


def _carry(errand: Errand, carrier: Carrier) -> Outcome:
    kind = carrier.kind
    try:
        carried = carrier.carry(errand.gesture)
    except Unanswered:
        return Outcome(errand, GestureState.UNKNOWN, kind, reason=NO_ANSWER, again=LOOK_AGAIN)
    except Unavailable as problem:
        wait = problem.retry_after if problem.retry_after is not None else queue.backoff(_tries(errand))
        return Outcome(errand, GestureState.PREPARED, kind, reason=str(problem), again=max(SOONEST, wait))
    except SocialwatchError as problem:
        return Outcome(errand, GestureState.FAILED, kind, reason=str(problem))
    return Outcome(errand, GestureState.SENT, kind, carried)


def _tries(errand: Errand) -> int:
    """How often it was tried; each attempt is a job of its own, so the number travels along."""
    return int(errand.job.detail.get("tries", 0)) + 1


def _look(errand: Errand, carrier: Carrier | None) -> Outcome:
    if carrier is None:  # nobody left to ask, so a human looks
        return Outcome(errand, GestureState.UNKNOWN, reason=NO_ANSWER)
    kind = carrier.kind
    try:
        carried = carrier.find(errand.gesture)
    except Unavailable as problem:
        return Outcome(errand, GestureState.UNKNOWN, kind, reason=str(problem), again=LOOK_AGAIN)
    except SocialwatchError as problem:  # we may not look, so a human does
        return Outcome(errand, GestureState.UNKNOWN, kind, reason=str(problem))
    if carried is not None:
        return Outcome(errand, GestureState.SENT, kind, carried, looked=True)
    again = LOOK_AGAIN if errand.gesture.looks + 1 < LOOKS_BEFORE_HUMAN else None
    return Outcome(errand, GestureState.UNKNOWN, kind, reason=NO_ANSWER, again=again, looked=True)


def write(unit: Unit, outcomes: list[Outcome], now: datetime) -> list[Moved]:
    """Store what became of each gesture; gives back the looks and attempts that still have to be made."""
    follow = []
    for outcome in outcomes:
        _settle(unit, outcome, now)
        if outcome.again is not None:
            job, detail = outcome.errand.job, {"tries": _tries(outcome.errand)}
            follow.append(Moved(Event.AGAIN, job.brand, job.subject, 9, after=outcome.again, detail=detail))
    return follow


def _settle(unit: Unit, outcome: Outcome, now: datetime) -> None:
    given = gestures.by_id(unit, outcome.errand.gesture.id)
    if outcome.looked:
        gestures.looked(unit, given.id)
    if outcome.state is GestureState.UNKNOWN and outcome.again is None and given.state in IN_DOUBT:
        gestures.note(unit, given, "unknown", None, now)
    if given.state is outcome.state or given.state not in IN_DOUBT:
        return
    state = outcome.state
    if state is GestureState.DONE and given.state is GestureState.UNKNOWN:  # its deadline passed meanwhile
        state = GestureState.SENT
    values: dict[str, object] = {"reason": outcome.reason, "carrier": outcome.carrier or given.carrier}
    if outcome.carried is not None:
        values["platform_id"] = outcome.carried.platform_id
    gestures.become(unit, given.id, state, **values)
    if outcome.carried is not None and outcome.carried.url and outcome.carrier:
        gestures.carried(unit, given, outcome.carrier, outcome.carried.url, now)
    if state is GestureState.FAILED:
        gestures.note(unit, given, "failed", None, now)


def overdue(unit: Unit) -> int:
    """Gestures left in *sending* past their deadline become unknown, and a look for them is queued."""
    late = gestures.overdue(unit)
    for each in late:
        gestures.become(unit, each.id, GestureState.UNKNOWN, reason=NO_ANSWER)
        queue.put(unit, [NewJob(each.brand, "perform", each.id, 9)])
    return len(late)
