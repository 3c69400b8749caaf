"""The day words of Dutch posts."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.when import days, local_day, nearest, number, resolve

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-12", date(2026, 11, 12)),
        ("--11-12", date(2026, 11, 12)),
        ("--01-03", date(2027, 1, 3)),
        ("vandaag", date(2026, 11, 18)),
        ("vanavond", date(2026, 11, 18)),
        ("morgenochtend", date(2026, 11, 19)),
        ("overmorgen", date(2026, 11, 20)),
        ("gisteren", date(2026, 11, 17)),
        ("eergisteren", date(2026, 11, 16)),
        ("zaterdag", date(2026, 11, 21)),
        ("woensdag", date(2026, 11, 25)),
        ("zaterdagavond", date(2026, 11, 21)),
        ("vorige zaterdag", date(2026, 11, 14)),
        ("afgelopen woensdag", date(2026, 11, 11)),
        ("vorige week dinsdag", date(2026, 11, 10)),
        ("volgende week vrijdag", date(2026, 11, 27)),
        ("deze week vrijdag", date(2026, 11, 20)),
        ("maandag over een week", date(2026, 11, 30)),
        ("dit weekend", date(2026, 11, 21)),
        ("volgend weekend", date(2026, 11, 28)),
        ("vorig weekend", date(2026, 11, 14)),
        ("volgende week", date(2026, 11, 23)),
        ("vorige week", date(2026, 11, 9)),
        ("volgende maand", date(2026, 12, 1)),
        ("vorige maand", date(2026, 10, 1)),
        ("over drie dagen", date(2026, 11, 21)),
        ("over 2 weken", date(2026, 12, 2)),
        ("over een maand", date(2026, 12, 18)),
    ],
)
def test_a_day_word_means_a_date(value: str, expected: date) -> None:
    assert resolve(value, WEDNESDAY) == expected


@given(
    st.text(alphabet="0123456789-/ ' mornvgewkadijsturzo", max_size=60), st.dates(date(1990, 1, 1), date(2090, 1, 1))
)
def test_every_day_found_can_be_resolved(text: str, today: date) -> None:
    for day in days(text):
        assert text[day.start : day.end] == day.text
        resolve(day.value, today)


def test_a_leap_day_is_found_when_it_exists() -> None:
    assert nearest(2, 29, date(2026, 11, 18)) is None
    assert nearest(2, 29, date(2027, 11, 18)) == date(2028, 2, 29)


def test_a_longer_day_swallows_the_shorter() -> None:
    assert [day.value for day in days("volgende week vrijdag, 12-11-2026 en morgenochtend")] == [
        "volgende week vrijdag",
        "2026-11-12",
        "morgenochtend",
    ]


def test_a_weekday_with_its_date_is_one_day() -> None:
    assert [(day.text, day.value) for day in days("voor woensdag 2 december, of maandag")] == [
        ("woensdag 2 december", "--12-02"),
        ("maandag", "maandag"),
    ]


def test_numbers_and_local_days() -> None:
    assert (number("3"), number("drie"), number("velen")) == (3, 3, None)
    assert local_day(datetime(2026, 11, 17, 23, 30, tzinfo=UTC)) == WEDNESDAY
