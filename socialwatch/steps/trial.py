"""Trial: a message to see whether somebody's address works; asked for by an administrator, and tried once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.agent import Agent
from socialwatch.domain.notice import trial
from socialwatch.domain.notifier import Notice, Notifier
from socialwatch.domain.trip import Moved
from socialwatch.store import addresses, agents
from socialwatch.store.queue import Claim
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Trial:
    """One message by one notifier, asked for by `by`."""

    who: int
    kind: str
    notice: Notice
    by: Agent


def load(unit: Unit, held: Claim, link: str) -> list[Trial]:
    wanted = []
    for job in held.jobs:
        who, by = agents.by_id(unit, job.subject), agents.by_id(unit, job.detail["by"])
        for kind in job.detail["kinds"]:
            if who is not None and by is not None and kind in who.notify:
                wanted.append(Trial(who.id, kind, trial(who.notify[kind], who, link), by))
    return wanted


def ask(work: Sequence[Trial], notifiers: Mapping[str, Notifier]) -> list[tuple[Trial, bool]]:
    """Send them. No unit is open here."""
    return [(each, _sent(each, notifiers.get(each.kind))) for each in work]


def _sent(each: Trial, notifier: Notifier | None) -> bool:
    if notifier is None:
        return False
    try:
        notifier.notify(each.notice)
    except Exception:  # whatever is wrong with it, the answer is no; the address must not get into a log
        return False
    return True


def write(unit: Unit, done: Sequence[tuple[Trial, bool]], now: datetime) -> list[Moved]:
    """Note which came through; nothing follows."""
    for each, came in done:
        addresses.tried(unit, each.by, addresses.subject(each.who, each.kind), now, came=came)
    return []
