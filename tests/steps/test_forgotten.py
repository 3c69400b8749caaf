"""Who was forgotten stays away: no import and no order system brings them back, and no fingerprint can be read."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from socialwatch.domain.customer import Contact, File
from socialwatch.domain.mention import Author
from socialwatch.steps import bring, forget, line, refresh
from socialwatch.store import copies, customers
from socialwatch.store import forgotten as kept_out
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import contact, customer, forgotten, handle, identity, order
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

MAIL, HANDLE = "z.quispelaer@voorbeeld.example", "x:zwaantjeq"
ME = Author("a1", "zwaantjeq", "Zwaantje Quispelaer", 100)


class Told:
    """A customer of a shop elsewhere who wrote, was linked by the handle she gave, and asked to be forgotten."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.world, self.fakes, self.database = fakes.World(database), fakes, database
        self.world.shop.kind = "woocommerce"
        self.her = fakes.customer("k7", HANDLE, name="Zwaantje Quispelaer", email=MAIL)
        self.bought = fakes.order("SOK-1", "k7", recipient="Tante Olijfje", card_text="Van Zwaantje")
        self.called = Contact("c1", "k7", "phone", fakes.START, asked="Zwaantje belde", brand=fakes.BRAND)
        self.world.shop.customers, self.world.shop.orders = [self.her], [self.bought]
        self.write_in(1)
        self.case = self.world.stored(1).case_id
        self.world.put(forget.job(fakes.BRAND, self.case, "k7"))
        corridor.drain(self.world.parts)

    def write_in(self, number: int) -> None:
        self.world.bring(self.fakes.mention(number, "een klacht", author=ME))
        corridor.drain(self.world.parts)

    def rows(self, table: Any, *conditions: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.fakes.rows(self.database, table, *conditions)
        return found

    def bring(self, *found: Any) -> None:
        now = self.world.clock.now + timedelta(days=1)
        with self.database.write() as unit:
            customers.import_customers(unit, [each for each in found if hasattr(each, "handles")], now)
            customers.import_orders(unit, [each for each in found if hasattr(each, "lines")])
            customers.import_contacts(unit, [each for each in found if hasattr(each, "asked")])


@pytest.fixture
def told(database: Database, fakes: Any) -> Told:
    return Told(database, fakes)


def test_the_next_import_brings_her_orders_without_her(told: Told) -> None:
    neighbour = told.fakes.customer("k8", "x:buurman", name="Buurman Blijft", email="buurman@voorbeeld.example")
    told.bring(told.her, neighbour, told.bought, told.called, replace(told.called, id="c2", customer_id="k8"))
    assert [each["id"] for each in told.rows(customer)] == ["k8"]
    assert [each["handle"] for each in told.rows(handle)] == ["x:buurman"]
    assert [each["id"] for each in told.rows(contact)] == ["c2"]
    (bought,) = told.rows(order)
    assert (bought["customer_id"], bought["recipient"], bought["card_text"]) == ("vergeten", None, None)


def test_under_another_number_she_is_known_by_her_address_and_a_new_account_is_let_in(told: Told) -> None:
    before, after = (told.world.clock.now + timedelta(days=days) for days in (-1, 1))
    again = replace(told.her, id="k99", email=MAIL.upper(), created_at=before)
    told.bring(again, replace(told.bought, customer_id="k99"))
    assert told.rows(customer) == []
    assert told.rows(order)[0]["recipient"] is None
    told.bring(replace(told.her, id="k100", created_at=after))
    assert [each["id"] for each in told.rows(customer)] == ["k100"]


def test_a_file_counts_only_who_came_in(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "klanten.jsonl"
    rows = [{"id": "k7", "name": "Zwaantje Quispelaer", "email": MAIL}, {"id": "k8", "name": "Buurman Blijft"}]
    path.write_text("\n".join(json.dumps(each) for each in rows), encoding="utf-8")
    delivery = bring.Delivery("customers", told.fakes.BRAND, line.first)
    assert bring.run(told.database, delivery, path, told.world.clock.now).kept == 1
    assert [each["id"] for each in told.rows(customer)] == ["k8"]


def test_the_order_system_neither_links_nor_copies_nor_offers_her(told: Told) -> None:
    told.write_in(2)
    post = told.world.stored(2)
    assert post.customer_id is None
    assert told.rows(identity, identity.c.customer_id == "k7") == []
    told.world.put(NewJob(told.fakes.BRAND, "seek", post.case_id, detail={"words": "Zwaantje Quispelaer", "city": ""}))
    told.world.put(refresh.job(told.fakes.BRAND, post.case_id))
    corridor.drain(told.world.parts)
    assert told.rows(identity, identity.c.customer_id == "k7") == []
    assert told.rows(customer) == []


def test_nor_does_a_file_or_a_checkout_that_comes_by_itself(told: Told) -> None:
    now = told.world.clock.now
    with told.database.write() as unit:
        copies.keep(unit, File(told.her, (told.bought,), (told.called,), now), now)
        copies.learn(unit, [told.her], now)
    assert (told.rows(customer), told.rows(handle), told.rows(contact)) == ([], [], [])


def test_another_brand_of_the_same_installation_keeps_its_own_customer(told: Told) -> None:
    told.bring(replace(told.her, brand="mutserij"))
    assert [(each["brand"], each["id"]) for each in told.rows(customer)] == [("mutserij", "k7")]


def test_a_fingerprint_tells_nothing_without_the_key_of_this_installation(told: Told) -> None:
    with told.database.read() as unit:
        mine = set(unit.run(select(forgotten.c.mark)).scalars())
        key = kept_out.secret(unit)
    assert mine == {each for each in kept_out.marks(key, told.her).values() if each}
    assert mine.isdisjoint(kept_out.marks(bytes(32), told.her).values())
    assert len(key) == 32
