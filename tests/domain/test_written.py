"""What order systems write as text, read as values."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain import written
from socialwatch.domain.customer import Address

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(ANYTHING)
def test_whatever_a_shop_writes_is_a_value_or_nothing(said: Any) -> None:
    at, money = written.moment(said), written.amount(said)
    assert at is None or at.utcoffset() is not None
    assert money is None or (money.is_finite() and money >= 0)
    assert written.count(said) >= 1
    assert written.day(said) is None or isinstance(written.day(said), date)
    assert written.yes(said) in (True, False)
    assert "\x00" not in (written.text(said) or "")
    assert written.handle("x", said) is None or " " not in str(written.handle("x", said))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("2026-12-05T10:00:00Z", date(2026, 12, 5)),
        ("5-12-2026", date(2026, 12, 5)),
        ("za 05/12/2026", date(2026, 12, 5)),
        ("31.02.2026", None),
        ("zo snel mogelijk", None),
    ],
)
def test_days_as_customers_write_them(said: str, day: date | None) -> None:
    assert written.day(said) == day


@pytest.mark.parametrize(
    ("said", "handle"),
    [
        ("@Marieke", "x:marieke"),
        ("https://x.com/Marieke/", "x:marieke"),
        (" marieke ", "x:marieke"),
        ("weet ik niet", None),
        ("", None),
        (None, None),
    ],
)
def test_names_as_customers_write_them(said: Any, handle: str | None) -> None:
    assert written.handle("x", said) == handle


def test_a_moment_without_a_zone_is_utc() -> None:
    assert written.moment("2026-11-22 10:00:00") == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert written.moment("2026-11-22T11:00:00+01:00") == datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_the_same_address_in_another_spelling_is_not_elsewhere() -> None:
    own = Address("Laan 1", "1234 AB", "Delft", "NL")
    assert written.elsewhere(Address("laan 1", "1234ab", "DELFT", None), own) is None
    assert written.elsewhere(Address(), own) is None
    assert written.elsewhere(Address("Laan 12", "1234 AB", "Delft", "NL"), own) is not None


def test_amounts_keep_their_cents() -> None:
    assert written.amount(12.95) == Decimal("12.95")
    assert written.amount("12.9500") == Decimal("12.95")
    assert written.amount(0) == Decimal("0.00")


@pytest.mark.parametrize(
    ("said", "known_as"),
    [
        ("Marieke@Post.example ", "marieke@post.example"),
        (f"{'m' * 70}@post.example", None),  # PostgreSQL would refuse it, and the post would find no case
        ("geen adres", None),
        (None, None),
    ],
)
def test_who_ordered_without_an_account_is_known_by_an_address_that_fits(said: Any, known_as: str | None) -> None:
    assert written.guest_id(said) == known_as
