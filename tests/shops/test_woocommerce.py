"""WooCommerce's own ways: guests, drafts, numbers and statuses of plugins, fields by configuration."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from socialwatch.domain.customer import Address, Contact, Customer, Order, OrderLine, Shipment
from socialwatch.errors import Misconfigured, Refused, Unavailable
from socialwatch.plugs import load
from socialwatch.shops.woocommerce import wire
from socialwatch.store.unit import Database

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
SOFIE = Customer(
    "sofie@voorbeeld.example",
    "Sofie Maes",
    "sofie@voorbeeld.example",
    "0475/12.34.56",
    Address("Korenmarkt 5", "9000", "Gent", "BE"),
    brand="sokkerij",
)
LINE = OrderLine("Wollen sokken", 2, "SOK-1", "39-42", Decimal("12.95"))
LOOSE = Order("70001", SOFIE.id, AT, "processing", (LINE,), total=Decimal("25.90"), brand="sokkerij")


@pytest.fixture
def shop_stand(stands: Any, sqlite: Database, tmp_path: Path) -> Iterator[Any]:
    made = stands.stand("woocommerce", database=sqlite, folder=tmp_path)
    made.section = made.start()
    yield made
    made.stop()


@pytest.fixture
def order(shop_stand: Any, stands: Any) -> Any:
    """One order of somebody without an account, in WooCommerce's own form, to be bent by a test."""
    form = stands.module(Path(__file__).with_name("stand_woocommerce.py"))
    shop_stand.orders[70001] = form._order(LOOSE, SOFIE)
    return shop_stand.orders[70001]


def connect(shop_stand: Any, **more: Any) -> Any:
    return load("shops", "woocommerce", shop_stand.section | more)


def read(shop_stand: Any, **more: Any) -> Order:
    file = connect(shop_stand, **more).file(SOFIE.id)
    assert file is not None
    return file.orders[0]


def test_somebody_without_an_account_is_their_address(shop_stand: Any, order: Any) -> None:
    shop = connect(shop_stand)
    for found in (shop.by_order("70001"), shop.by_email("Sofie@voorbeeld.example"), shop.by_phone("+32475123456")):
        assert found == [SOFIE]
    assert [each.id for each in shop.by_name("S. Maes", "Gent")] == [SOFIE.id]
    file = shop.file(SOFIE.id)
    assert file.customer == SOFIE
    assert [(each.number, each.customer_id) for each in file.orders] == [("70001", SOFIE.id)]


def test_who_makes_an_account_later_brings_the_orders_along(shop_stand: Any, order: Any) -> None:
    account = replace(SOFIE, id="31", created_at=AT)
    shop_stand.put([account], [replace(LOOSE, number="70009", customer_id="31", ordered_at=AT + timedelta(days=2))])
    shop = connect(shop_stand)
    assert [each.id for each in shop.by_order("70001")] == ["31"]
    assert [each.id for each in shop.by_email(SOFIE.id)] == ["31"]
    assert [each.number for each in shop.file("31").orders] == ["70009", "70001"]


def test_an_account_that_was_erased_leaves_the_bill(shop_stand: Any, order: Any) -> None:
    order["customer_id"] = 999
    assert connect(shop_stand).by_order("70001") == [SOFIE]


def test_two_accounts_that_paid_under_one_address_are_both_found(shop_stand: Any, order: Any) -> None:
    shop_stand.put([replace(SOFIE, id="31"), replace(SOFIE, id="32", email="piet@voorbeeld.example")], [])
    order["customer_id"] = 32
    assert {each.id for each in connect(shop_stand).by_email(SOFIE.id)} == {"31", "32"}


@pytest.mark.parametrize("number", ["SK-2026-70001", "2026-70001", "#70001"])
def test_plugins_put_letters_before_the_number(shop_stand: Any, order: Any, number: str) -> None:
    order["number"] = number
    shop = connect(shop_stand)
    assert shop.by_order(number) == [SOFIE]
    assert shop.by_order("70002") == []
    assert read(shop_stand).number == number


def test_a_number_of_its_own_is_found_where_the_shop_lets_it_be_searched(shop_stand: Any, order: Any) -> None:
    order["number"] = "A9"
    order["meta_data"].append({"id": 9, "key": "_order_number", "value": "A9"})
    assert connect(shop_stand).by_order("A9") == []
    shop_stand.searchable = ("_order_number",)
    assert connect(shop_stand).by_order("A9") == [SOFIE]


def test_who_gave_a_name_is_read_from_what_changed(shop_stand: Any, order: Any) -> None:
    shop_stand.searchable = ()
    order["meta_data"].append({"id": 9, "key": "_x_naam", "value": "@SofieMaes "})
    shop = connect(shop_stand)
    assert shop.by_handle(["x:sofiemaes"]) == []
    assert shop.glean(AT - timedelta(days=1)) == [replace(SOFIE, handles=("x:sofiemaes",))]
    assert shop.glean(AT + timedelta(days=1)) == []
    assert connect(shop_stand, handle_keys={}).glean(AT - timedelta(days=1)) == []


def test_what_was_left_at_the_checkout_is_no_order(shop_stand: Any, order: Any) -> None:
    order["status"] = "checkout-draft"
    assert connect(shop_stand).file(SOFIE.id) is None


@pytest.mark.parametrize(
    ("said", "ours"),
    [("on-hold", "on-hold"), ("naar-atelier", "naar-atelier"), ("bezorgd", "delivered"), ("completed", "completed")],
)
def test_a_status_passes_in_the_words_of_the_shop(shop_stand: Any, order: Any, said: str, ours: str) -> None:
    order["status"] = said
    assert read(shop_stand, statuses={"bezorgd": "delivered"}).status == ours


def test_a_note_at_the_checkout_was_said_once(shop_stand: Any, order: Any) -> None:
    order["customer_note"] = "Graag bij de buren op 7"
    (note,) = connect(shop_stand).file(SOFIE.id).contacts
    said = "Graag bij de buren op 7"
    assert note == Contact(
        "woocommerce-70001", SOFIE.id, "checkout", AT, asked=said, order_number="70001", brand="sokkerij"
    )


def test_wrapping_may_be_a_fee(shop_stand: Any, order: Any) -> None:
    order["fee_lines"] = [{"id": 4, "name": "Cadeauverpakking (rood)", "total": "2.50"}]
    assert not read(shop_stand).gift_wrap
    assert read(shop_stand, gift_wrap_fee="cadeauverpakking").gift_wrap


def test_of_several_attributes_those_named_are_the_size(shop_stand: Any, order: Any) -> None:
    colour = {"id": 9, "key": "pa_kleur", "value": "rood", "display_key": "Kleur", "display_value": "Rood"}
    order["line_items"][0]["meta_data"].append(colour)
    assert read(shop_stand).lines[0].size == "39-42, Rood"
    assert read(shop_stand, size_keys=["Maat"]).lines[0].size == "39-42"
    assert read(shop_stand, size_keys=["pa_kleur"]).lines[0].size == "Rood"


def test_the_price_is_what_was_paid_a_piece(shop_stand: Any, order: Any) -> None:
    order["line_items"][0] |= {"total": "17.12", "total_tax": "3.60", "subtotal": "21.40", "quantity": 2}
    assert read(shop_stand).lines[0].price == Decimal("10.36")


def test_parcels_of_both_plugins_and_no_link_that_is_none(shop_stand: Any, order: Any) -> None:
    advanced = {
        "formatted_tracking_provider": "PostNL",
        "tracking_provider": "postnl",
        "ast_tracking_link": "javascript:alert(1)",
        "tracking_number": "3S1",
        "date_shipped": 1788253200,
    }
    order["meta_data"].append({"id": 5, "key": wire.PARCELS, "value": [advanced, None, "x"]})
    at = datetime.fromtimestamp(1788253200, tz=UTC)
    assert read(shop_stand).shipments == (Shipment("PostNL", "3S1", None, "shipped", at),)


def test_only_ten_orders_are_asked_for_their_refunds(shop_stand: Any, stands: Any) -> None:
    form = stands.module(Path(__file__).with_name("stand_woocommerce.py"))
    for number in range(100, 115):
        shop_stand.orders[number] = form._order(replace(LOOSE, number=str(number)), SOFIE)
        back = {
            "id": number,
            "date_created_gmt": "2026-09-03T10:00:00",
            "amount": "1.00",
            "reason": "",
            "meta_data": [],
        }
        shop_stand.backs[number] = [back]
    file = connect(shop_stand).file(SOFIE.id)
    assert sum(len(each.refunds) for each in file.orders) == 10
    assert len([each for each in shop_stand.asked if each.path.endswith("/refunds")]) == 10


@pytest.mark.parametrize(
    "spoil",
    [
        {"date_created_gmt": None},
        {"date_created_gmt": "gisteren"},
        {"number": None, "date_created_gmt": ""},
    ],
)
def test_an_order_without_a_moment_is_left_out(shop_stand: Any, order: Any, spoil: dict[str, Any]) -> None:
    order |= spoil
    shop_stand._orders = lambda query: [order]  # it cannot sort what has no moment either
    file = connect(shop_stand).file(SOFIE.id)
    assert file is not None
    assert file.orders == ()


@pytest.mark.parametrize(
    "spoil",
    [
        {"line_items": "geen", "meta_data": {"a": 1}, "fee_lines": None, "refunds": [1]},
        {"line_items": [{"quantity": "twee", "total": "NaN"}], "total": "1e999", "currency": 7},
        {"shipping": None, "status": 5, "customer_note": ["x"]},
        {"line_items": [{"quantity": 10**30, "total": {}, "name": None, "sku": True}]},
    ],
)
def test_an_odd_order_is_read_as_far_as_it_can_be(shop_stand: Any, order: Any, spoil: dict[str, Any]) -> None:
    order |= spoil
    shop_stand._mentions = lambda found, term: True
    shop_stand._shown = lambda number: order
    found = read(shop_stand)
    assert found.number == "70001"
    assert found.total is None or found.total.is_finite()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-09-05", date(2026, 9, 5)),
        ("05-09-2026", date(2026, 9, 5)),
        ("5/9/2026", date(2026, 9, 5)),
        ("2026-09-05T10:00:00", date(2026, 9, 5)),
        ("20260905", date(2026, 9, 5)),
        ("zo snel mogelijk", None),
        (None, None),
        (True, None),
    ],
)
def test_days_as_checkouts_write_them(said: Any, meant: date | None) -> None:
    assert wire.day(said) == meant


def test_a_shop_that_is_away_is_left_alone_for_a_while(shop_stand: Any, order: Any) -> None:
    shop = connect(shop_stand, rest_seconds=60)
    shop_stand.fault("html", times=2)
    with pytest.raises(Unavailable):
        shop.by_order("70001")
    asked = len(shop_stand.asked)
    with pytest.raises(Unavailable) as problem:
        shop.by_email(SOFIE.id)
    assert len(shop_stand.asked) == asked
    assert 50 < (problem.value.retry_after or 0) <= 60


def test_an_address_that_holds_no_shop_is_named(shop_stand: Any) -> None:
    shop_stand._routes = dict
    with pytest.raises(Refused, match="base_url"):
        connect(shop_stand).by_order("70001")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"base_url": "http://winkel.example"}, "https"),
        ({"base_url": "http://127.0.0.1.kwaad.example"}, "https"),
        ({"base_url": ""}, "base_url"),
        ({"consumer_key": ""}, "consumer_key"),
        ({"consumer_secret": "met spatie"}, "consumer_secret"),
        ({"carries": ["flowers"]}, "carries"),
        ({"handle_keys": ["x"]}, "handle_keys"),
        ({"statuses": {"a": 1}}, "statuses"),
        ({"page_size": 101}, "page_size"),
    ],
)
def test_what_is_wrong_in_the_section_is_named(shop_stand: Any, more: dict[str, Any], said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        connect(shop_stand, **more)
