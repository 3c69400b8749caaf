"""Notify: the owner of a case hears that it is theirs; the attempt is written before, the outcome after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from socialwatch.domain.agent import Agent
from socialwatch.domain.notifier import Notice, Notifier
from socialwatch.domain.trip import Event, Moved
from socialwatch.errors import Refused, SocialwatchError, Unavailable
from socialwatch.store import agents, cases, notifications
from socialwatch.store.cases import Case
from socialwatch.store.notifications import Telling
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit

FIRST = 1
TRY_AGAIN = 30.0  # seconds
LEVELS = ("geen frustratie", "lichte frustratie", "flinke frustratie", "hoge frustratie")


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
    known = cases.by_ids(unit, [job.subject for job in held.jobs])
    owners = agents.by_ids(unit, [each.owner_id for each in known.values() if each.owner_id is not None])
    errands = {}
    for job in held.jobs:
        case = known[job.subject]
        owner = owners.get(case.owner_id or 0)
        if owner is None:
            continue
        for kind, to in sorted((owner.notify or {"log": owner.name}).items()):
            telling = Telling(case.brand, case.id, owner.id, FIRST, kind)
            errands[telling] = Errand(job, kind, _notice(case, owner, to, link))
    numbers = notifications.attempt(unit, list(errands), now)
    return [replace(errands[telling], number=number) for telling, number in numbers.items()]


def _notice(known: Case, owner: Agent, to: str, link: str) -> Notice:
    """No personal data: not even the title, which holds the customer's first name."""
    needs = "Niemands beslisruimte dekt dit, kijk jij mee" if known.uncovered else "Een dossier staat op jouw naam"
    text = f"{needs}, {owner.name}: {LEVELS[known.level]}, {known.channel}."
    return Notice(to, "Nieuw dossier voor jou", text, f"{link}/dossier/{known.id}")


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
            again.append(Moved(Event.AGAIN, each.errand.job.brand, each.errand.job.subject, 9, after=TRY_AGAIN))
    return again
