"""Escalation: who is told next about a case that nobody took, and when; until somebody takes it.

A policy is a ladder: the owner at once, then the deputy, the lead, the lead by another channel, and that for so many
rounds; after the last one an alarm stands red on every screen. A rung on which nobody stands is skipped at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

FURIOUS = 3
MOST_ROUNDS = 9  # a round and a rung are one digit each in the number of a telling
LONGEST = 7 * 24 * 60  # minutes
PLACES = 100


class Rung(StrEnum):
    OWNER = "owner"
    DEPUTY = "deputy"
    LEAD = "lead"
    OTHERWISE = "otherwise"  # the lead again, by another channel
    LEAD_DEPUTY = "lead_deputy"


class Matter(StrEnum):
    """UNTAKEN: nobody took it; SILENT: taken, and over its norm; PROMISE: something promised is not there; ASK: *mag
    dit?* waits for a lead; REPORT: a gesture was done, and a lead is told.
    """

    UNTAKEN = "untaken"
    SILENT = "silent"
    PROMISE = "promise"
    ASK = "ask"
    REPORT = "report"


class Severity(StrEnum):
    """GRAVE is level 3, PRESSING needs somebody who may act, CALM is anything else that somebody was given."""

    GRAVE = "grave"
    PRESSING = "pressing"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Policy:
    """`rungs` with how long each is waited for after the one before; `again` is the wait between two rounds, and before
    the alarm. Waiting counts in opening hours unless `always`.
    """

    rungs: tuple[tuple[Rung, timedelta], ...]
    again: timedelta = timedelta(minutes=15)
    rounds: int = 1
    alarm: bool = False
    always: bool = False


def _ladder(*minutes: int) -> tuple[tuple[Rung, timedelta], ...]:
    return tuple((rung, timedelta(minutes=wait)) for rung, wait in zip(_UNTAKEN, minutes, strict=True))


_UNTAKEN = (Rung.OWNER, Rung.DEPUTY, Rung.LEAD, Rung.OTHERWISE)
PRESET: Mapping[str, Policy] = {
    Severity.GRAVE: Policy(_ladder(0, 5, 5, 5), timedelta(minutes=10), 2, alarm=True, always=True),
    Severity.PRESSING: Policy(_ladder(0, 15, 15, 15), timedelta(minutes=30), 2, alarm=True),
    Severity.CALM: Policy(_ladder(0, 120, 120, 120)),
    Matter.SILENT: Policy(((Rung.OWNER, timedelta(0)), (Rung.DEPUTY, timedelta(minutes=30)))),
    Matter.PROMISE: Policy(((Rung.OWNER, timedelta(0)), (Rung.DEPUTY, timedelta(minutes=30)))),
    Matter.ASK: Policy(
        (
            (Rung.LEAD, timedelta(0)),
            (Rung.LEAD_DEPUTY, timedelta(minutes=15)),
            (Rung.OTHERWISE, timedelta(minutes=15)),
        )
    ),
    Matter.REPORT: Policy(((Rung.LEAD, timedelta(0)),), timedelta(minutes=1)),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the ladder: the rung that is told next, in which round; `round` equal to the policy's is the alarm."""

    step: int = 0
    round: int = 0


@dataclass(frozen=True, slots=True)
class People:
    """Who can be called about one case. `deputy` stands in for its owner; `leads` are those to turn to, `deputies`
    theirs; `away` says that the owner is absent, so that there is no point in waiting for them.
    """

    owner: Agent | None = None
    deputy: Agent | None = None
    leads: tuple[Agent, ...] = ()
    deputies: tuple[Agent, ...] = ()
    away: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """What happens now: `who` is told (by which notifier) on rung `place`, then the ladder stands at `after` for a
    further `wait`; with `alarm` nobody is left.
    """

    place: Place
    who: tuple[tuple[Agent, str], ...]
    after: Place
    wait: timedelta
    alarm: bool = False


def severity(level: int, needs_human: bool) -> Severity:
    if level >= FURIOUS:
        return Severity.GRAVE
    return Severity.PRESSING if needs_human else Severity.CALM


def policy(policies: Mapping[str, Policy], matter: Matter, how: Severity) -> Policy:
    """The policy for this matter; what nobody took goes by how grave it is."""
    return policies[how if matter is Matter.UNTAKEN else matter]


def call(rules: Policy, place: Place, people: People) -> Call:
    """Whom to tell now. Rungs without anybody are passed over; when none of a round has anybody, no round has."""
    if place.round < rules.rounds:
        for here in _rest(rules, place):
            step = rules.rungs[here.step][0]
            who = tuple((each, kind) for each in called(step, people) for kind in ways(step, each))
            if who:
                after, wait = _next(rules, here)
                return Call(here, who, after, wait)
        if not any(called(rung, people) for rung, _ in rules.rungs):
            place = Place(0, rules.rounds)
        else:  # the rest of this round is empty: the next one begins after its wait
            after = Place(0, place.round + 1)
            return Call(place, (), after, rules.again)
    end = Place(0, rules.rounds)
    return Call(end, (), end, timedelta(0), alarm=rules.alarm)


def _rest(rules: Policy, place: Place) -> Iterator[Place]:
    return (Place(step, place.round) for step in range(place.step, len(rules.rungs)))


def _next(rules: Policy, place: Place) -> tuple[Place, timedelta]:
    if place.step + 1 < len(rules.rungs):
        return Place(place.step + 1, place.round), rules.rungs[place.step + 1][1]
    return Place(0, place.round + 1), rules.again


def called(rung: Rung, people: People) -> tuple[Agent, ...]:
    """Who stands on a rung."""
    match rung:
        case Rung.OWNER:
            return () if people.owner is None or people.away else (people.owner,)
        case Rung.DEPUTY:
            return () if people.deputy is None else (people.deputy,)
        case Rung.LEAD | Rung.OTHERWISE:
            return people.leads
        case Rung.LEAD_DEPUTY:
            return people.deputies


def turn_to(everyone: Sequence[Agent]) -> tuple[Agent, ...]:
    """The leads to turn to: those who are here, else all of them; without any lead whoever administers."""
    leads = [each for each in everyone if each.role is Role.LEAD]
    here = [each for each in leads if each.presence in (Presence.AVAILABLE, Presence.QUIET)]
    return tuple(here or leads or [each for each in everyone if each.role is Role.ADMIN])


def ways(rung: Rung, who: Agent) -> list[str]:
    """By which of their notifiers somebody is told. A lead is called by the first, and then by the others; who has
    named none is told in the log.
    """
    kinds = list(who.notify) or ["log"]
    if rung is Rung.LEAD:
        return kinds[:1]
    return kinds[1:] or kinds if rung is Rung.OTHERWISE else kinds


def number(escalation: int, place: Place) -> int:
    """What a telling on this place is called for ever, so that nobody is told twice for the same step."""
    return escalation * PLACES + place.round * 10 + place.step


def of_number(found: int) -> tuple[int, Place]:
    """Which escalation, and which place of it, a telling belongs to."""
    escalation, rest = divmod(found, PLACES)
    return escalation, Place(rest % 10, rest // 10)


def rung(matter: Matter, place: Place) -> Rung:
    """Which rung a place is; settings change how long is waited, not who is asked in which order."""
    rungs = PRESET[Severity.CALM if matter is Matter.UNTAKEN else matter].rungs
    return rungs[place.step][0]


_KEYS = {
    Rung.DEPUTY: "deputy_minutes",
    Rung.LEAD: "lead_minutes",
    Rung.OTHERWISE: "otherwise_minutes",
    Rung.LEAD_DEPUTY: "deputy_minutes",
}


def policies(sections: Mapping[str, Mapping[str, Any]]) -> dict[str, Policy]:
    """The policies of the sections [escalation.grave], .pressing, .calm, .silent, .promise, .ask and .report; what is
    not named keeps its preset. Raises Misconfigured naming the key.
    """
    unknown = sorted(set(sections) - {str(name) for name in PRESET})
    if unknown:
        raise Misconfigured(f"Instelling escalation.{unknown[0]} bestaat niet.")
    return {str(name): _policy(str(name), sections.get(name, {}), usual) for name, usual in PRESET.items()}


def _policy(name: str, values: Mapping[str, Any], usual: Policy) -> Policy:
    keys = {_KEYS[rung] for rung, _ in usual.rungs[1:]} | {"again_minutes", "rounds", "always"}
    # The alarm is about a case that nobody took; of any other matter it would be read and do nothing.
    keys |= {"alarm"} if name in set(Severity) else set()
    unknown = sorted(set(values) - keys)
    if unknown:
        raise Misconfigured(f"Instelling escalation.{name}.{unknown[0]} bestaat niet.")
    given = Section(values, f"escalation.{name}")
    return Policy(
        rungs=(usual.rungs[0], *((rung, _minutes(given, _KEYS[rung], wait)) for rung, wait in usual.rungs[1:])),
        again=_minutes(given, "again_minutes", usual.again),
        rounds=given.number("rounds", usual.rounds, (1, MOST_ROUNDS)),
        alarm=given.flag("alarm", usual.alarm),
        always=given.flag("always", usual.always),
    )


def _minutes(given: Section, key: str, usual: timedelta) -> timedelta:
    return timedelta(minutes=given.number(key, int(usual.total_seconds() // 60), (1, LONGEST)))
