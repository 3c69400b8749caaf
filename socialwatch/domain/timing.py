"""Timing: the clocks of a brand together: opening hours, norms, and the policies of escalation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from socialwatch.domain import calendar, escalation, norms
from socialwatch.domain.calendar import PRESET, ROUND_THE_CLOCK, Calendar
from socialwatch.domain.escalation import Matter, Policy
from socialwatch.domain.norms import Norms, Tone
from socialwatch.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Timing:
    """`calendars` are keyed by brand; a brand that is not in it keeps the preset hours."""

    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    norms: Norms = field(default_factory=Norms)
    policies: Mapping[str, Policy] = field(default_factory=lambda: dict(escalation.PRESET))

    def hours(self, brand: str) -> Calendar:
        return self.calendars.get(brand, PRESET)


@dataclass(frozen=True, slots=True)
class Owed:
    """What the clock of one case needs to know; `since` is when we became due, None while the customer is."""

    brand: str
    channel: str
    level: int
    needs_human: bool
    since: datetime | None


def clock(timing: Timing, owed: Owed) -> tuple[Calendar, timedelta]:
    """The calendar that this case's clock runs by, and how long an answer may take."""
    how = escalation.severity(owed.level, owed.needs_human)
    rules = escalation.policy(timing.policies, Matter.UNTAKEN, how)
    hours = ROUND_THE_CLOCK if rules.always else timing.hours(owed.brand)
    return hours, norms.limit(timing.norms, owed.channel, owed.level)


def tone(timing: Timing, owed: Owed, now: datetime) -> Tone:
    """How the clock of a case stands."""
    hours, span = clock(timing, owed)
    return norms.tone(owed.since, span, hours, now)


def waits(timing: Timing, brand: str, rules: Policy) -> Calendar:
    """The calendar by which this policy waits."""
    return ROUND_THE_CLOCK if rules.always else timing.hours(brand)


def timing(
    hours: Mapping[str, Any], wanted: Mapping[str, Any], policies: Mapping[str, Any], brands: Iterable[str]
) -> Timing:
    """From the sections [hours] (with [hours.brands.NAME] where a brand differs), [norms] and [escalation.*].

    Raises Misconfigured naming the key.
    """
    usual = {key: value for key, value in hours.items() if key != "brands"}
    own = hours.get("brands", {})
    if not isinstance(own, Mapping) or not all(isinstance(each, Mapping) for each in own.values()):
        raise Misconfigured("Instelling hours.brands: schrijf per merk een eigen deel [hours.brands.NAAM].")
    strange = sorted(set(own) - set(brands))
    if strange:
        raise Misconfigured(f"Instelling hours.brands.{strange[0]}: dat merk staat niet onder brands.")
    calendars = {brand: calendar.calendar(usual | dict(own.get(brand, {}))) for brand in brands}
    return Timing(calendars, norms.norms(wanted), escalation.policies(policies))
