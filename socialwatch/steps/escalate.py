"""Escalate: until somebody takes it, the next person on the ladder is called; when nobody is left, a red alarm stands.

One round, in one transaction and without asking the outside:

1. what is over (taken, answered, handed over, closed, promise kept) ends;
2. what nobody took begins, and so does what fell silent past its norm or its promise, and a question to a lead
   (what is only reported to one begins with the gesture);
3. whatever is due takes one step: rows for the people to be told, and the moment of the next step.

A case that was just routed goes through 2 and 3 at once, as a job; the rounds of the ticker see all that was missed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from socialwatch.domain.agent import Agent, Presence
from socialwatch.domain.calendar import ahead
from socialwatch.domain.escalation import Call, Matter, People, Place, Policy, call, number, policy, severity, turn_to
from socialwatch.domain.norms import Tone
from socialwatch.domain.timing import Owed, Timing, tone, waits
from socialwatch.domain.trip import Event, Moved
from socialwatch.store import agents, escalations, notifications, standing
from socialwatch.store.escalations import Running, Subject
from socialwatch.store.notifications import Telling
from socialwatch.store.queue import Job
from socialwatch.store.unit import Unit

FOR_LEADS = (Matter.ASK, Matter.REPORT)


@dataclass(frozen=True, slots=True)
class Around:
    """Who there is: everybody by brand, and who stands in for whom now; `away` are the absent."""

    everyone: Mapping[str, Sequence[Agent]]
    deputies: Mapping[int, int]
    away: frozenset[int]

    def agent(self, brand: str, wanted: int | None) -> Agent | None:
        return next((each for each in self.everyone.get(brand, ()) if each.id == wanted), None)

    def deputy(self, brand: str, of: int | None) -> Agent | None:
        found = self.agent(brand, self.deputies.get(of)) if of is not None else None
        return None if found is None or found.id == of else found


def begin(unit: Unit, jobs: Sequence[Job], timing: Timing, now: datetime) -> list[Moved]:
    """The cases of these jobs were routed: call their owners."""
    escalations.alone(unit)
    around = _look(unit, now)
    numbers = [job.subject for job in jobs]
    escalations.stop(unit, now, numbers)  # one that was handed over begins anew, with its new owner
    _begin_untaken(unit, escalations.untaken(unit, around.everyone, numbers), around, timing, now)
    called = _advance(unit, escalations.due(unit, now, numbers), around, timing, now)
    return [Moved(Event.TELL, brand, who, 9) for who, brand in sorted(called.items())]


def run(unit: Unit, timing: Timing, now: datetime) -> list[Moved]:
    """One round over everything; whoever waits to be told something gets their job, also when it was lost."""
    escalations.alone(unit)
    escalations.stop(unit, now)
    around = _look(unit, now)
    brands = tuple(around.everyone)
    _begin_untaken(unit, escalations.untaken(unit, brands), around, timing, now)
    late = [each for each in escalations.silent(unit, brands, now - timing.norms.shortest) if _red(each, timing, now)]
    for matter, found in (
        (Matter.SILENT, late),
        (Matter.PROMISE, escalations.broken(unit, brands, now)),
        (Matter.ASK, escalations.asked(unit, brands)),
    ):
        escalations.begin(unit, matter, [(each, _opens(each, matter, timing, now)) for each in found])
    _advance(unit, escalations.due(unit, now), around, timing, now)
    return [Moved(Event.TELL, brand, who, 9) for who, brand in sorted(notifications.waiting(unit).items())]


def _look(unit: Unit, now: datetime) -> Around:
    """Whoever is absent is away, whatever they said of themselves before they left."""
    deputies, away = standing.in_for(unit, now)
    everyone: dict[str, list[Agent]] = {}
    for each in agents.everyone(unit):
        who = replace(each, presence=Presence.AWAY) if each.id in away else each
        everyone.setdefault(each.brand, []).append(who)
    return Around(everyone, deputies, away)


def _begin_untaken(unit: Unit, found: Iterable[Subject], around: Around, timing: Timing, now: datetime) -> None:
    """Whoever is at work hears at once, whatever the hour; the others when we are open."""
    rows = []
    for each in found:
        owner = around.agent(each.brand, each.owner_id)
        rows.append((each, now if _here(owner) else _opens(each, Matter.UNTAKEN, timing, now)))
    escalations.begin(unit, Matter.UNTAKEN, rows)


def _here(who: Agent | None) -> bool:
    return who is not None and who.presence in (Presence.AVAILABLE, Presence.QUIET)


def _rules(found: Subject, matter: Matter, timing: Timing) -> Policy:
    return policy(timing.policies, matter, severity(found.level, found.needs_human))


def _opens(found: Subject, matter: Matter, timing: Timing, now: datetime) -> datetime:
    rules = _rules(found, matter, timing)
    return ahead(waits(timing, found.brand, rules), now, rules.rungs[0][1])


def _red(found: Subject, timing: Timing, now: datetime) -> bool:
    """Whether it is over its norm since we became due and somebody took it."""
    since = max(each for each in (found.since, found.accepted_at) if each is not None)
    owed = Owed(found.brand, found.channel, found.level, found.needs_human, since)
    return tone(timing, owed, now) is Tone.RED


def _advance(unit: Unit, due: Iterable[Running], around: Around, timing: Timing, now: datetime) -> dict[int, str]:
    """Take one step of each; gives back who is called, with their brand. What is for a lead waits until we open, unless
    a lead is at work.
    """
    told: list[Telling] = []
    for each in due:
        rules, people = _rules(each.subject, each.matter, timing), _people(each.subject, around)
        opens = _opens(each.subject, each.matter, timing, now)
        if each.matter in FOR_LEADS and each.place == Place() and opens > now and not any(map(_here, people.leads)):
            escalations.move(unit, each.id, each.place, opens)
            continue
        step = call(rules, each.place, people)
        told += _tellings(each, step)
        if step.alarm:
            escalations.alarm(unit, each.subject, now)
        ended = not step.who and step.place == step.after
        comes = ahead(waits(timing, each.subject.brand, rules), now, step.wait)
        escalations.move(unit, each.id, step.after, None if ended else comes)
    notifications.put(unit, told, now)
    return {each.agent_id: each.brand for each in told}


def _people(found: Subject, around: Around) -> People:
    leads = turn_to([each for each in around.everyone.get(found.brand, ()) if each.id != found.by])
    stand_ins = [around.deputy(found.brand, each.id) for each in leads]
    return People(
        owner=around.agent(found.brand, found.owner_id),
        deputy=around.deputy(found.brand, found.owner_id),
        leads=leads,
        deputies=tuple({each.id: each for each in stand_ins if each is not None and each.id != found.by}.values()),
        away=found.owner_id in around.away,
    )


def _tellings(each: Running, step: Call) -> list[Telling]:
    return [
        Telling(each.subject.brand, each.subject.case_id, who.id, number(each.id, step.place), kind)
        for who, kind in step.who
    ]
