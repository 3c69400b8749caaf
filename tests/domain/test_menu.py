"""The menu: what a gesture usually costs, how amounts are read, and until when it can be done today."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from socialwatch.domain.gesture import Kind
from socialwatch.domain.menu import USUAL, Usual, euros, menu, still_today
from socialwatch.errors import Misconfigured


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("", "0"),
        ("12,50", "12.50"),
        ("€ 12,50", "12.50"),
        ("12.5", "12.50"),
        ("1.250", "1250"),
        ("1.250,75", "1250.75"),
        ("25,-", "25"),
        ("0", "0"),
        ("12,505", "12.50"),
        ("-5", None),
        ("twaalf", None),
        ("1e9", None),
        ("NaN", None),
        ("Infinity", None),
        ("999999999", None),
    ],
)
def test_amounts_as_people_write_them(written: str, amount: str | None) -> None:
    assert euros(written) == (None if amount is None else Decimal(amount))


def test_every_gesture_is_on_the_menu_and_a_section_changes_its_own() -> None:
    changed = menu({"courier": {"cost": "9,95", "until": "16:30"}, "webhook": {"url": "https://x.example"}})
    assert set(changed) == set(Kind)
    assert changed[Kind.COURIER] == Usual(Decimal("9.95"), time(16, 30))
    assert changed[Kind.VOUCHER] == USUAL[Kind.VOUCHER]


@pytest.mark.parametrize(
    ("section", "named"), [({"cost": "veel"}, "cost"), ({"until": "laat"}, "until"), ({"kosten": 1}, "kosten")]
)
def test_nonsense_is_named(section: dict[str, object], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        menu({"courier": section})


def test_the_cut_off_is_one_on_the_wall_in_amsterdam() -> None:
    usual = Usual(until=time(15))
    assert still_today(usual, datetime(2026, 11, 23, 13, 5, tzinfo=UTC)) == timedelta(minutes=55)
    assert still_today(usual, datetime(2026, 11, 23, 14, 0, tzinfo=UTC)) is None
    assert still_today(Usual(), datetime(2026, 11, 23, 8, tzinfo=UTC)) is None
