"""Why a case stands where it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.priority import PER_HOUR, Ground, Grounds, priority, rank, shown, static, waited

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
MILD = Grounds(frustration=0.1, needs_human=0.1, waiting_since=NOW)
MEDIUM = Grounds(frustration=0.5, needs_human=0.5, risk=0.2, waiting_since=NOW)
FURIOUS = Grounds(frustration=0.95, needs_human=0.95, risk=0.6, earlier_rejection=True, waiting_since=NOW)
SAFETY = Grounds(frustration=0.2, risk=0.8, grave=True, waiting_since=NOW)

share = st.floats(0, 1)
grounds = st.builds(
    Grounds,
    frustration=share,
    distress=share,
    risk=share,
    needs_human=share,
    chance=share,
    deadline=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31)),
    earlier_rejection=st.booleans(),
    grave=st.booleans(),
    waiting_since=st.none() | st.integers(0, 2000).map(lambda hours: NOW - timedelta(hours=hours)),
)


def test_the_angriest_comes_first_and_safety_before_all() -> None:
    scores = [priority(each, NOW).score for each in (SAFETY, FURIOUS, MEDIUM, MILD)]
    assert scores == sorted(scores, reverse=True)


def test_a_mild_question_after_a_day_passes_a_fresh_complaint() -> None:
    waited_long = replace(MILD, waiting_since=NOW - timedelta(hours=24))
    assert priority(waited_long, NOW).score > priority(MEDIUM, NOW).score


@given(grounds, st.integers(0, 300))
def test_waiting_alone_never_passes_a_safety_case(other: Grounds, days: int) -> None:
    other = replace(other, grave=False, waiting_since=NOW - timedelta(days=days))
    assert priority(other, NOW).score < priority(SAFETY, NOW).score
    assert rank(static(other, NOW), other.waiting_since) < rank(static(SAFETY, NOW), NOW)


@given(grounds, st.sampled_from(["frustration", "distress", "risk", "needs_human", "chance"]), share)
def test_more_of_anything_is_never_less(one: Grounds, name: str, more: float) -> None:
    worse = replace(one, **{name: max(getattr(one, name), more)})
    assert 0 <= priority(one, NOW).score <= priority(worse, NOW).score <= 100


@given(grounds, grounds, st.integers(0, 500))
def test_the_stored_order_is_the_order_at_every_moment(one: Grounds, other: Grounds, hours: int) -> None:
    one, other = (replace(each, waiting_since=each.waiting_since or NOW) for each in (one, other))
    later = NOW + timedelta(hours=hours)
    first, second = (rank(static(each, NOW), each.waiting_since) for each in (one, other))
    shown_first, shown_second = (shown(static(each, NOW), waited(each.waiting_since, later)) for each in (one, other))
    if first > second + 1e-6:
        assert shown_first >= shown_second - 1e-6


@given(grounds)
def test_what_is_shown_is_static_and_waiting(one: Grounds) -> None:
    assert priority(one, NOW).score == shown(static(one, NOW), waited(one.waiting_since, NOW))


def test_who_does_not_wait_stands_below_who_does() -> None:
    quiet = replace(SAFETY, waiting_since=None)
    assert rank(static(quiet, NOW), None) < rank(static(MILD, NOW), NOW + timedelta(days=365 * 20))
    assert waited(NOW, NOW - timedelta(hours=1)) == 0.0


@pytest.mark.parametrize(("days", "fewer"), [(0, 1), (1, 2), (2, 4), (4, 7), (7, 14), (14, 15)])
def test_a_deadline_presses_more_when_it_comes_nearer(days: int, fewer: int) -> None:
    near, far = (replace(MILD, deadline=date(2026, 11, 18) + timedelta(days=ahead)) for ahead in (days, fewer))
    assert static(near, NOW) > static(far, NOW)


def test_a_deadline_that_is_past_presses_no_more() -> None:
    assert static(replace(MILD, deadline=date(2026, 11, 17)), NOW) == static(MILD, NOW)


def test_reasons_are_told_heaviest_first_with_their_figures() -> None:
    told = priority(replace(FURIOUS, deadline=date(2026, 11, 19), waiting_since=NOW - timedelta(hours=2)), NOW).reasons
    assert [reason.ground for reason in told] == [
        Ground.FRUSTRATION,
        Ground.RISK,
        Ground.DEADLINE,
        Ground.NEEDS_HUMAN,
        Ground.EARLIER_REJECTION,
        Ground.WAITING,
    ]
    assert {reason.ground: reason.figure for reason in told}[Ground.DEADLINE] == 1.0
    assert told[-1].points == PER_HOUR * 2


def test_a_grave_case_says_so_first() -> None:
    assert priority(SAFETY, NOW).reasons[0].ground is Ground.GRAVE
