"""Norms: how soon we want to answer, and how a case's clock stands against that. Kept per case, never per person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from socialwatch.domain.calendar import Calendar, ahead
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

FURIOUS = 3
LAST_FIFTH = 0.8
LONGEST = 7 * 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Norms:
    """Working time until an answer: for what is public, for mail, and for level 3 wherever it came in.

    `goal` is the share (0..1) of cases that we want to answer within it.
    """

    social: timedelta = timedelta(minutes=60)
    mail: timedelta = timedelta(minutes=60)
    level3: timedelta = timedelta(minutes=15)
    goal: float = 0.8

    @property
    def shortest(self) -> timedelta:
        return min(self.social, self.mail, self.level3)


class Tone(StrEnum):
    """GREEN: there is time; ORANGE: the last fifth of it; RED: over it; STOPPED: we owe nothing now."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"
    STOPPED = "stopped"


def limit(norms: Norms, channel: str, level: int) -> timedelta:
    """How long an answer may take, in working time."""
    usual = norms.mail if channel == "mail" else norms.social
    return min(usual, norms.level3) if level >= FURIOUS else usual


def tone(due_since: datetime | None, span: timedelta, calendar: Calendar, now: datetime) -> Tone:
    """How the clock of a case stands that we owe an answer since `due_since` and want to answer within `span`."""
    if due_since is None:
        return Tone.STOPPED
    if now >= ahead(calendar, due_since, span):
        return Tone.RED
    return Tone.ORANGE if now >= ahead(calendar, due_since, span * LAST_FIFTH) else Tone.GREEN


def norms(values: Mapping[str, Any]) -> Norms:
    """The norms of a section [norms]: minutes per kind, the goal in percent. Raises Misconfigured naming the key."""
    unknown = sorted(set(values) - {"social", "mail", "level3", "goal"})
    if unknown:
        raise Misconfigured(f"Instelling norms.{unknown[0]} bestaat niet.")
    given, preset = Section(values, "norms"), Norms()

    def minutes(name: str, usual: timedelta) -> timedelta:
        return timedelta(minutes=given.number(name, int(usual.total_seconds() // 60), (1, LONGEST)))

    return Norms(
        minutes("social", preset.social),
        minutes("mail", preset.mail),
        minutes("level3", preset.level3),
        given.number("goal", round(100 * preset.goal), (1, 100)) / 100,
    )
