"""No timer is missed and none fires twice: on both nights of the clock change, and when the clock jumps both ways."""

from datetime import datetime, timedelta

import pytest

from socialwatch.domain.when import local_day
from tests.chaos import simulated_clocks as clocks

CASES = clocks.cases()


@pytest.mark.parametrize(("start", "jump"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_every_timer_fires_once(url: str, start: datetime, jump: float) -> None:
    fired = clocks.run(url, start, jump)
    assert clocks.verdict(fired) == {"missed": [], "twice": []}, fired
    latest = max(times[0] for times in fired.values())
    assert latest <= clocks.WAIT + 2 * clocks.STEP / 5, "late by more than a round of looking"
    if jump <= 0:
        assert min(times[0] for times in fired.values()) >= clocks.WAIT - clocks.STEP / 5, "early"


@pytest.mark.parametrize("night", clocks.NIGHTS, ids=str)
def test_a_deadline_counts_local_days_through_the_night(night: datetime) -> None:
    """Midnight in Amsterdam, not in UTC, and each day comes once: 25 hours long, or 23."""
    hour = timedelta(hours=1)
    moments = [night + each * hour for each in range(-24, 30)]
    days = [local_day(each) for each in moments]
    assert days == sorted(days)
    turned = next(each for each in moments if local_day(each) == days[-1])
    began = next(each for each in moments if local_day(each) == days[-1] - timedelta(days=1))
    assert (turned - began) / hour == (25 if night.month == 10 else 23)
