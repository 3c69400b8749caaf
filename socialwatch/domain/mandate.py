"""A mandate (beslisruimte): freedom with exceptions, in three bands: do, do and report, ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from socialwatch.domain.assessment import Hazard


class Band(StrEnum):
    DO = "do"
    REPORT = "report"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Mandate:
    """What one agent may decide alone. Amounts in euros; `report_above` lies below or on `euros_per_case`.

    Empty `brands` or `languages` mean all of them.
    """

    euros_per_case: Decimal = Decimal(0)
    euros_per_day: Decimal = Decimal(0)
    report_above: Decimal = Decimal(0)
    brands: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    not_hazards: tuple[Hazard, ...] = ()


NO_MANDATE = Mandate()


def band(mandate: Mandate, cost: Decimal, spent_in_case: Decimal, spent_today: Decimal) -> Band:
    """In which band a gesture of `cost` euros falls, given what this agent spent on the case and today."""
    in_case = spent_in_case + cost
    if in_case > mandate.euros_per_case or spent_today + cost > mandate.euros_per_day:
        return Band.ASK
    return Band.REPORT if in_case > mandate.report_above else Band.DO


def covers(mandate: Mandate, brand: str, language: str, hazards: Iterable[Hazard]) -> bool:
    """Whether this mandate reaches a case of `brand` in `language` with these `hazards`; without euros there is no
    mandate.
    """
    if mandate.euros_per_case <= 0:
        return False
    if mandate.brands and brand not in mandate.brands:
        return False
    if mandate.languages and language not in mandate.languages:
        return False
    return not set(hazards) & set(mandate.not_hazards)
