"""Advise: a colleague hears that they read along with a case; the attempt is written before, the outcome after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from socialwatch.domain.agent import Agent
from socialwatch.domain.notifier import Notice, Notifier
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import Refused, SocialwatchError, Unavailable
from socialwatch.store import agents, notifications
from socialwatch.store.notifications import Telling
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit

ALONG = 1000  # which step this is for who is told what: none that an escalation takes
TRY_AGAIN = 30.0  # seconds
TITLE = "Lees je mee?"


@dataclass(frozen=True, slots=True)
class Errand:
    job: Job
    kind: str
    notice: Notice
    number: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    errand: Errand
    problem: SocialwatchError | None = None


def begin(unit: Unit, held: Claim, link: str, now: datetime) -> list[Errand]:
    """Write down whom we are about to tell, and by what; what was delivered before is not told twice."""
    known = agents.by_ids(unit, [int(job.detail["adviser"]) for job in held.jobs])
    errands = {}
    for job in held.jobs:
        who = known.get(int(job.detail["adviser"]))
        if who is None:
            continue
        for kind, to in sorted((who.notify or {"log": who.name}).items()):
            telling = Telling(job.brand, job.subject, who.id, ALONG, kind)
            errands[telling] = Errand(job, kind, _notice(job, who, to, link))
    numbers = notifications.attempt(unit, list(errands), now)
    return [replace(errands[telling], number=number) for telling, number in numbers.items() if telling in errands]


def _notice(job: Job, who: Agent, to: str, link: str) -> Notice:
    """No personal data. The owner stays the owner: nothing is handed over."""
    text = f"{who.name}, een collega heeft een dossier waarin iemand dreigt met de media of een jurist. Denk je mee?"
    return Notice(to, TITLE, text, f"{link}/dossier/{job.subject}")


def ask(errands: Sequence[Errand], notifiers: Mapping[str, Notifier]) -> list[Told]:
    """Tell them. No unit is open here."""
    return [Told(each, _tell(each, notifiers.get(each.kind))) for each in errands]


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


def write(unit: Unit, told: Sequence[Told], now: datetime) -> list[Moved]:
    """Store the outcomes; a notifier that is unavailable now is tried again."""
    notifications.delivered(unit, [each.errand.number for each in told if each.problem is None], now)
    again = []
    for each in told:
        if each.problem is None:
            continue
        notifications.failed(unit, each.errand.number, str(each.problem))
        if isinstance(each.problem, Unavailable):
            job = each.errand.job
            again.append(Moved(Event.AGAIN, job.brand, job.subject, 8, after=TRY_AGAIN, detail=dict(job.detail)))
    return again
