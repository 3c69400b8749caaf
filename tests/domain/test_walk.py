"""Reading a newest-first list back to where the last poll was."""

from datetime import UTC, datetime, timedelta

import pytest

from socialwatch.domain import walk
from socialwatch.domain.walk import Stretch, Walk
from socialwatch.errors import Unavailable

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def listing(length: int, size: int = 10):
    """A list of one entry a minute, newest at noon; the bookmark is where the next page begins."""

    def ask(bookmark: str | None) -> Stretch:
        start = int(bookmark or 0)
        moments = [NOON - timedelta(minutes=number) for number in range(start, min(start + size, length))]
        following = str(start + size) if start + size < length else None
        return Stretch((), moments[0] if moments else None, moments[-1] if moments else None, following)

    return ask


def test_it_goes_back_to_the_moment_and_no_further():
    reading = Walk(listing(1000), NOON - timedelta(minutes=35))
    assert len(list(reading.stretches())) == 4
    assert reading.newest == NOON
    assert reading.gap is None


def test_it_ends_with_the_list():
    reading = Walk(listing(25), NOON - timedelta(days=1))
    assert len(list(reading.stretches())) == 3


def test_an_empty_page_is_not_the_end():
    pages = [Stretch((), next="a"), Stretch((), NOON, NOON, None)]
    reading = Walk(lambda _: pages.pop(0), NOON - timedelta(hours=1))
    assert len(list(reading.stretches())) == 2
    assert reading.newest == NOON


def test_a_list_that_never_ends_leaves_a_gap(monkeypatch):
    monkeypatch.setattr(walk, "MOST_PAGES", 3)
    until = NOON - timedelta(days=1)
    reading = Walk(listing(1000), until)
    assert len(list(reading.stretches())) == 3
    assert reading.gap == (until, NOON - timedelta(minutes=29))


def test_going_in_circles_is_broken_off():
    reading = Walk(lambda _: Stretch((), NOON, NOON, "a"), NOON - timedelta(days=1))
    with pytest.raises(Unavailable):
        list(reading.stretches())


def test_a_cursor_leads_back_to_its_positions():
    positions = {"notifications": NOON, "own": NOON - timedelta(hours=1)}
    assert walk.load(walk.dump(positions)) == positions


@pytest.mark.parametrize("cursor", [None, "", "x", "[]", "5", "null", '{"own": 5}', '{"own": "gisteren"}'])
def test_an_unreadable_cursor_counts_as_none(cursor):
    assert walk.load(cursor) == {}
