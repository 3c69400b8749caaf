"""Magento's own ways: double lines, guests, two editions, clocks in UTC, and what a shop keeps for itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from socialwatch.domain.customer import Address, Customer, Order, OrderLine, Refund, Shipment
from socialwatch.errors import Halted, Misconfigured, Refused
from socialwatch.plugs import load

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
HOME = Address("Laan 1", "1234 AB", "Delft", "NL")
ANNA = Customer("7", "Anna van den Berg", "anna@voorbeeld.example", "015-123 45 67", HOME)
ORDER = Order(
    "000000011",
    "7",
    AT,
    "processing",
    (OrderLine("Sokken", 2, "SOK-1", "39-42", Decimal("9.95")),),
    total=Decimal("24.85"),
)


@pytest.fixture
def magento(stands: Any) -> Iterator[Any]:
    made = stands.stand("magento")
    yield made
    made.stop()


def connect(magento: Any, *orders: Order, **changes: Any) -> Any:
    section = magento.start() | changes
    magento.put([ANNA], orders or (ORDER,))
    return load("shops", "magento", section)


def test_a_choice_is_one_line_with_the_price_of_its_product(magento: Any) -> None:
    (line,) = connect(magento).file("7").orders[0].lines
    assert line == OrderLine("Sokken", 2, "SOK-1", "39-42", Decimal("9.95"))


def test_a_bundle_names_what_is_in_it(magento: Any) -> None:
    shop = connect(magento)
    bundle = {"item_id": 1, "name": "Winterpakket", "sku": "WIN", "product_type": "bundle", "qty_ordered": 1}
    inside = [{"item_id": 2 + place, "parent_item_id": 1, "name": name} for place, name in enumerate(("Sok", "Muts"))]
    magento.tables["orders"][0]["items"] = [bundle | {"price_incl_tax": 30.5}, *inside]
    (line,) = shop.file("7").orders[0].lines
    assert (line.product, line.size, line.price) == ("Winterpakket", "Sok, Muts", Decimal("30.50"))


def test_moments_are_utc(magento: Any) -> None:
    assert connect(magento).file("7").orders[0].ordered_at == AT


def test_a_guest_is_known_by_the_address_and_has_a_file(magento: Any) -> None:
    shop = connect(magento)
    guest = {"customer_id": None, "customer_is_guest": 1, "customer_email": "Gast@voorbeeld.example"}
    magento.add_order(replace(ORDER, number="000000012"), ANNA, **guest)
    (found,) = shop.by_email("gast@voorbeeld.example")
    assert (found.id, found.name, found.phone) == ("gast@voorbeeld.example", "Anna van den Berg", "015-123 45 67")
    assert [each.id for each in shop.by_order("000000012")] == [found.id]
    assert [each.number for each in shop.file(found.id).orders] == ["000000012"]
    assert [each.number for each in shop.file("7").orders] == ["000000011"]


def test_what_was_once_ordered_as_a_guest_belongs_to_the_account(magento: Any) -> None:
    shop = connect(magento)
    magento.add_order(replace(ORDER, number="000000012"), ANNA, customer_id=None, customer_is_guest=1)
    assert {each.number for each in shop.file("7").orders} == {"000000011", "000000012"}
    assert [each.id for each in shop.by_email("anna@voorbeeld.example")] == ["7"]


def test_parcels_come_with_carrier_and_code(magento: Any) -> None:
    parcels = (
        Shipment("PostNL", "3S1", None, "shipped", AT.replace(day=2)),
        Shipment("DHL", "JV2", None, "shipped", AT.replace(day=4)),
        Shipment(None, None, None, "shipped", AT.replace(day=3)),
    )
    order = connect(magento, replace(ORDER, shipments=parcels)).file("7").orders[0]
    assert order.shipments == parcels
    assert (order.carrier, order.tracking, order.shipped_at) == ("DHL", "JV2", AT.replace(day=4))


def test_open_source_has_no_returns_and_that_is_no_fault(magento: Any) -> None:
    shop = connect(magento)
    assert shop.file("7").orders[0].returns == ()
    assert all(each.good for each in shop.check())
    assert any("kent geen retouren" in each.text for each in shop.check())


def test_returns_of_adobe_commerce_come_with_their_words(magento: Any) -> None:
    shop = connect(magento)
    magento.missing.clear()
    order = magento.tables["orders"][0]
    said = [{"comment": "Gat in de hiel", "admin": False}, {"comment": "Slijtage, helaas", "admin": True}]
    back = {"order_id": order["entity_id"], "date_requested": "2026-09-20 08:00:00", "status": "denied"}
    items = [{"order_item_id": order["items"][0]["item_id"]}]
    magento.table("returns").append(back | {"items": items, "comments": said})
    (given,) = shop.file("7").orders[0].returns
    assert (given.status, given.products, given.reason) == ("denied", ("Sokken",), "Gat in de hiel")
    assert (given.answer, given.at) == ("Slijtage, helaas", datetime(2026, 9, 20, 8, tzinfo=UTC))


def test_a_credit_memo_is_a_refund(magento: Any) -> None:
    back = Refund(AT.replace(day=9), Decimal("9.95"), "Gat")
    assert connect(magento, replace(ORDER, refunds=(back,))).file("7").orders[0].refunds == (back,)


def test_a_card_with_one_product_is_a_card(magento: Any) -> None:
    shop = connect(magento)
    magento.tables["orders"][0]["items"][0]["extension_attributes"] = {"gift_message": {"message": "Gefeliciteerd"}}
    magento.tables["orders"][0]["items"][0]["extension_attributes"]["gw_id"] = "4"
    order = shop.file("7").orders[0]
    assert (order.card_text, order.gift_wrap) == ("Gefeliciteerd", True)


def test_what_was_written_with_an_order_is_an_earlier_contact(magento: Any) -> None:
    shop = connect(magento)
    magento.tables["orders"][0]["customer_note"] = "Graag voor vrijdag, ik ben jarig"
    (contact,) = shop.file("7").contacts
    assert (contact.channel, contact.asked) == ("checkout", "Graag voor vrijdag, ik ben jarig")
    assert (contact.order_number, contact.at) == ("000000011", AT)


def test_an_account_without_an_address_has_that_of_its_newest_order(magento: Any) -> None:
    shop = connect(magento)
    magento.tables["customers"][0]["addresses"] = []
    file = shop.file("7")
    assert (file.customer.address, file.customer.phone) == (HOME, "015-123 45 67")
    assert file.orders[0].ship_to is None


def test_other_places_for_wishes(magento: Any) -> None:
    shop = connect(magento, gift_wrap_key="cadeau", wished_date_key="levering.dag")
    magento.tables["orders"][0] |= {"cadeau": "Nee", "levering": {"dag": "5-12-2026"}}
    order = shop.file("7").orders[0]
    assert (order.gift_wrap, order.wished_date) == (False, date(2026, 12, 5))


def test_several_brands_in_one_magento_do_not_see_each_other(magento: Any) -> None:
    shop = connect(magento, store_ids=["2"], website_ids=["2"])
    assert shop.by_email("anna@voorbeeld.example") == []
    assert shop.by_order("000000011") == []
    magento.tables["orders"][0]["store_id"] = 2
    magento.tables["customers"][0]["website_id"] = 2
    assert [each.id for each in shop.by_email("anna@voorbeeld.example")] == ["7"]
    assert [each.id for each in shop.by_order("000000011")] == ["7"]


def test_a_phone_number_is_found_however_it_was_written(magento: Any) -> None:
    shop = connect(magento)
    (address,) = magento.tables["customers"][0]["addresses"]
    for written in ("015-1234567", "015 12 34 567", "+31 15 123 4567", "0031151234567", "(015) 123.45.67"):
        address["telephone"] = written
        assert [each.id for each in shop.by_phone("+31151234567")] == ["7"], written
    address["telephone"] = "015-12345678"
    assert shop.by_phone("+31151234567") == []


def test_a_name_given_in_another_spelling_is_found(magento: Any) -> None:
    shop = connect(magento)
    magento.tables["customers"][0]["custom_attributes"] = [{"attribute_code": "x_naam", "value": "AnnaBerg"}]
    (found,) = shop.by_handle(["x:annaberg", "x:12"])
    assert found.handles == ("x:annaberg",)
    assert shop.by_handle(["facebook:annaberg"]) == []


def test_a_wrong_attribute_is_named(magento: Any) -> None:
    shop = connect(magento, handle_keys={"x": "x_onbekend"})
    with pytest.raises(Refused, match=r"x_onbekend .*handle_keys"):
        shop.by_handle(["x:anna"])


def test_a_missing_right_is_named(magento: Any) -> None:
    shop = connect(magento)
    magento.denied.add("shipments")
    with pytest.raises(Halted, match="Magento_Sales"):
        shop.file("7")
    (bad,) = (each for each in shop.check() if not each.good)
    assert "zendingen" in bad.text
    assert "access_token" in bad.text


def test_an_order_that_cannot_be_read_does_not_hide_the_others(magento: Any) -> None:
    shop = connect(magento)
    magento.add_order(replace(ORDER, number="000000012"), ANNA, created_at="0000-00-00 00:00:00")
    odd = {"items": {"1": None}, "extension_attributes": [], "billing_address": None}
    magento.add_order(replace(ORDER, number="000000013"), ANNA, **odd)
    assert {each.number for each in shop.file("7").orders} == {"000000011", "000000013"}


@pytest.mark.parametrize("price", [-3, "NaN", None, "1e400", True, 10**12])
def test_an_impossible_price_is_none(magento: Any, price: Any) -> None:
    shop = connect(magento)
    item = magento.tables["orders"][0]["items"][0]
    item["price_incl_tax"] = item["price"] = price
    assert shop.file("7").orders[0].lines[0].price is None


def test_paging_asks_no_page_beyond_the_last(magento: Any) -> None:
    """Magento would give the last page again, and again."""
    orders = tuple(replace(ORDER, number=str(each)) for each in range(20))
    shop = connect(magento, *orders, page_size=10)
    magento.asked.clear()
    assert len(shop.file("7").orders) == 20
    assert sum(each.path.endswith("/orders") for each in magento.asked) == 2


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"access_token": ""}, "access_token"),
        ({"base_url": "http://winkel.example"}, "base_url"),
        ({"base_url": ""}, "base_url"),
        ({"store_code": "../V1"}, "store_code"),
        ({"handle_keys": {"x": "a b"}}, "handle_keys"),
        ({"handle_keys": "x"}, "handle_keys"),
        ({"page_size": 0}, "page_size"),
    ],
)
def test_a_wrong_setting_is_named(magento: Any, changes: dict[str, Any], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        connect(magento, **changes)
