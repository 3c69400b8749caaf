"""Is everything in somebody's hands? What a next step is, and which cases have none.

A next step is whatever will happen to an open case if nobody does anything extra:

- the machine has work for it: a job that is due or held, and not overdue by more than LATE;
- *later* was chosen, and that moment is still to come (or passed no more than LATE ago);
- the customer is due: we answered, and a new post of theirs comes in by the poller;
- a person has it: the owner was told by a notifier, or took it, or a colleague handed it over on the screen. Such a
  step has no moment of its own: the clock runs from `since` and is shown in their Inbox;
- the next person on the ladder will be called at a moment that is still to come (or passed no more than LATE ago);
- nobody owns it and it does not press: it waits ranked in the Inbox, where it rises with waiting, as long as the
  brand has somebody who answers customers at all.

Once everybody was called and nobody took it, a red line stands on every page: that is an alarm and no next step.

A pressing case (needs somebody who may act, or high frustration) that nobody owns is *not* safe in the Inbox: unless
somebody was told of it, it may lie so for `untold` and no longer. A dead letter is no next step.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from socialwatch.domain.case import State
from socialwatch.domain.health import LATE

UNTOLD = timedelta(hours=1)


class Missing(StrEnum):
    """Why a case has no next step."""

    OWNER_UNTOLD = "owner_untold"
    NOBODY_TOLD = "nobody_told"
    LATER_PASSED = "later_passed"
    NOBODY_THERE = "nobody_there"
    NOBODY_TAKES = "nobody_takes"


@dataclass(frozen=True, slots=True)
class Standing:
    """An open case as the audit looks at it. `since` is when we became due, else when it was opened; `at_work` that a
    job for it is due or held; `told` that its owner (or, without one, anybody) heard of it; `taken` that a person chose
    the owner on the screen; `staffed` that its brand has somebody who answers customers; `calls_at` is when the next
    one is called; `alarm` that everybody was, in vain.
    """

    id: int
    brand: str
    state: State
    pressing: bool
    owned: bool
    since: datetime
    later_until: datetime | None = None
    at_work: bool = False
    told: bool = False
    taken: bool = False
    staffed: bool = True
    calls_at: datetime | None = None
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Loose:
    """An open case without a next step."""

    case_id: int
    brand: str
    why: Missing


@dataclass(frozen=True, slots=True)
class Findings:
    """What an audit found. `late` are sources that should have been polled while their row says nothing of it; `idle`
    seconds that due work waited while nobody worked, 0 when somebody does; `lost` mentions that wait without any job.
    """

    loose: tuple[Loose, ...] = ()
    late: tuple[str, ...] = ()
    idle: float = 0.0
    lost: int = 0

    @property
    def clean(self) -> bool:
        return not (self.loose or self.late or self.idle or self.lost)


def missing(case: Standing, now: datetime, untold: timedelta = UNTOLD) -> Missing | None:
    """Why this open case has no next step; None when it has one."""
    if case.at_work or case.state is State.WAITING:
        return None
    if case.state is State.LATER:
        return None if _comes(case.later_until, now) else Missing.LATER_PASSED
    if case.alarm:
        return Missing.NOBODY_TAKES
    if _comes(case.calls_at, now):
        return None
    if case.owned:
        return None if case.told or case.taken else Missing.OWNER_UNTOLD
    if not case.staffed:
        return Missing.NOBODY_THERE
    if case.pressing and not case.told and now - case.since > untold:
        return Missing.NOBODY_TOLD
    return None


def _comes(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at <= timedelta(seconds=LATE)


def loose(cases: Iterable[Standing], now: datetime, untold: timedelta = UNTOLD) -> tuple[Loose, ...]:
    """The open cases that have no next step, in the order in which they came."""
    found = ((each, missing(each, now, untold)) for each in cases)
    return tuple(Loose(each.id, each.brand, why) for each, why in found if why is not None)


def sentences(found: Findings) -> list[str]:
    """What was found, one Dutch sentence per matter, by numbers and names of sources only; nothing when all is well."""
    said = []
    if found.loose:
        numbers = ", ".join(str(each.case_id) for each in found.loose[:10])
        more = " en meer" if len(found.loose) > 10 else ""
        said.append(f"Deze dossiers hebben geen volgende stap: {numbers}{more}.")
    said += [
        f"De bron {name} had gelezen moeten worden en niemand zegt waarom dat niet gebeurde." for name in found.late
    ]
    if found.idle:
        said.append(f"Er ligt al {int(found.idle // 60)} minuten werk klaar en niemand werkt eraan.")
    if found.lost:
        said.append(f"{found.lost} berichten wachten zonder werk in de rij." if found.lost > 1 else
                    "1 bericht wacht zonder werk in de rij.")  # fmt: skip
    return said
