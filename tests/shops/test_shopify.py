"""Shopify's own ways: costs, rights, versions, keys for a day, guests, returns and what a shop keeps for itself."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from socialwatch.domain.customer import Address, Customer, Order, OrderLine, Shipment
from socialwatch.domain.freshness import Gleaned
from socialwatch.errors import Halted, Misconfigured, Refused, Unavailable
from socialwatch.plugs import load

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
ANNA = Customer("7", "Anna van den Berg", "anna@voorbeeld.example", address=Address("Laan 1", "1234 AB", "Delft", "NL"))
ORDER = Order("1001", "7", AT, "", (OrderLine("Sokken", 1, "SOK-1", "39-42", Decimal("9.95")),), total=Decimal("9.95"))


@pytest.fixture
def shopify(stands: Any) -> Iterator[Any]:
    made = stands.stand("shopify")
    yield made
    made.stop()


def connect(shopify: Any, orders: tuple[Order, ...] = (ORDER,), **changes: Any) -> Any:
    section = shopify.start() | changes
    shopify.put([ANNA], orders)
    return load("shops", "shopify", {name: value for name, value in section.items() if value is not None})


def test_a_short_wait_for_points_is_waited_for(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.throttled, shopify.points = 1, 670.0  # 30 points short, at 100 a second
    began = time.monotonic()
    assert [each.name for each in shop.by_order("#1001")] == ["Anna van den Berg"]
    assert 0.3 <= time.monotonic() - began < 2
    assert len(shopify.asked) == 2


def test_a_long_wait_for_points_is_told(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.throttled, shopify.points = 9, 100.0
    with pytest.raises(Unavailable) as problem:
        shop.by_order("1001")
    assert problem.value.retry_after == pytest.approx(6.0)
    assert len(shopify.asked) == 1


def test_too_big_a_page_is_made_smaller_and_stays_so(shopify: Any) -> None:
    orders = tuple(replace(ORDER, number=str(1000 + each)) for each in range(7))
    shop = connect(shopify, orders, page_size=5)
    guest = {"customer": None, "email": "gast@voorbeeld.example"}
    for order in shopify.orders:
        order.update(guest)
    shopify.most = 2
    file = shop.file("gast@voorbeeld.example")
    assert len(file.orders) == 7
    assert len(shopify.asked) == 1 + 4  # one that was too much, then four of two


@pytest.mark.parametrize("right", ["read_customers", "read_orders"])
def test_a_missing_right_is_named(shopify: Any, right: str) -> None:
    shop = connect(shopify)
    shopify.rights -= {right, right.replace("read", "write")}
    with pytest.raises(Refused) as problem:
        shop.file("7")
    assert right in str(problem.value)
    assert "access_token" in str(problem.value)
    assert any(right in each.text and not each.good for each in shop.check())


def test_protected_customer_data_is_explained(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.approved = False
    with pytest.raises(Refused, match="beschermde klantgegevens"):
        shop.by_email("anna@voorbeeld.example")
    assert any("Protected customer data" in each.text for each in shop.check())


def test_without_the_right_to_returns_the_rest_still_comes(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.rights.remove("read_returns")
    assert [each.number for each in shop.file("7").orders] == ["1001"]
    shopify.asked.clear()
    shop.file("7")
    assert len(shopify.asked) == 1  # it is not asked in vain again
    assert any("retouren" in each.text and not each.good for each in shop.check())


def test_returns_by_another_name_do_not_hide_the_orders(shopify: Any) -> None:
    """Shopify's returns change from version to version; the rest of an order hardly does."""
    shop = connect(shopify)
    del shopify.orders[0]["returns"]
    assert [each.number for each in shop.file("7").orders] == ["1001"]


def test_old_orders_need_a_right_and_check_says_so(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.rights.remove("read_all_orders")
    (bad,) = (each for each in shop.check() if not each.good)
    assert "60 dagen" in bad.text


def test_a_version_that_is_gone_is_told(shopify: Any) -> None:
    shop = connect(shopify, version="2026-01")
    assert [each for each in shop.check() if not each.good]
    assert "2026-10" in next(each.text for each in shop.check() if not each.good)


def test_a_key_for_a_day_is_fetched_and_fetched_again(shopify: Any) -> None:
    shop = connect(shopify, access_token=None, client_id="klant1", client_secret="shpss_client_geheim")
    shopify.keys = set()
    assert shop.by_order("1001")
    assert shop.by_order("1001")
    shopify.keys = set()  # the day is over
    assert shop.by_order("1001")
    signed_in = [each for each in shopify.asked if each.path == "/admin/oauth/access_token"]
    assert len(signed_in) == 2
    assert "shpss_client_geheim" not in str(vars(shop))


def test_a_wrong_client_secret_is_named(shopify: Any) -> None:
    shop = connect(shopify, access_token=None, client_id="klant1", client_secret="fout")
    with pytest.raises(Halted, match="client_secret"):
        shop.by_order("1001")


def test_who_is_no_customer_is_known_by_the_address(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.add_order(replace(ORDER, number="1002"), ANNA, customer=None, email="Gast@voorbeeld.example")
    (guest,) = shop.by_email("gast@voorbeeld.example")
    assert (guest.id, guest.name) == ("gast@voorbeeld.example", "Anna van den Berg")
    assert [each.id for each in shop.by_order("1002")] == [guest.id]
    file = shop.file(guest.id)
    assert [each.number for each in file.orders] == ["1002"]
    assert file.customer == guest
    assert [each.number for each in shop.file("7").orders] == ["1001"]


def test_names_of_orders_with_letters_are_found_as_they_are(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.add_order(ORDER, ANNA, name="NL-1001-A")
    assert [each.name for each in shop.by_order("nl-1001-a")] == ["Anna van den Berg"]
    assert shop.by_order("NL-1001") == []


def test_a_return_tells_why_and_what_was_answered(shopify: Any) -> None:
    shop = connect(shopify)
    line = {"__typename": "ReturnLineItem", "customerNote": "Gat na drie weken", "returnReasonNote": None}
    line |= {"returnReasonDefinition": {"name": "Defect"}}
    line |= {"fulfillmentLineItem": {"lineItem": {"title": "Sokken"}}}
    decline = {"reason": "OTHER", "note": "Slijtage valt niet onder de garantie."}
    back = {"createdAt": "2026-09-20T08:00:00Z", "status": "DECLINED", "decline": decline}
    shopify.orders[0]["came_back"] = [back | {"returnLineItems": lambda first: {"nodes": [line]}}]
    (given,) = shop.file("7").orders[0].returns
    assert (given.status, given.products, given.reason) == ("declined", ("Sokken",), "Gat na drie weken")
    assert given.answer == "Slijtage valt niet onder de garantie."


def test_all_lines_of_a_long_order_come(shopify: Any) -> None:
    lines = tuple(replace(ORDER.lines[0], sku=f"SOK-{each}") for each in range(130))
    file = connect(shopify, (replace(ORDER, lines=lines),)).file("7")
    assert [each.sku for each in file.orders[0].lines] == [f"SOK-{each}" for each in range(130)]


@pytest.mark.parametrize(
    ("said", "status"),
    [("UNFULFILLED", "processing"), ("ON_HOLD", "on-hold"), ("FULFILLED", "shipped"), ("NIEUW_WOORD", "nieuw_woord")],
)
def test_states_the_desk_knows_and_words_of_shopify(shopify: Any, said: str, status: str) -> None:
    shop = connect(shopify)
    shopify.orders[0]["displayFulfillmentStatus"] = said
    assert shop.file("7").orders[0].status == status


def test_a_parcel_is_delivered_when_all_are(shopify: Any) -> None:
    parcels = tuple(
        Shipment("PostNL", f"3S{each}", None, "delivered", AT, AT.replace(day=2 + each)) for each in range(2)
    )
    file = connect(shopify, (replace(ORDER, shipments=parcels),)).file("7")
    assert file.orders[0].status == "delivered"
    assert {each.delivered_at for each in file.orders[0].shipments} == {AT.replace(day=2), AT.replace(day=3)}


def test_a_link_that_is_no_web_address_is_no_link(shopify: Any) -> None:
    parcel = Shipment("PostNL", "3S1", "javascript:alert(1)", "shipped", AT)
    file = connect(shopify, (replace(ORDER, shipments=(parcel,)),)).file("7")
    assert file.orders[0].shipments[0].url is None


def test_the_amount_is_what_the_customer_paid_in(shopify: Any) -> None:
    order = connect(shopify, (replace(ORDER, currency="GBP", total=Decimal("8.49")),)).file("7").orders[0]
    assert (order.total, order.currency) == (Decimal("8.49"), "GBP")


def test_prices_without_vat_are_not_given_as_prices_with_it(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.orders[0]["taxesIncluded"] = False
    assert shop.file("7").orders[0].lines[0].price is None


def test_a_name_given_at_the_checkout_comes_with_the_file(shopify: Any) -> None:
    shop = connect(shopify, handle_keys={"x": "X-naam"})
    shopify.orders[0]["customAttributes"] = [{"key": "x-naam", "value": "https://x.com/AnnaBerg"}]
    assert shop.file("7").customer.handles == ("x:annaberg",)
    assert shop.by_handle(["x:annaberg"]) == []


def test_names_given_at_the_checkout_are_gleaned_from_changed_orders(shopify: Any) -> None:
    orders = tuple(replace(ORDER, number=str(1000 + each), ordered_at=AT + timedelta(hours=each)) for each in range(70))
    shop = connect(shopify, orders, handle_keys={"x": "X-naam"})
    for order in (shopify.orders[0], shopify.orders[5]):
        order["customAttributes"] = [{"key": "X-naam", "value": f"@anna{order['name'][-1]}"}]
    guest = {"customer": None, "email": "gast@voorbeeld.example"}
    shopify.orders[6] |= guest | {"customAttributes": [{"key": "X-naam", "value": "gast"}]}
    assert isinstance(shop, Gleaned)
    found = {each.id: each.handles for each in shop.glean(AT + timedelta(hours=1))}
    assert found == {"7": ("x:anna5",), "gast@voorbeeld.example": ("x:gast",)}
    assert {each.handles for each in shop.glean(AT)} == {("x:anna5", "x:anna0"), ("x:gast",)}


def test_who_was_gleaned_before_is_found_in_our_copy(shopify: Any) -> None:
    class Book:
        def by_handle(self, handles: Any) -> list[Customer]:
            return [replace(ANNA, handles=("x:anna",))] if "x:anna" in handles else []

    shop = connect(shopify, handle_keys={"x": "X-naam"}, book=Book())
    assert [each.id for each in shop.by_handle(["x:anna", "x:12"])] == ["7"]
    assert shop.by_handle(["x:niemand"]) == []
    assert shopify.asked == []


def test_nothing_is_gleaned_where_names_can_be_searched(shopify: Any) -> None:
    shop = connect(shopify)
    assert shop.glean(AT) == []
    assert shopify.asked == []


def test_who_has_no_address_has_that_of_the_newest_order(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.customers[0]["defaultAddress"] = None
    file = shop.file("7")
    assert file.customer.address == ANNA.address
    assert file.orders[0].ship_to is None


def test_a_wish_in_the_form_of_a_product_is_seen(shopify: Any) -> None:
    shop = connect(shopify)
    (line,) = shopify.orders[0]["lineItems"](first=10)["nodes"]
    line["customAttributes"] = [{"key": "bezorgdatum", "value": "vóór 5-12-2026 graag"}]
    assert shop.file("7").orders[0].wished_date == date(2026, 12, 5)


def test_an_order_that_cannot_be_read_does_not_hide_the_others(shopify: Any) -> None:
    shop = connect(shopify)
    shopify.add_order(replace(ORDER, number="1002"), ANNA, createdAt="gisteren")
    shopify.add_order(replace(ORDER, number="1003"), ANNA, totalPriceSet=None)
    assert [each.number for each in shop.file("7").orders] == ["1001", "1003"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"access_token": ""}, "access_token"),
        ({"access_token": None, "client_id": "x"}, "client_secret"),
        ({"base_url": "http://winkel.example"}, "base_url"),
        ({"version": "2025-07"}, "version"),
        ({"version": "latest"}, "version"),
        ({"handle_keys": {"x": 'custom.x") { id } #'}}, "metaveld"),
        ({"carries": ["voucher"]}, "carries"),
    ],
)
def test_a_wrong_setting_is_named(shopify: Any, changes: dict[str, Any], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        connect(shopify, **changes)
