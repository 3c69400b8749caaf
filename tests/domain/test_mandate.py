"""What somebody may decide: three bands, and the exceptions to all of them."""

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import NO_MANDATE, Band, Hours, Mandate, band, covers, enough, excepted, in_force

MAY = Mandate(Decimal(75), Decimal(200), Decimal(40))
EUROS = st.decimals(0, 500, places=2)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, 12:00 in Amsterdam


@pytest.mark.parametrize(
    ("cost", "in_case", "today", "expected"),
    [
        (0, 0, 0, Band.DO),
        (40, 0, 0, Band.DO),
        ("40.01", 0, 0, Band.REPORT),
        (20, 30, 30, Band.REPORT),
        (75, 0, 125, Band.REPORT),
        (75, 0, "125.01", Band.ASK),
        ("75.01", 0, 0, Band.ASK),
        (50, 30, 30, Band.ASK),
    ],
)
def test_bands(cost: object, in_case: object, today: object, expected: Band) -> None:
    assert band(MAY, Decimal(str(cost)), Decimal(str(in_case)), Decimal(str(today))) is expected


@given(EUROS, EUROS, EUROS, EUROS)
def test_more_never_asks_less(cost: Decimal, more: Decimal, in_case: Decimal, today: Decimal) -> None:
    order = [Band.DO, Band.REPORT, Band.ASK]
    first, second = band(MAY, cost, in_case, today), band(MAY, cost + more, in_case, today)
    assert order.index(first) <= order.index(second)


def test_exceptions_by_gesture_and_by_hour() -> None:
    mandate = replace(MAY, not_gestures=(Kind.FLOWERS,), hours=Hours((0, 1), time(9), time(17, 30)))
    assert excepted(mandate, Kind.FLOWERS, NOON)
    assert not excepted(mandate, Kind.VOUCHER, NOON)
    assert excepted(mandate, Kind.VOUCHER, NOON.replace(hour=17))  # 18:00 in Amsterdam
    assert excepted(mandate, Kind.VOUCHER, NOON.replace(day=25))  # a Wednesday
    assert not excepted(MAY, Kind.FLOWERS, NOON)


@pytest.mark.parametrize(
    ("day", "hour", "held"), [(23, 21, True), (24, 4, True), (24, 5, False), (24, 21, False), (23, 4, False)]
)
def test_hours_that_pass_midnight_belong_to_the_day_they_began(day: int, hour: int, held: bool) -> None:
    night = replace(MAY, hours=Hours((0,), time(22), time(6)))
    assert in_force(night, datetime(2026, 11, day, hour, 0, tzinfo=UTC)) is held


def test_hours_follow_the_clock_on_the_wall_in_summer() -> None:
    day = replace(MAY, hours=Hours(tuple(range(7)), time(9), time(17)))
    assert in_force(day, datetime(2026, 7, 1, 7, 0, tzinfo=UTC))
    assert not in_force(day, datetime(2026, 12, 1, 7, 0, tzinfo=UTC))


def test_what_a_mandate_covers() -> None:
    assert covers(MAY, "sokkerij", "en", (Hazard.LEGAL,))
    assert not covers(replace(MAY, brands=("ander",)), "sokkerij", "nl", ())
    assert not covers(replace(MAY, languages=("nl",)), "sokkerij", "en", ())
    assert not covers(replace(MAY, not_hazards=(Hazard.PRESS,)), "sokkerij", "nl", (Hazard.PRESS, Hazard.CHURN))
    assert not covers(NO_MANDATE, "sokkerij", "nl", ())


def test_enough_for_what_it_will_probably_cost() -> None:
    assert enough(MAY, Decimal(75), Decimal(0))
    assert not enough(MAY, Decimal(76), Decimal(0))
    assert not enough(MAY, Decimal(10), Decimal(195)), "the day's budget is nearly gone"
