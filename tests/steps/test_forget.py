"""Forget: nothing that names the customer is left in any column, what happened stays, and nobody else is touched."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.customer import Address, Contact, Return, Shipment
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mention import Author
from socialwatch.steps import forget
from socialwatch.store import aside, cases, customers, gestures, promises, replies
from socialwatch.store.gestures import Draft
from socialwatch.store.promises import Promise
from socialwatch.store.tables import case, contact, customer, gesture, identity, line, mention, metadata, order, reply
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

NAME, MAIL, PHONE = "Zwaantje Quispelaer", "z.quispelaer@voorbeeld.example", "+31612349876"
STREET, POSTCODE, HANDLE = "Kwikstaartdreef 7", "9876 ZQ", "zwaantjeq"
SPOKEN = "0612349876"
SECRETS = ("zwaantje", "quispelaer", PHONE, SPOKEN, "kwikstaartdreef", POSTCODE.lower(), HANDLE, "tante olijfje")


class Told:
    """One customer who is known everywhere, and a neighbour with the same town who must not notice anything."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.world, self.fakes = fakes.World(database), fakes
        self.world.freek = self.world.colleague()
        address = Address(STREET, POSTCODE, "Ons Dorp", "NL")
        her = fakes.customer("k7", HANDLE, name=NAME, email=MAIL, phone=PHONE, address=address)
        him = fakes.customer("k8", "buurman", name="Buurman Blijft", email="buurman@voorbeeld.example")
        gift = {"recipient": "Tante Olijfje", "card_text": "Van je nicht Zwaantje", "ship_to": address}
        sent = (Shipment("PostNL", "3SZQ1", f"https://post.example/3SZQ1/{POSTCODE}", "delivered"),)
        back = (Return(fakes.START, "refused", reason="Quispelaer zegt: gat"),)
        hers = fakes.order("SOK-1", "k7", tracking="3SZQ1", shipments=sent, returns=back, **gift)
        call = Contact("c1", "k7", "phone", fakes.START, asked=f"{NAME} belde vanaf {SPOKEN}", brand=fakes.BRAND)
        with database.write() as unit:
            customers.import_customers(unit, [her, him], fakes.START)
            customers.import_orders(unit, [hers, fakes.order("SOK-2", "k8", recipient="Opa Blijft")])
            customers.import_contacts(unit, [call])
        self.world.shop.customers = [her, him]
        self.cases = self._write_in()
        self._write_about()

    def _write_in(self) -> list[int]:
        """A mail and, in another dossier, a private message; the neighbour posts in public."""
        author = Author(MAIL, MAIL, NAME)
        text = f"Klacht: bestelling SOK-1. Groet, {NAME}, {STREET}, {POSTCODE}, {SPOKEN}"
        told = {"audience": "private", "author": Author(HANDLE, HANDLE, NAME), "conversation_id": f"dm-{HANDLE}"}
        brought = self.world.bring(
            self.fakes.mention(f"<1.{MAIL}>", text, channel="facebook", audience="private", author=author),
            self.fakes.mention("dm1", f"klacht, {SPOKEN}", created_at=self.fakes.START + timedelta(days=30), **told),
            self.fakes.mention("n1", "klacht over mijn muts", author=Author("b", "buurman", "Buurman Blijft")),
        )
        corridor.drain(self.world.parts)
        with self.world.database.write() as unit:
            found = {row.id: row.case_id for row in unit.run(select(mention.c.id, mention.c.case_id))}
            numbers = [found[each] for each in brought]
            unit.run(case.update().where(case.c.id.in_(numbers[:2])).values(customer_id="k7"))
            unit.run(mention.update().where(mention.c.id.in_(brought[:2])).values(customer_id="k7"))
        return numbers

    def _write_about(self) -> None:
        """Whatever agents write in a dossier."""
        number, freek, now = self.cases[0], self.world.freek, self.world.clock.now
        first = self.world.stored(f"<1.{MAIL}>", "facebook").id
        with self.world.database.write() as unit:
            for kind, detail in (
                (LineKind.NOTE, {"text": f"{NAME} gebeld op {SPOKEN}"}),
                (LineKind.LINKED, {"customer": "k7", "basis": "order"}),
                (LineKind.ASSIGNED, {"by": freek.id, "note": "Zwaantje wil teruggebeld worden"}),
            ):
                cases.write(unit, number, Line(kind, now, agent_id=freek.id, detail=detail))
            draft = Draft(
                self.fakes.BRAND, number, freek.id, Kind.FLOWERS, "klik-0001", f"bloemen naar {STREET}", Decimal(5)
            )
            given = gestures.record(unit, draft, gestures.GestureState.DONE, now)
            gestures.note(unit, given, "given", freek.id, now)
            words = Promise(
                0, self.fakes.BRAND, number, freek.id, None, "Zwaantje bellen", now, now + timedelta(hours=1)
            )
            promises.make(unit, words)
            aside.put(unit, self.fakes.BRAND, number, aside.Done("retour eerst", "Quispelaer kan niet wachten"), now)
            mine = replies.Draft(
                self.fakes.BRAND,
                number,
                first,
                freek.id,
                f"Dag Zwaantje, we sturen het naar {STREET}.",
                "a1",
                "private",
            )
            replies.prepare(unit, mine, now)

    def forget(self, number: int, customer_id: str | None = "k7") -> None:
        self.world.put(forget.job(self.fakes.BRAND, number, customer_id))
        corridor.drain(self.world.parts)

    def rows(self, table: Any, *conditions: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.fakes.rows(self.world.database, table, *conditions)
        return found


@pytest.fixture
def told(database: Database, fakes: Any) -> Told:
    return Told(database, fakes)


def everything(database: Database) -> str:
    """Every value of every column of every table."""
    with database.read() as unit:
        rows = [(table.name, *row) for table in metadata.sorted_tables for row in unit.run(select(table))]
    return "\n".join(str(row) for row in rows).lower()


def test_nothing_that_names_her_is_left_in_any_column(told: Told) -> None:
    before = everything(told.world.database)
    assert [each for each in SECRETS if each not in before] == [], "the test plants all of it"
    told.forget(told.cases[0])
    after = everything(told.world.database)
    assert [each for each in SECRETS if each in after] == []


def test_nothing_is_left_in_the_file_either(sqlite: Database, fakes: Any) -> None:
    """Deleted is overwritten, not only marked as free. PostgreSQL does that by itself, when it vacuums."""
    told = Told(sqlite, fakes)
    told.forget(told.cases[0])
    sqlite.close()
    stem = Path(str(sqlite.url.database))
    left = b"".join(each.read_bytes() for each in stem.parent.glob(f"{stem.name}*")).lower()
    assert b"vergeten klant" in left
    assert [each for each in SECRETS if each.encode() in left] == []


def test_what_happened_stays_without_a_person(told: Told) -> None:
    told.forget(told.cases[1])  # from whichever of her dossiers it is asked
    (bought,) = told.rows(order, order.c.number == "SOK-1")
    assert (bought["customer_id"], bought["recipient"], bought["ship_to"], bought["status"]) == (
        "vergeten",
        None,
        None,
        "delivered",
    )
    (given,) = told.rows(gesture)
    assert (given["kind"], given["cost_cents"], given["what"]) == ("flowers", 500, "")
    (said,) = told.rows(reply)
    assert (said["text"], said["case_id"]) == ("", told.cases[0])
    for number in told.cases[:2]:
        (known,) = told.rows(case, case.c.id == number)
        assert (known["title"], known["customer_id"]) == ("Vergeten klant", None)
        assert {"text": forget.DONE} in [each["detail"] for each in told.rows(line, line.c.case_id == number)]
    kinds = [each["kind"] for each in told.rows(line, line.c.case_id == told.cases[0])]
    assert {"opened", "mention", "note", "linked", "assigned", "gesture"} <= set(kinds)
    assert all(
        re.fullmatch(r"vergeten-[0-9a-f]{40}|dm1", each["native_id"])
        for each in told.rows(mention, mention.c.case_id.in_(told.cases[:2]))
    )


def test_the_neighbour_notices_nothing(told: Told) -> None:
    def his() -> list[Any]:
        return [
            told.rows(customer, customer.c.id == "k8"),
            told.rows(order, order.c.customer_id == "k8"),
            told.rows(mention, mention.c.case_id == told.cases[2]),
            told.rows(case, case.c.id == told.cases[2]),
            told.rows(line, line.c.case_id == told.cases[2]),
            told.rows(identity, identity.c.customer_id == "k8"),
        ]

    before = his()
    told.forget(told.cases[0])
    assert his() == before


def test_what_stands_in_public_follows_its_platform(told: Told) -> None:
    """Her post on X stays hers to delete; that we know whose it is, does not stay."""
    told.world.bring(told.fakes.mention("p1", "klacht op straat", author=Author(HANDLE, HANDLE, NAME)))
    corridor.drain(told.world.parts)
    told.forget(told.cases[0])
    (post,) = told.rows(mention, mention.c.native_id == "p1")
    assert (post["text"], post["author_name"], post["customer_id"]) == ("klacht op straat", NAME, None)
    assert told.rows(identity, identity.c.customer_id == "k7") == []


def test_twice_is_once_and_another_customer_by_now_is_not_forgotten(told: Told) -> None:
    told.forget(told.cases[2], "k7")  # the page showed her, but the dossier is the neighbour's
    assert [each["id"] for each in told.rows(customer)] == ["k7", "k8"]
    assert {"text": forget.OTHERWISE} in [each["detail"] for each in told.rows(line)]
    told.forget(told.cases[0])
    lines = len(told.rows(line, line.c.case_id == told.cases[1]))
    told.forget(told.cases[0], None)
    assert [each["id"] for each in told.rows(customer)] == ["k8"]
    assert len(told.rows(line, line.c.case_id == told.cases[1])) == lines


def test_without_a_customer_the_letters_of_the_dossier_are_forgotten(told: Told) -> None:
    with told.world.database.write() as unit:
        unit.run(case.update().values(customer_id=None))
        unit.run(mention.update().values(customer_id=None))
    told.forget(told.cases[0], None)
    assert [each["text"] for each in told.rows(mention, mention.c.case_id == told.cases[0])] == [""]
    assert told.rows(contact) != [], "who she is in the order system, nobody said"
