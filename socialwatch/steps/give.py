"""Give: an agent does something for a customer inside the mandate at once, or asks the lead with the same click."""

from dataclasses import replace
from datetime import datetime, time

from socialwatch.domain.agent import Agent, answers_customers
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import OURS_ALONE, Gesture, GestureState, Side
from socialwatch.domain.mandate import Band, Standing, covers, decide
from socialwatch.domain.risk import LIKELY
from socialwatch.domain.when import AMSTERDAM, local_day
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.store import agents, assessments, cases, gestures, queue
from socialwatch.store.cases import Case
from socialwatch.store.gestures import ASK, REPORT, Draft
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Unit

GIVING = 0x676976 << 32  # of whoever gives: two clicks at once must not both see the same room
DECIDED = "Hier heeft iemand anders net al over besloten."
NO_ROOM = "Hier is nu geen ruimte meer voor. Geef het opnieuw, dan vraag je het meteen aan je teamleider."
BANDS = {ASK: Band.ASK, REPORT: Band.REPORT, None: Band.DO}
THEN = {
    "there": GestureState.SENT,
    "not": GestureState.FAILED,
    "again": GestureState.PREPARED,
    "myself": GestureState.DONE,
}


def midnight(now: datetime) -> datetime:
    """When this day began in Amsterdam: a day's room counts from there."""
    return datetime.combine(local_day(now), time(), AMSTERDAM)


def which_band(unit: Unit, who: Agent, known: Case, draft: Draft, now: datetime) -> Band:
    """Whether this agent does it, does it and tells, or asks."""
    covered = covers(who.mandate, known.brand, known.language, _hazards(unit, known.id))
    standing = Standing(covered, now, *gestures.spent(unit, who.id, known.id, midnight(now)))
    return decide(who.mandate, draft.kind, draft.cost, standing)


def _hazards(unit: Unit, number: int) -> set[Hazard]:
    theirs = [each.id for each in cases.mentions(unit, [number])[number] if not each.mention.own]
    read = assessments.of(unit, theirs).values()
    return {name for each in read for name, score in each.reading.hazards.items() if score >= LIKELY}


def give(unit: Unit, who: Agent, draft: Draft, now: datetime) -> tuple[Gesture, Band]:
    """Do it, do it and tell the lead, or ask the lead, in the caller's transaction; the same key twice does it once.

    Raises OutsideMandate or Refused with a Dutch sentence for the agent.
    """
    known = cases.seen_by(unit, who, draft.case_id)
    if not answers_customers(who) or draft.agent_id != who.id or known is None or draft.brand != known.brand:
        raise OutsideMandate("Jij leest mee; een gebaar maken doet een collega van webcare.")
    unit.alone(GIVING + who.id)
    before = gestures.by_key(unit, draft.brand, draft.key)
    if before is not None:
        return before, BANDS[gestures.matter(unit, before.id)]
    decided = which_band(unit, who, known, draft, now)
    given = gestures.record(unit, replace(draft, case_id=known.id), _first(draft, decided), now)
    gestures.note(unit, given, "asked" if decided is Band.ASK else "given", who.id, now)
    if decided is not Band.DO:
        gestures.raise_to_lead(unit, given, ASK if decided is Band.ASK else REPORT, now)
    if given.state is GestureState.PREPARED:
        queue.put(unit, [NewJob(given.brand, "perform", given.id, 9)])
    return given, decided


def _first(draft: Draft, decided: Band) -> GestureState:
    if decided is Band.ASK:
        return GestureState.ASKED
    return GestureState.DONE if draft.kind in OURS_ALONE else GestureState.PREPARED


def answer(unit: Unit, who: Agent, number: int, reason: str | None, now: datetime) -> Gesture:
    """The lead's word on *mag dit?*: yes without a `reason`, else no, because of it (which may be empty).

    Raises Refused when somebody else said it first.
    """
    asked = gestures.by_id(unit, number)
    yes = reason is None
    then = GestureState.PREPARED if yes else GestureState.DECLINED
    if asked.state is not GestureState.ASKED:
        raise Refused(DECIDED)
    if not gestures.become(unit, number, then, decided_by=who.id, decided_at=now, reason=reason or None):
        raise Refused(DECIDED)
    gestures.settled(unit, asked, now)
    gestures.note(unit, asked, "agreed" if yes else "declined", who.id, now)
    if yes:
        queue.put(unit, [NewJob(asked.brand, "perform", number, 9)])
    return asked


def settle_by_hand(unit: Unit, given: Gesture, verdict: str, who: int, now: datetime) -> None:
    """A person looked: it is "there" after all, it is "not", it must go out "again", or they did it "myself".

    Raises Refused when that cannot be said of it any more, OutsideMandate when its money was spent otherwise meanwhile.
    """
    if verdict == "again" and given.state is not GestureState.FAILED:
        raise Refused(DECIDED)
    if verdict in ("again", "myself"):
        _still_fits(unit, given, now)
    if not gestures.become(unit, given.id, THEN[verdict], reason=None, looks=0):
        raise Refused(DECIDED)
    gestures.note(unit, given, verdict, who, now)
    if verdict == "again":
        queue.put(unit, [NewJob(given.brand, "perform", given.id, 9)])


def _still_fits(unit: Unit, given: Gesture, now: datetime) -> None:
    """What failed cost nobody anything; done after all, it takes its room again, of whoever gave it."""
    giver = agents.by_id(unit, given.agent_id)
    if giver is None or given.side is Side.OWED or given.decided_by is not None:
        return
    unit.alone(GIVING + giver.id)
    draft = Draft(given.brand, given.case_id, giver.id, given.kind, given.key, cost=given.cost)
    if which_band(unit, giver, cases.by_id(unit, given.case_id), draft, now) is Band.ASK:
        raise OutsideMandate(NO_ROOM)
