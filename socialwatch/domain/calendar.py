"""When we are open: hours per weekday, holidays of the Netherlands or Belgium, and working time counted through them.

Opening hours are wall time in Amsterdam (Brussels has the same). On the night the clock goes back, a wall time that
comes twice counts as its first; on the night it goes forward, one that is skipped counts as an hour later. So two
windows that touch never overlap, and a day that is open around the clock has 23, 24 or 25 hours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

ZONE = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COUNTRIES = ("NL", "BE")
# In the law of the Netherlands, but hardly anybody is free; a shop that closes names the day under `closed`.
ORDINARY = {"NL": frozenset({"Good Friday"}), "BE": frozenset[str]()}
LOOK_AHEAD = 400  # days without a single open hour, and we stop looking
END_OF_DAY = timedelta(days=1)

Window = tuple[timedelta, timedelta]  # since midnight, on the wall clock


@dataclass(frozen=True, slots=True)
class Calendar:
    """`week` has the windows of Monday to Sunday; `country` whose holidays we keep, "" for none.

    On the days in `closed` nobody works; those in `opened` are ordinary days, also when they are a holiday.
    """

    week: tuple[tuple[Window, ...], ...]
    country: str = "NL"
    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()


def _hours(start: int, end: int) -> tuple[Window, ...]:
    return ((timedelta(hours=start), timedelta(hours=end)),)


PRESET = Calendar((*[_hours(8, 22)] * 5, *[_hours(9, 18)] * 2))
ROUND_THE_CLOCK = Calendar(((((timedelta(0), END_OF_DAY)),),) * 7, country="")


@lru_cache(maxsize=64)
def free_days(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year (source: the package `holidays`)."""
    if not country:
        return frozenset()
    found = holidays.country_holidays(country, years=year, language="en_US")
    return frozenset(day for day, name in found.items() if name not in ORDINARY[country])


def windows(calendar: Calendar, day: date) -> list[tuple[datetime, datetime]]:
    """When we are open on one day in Amsterdam, in UTC."""
    holiday = day in free_days(calendar.country, day.year) and day not in calendar.opened
    if holiday or day in calendar.closed:
        return []
    found = [(_moment(day, start), _moment(day, end)) for start, end in calendar.week[day.weekday()]]
    return [(start, end) for start, end in found if start < end]


def _moment(day: date, wall: timedelta) -> datetime:
    whole = datetime.combine(day, time()) + wall
    return whole.replace(tzinfo=ZONE).astimezone(UTC)


def _from(calendar: Calendar, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open stretches after `at`, in order."""
    first = at.astimezone(ZONE).date()
    for ahead in range(LOOK_AHEAD):
        for start, end in windows(calendar, first + timedelta(days=ahead)):
            if end > at:
                yield max(start, at), end


def is_open(calendar: Calendar, at: datetime) -> bool:
    return any(start <= at < end for start, end in windows(calendar, at.astimezone(ZONE).date()))


def ahead(calendar: Calendar, at: datetime, span: timedelta) -> datetime:
    """The moment at which `span` of working time has gone by since `at`; without any span, when we are next open."""
    left = span
    for start, end in _from(calendar, at):
        if left < end - start:
            return start + left
        left -= end - start
    return at + timedelta(days=LOOK_AHEAD)


def worked(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Working time between two moments; nothing when the second is not later."""
    total = timedelta(0)
    for opens, closes in _from(calendar, start):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def calendar(values: Mapping[str, Any]) -> Calendar:
    """The calendar of a section [hours]. Raises Misconfigured naming the key."""
    given = Section(values, "de openingstijden")
    unknown = sorted(set(values) - {"country", "closed", "open", *WEEKDAYS})
    if unknown:
        raise Misconfigured(f"Instelling hours.{unknown[0]} bestaat niet.")
    country = given.text("country", "" if values.get("country") == "" else PRESET.country).upper()
    if country and country not in COUNTRIES:
        raise Misconfigured("Instelling hours.country moet NL of BE zijn, of leeg voor geen feestdagen.")
    week = tuple(_day(given, number) for number in range(7))
    if not any(week):
        raise Misconfigured("Instelling hours: er is geen enkel uur open.")
    return Calendar(week, country, _days(given, "closed"), _days(given, "open"))


def _day(given: Section, number: int) -> tuple[Window, ...]:
    name = WEEKDAYS[number]
    if name not in given.values:
        return PRESET.week[number]
    found = tuple(sorted(_window(name, each) for each in given.words(name)))
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise Misconfigured(f"Instelling hours.{name}: deze tijden overlappen elkaar.")
    return found


def _window(name: str, said: str) -> Window:
    try:
        start, end = (_wall(each) for each in said.split("-"))
    except ValueError:
        raise Misconfigured(f"Instelling hours.{name}: schrijf tijden als 09:00-17:30.") from None
    if start >= end:
        raise Misconfigured(f"Instelling hours.{name}: het einde moet na het begin komen.")
    return start, end


def _wall(said: str) -> timedelta:
    hours, minutes = (int(each) for each in said.strip().split(":"))
    found = timedelta(hours=hours, minutes=minutes)
    if not (0 <= minutes < 60 and timedelta(0) <= found <= END_OF_DAY):
        raise ValueError(said)
    return found


def _days(given: Section, name: str) -> frozenset[date]:
    values = given.values.get(name) or []
    try:
        # A TOML date comes as a date, one from the environment as text.
        return frozenset(each if type(each) is date else date.fromisoformat(str(each)) for each in values)
    except (TypeError, ValueError):
        raise Misconfigured(f"Instelling hours.{name}: schrijf dagen als 2026-12-24.") from None
