"""A webshop's own database, mapped by queries: another's tables in a SQLite file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    create_engine,
    insert,
)

from socialwatch.domain.customer import Address, Customer, Order
from socialwatch.store.unit import Database

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MONEY = Numeric(10, 2)
metadata = MetaData()
klant = Table(
    "klant",
    metadata,
    Column("nr", Integer, primary_key=True),
    *(Column(name, Text) for name in ("naam", "mail", "tel", "straat", "postcode", "plaats", "land", "x_naam")),
    Column("sinds", DateTime(timezone=True)),
)
bestelling = Table(
    "bestelling",
    metadata,
    Column("nummer", Text, primary_key=True),
    Column("klant", Integer, nullable=False),
    Column("op", DateTime(timezone=True), nullable=False),
    Column("inpakken", Boolean),
    Column("wens", Date),
    Column("totaal", MONEY),
    Column("verzonden", DateTime(timezone=True)),
    *(Column(name, Text) for name in ("stand", "munt", "kaartje", "naar", "vervoerder", "code")),
    *(Column(name, Text) for name in ("naar_straat", "naar_postcode", "naar_plaats", "naar_land")),
)
regel = Table(
    "regel",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bestelling", Text, nullable=False),
    Column("aantal", Integer, nullable=False),
    Column("prijs", MONEY),
    *(Column(name, Text) for name in ("product", "artikel", "maat")),
)
pakket = Table(
    "pakket",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bestelling", Text, nullable=False),
    Column("verzonden", DateTime(timezone=True)),
    *(Column(name, Text) for name in ("vervoerder", "code", "volgen", "stand")),
)
terug = Table(
    "terug",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bestelling", Text, nullable=False),
    Column("op", DateTime(timezone=True), nullable=False),
    Column("bedrag", MONEY, nullable=False),
    Column("waarom", Text),
)
WHO = """SELECT nr AS id, naam AS name, mail AS email, tel AS phone, straat AS street, postcode, plaats AS city,
 land AS country, x_naam AS handles, sinds AS created_at FROM klant"""
QUERIES = {
    "customer": f"{WHO} WHERE nr = :customer_id",
    "by_handle": f"{WHO} WHERE lower(x_naam) IN :handles",
    "by_order": "SELECT klant AS id FROM bestelling WHERE nummer = :number",
    "by_email": f"{WHO} WHERE lower(mail) = :email",
    "by_phone": f"{WHO} WHERE replace(tel, ' ', '') IN (:phone, :national)",
    "by_name": f"{WHO} WHERE replace(lower(naam), :surname, '') <> lower(naam) ORDER BY nr LIMIT 50",
    "orders": """SELECT nummer AS number, op AS ordered_at, stand AS status, munt AS currency, totaal AS total,
 inpakken AS gift_wrap, kaartje AS card_text, wens AS wished_date, naar AS recipient, vervoerder AS carrier,
 code AS tracking, verzonden AS shipped_at, naar_straat AS ship_to_street, naar_postcode AS ship_to_postcode,
 naar_plaats AS ship_to_city, naar_land AS ship_to_country FROM bestelling
 WHERE klant = :customer_id ORDER BY op DESC LIMIT 50""",
    "lines": """SELECT bestelling AS number, product, artikel AS sku, maat AS size, aantal AS quantity, prijs AS price
 FROM regel WHERE bestelling IN :numbers ORDER BY id""",
    "shipments": """SELECT bestelling AS number, vervoerder AS carrier, code AS tracking, volgen AS url,
 stand AS status, verzonden AS shipped_at FROM pakket WHERE bestelling IN :numbers ORDER BY id""",
    "refunds": """SELECT bestelling AS number, op AS at, bedrag AS amount, waarom AS reason FROM terug
 WHERE bestelling IN :numbers ORDER BY id""",
}


class Stand:
    kind = "sql"
    secrets = ()
    remote: ClassVar[bool] = False
    lacks: ClassVar[frozenset[str]] = frozenset()
    setting: ClassVar[str] = ""

    def __init__(self, database: Database, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'winkel.sqlite'}"

    def start(self) -> dict[str, Any]:
        self._engine = create_engine(self.url)
        metadata.create_all(self._engine)
        book = SimpleNamespace(clock=lambda: NOW)
        return {"brand": "sokkerij", "url": self.url, "queries": QUERIES, "timezone": "UTC", "book": book}

    def stop(self) -> None:
        self._engine.dispose()

    def put(self, customers: Sequence[Customer], orders: Sequence[Order]) -> None:
        rows = {
            klant: [_person(each) for each in customers],
            bestelling: [_order(each) for each in orders],
            regel: [_line(one, place) for one in orders for place in range(len(one.lines))],
            pakket: [_parcel(one, place) for one in orders for place in range(len(one.shipments))],
            terug: [_back(one, place) for one in orders for place in range(len(one.refunds))],
        }
        with self._engine.begin() as connection:
            for table, new in rows.items():
                connection.execute(insert(table), new)


def _person(each: Customer) -> dict[str, Any]:
    return {
        "nr": int(each.id),
        "naam": each.name,
        "mail": each.email,
        "tel": each.phone,
        "x_naam": next(iter(each.handles), None),
        "sinds": each.created_at,
        **_place(each.address, ""),
    }


def _place(given: Address, before: str) -> dict[str, Any]:
    named = {"straat": given.street, "postcode": given.postcode, "plaats": given.city, "land": given.country}
    return {f"{before}{name}": value for name, value in named.items()}


def _order(one: Order) -> dict[str, Any]:
    return {
        "nummer": one.number,
        "klant": int(one.customer_id),
        "op": one.ordered_at,
        "stand": one.status,
        "munt": one.currency,
        "inpakken": one.gift_wrap,
        "kaartje": one.card_text,
        "wens": one.wished_date,
        "naar": one.recipient,
        "vervoerder": one.carrier,
        "code": one.tracking,
        "verzonden": one.shipped_at,
        "totaal": one.total,
        **_place(one.ship_to or Address(), "naar_"),
    }


def _line(one: Order, place: int) -> dict[str, Any]:
    line = one.lines[place]
    row = {"id": int(one.number) * 10 + place, "bestelling": one.number, "product": line.product}
    return row | {"artikel": line.sku, "maat": line.size, "aantal": line.quantity, "prijs": line.price}


def _parcel(one: Order, place: int) -> dict[str, Any]:
    sent = one.shipments[place]
    row = {"id": int(one.number) * 10 + place, "bestelling": one.number, "verzonden": sent.shipped_at}
    return row | {"vervoerder": sent.carrier, "code": sent.tracking, "volgen": sent.url, "stand": sent.status}


def _back(one: Order, place: int) -> dict[str, Any]:
    back = one.refunds[place]
    row = {"id": int(one.number) * 10 + place, "bestelling": one.number, "op": back.at}
    return row | {"bedrag": back.amount, "waarom": back.reason}
