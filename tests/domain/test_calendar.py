"""The calendar: opening hours, holidays of two countries, and working time through both nights of the clock change."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.calendar import (
    PRESET,
    ROUND_THE_CLOCK,
    ZONE,
    Calendar,
    ahead,
    calendar,
    free_days,
    is_open,
    windows,
    worked,
)
from socialwatch.errors import Misconfigured

OFFICE = calendar(
    {day: ["09:00-12:30", "13:00-17:30"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    | {"saturday": [], "sunday": []}
)
BELGIAN = calendar({"country": "BE"})
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
AROUND = {day: ["00:00-24:00"] for day in ("saturday", "sunday")}


def at(said: str) -> datetime:
    """A moment on the clock in Amsterdam."""
    return datetime.fromisoformat(said).replace(tzinfo=ZONE).astimezone(UTC)


def test_working_time_skips_the_break_the_night_and_the_weekend() -> None:
    assert ahead(OFFICE, at("2026-11-20 12:20"), timedelta(minutes=15)) == at("2026-11-20 13:05")
    assert ahead(OFFICE, at("2026-11-20 17:20"), timedelta(minutes=20)) == at("2026-11-23 09:10")
    assert worked(OFFICE, at("2026-11-20 12:00"), at("2026-11-23 09:30")) == timedelta(minutes=30 + 270 + 30)
    assert worked(OFFICE, at("2026-11-23 09:30"), at("2026-11-20 12:00")) == timedelta(0)


def test_nothing_to_wait_for_is_the_next_moment_that_we_are_open() -> None:
    assert ahead(OFFICE, at("2026-11-21 03:00"), timedelta(0)) == at("2026-11-23 09:00")
    assert ahead(OFFICE, at("2026-11-23 10:00"), timedelta(0)) == at("2026-11-23 10:00")
    # Exactly at closing time is closed, so what is due then is due the next morning.
    assert ahead(OFFICE, at("2026-11-23 17:00"), timedelta(minutes=30)) == at("2026-11-24 09:00")
    assert not is_open(OFFICE, at("2026-11-23 17:30"))
    assert is_open(OFFICE, at("2026-11-23 09:00"))


@pytest.mark.parametrize(
    ("hours", "day", "works"),
    [
        (PRESET, "2026-04-27", False),  # Koningsdag
        (PRESET, "2027-04-27", False),
        (PRESET, "2025-04-26", False),  # when the 27th is a Sunday
        (PRESET, "2026-04-06", False),  # 2e Paasdag
        (PRESET, "2026-04-03", True),  # Goede Vrijdag
        (PRESET, "2025-05-05", False),  # Bevrijdingsdag, once in five years
        (PRESET, "2026-05-05", True),
        (PRESET, "2026-07-21", True),
        (BELGIAN, "2026-07-21", False),
        (BELGIAN, "2026-04-27", True),
        (BELGIAN, "2026-04-06", False),
        (BELGIAN, "2026-11-11", False),
        (calendar({"country": ""}), "2026-12-25", True),
        (calendar({"closed": [date(2026, 12, 24)]}), "2026-12-24", False),
        (calendar({"open": ["2026-04-27"]}), "2026-04-27", True),
    ],
)
def test_holidays_of_the_country_and_days_of_our_own(hours: Calendar, day: str, works: bool) -> None:
    assert is_open(hours, at(f"{day} 12:00")) is works


def test_nobody_works_on_a_holiday_between() -> None:
    assert ahead(PRESET, at("2026-04-26 17:30"), timedelta(hours=1)) == at("2026-04-28 08:30")
    assert ahead(BELGIAN, at("2026-07-20 21:30"), timedelta(hours=1)) == at("2026-07-22 08:30")


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", 25), ("2026-03-29", 23), ("2026-11-22", 24)])
def test_a_day_that_never_closes_has_as_many_hours_as_the_clock_gives_it(day: str, hours: int) -> None:
    (stretch,) = windows(ROUND_THE_CLOCK, date.fromisoformat(day))
    assert stretch[1] - stretch[0] == timedelta(hours=hours)
    assert worked(ROUND_THE_CLOCK, stretch[0], stretch[1]) == timedelta(hours=hours)


@pytest.mark.parametrize("day", ["2026-10-25", "2026-03-29"])
def test_windows_that_touch_in_the_night_of_the_change_neither_overlap_nor_leave_a_hole(day: str) -> None:
    cut = calendar({"sunday": ["00:00-02:30", "02:30-24:00"], "country": ""})
    first, second = windows(cut, date.fromisoformat(day))
    assert first[1] == second[0]
    whole = windows(ROUND_THE_CLOCK, date.fromisoformat(day))[0]
    assert (first[0], second[1]) == whole


def test_an_hour_of_work_in_the_night_of_the_change_is_an_hour() -> None:
    nights = calendar({**AROUND, "country": ""})
    for night in ("2026-10-25", "2026-03-29"):
        start = at(f"{night} 01:30")
        assert ahead(nights, start, timedelta(hours=2)) == start + timedelta(hours=2)


MOMENTS = st.integers(0, 4 * 365 * 24 * 3600).map(lambda seconds: FIRST + timedelta(seconds=seconds))
SPANS = st.integers(0, 60 * 60 * 40).map(lambda seconds: timedelta(seconds=seconds))


@given(st.sampled_from([PRESET, OFFICE, BELGIAN, ROUND_THE_CLOCK]), MOMENTS, SPANS)
def test_going_ahead_and_counting_back_agree(hours: Calendar, start: datetime, span: timedelta) -> None:
    end = ahead(hours, start, span)
    assert is_open(hours, end)
    assert worked(hours, start, end) == span


@given(st.sampled_from([PRESET, OFFICE]), MOMENTS, SPANS, SPANS)
def test_waiting_twice_is_waiting_for_the_sum(hours: Calendar, start: datetime, one: timedelta, two: timedelta) -> None:
    assert ahead(hours, ahead(hours, start, one), two) == ahead(hours, start, one + two)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"country": "FR"}, "country"),
        ({"monday": ["9-17"]}, "monday"),
        ({"monday": ["17:00-09:00"]}, "monday"),
        ({"monday": ["09:00-12:00", "11:00-13:00"]}, "monday"),
        ({"monday": ["09:00-25:00"]}, "monday"),
        ({"monday": "09:00-17:00"}, "monday"),
        ({"closed": ["kerst"]}, "closed"),
        ({"closed": 4}, "closed"),
        ({"maandag": ["09:00-17:00"]}, "maandag"),
        ({day: [] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")}, "open"),
    ],
)
def test_nonsense_is_refused_with_the_key(values: dict[str, Any], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        calendar(values)


def test_a_country_without_holidays_has_none() -> None:
    assert free_days("", 2026) == frozenset()
