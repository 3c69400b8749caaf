"""Pace: slower as the backlog ages, never more than eight times, back by itself; a clock that jumps holds nobody up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain import pace


@pytest.mark.parametrize(
    ("oldest", "waiting", "rate", "times"),
    [
        (None, 0, None, 1.0),
        (299.0, 10, None, 1.0),
        (300.0, 10, 100.0, 1.0),
        (600.0, 10, 100.0, 2.0),
        (10_000.0, 10, 100.0, 8.0),
        (1.0, 60_000, 100.0, 2.0),  # a flood is seen before it is old
        (1.0, 60_000, None, 1.0),
        (1.0, 60_000, 0.0, 1.0),
    ],
)
def test_how_many_times_slower(oldest: float | None, waiting: int, rate: float | None, times: float) -> None:
    assert pace.slower(oldest, waiting, rate) == times


@given(st.floats(0, 1e7), st.integers(0, 10**7), st.floats(0.001, 1e4), st.floats(0, 1e5))
def test_older_is_never_faster(oldest: float, waiting: int, rate: float, more: float) -> None:
    now, later = pace.slower(oldest, waiting, rate), pace.slower(oldest + more, waiting, rate)
    assert 1.0 <= now <= later <= pace.SLOWEST


@pytest.mark.parametrize(
    ("every", "slowed", "streaming", "seconds"),
    [(60, 1, False, 60), (60, 8, False, 480), (60, 1, True, 300), (60, 8, True, 480)],
)
def test_the_wait_after_a_poll(every: float, slowed: float, streaming: bool, seconds: float) -> None:
    assert pace.wait(every, slowed, streaming) == seconds


@pytest.mark.parametrize(
    ("failures", "asked", "seconds"),
    [(0, None, 60), (2, None, 240), (50, None, 900), (0, 300.0, 300), (0, -5.0, 0), (0, 90_000.0, 3600)],
)
def test_the_wait_after_a_failure(failures: int, asked: float | None, seconds: float) -> None:
    assert pace.wait_after(60, failures, asked) == seconds


@pytest.mark.parametrize(
    ("ahead", "due"), [(-1, True), (0, True), (60, False), (3600, False), (3601, True), (86_460, True)]
)
def test_a_moment_further_away_than_we_ever_wait_is_due(ahead: float, due: bool) -> None:
    assert pace.due(1_000_000 + ahead, 1_000_000, pace.longest(60, failures=1)) is due


@pytest.mark.parametrize(("every", "failures", "most"), [(60, 0, 900), (600, 0, 4800), (60, 3, 3600)])
def test_the_longest_that_a_source_ever_waits(every: float, failures: int, most: float) -> None:
    assert pace.longest(every, failures) == most
