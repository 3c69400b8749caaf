"""Notify: people hear what waits for them; the attempt is written before, the outcome after.

What waits is a row per person, case, step of the escalation and notifier. Whoever dies between sending and noting
leaves the row waiting, so that this one message may come once more, and no other. Many cases within a minute become
one message with their number and the way to the Inbox; what a lead only has to know is bundled apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from socialwatch.domain.agent import Agent
from socialwatch.domain.escalation import Matter, of_number, rung
from socialwatch.domain.notice import ALONG, BURST, Called, along, beckoned, bundle, notice, reported
from socialwatch.domain.notifier import Notice, Notifier
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import Refused, SocialwatchError, Unavailable
from socialwatch.store import agents, escalations, notifications
from socialwatch.store.notifications import Pending
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit

TRY_AGAIN = 30.0  # seconds
MINUTE = timedelta(minutes=1)
MOST = 5  # cases somebody hears of within a minute before the next ones are kept together
OVER = "Dit was al niet meer nodig."


@dataclass(frozen=True, slots=True)
class Errand:
    """One message by one notifier; `numbers` are the tellings it covers."""

    kind: str
    notice: Notice
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What these jobs have to tell now, and who hears the rest `later`: seconds from now by agent."""

    jobs: tuple[Job, ...]
    errands: tuple[Errand, ...]
    later: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Told:
    errand: Errand
    problem: SocialwatchError | None = None


@dataclass(frozen=True, slots=True)
class Done:
    round: Round
    told: tuple[Told, ...]


def begin(unit: Unit, held: Claim, link: str, now: datetime) -> Round:
    """Write down what we are about to tell whom; what is over by now is told nobody."""
    heard = notifications.lately(unit, [job.subject for job in held.jobs], now - MINUTE)
    later = {who: (each.first + MINUTE - now).total_seconds() for who, each in heard.items() if each.cases >= MOST}
    free = [job.subject for job in held.jobs if job.subject not in later]
    people = agents.by_ids(unit, free)
    wanted = _still(unit, notifications.attempt(unit, free, now))
    return Round(held.jobs, tuple(_errands(unit, wanted, people, link)), later)


def _still(unit: Unit, found: Sequence[Pending]) -> list[Pending]:
    """Without what somebody took, answered or handed over meanwhile."""
    over = escalations.over(unit, [of_number(each.telling.step)[0] for each in found])
    gone = [each for each in found if of_number(each.telling.step)[0] in over]
    if gone:
        notifications.failed(unit, [each.number for each in gone], OVER, again=False)
    return [each for each in found if each not in gone]


def _errands(unit: Unit, found: Sequence[Pending], people: Mapping[int, Agent], link: str) -> Iterator[Errand]:
    matters = escalations.matters(unit, [of_number(each.telling.step)[0] for each in found])

    def way(each: Pending) -> tuple[int, str, bool]:
        reports = matters.get(of_number(each.telling.step)[0]) is Matter.REPORT
        return each.telling.agent_id, each.telling.kind, reports

    for (number, kind, reports), group in groupby(sorted(found, key=lambda each: (*way(each), each.number)), key=way):
        theirs, who = list(group), people[number]
        to = who.notify.get(kind, who.name)
        if len(theirs) > BURST:
            cases = len({each.telling.case_id for each in theirs})
            words = (reported if reports else bundle)(to, who, cases, link)
            yield Errand(kind, words, tuple(each.number for each in theirs))
            continue
        for each in theirs:
            if each.telling.step == ALONG:
                yield Errand(kind, along(to, who, each.telling.case_id, link), (each.number,))
            elif each.telling.step < ALONG:  # store/beckoning: below zero stands who was called by a colleague
                yield Errand(kind, beckoned(to, who, each.telling.case_id, link), (each.number,))
            else:
                yield Errand(kind, notice(to, who, _called(each, matters), link), (each.number,))


def _called(each: Pending, matters: Mapping[int, Matter]) -> Called:
    escalation, place = of_number(each.telling.step)
    matter = matters.get(escalation, Matter.UNTAKEN)
    return Called(matter, rung(matter, place), each.telling.case_id, each.level, each.channel, each.uncovered)


def ask(work: Round, notifiers: Mapping[str, Notifier]) -> Done:
    """Tell them. No unit is open here."""
    return Done(work, tuple(Told(each, _tell(each, notifiers.get(each.kind))) for each in work.errands))


def _tell(errand: Errand, notifier: Notifier | None) -> SocialwatchError | None:
    if notifier is None:
        return Refused(f"De melder {errand.kind} staat niet ingesteld.")
    try:
        notifier.notify(errand.notice)
    except SocialwatchError as problem:
        return problem
    except Exception as problem:  # a bug in one notifier must not make the others tell their people twice
        return Refused(f"Onverwachte fout in de melder ({type(problem).__name__}).")
    return None


def write(unit: Unit, done: Done, now: datetime) -> list[Moved]:
    """Store the outcomes; a notifier that is unavailable is tried again, and so is what came in meanwhile."""
    arrived = [number for each in done.told if each.problem is None for number in each.errand.numbers]
    notifications.delivered(unit, arrived, now)
    for each in done.told:
        if each.problem is not None:
            again = isinstance(each.problem, Unavailable)
            notifications.failed(unit, each.errand.numbers, str(each.problem), again=again)
    wait = TRY_AGAIN if any(isinstance(each.problem, Unavailable) for each in done.told) else 0.0
    waiting = notifications.waiting(unit, [job.subject for job in done.round.jobs])
    return [
        Moved(Event.AGAIN, job.brand, job.subject, 9, after=done.round.later.get(job.subject, wait))
        for job in done.round.jobs
        if job.subject in waiting
    ]
