"""Presence: who is at work now, from what they say themselves, their shifts and their absences; never why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.agent import Presence

HERE = (Presence.AVAILABLE, Presence.QUIET)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of one person: a shift, or an absence with perhaps a `deputy_id`. `start` belongs to it, `end` not."""

    start: datetime
    end: datetime
    deputy_id: int | None = None

    def holds(self, now: datetime) -> bool:
        return self.start <= now < self.end


def presence(said: Presence, shifts: Sequence[Stretch], absences: Sequence[Stretch], now: datetime) -> Presence:
    """Where somebody is: away while absent, and away once a shift has ended and no other holds.

    Who works without shifts, or before one, is where they say they are. A shift is forgotten when somebody comes in
    after it, so that a colleague who stays longer is here again by saying so.
    """
    if any(each.holds(now) for each in absences) or over(shifts, now):
        return Presence.AWAY
    return said


def over(shifts: Sequence[Stretch], now: datetime) -> bool:
    """Whether the shift has ended, and no other took its place."""
    return any(each.end <= now for each in shifts) and not any(each.holds(now) for each in shifts)


def deputy(absences: Sequence[Stretch], usual: int | None, now: datetime) -> int | None:
    """Who takes over: the one this absence names, else the one who always does."""
    named = next((each.deputy_id for each in absences if each.holds(now) and each.deputy_id is not None), None)
    return named if named is not None else usual
