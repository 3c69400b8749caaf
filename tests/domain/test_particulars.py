"""What a post tells of an order itself."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from socialwatch.domain.clues import clues
from socialwatch.domain.customer import Address, Customer, Order, OrderLine, Shipment
from socialwatch.domain.mention import Mention
from socialwatch.domain.particulars import COMPLAINED_WITHIN, bears_out

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WHO = Customer("k1", "Marieke de Vries", address=Address(postcode="6711 AA"))
LINES = (
    OrderLine("Wandelsokken merino", 2, size="39-42", price=Decimal("16.95")),
    OrderLine("Muts", size="3", price=Decimal("20.00"), warranty_until=date(2028, 1, 1)),
)
ORDER = Order(
    "SK-1",
    "k1",
    NOW - timedelta(days=60),
    "delivered",
    LINES,
    total=Decimal("58.85"),
    ship_to=Address(postcode="9000"),
    shipments=(Shipment(tracking="3SABCD0000001"),),
)


def said(text: str, order: Order | None = ORDER) -> bool:
    return bears_out(clues(Mention("x", "1", f"SK-1 {text}", NOW, None), None), WHO, order)


@pytest.mark.parametrize(
    "text",
    [
        "de merino wandelsokken zijn versleten",
        "mijn wandelsok, 39-42, heeft een gat",
        "een muts in maat 3",
        "€ 58,85 betaald en niets gehad",
        "58.85 kwijt",
        "track en trace 3sabcd0000001",
        "adres 6711AA",
        "bezorgen op 6711 aa graag",
    ],
)
def test_what_few_orders_share_bears_it_out(text: str) -> None:
    assert said(text)


@pytest.mark.parametrize(
    "text",
    [
        "kapot",
        "de wandelsokken zijn kapot",
        "maat 39-42 is te klein",
        "kniekousen van merino",
        "€ 20 betaald",
        "€ 20,00 betaald",
        "€ 58,95 betaald",
        "3SABCD0000002",
        "adres 6711 AB",
        "9000 volgers",
        "",
    ],
)
def test_what_fits_many_or_another_does_not(text: str) -> None:
    assert not said(text)


def test_of_an_order_of_years_ago_nobody_tells_what_was_in_it() -> None:
    old = Order("SK-1", "k1", NOW - COMPLAINED_WITHIN - timedelta(days=1), "delivered", LINES)
    assert not said("de merino wandelsokken zijn versleten", old)
    assert not said("de merino wandelsokken zijn versleten", None)
