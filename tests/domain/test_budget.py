"""Budget: nothing begins that does not fit, what runs may just finish, and the sentence tells when it goes on."""

from datetime import UTC, datetime

import pytest

from socialwatch.domain import budget
from socialwatch.domain.budget import Purse

LIMIT = 5 * budget.MILLIONTHS


@pytest.mark.parametrize(
    ("purse", "begins", "goes_on"),
    [
        (Purse(None, 10**12, 10**9), True, True),  # no limit
        (Purse(LIMIT), True, True),
        (Purse(LIMIT, 0, 2 * LIMIT), True, True),  # the first of a day always begins
        (Purse(LIMIT, LIMIT - 10, 10), True, True),
        (Purse(LIMIT, LIMIT - 10, 11), False, True),  # what it usually costs does not fit any more
        (Purse(LIMIT, LIMIT, 1), False, True),
        (Purse(LIMIT, int(LIMIT * 1.2) - 1), False, True),
        (Purse(LIMIT, int(LIMIT * 1.2)), False, False),
    ],
)
def test_what_may_begin_and_what_may_go_on(purse: Purse, begins: bool, goes_on: bool) -> None:
    assert (budget.may_begin(purse), budget.may_go_on(purse)) == (begins, goes_on)


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (datetime(2026, 11, 22, 10, 0, tzinfo=UTC), "morgen om 01:00 verder"),
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "morgen om 02:00 verder"),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "vandaag om 01:00 verder"),  # half past midnight in Amsterdam
        (datetime(2026, 10, 24, 23, 59, tzinfo=UTC), "vandaag om 02:00 verder"),  # the night the clock goes back
        (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), "morgen om 01:00 verder"),  # the night it goes forward
    ],
)
def test_the_sentence_says_in_dutch_time_when_it_goes_on(now: datetime, says: str) -> None:
    assert budget.used_up(LIMIT, now) == f"Het dagbudget van $ 5,00 is op; {says}."


@pytest.mark.parametrize(("amount", "written"), [(0, "$ 0,00"), (5000, "$ 0,01"), (1_234_500_000, "$ 1.234,50")])
def test_amounts_are_written_as_in_dutch(amount: int, written: str) -> None:
    assert budget.dollars(amount) == written


def test_dollars_become_millionths_without_dust() -> None:
    assert budget.of_dollars(0.1) * 3 == 300_000


def test_the_sentence_says_since_when_a_source_is_behind() -> None:
    now, behind = datetime(2026, 11, 22, 14, 0, tzinfo=UTC), datetime(2026, 11, 18, 8, 5, tzinfo=UTC)
    assert budget.used_up(LIMIT, now, behind) == (
        "Het dagbudget van $ 5,00 is op; morgen om 01:00 verder, eerst met wat is blijven liggen"
        " sinds woensdag 18-11 om 09:05."
    )
