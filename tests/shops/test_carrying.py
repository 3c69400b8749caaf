"""A refund and a replacement in WooCommerce: made once, found again by our key, refused in a sentence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from socialwatch.domain.customer import Address, Customer, Order, OrderLine
from socialwatch.domain.gesture import Carried, Gesture, GestureState, Kind, Side
from socialwatch.errors import Halted, Refused, Unanswered, Unavailable
from socialwatch.plugs import load
from socialwatch.store.unit import Database

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MARIEKE = Customer(
    "101",
    "Marieke de Vries",
    "marieke@voorbeeld.example",
    "0612345678",
    Address("Dorpsstraat 1", "6711 AA", "Ede", "NL"),
)
LINES = (OrderLine("Wollen sokken", 2, "SOK-1", "39-42", Decimal("12.95")), OrderLine("Muts", 1, "MUTS-9"))
BOUGHT = Order("50001", "101", datetime(2026, 9, 1, tzinfo=UTC), "processing", LINES, total=Decimal("45.40"))


def gesture(kind: Kind, **more: Any) -> Gesture:
    given = Gesture(
        7, "sokkerij", 3, 2, kind, Side.OWED, "nieuwe sokken", Decimal("12.95"), GestureState.SENDING, NOW, "sleutel-7"
    )
    return replace(given, order_number="50001", **more)


REFUND, REPLACEMENT = gesture(Kind.REFUND), gesture(Kind.REPLACEMENT)
BOTH = pytest.mark.parametrize("wanted", [REFUND, REPLACEMENT], ids=["refund", "replacement"])


@pytest.fixture
def there(stands: Any, sqlite: Database, tmp_path: Path) -> Iterator[Any]:
    made = stands.stand("woocommerce", database=sqlite, folder=tmp_path)
    made.section = made.start() | {"carries": ["refund", "replacement"]}
    made.clock = lambda: NOW
    made.put([MARIEKE], [BOUGHT])
    yield made
    made.stop()


@pytest.fixture
def shop(there: Any) -> Any:
    return load("shops", "woocommerce", there.section)


def made(there: Any) -> list[Any]:
    """What stands in the shop besides the order that was there."""
    return there.backs[50001] + [each for number, each in there.orders.items() if number != 50001]


def test_a_refund_is_the_amount_and_moves_no_money_by_itself(there: Any, shop: Any) -> None:
    assert shop.carry(REFUND) == Carried(str(made(there)[0]["id"]))
    (back,) = made(there)
    assert (back["amount"], back["refunded_payment"]) == ("12.95", False)
    assert "nieuwe sokken" not in back["reason"]  # WooCommerce shows the reason to the customer
    sent = there.asked[-1].json()
    assert sent["api_restock"] is False
    assert "line_items" not in sent


def test_the_payment_goes_back_when_the_section_says_so(there: Any) -> None:
    load("shops", "woocommerce", there.section | {"api_refund": True}).carry(REFUND)
    assert made(there)[0]["refunded_payment"] is True


def test_a_replacement_goes_to_the_same_address_and_costs_nothing(there: Any, shop: Any) -> None:
    found = shop.carry(REPLACEMENT)
    (order,) = made(there)
    assert found.platform_id == str(order["id"])
    assert (order["total"], order["status"], order["customer_id"]) == ("0.00", "processing", 101)
    assert order["shipping"]["address_1"] == "Dorpsstraat 1"
    assert order["billing"]["email"] == MARIEKE.email
    kept = [
        {name: each.get(name) for name in ("product_id", "variation_id", "quantity")} for each in order["line_items"]
    ]
    assert kept == [
        {"product_id": 71, "variation_id": 701, "quantity": 2},
        {"product_id": 72, "variation_id": None, "quantity": 1},
    ]


def test_only_what_is_named_is_sent_again(there: Any, shop: Any) -> None:
    there.products = [{"id": 801, "parent_id": 80, "sku": "SOK-2"}]
    shop.carry(replace(REPLACEMENT, lines=(("sok-1", 1), ("Muts", 2), ("SOK-2", 3))))
    sent = [(each["product_id"], each.get("variation_id"), each["quantity"]) for each in made(there)[0]["line_items"]]
    assert sent == [(71, 701, 1), (72, None, 2), (80, 801, 3)]


def test_what_nobody_sells_is_refused(there: Any, shop: Any) -> None:
    with pytest.raises(Refused, match="product"):
        shop.carry(replace(REPLACEMENT, lines=(("BESTAAT-NIET", 1),)))
    there.orders[50001]["line_items"][0]["product_id"] = 0
    with pytest.raises(Refused, match="product"):
        shop.carry(REPLACEMENT)
    assert made(there) == []


@BOTH
def test_asked_twice_it_is_made_once(there: Any, shop: Any, wanted: Gesture) -> None:
    assert shop.find(wanted) is None
    first = shop.carry(wanted)
    assert shop.carry(wanted) == first
    assert shop.find(wanted) == first
    assert len(made(there)) == 1
    assert shop.find(replace(wanted, key="een andere")) is None


@BOTH
@pytest.mark.parametrize("fault", ["swallow", "half"])
def test_an_answer_that_was_lost_is_found_afterwards(there: Any, shop: Any, wanted: Gesture, fault: str) -> None:
    there.fault(fault, only="write")
    with pytest.raises(Unanswered):
        shop.carry(wanted)
    assert len(made(there)) == 1
    assert shop.find(wanted) == Carried(str(made(there)[0]["id"]))
    assert shop.carry(wanted) == shop.find(wanted)
    assert len(made(there)) == 1


@BOTH
@pytest.mark.parametrize("fault", ["close", "html", "empty", "hang", "500"])
def test_in_doubt_nobody_says_that_nothing_happened(there: Any, shop: Any, wanted: Gesture, fault: str) -> None:
    there.fault(fault, only="write", seconds=3)
    with pytest.raises(Unanswered):
        shop.carry(wanted)
    assert shop.find(wanted) is None
    assert len([each for each in there.asked if each.method == "POST"]) == 1


@BOTH
def test_a_limit_means_that_nothing_happened(there: Any, shop: Any, wanted: Gesture) -> None:
    there.fault("429", only="write", seconds=30)
    with pytest.raises(Unavailable) as problem:
        shop.carry(wanted)
    assert not isinstance(problem.value, Unanswered)
    assert problem.value.retry_after == 30
    assert made(there) == []


@BOTH
def test_a_key_that_may_only_read_is_named(there: Any, shop: Any, wanted: Gesture) -> None:
    there.fault("401", only="write")
    with pytest.raises(Halted, match="Lezen/Schrijven"):
        shop.carry(wanted)


def test_a_refund_whose_meta_data_was_not_yet_kept_is_found_by_its_reason(there: Any, shop: Any) -> None:
    shop.carry(REFUND)
    made(there)[0]["meta_data"] = []
    assert shop.find(REFUND) is not None


def test_no_more_goes_back_than_was_paid(there: Any, shop: Any) -> None:
    shop.carry(REFUND)
    with pytest.raises(Refused, match="€ 32,45"):
        shop.carry(replace(REFUND, key="tweede", cost=Decimal(40)))
    with pytest.raises(Refused):
        shop.carry(replace(REFUND, key="niets", cost=Decimal(0)))
    assert len(made(there)) == 1


def test_what_the_shop_took_back_itself_is_refused(there: Any, shop: Any) -> None:
    """WooCommerce says so with status 500; the code tells that nothing is left of it."""
    refusal = there.refusal
    there.refusal = lambda status: refusal(status) | {"code": "woocommerce_rest_cannot_create_order_refund"}
    there.fault("500", only="write")
    with pytest.raises(Refused, match="terugbetaling"):
        shop.carry(REFUND)


def test_with_the_payment_itself_that_code_is_no_proof(there: Any) -> None:
    """The bank may have been asked before it went wrong."""
    refusal = there.refusal
    there.refusal = lambda status: refusal(status) | {"code": "woocommerce_rest_cannot_create_order_refund"}
    there.fault("500", only="write")
    with pytest.raises(Unanswered):
        load("shops", "woocommerce", there.section | {"api_refund": True}).carry(REFUND)


def test_another_currency_is_refused(there: Any, shop: Any) -> None:
    there.orders[50001]["currency"] = "GBP"
    with pytest.raises(Refused, match="GBP"):
        shop.carry(REFUND)


def test_an_order_that_is_not_there_is_refused(there: Any, shop: Any) -> None:
    for ask in (shop.carry, shop.find):
        with pytest.raises(Refused, match="kent deze bestelling niet"):
            ask(replace(REFUND, order_number="99"))


def test_somebody_without_an_account_gets_a_replacement_too(there: Any, shop: Any) -> None:
    there.orders[50001]["customer_id"] = 0
    found = shop.carry(REPLACEMENT)
    assert shop.find(REPLACEMENT) == found
    assert made(there)[0]["customer_id"] == 0


@pytest.mark.parametrize(
    ("carries", "wanted", "can"),
    [
        ([], REFUND, False),
        (["refund"], REFUND, True),
        (["refund"], REPLACEMENT, False),
        (["refund", "replacement"], REPLACEMENT, True),
        (["refund", "replacement"], replace(REFUND, order_number=None), False),
        (["refund", "replacement"], gesture(Kind.FLOWERS), False),
    ],
)
def test_what_the_section_allows(there: Any, carries: list[str], wanted: Gesture, can: bool) -> None:
    assert load("shops", "woocommerce", there.section | {"carries": carries}).can(wanted) is can
