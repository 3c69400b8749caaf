"""Who is at work: what they say, until their shift ends or an absence begins."""

from datetime import UTC, datetime

import pytest

from socialwatch.domain.agent import Presence
from socialwatch.domain.presence import Stretch, deputy, over, presence


def at(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, tzinfo=UTC)


MORNING, EVENING = Stretch(at(8), at(12)), Stretch(at(13), at(18))


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(7, "available"), (8, "available"), (11, "available"), (12, "away"), (13, "available"), (18, "away")],
)
def test_presence_ends_with_the_shift_and_not_before_it(hour: int, expected: str) -> None:
    assert presence(Presence.AVAILABLE, [MORNING, EVENING], [], at(hour)).value == expected


@pytest.mark.parametrize("said", Presence)
def test_without_shifts_what_somebody_says_counts(said: Presence) -> None:
    assert presence(said, [], [], at(12)) is said
    assert presence(said, [MORNING], [], at(9)) is said


def test_an_absence_goes_before_everything() -> None:
    away = Stretch(at(9), at(10))
    assert presence(Presence.AVAILABLE, [MORNING], [away], at(9)) is Presence.AWAY
    assert presence(Presence.AVAILABLE, [MORNING], [away], at(10)) is Presence.AVAILABLE


def test_a_shift_is_over_when_no_other_holds() -> None:
    assert over([MORNING, EVENING], at(12))
    assert not over([MORNING, Stretch(at(11), at(15))], at(12))
    assert not over([], at(12))


def test_the_deputy_of_an_absence_goes_before_the_usual_one() -> None:
    assert deputy([Stretch(at(9), at(10), 7)], 5, at(9)) == 7
    assert deputy([Stretch(at(9), at(10))], 5, at(9)) == 5
    assert deputy([Stretch(at(9), at(10), 7)], None, at(10)) is None
