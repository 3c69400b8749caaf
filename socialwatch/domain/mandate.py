"""A mandate (beslisruimte): freedom with exceptions, in three bands: do, do and report, ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import OURS_ALONE, SIDES, Kind, Side

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
READS_ALONG = frozenset({Hazard.LEGAL, Hazard.MEDIA_THREAT})  # here the owner stays, and an adviser reads along


class Band(StrEnum):
    DO = "do"
    REPORT = "report"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody may decide alone, in Amsterdam's time: `days` are 0 (Monday) to 6; past midnight when `till` comes
    before `start`, which is then counted to the day it began.
    """

    days: tuple[int, ...]
    start: time
    till: time

    def hold(self, at: datetime) -> bool:
        local = at.astimezone(AMSTERDAM)
        if self.start < self.till:
            return local.weekday() in self.days and self.start <= local.time() < self.till
        evening = local.weekday() in self.days and local.time() >= self.start
        return evening or ((local.weekday() - 1) % 7 in self.days and local.time() < self.till)


@dataclass(frozen=True, slots=True)
class Mandate:
    """What one agent may decide alone. Amounts in euros; `report_above` lies below or on `euros_per_case`.

    Empty `brands` or `languages` mean all of them, no `hours` always. `not_hazards` and `not_gestures` are the
    exceptions: *alles tot € 75, behalve …*. `press` makes somebody a press officer; `advises` are the threats (legal,
    media) about which they read along with a colleague.
    """

    euros_per_case: Decimal = Decimal(0)
    euros_per_day: Decimal = Decimal(0)
    report_above: Decimal = Decimal(0)
    brands: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    not_hazards: tuple[Hazard, ...] = ()
    not_gestures: tuple[Kind, ...] = ()
    hours: Hours | None = None
    press: bool = False
    advises: tuple[Hazard, ...] = ()


NO_MANDATE = Mandate()


def band(mandate: Mandate, cost: Decimal, spent_in_case: Decimal, spent_today: Decimal) -> Band:
    """In which band a gesture of `cost` euros falls, given what this agent spent on the case and today."""
    in_case = spent_in_case + cost
    if in_case > mandate.euros_per_case or spent_today + cost > mandate.euros_per_day:
        return Band.ASK
    return Band.REPORT if in_case > mandate.report_above else Band.DO


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands in one case at one moment: `covered` when their mandate reaches it, and the euros they spent
    on it and today.
    """

    covered: bool
    at: datetime
    in_case: Decimal = Decimal(0)
    today: Decimal = Decimal(0)


def decide(mandate: Mandate, kind: Kind, cost: Decimal, standing: Standing) -> Band:
    """What a click on this gesture does. What is owed costs no room, thinking along is free for everybody."""
    if kind in OURS_ALONE:
        return Band.DO
    if not standing.covered or excepted(mandate, kind, standing.at):
        return Band.ASK
    if SIDES[kind] is Side.OWED:
        return Band.DO
    return band(mandate, cost, standing.in_case, standing.today)


def excepted(mandate: Mandate, kind: Kind, at: datetime) -> bool:
    """Whether an exception makes this a question for a lead, whatever it costs: this kind of gesture, or this hour."""
    return kind in mandate.not_gestures or not in_force(mandate, at)


def in_force(mandate: Mandate, at: datetime) -> bool:
    return mandate.hours is None or mandate.hours.hold(at)


def reaches(mandate: Mandate, brand: str, language: str) -> bool:
    """Whether the mandate is about this brand and this language at all."""
    if mandate.brands and brand not in mandate.brands:
        return False
    return not mandate.languages or language in mandate.languages


def covers(mandate: Mandate, brand: str, language: str, hazards: Iterable[Hazard]) -> bool:
    """Whether this mandate reaches a case of `brand` in `language` with these `hazards`; without euros there is no
    mandate.
    """
    if mandate.euros_per_case <= 0 or not reaches(mandate, brand, language):
        return False
    return not set(hazards) & set(mandate.not_hazards)


def enough(mandate: Mandate, likely: Decimal, spent_today: Decimal) -> bool:
    """Whether what a case will probably cost can be done without asking."""
    return band(mandate, likely, Decimal(0), spent_today) is not Band.ASK
