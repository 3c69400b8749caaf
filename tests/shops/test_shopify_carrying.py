"""A refund and a replacement in Shopify are made once, also when nobody hears that they were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from socialwatch.domain.customer import Address, Customer, Order, OrderLine
from socialwatch.domain.gesture import Gesture, GestureState, Kind, Side
from socialwatch.errors import Refused, Unanswered, Unavailable
from socialwatch.plugs import load

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
ANNA = Customer("7", "Anna Berg", "anna@voorbeeld.example", address=Address("Laan 1", "1234 AB", "Delft", "NL"))
LINES = (OrderLine("Sokken", 2, "SOK-1", "39-42", Decimal("12.95")), OrderLine("Muts", 1, "MUTS-9"))
ORDER = Order("1001", "7", AT, "", LINES, total=Decimal("25.90"))
REFUND = Gesture(
    id=1,
    brand="sokkerij",
    case_id=2,
    agent_id=3,
    kind=Kind.REFUND,
    side=Side.OWED,
    what="Een paar sokken terugbetaald",
    cost=Decimal("12.95"),
    state=GestureState.SENDING,
    at=AT,
    key="7d9f0c52a4b94a0f9a3c1e2d3f4a5b6c",
    order_number="1001",
)
AGAIN = replace(REFUND, kind=Kind.REPLACEMENT, cost=Decimal("6"), lines=(("SOK-1", 1),), key="b" * 32)


@pytest.fixture
def shopify(stands: Any) -> Iterator[Any]:
    made = stands.stand("shopify")
    yield made
    made.stop()


@pytest.fixture
def shop(shopify: Any) -> Any:
    section = shopify.start()
    shopify.put([ANNA], [ORDER])
    return load("shops", "shopify", section)


def test_what_it_can(shop: Any) -> None:
    assert shop.can(REFUND)
    assert shop.can(AGAIN)
    assert not shop.can(replace(REFUND, cost=Decimal(0)))
    assert not shop.can(replace(REFUND, order_number=None))
    assert not shop.can(replace(AGAIN, lines=()))
    assert not shop.can(replace(REFUND, kind=Kind.FLOWERS))


def test_nothing_is_carried_without_leave(shopify: Any) -> None:
    shop: Any = load("shops", "shopify", shopify.start() | {"carries": []})
    assert not shop.can(REFUND)
    assert not shop.can(AGAIN)


def test_a_refund_goes_back_the_way_it_was_paid(shop: Any, shopify: Any) -> None:
    assert shop.find(REFUND) is None
    made = shop.carry(REFUND)
    ((_, asked),) = shopify.written
    assert [(each["gateway"], each["amount"]) for each in asked["transactions"]] == [
        ("gift_card", "10.00"),
        ("ideal", "2.95"),
    ]
    assert asked["currency"] == "EUR"
    assert "refundLineItems" not in asked
    assert made.platform_id == "701"
    assert made.url == f"{shopify.url}/admin/orders/4000"
    (refund,) = shop.file("7").orders[0].refunds
    assert (refund.amount, refund.reason) == (Decimal("12.95"), "Een paar sokken terugbetaald")


def test_a_refund_of_which_nobody_heard_is_found_and_not_made_again(shop: Any, shopify: Any) -> None:
    shopify.fault("swallow")
    with pytest.raises(Unanswered):
        shop.carry(REFUND)
    assert shop.find(REFUND) == shop.carry(REFUND)
    assert len(shopify.written) == 1


def test_shopify_itself_makes_a_refund_once(shop: Any, shopify: Any) -> None:
    """Two that go at the same moment both find nothing; the key that Shopify gets is then the same."""
    shop.carry(REFUND)
    shopify.orders[0]["kept"].clear()  # as the second one saw it
    shopify.orders[0]["open"] = Decimal("25.90")
    shop.carry(REFUND)
    assert len(shopify.written) == 1


def test_an_answer_that_says_it_was_asked_before_proves_nothing(shop: Any, shopify: Any) -> None:
    shop.carry(REFUND)
    shopify.orders[0]["kept"].clear()
    with pytest.raises(Unanswered):  # other amounts under the same key, because less is open now
        shop.carry(replace(REFUND, cost=Decimal("1.00")))
    assert len(shopify.written) == 1


def test_no_more_goes_back_than_was_paid(shop: Any, shopify: Any) -> None:
    with pytest.raises(Refused, match="25,90"):
        shop.carry(replace(REFUND, cost=Decimal("26")))
    assert shopify.written == []


def test_euros_are_not_paid_back_as_pounds(shop: Any, shopify: Any) -> None:
    shopify.orders[0]["presentmentCurrencyCode"] = "GBP"
    with pytest.raises(Refused, match="GBP"):
        shop.carry(REFUND)
    assert shopify.written == []


def test_a_replacement_costs_nothing_and_goes_where_the_first_went(shop: Any, shopify: Any) -> None:
    made = shop.carry(AGAIN)
    ((_, asked),) = shopify.written
    assert asked["lineItems"] == [{"variantId": "gid://shopify/ProductVariant/SOK-1", "quantity": 1}]
    assert asked["discountCode"]["itemPercentageDiscountCode"]["percentage"] == 100
    assert asked["customer"] == {"toAssociate": {"id": "gid://shopify/Customer/7"}}
    assert asked["shippingAddress"]["address1"] == "Laan 1"
    assert asked["shippingAddress"]["countryCode"] == "NL"
    assert all(len(each) <= 40 for each in asked["tags"])
    assert made.platform_id == "R2"


@pytest.mark.parametrize("indexed", [True, False])
def test_a_replacement_of_which_nobody_heard_is_found(shop: Any, shopify: Any, indexed: bool) -> None:
    """Also while the search does not know it yet: the customer's own newest orders do."""
    shopify.fault("swallow")
    with pytest.raises(Unanswered):
        shop.carry(AGAIN)
    tagged = shopify.orders[-1]
    if not indexed:
        tagged["tags"] = []
    assert shop.find(AGAIN).platform_id == "R2"
    assert shop.carry(AGAIN).platform_id == "R2"
    assert len(shopify.written) == 1


def test_a_tag_alone_proves_nothing(shop: Any, shopify: Any) -> None:
    shop.carry(AGAIN)
    shopify.orders[-1]["customAttributes"] = []
    assert shop.find(AGAIN) is None


def test_another_size_is_found_among_all_products(shop: Any, shopify: Any) -> None:
    shopify.variants.append({"id": "gid://shopify/ProductVariant/groter", "sku": "SOK-2"})
    shop.carry(replace(AGAIN, lines=(("sok-2", 3), ("Muts", 1))))
    ((_, asked),) = shopify.written
    assert [(each["variantId"].rpartition("/")[2], each["quantity"]) for each in asked["lineItems"]] == [
        ("groter", 3),
        ("MUTS-9", 1),
    ]


def test_what_is_not_there_is_refused_in_words(shop: Any, shopify: Any) -> None:
    with pytest.raises(Refused, match="kent een van deze producten niet"):
        shop.carry(replace(AGAIN, lines=(("bestaat niet", 1),)))
    shopify.variants.append({"id": "gid://shopify/ProductVariant/uitverkocht", "sku": "UIT"})
    with pytest.raises(Refused, match="Unable to reserve inventory"):
        shop.carry(replace(AGAIN, lines=(("UIT", 1),)))
    with pytest.raises(Refused, match="kent deze bestelling niet"):
        shop.carry(replace(AGAIN, order_number="9999"))


def test_what_takes_too_long_to_prepare_is_not_begun(shop: Any, shopify: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """By then somebody may have decided that nobody knows what became of it."""
    monkeypatch.setattr("socialwatch.shops.shopify.carrying._PREPARED", -1.0)
    with pytest.raises(Unavailable, match="nog niets gedaan") as problem:
        shop.carry(REFUND)
    assert not isinstance(problem.value, Unanswered)
    assert shopify.written == []


def test_the_right_to_write_is_named(shop: Any, shopify: Any) -> None:
    shopify.rights.remove("write_orders")
    with pytest.raises(Refused, match="write_orders"):
        shop.carry(REFUND)
    assert any("write_orders" in each.text for each in shop.check() if not each.good)


@pytest.mark.parametrize(
    ("fault", "error"), [("429", Unavailable), ("500", Unanswered), ("hang", Unanswered), ("half", Unanswered)]
)
def test_a_write_is_never_repeated(shop: Any, shopify: Any, fault: str, error: type[Exception]) -> None:
    shopify.fault(fault, only="write", seconds=3)
    with pytest.raises(error) as problem:
        shop.carry(AGAIN)
    assert isinstance(problem.value, Unanswered) == (error is Unanswered)
    assert sum(b"mutation" in each.body for each in shopify.asked) == 1
    assert "Laan" not in str(problem.value)
