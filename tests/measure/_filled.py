"""A database full of volume, for what is measured: rows straight into the tables, as an import and a year of routing
would have left them.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, event, insert, text

from socialwatch.domain.identity import name_key
from socialwatch.playground import volume
from socialwatch.playground.volume import Row, Volume
from socialwatch.store import statistics
from socialwatch.store.tables import (
    assessment,
    case,
    contact,
    customer,
    handle,
    hazard,
    identity,
    line,
    mention,
    order,
    order_line,
)
from socialwatch.store.unit import Database
from tests.measure import _read

AT_ONCE = 20_000
JOINS = 5  # of the mentions that open no case one in so many comes into one that is there
NO_WORDS = {"shipments": None, "returns": None, "refunds": None, "ship_to": None, "total_cents": None}


def fill(database: Database, size: Volume) -> None:
    """All of it. What would be lost when the machine stops is made again."""
    if not database.postgresql:
        database._writer.dispose()  # what is open already would go on being careful
        event.listen(database._writer, "connect", _careless)
    for brand in size.brands:
        _fill(database, customer, (_customer(each, brand) for each in volume.customers(size, brand)))
        _fill(database, handle, _handles(size, brand))
        _fill(database, order, (_order(each, brand) for each in volume.orders(size, brand)))
        _fill(database, order_line, _lines(size, brand))
        _fill(database, contact, (_contact(each, brand) for each in volume.contacts(size, brand)))
        before = sum(size.share(size.mentions, each) for each in size.brands[: size.brands.index(brand)])
        opened = list(volume.cases(size, brand))
        _fill(database, case, (_case(each, brand, before) for each in opened))
        told = volume.mentions(size, brand)
        _fill(database, mention, (_mention(each, brand, before, len(opened)) for each in told))
        _fill(database, assessment, _read.readings(size, brand, before, size.until))
        _fill(database, hazard, _read.likely(_read.readings(size, brand, before, size.until)))
        _fill(database, line, _thread(opened, brand, before, size.share(size.mentions, brand)))
        _fill(database, identity, (_identity(each, brand, before) for each in opened if each["customer_id"]))
    if database.postgresql:
        _number_on(database)
    else:
        event.remove(database._writer, "connect", _careless)
        database._writer.dispose()
    with database.write() as unit:
        statistics.renew(unit)  # as after an import, and from then on every ten minutes


def _careless(connection: Any, _: object) -> None:
    for pragma in ("synchronous=OFF", "cache_size=-800000", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _number_on(database: Database) -> None:
    """PostgreSQL numbers rows by a counter that does not see what was put in with a number."""
    with database.write() as unit:
        for each in ("case", "mention"):
            last = f"SELECT setval(pg_get_serial_sequence('\"{each}\"', 'id'), (SELECT max(id) FROM \"{each}\"))"
            unit.run(text(last))


def _fill(database: Database, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while chunk := list(islice(waiting, AT_ONCE)):
        with database.write() as unit:
            unit.run(insert(table), chunk)


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _customer(row: Row, brand: str) -> dict[str, Any]:
    plain = {name: value for name, value in row.items() if name != "handles"}
    keys = {"phone_key": f"+31{row['phone'][1:]}" if row["phone"] else None, "name_key": name_key(row["name"])}
    return plain | keys | {"brand": brand, "created_at": _moment(row["created_at"]), "imported_at": datetime.now(UTC)}


def _handles(size: Volume, brand: str) -> Iterator[dict[str, Any]]:
    for each in volume.customers(size, brand):
        if each["handles"]:
            yield {"brand": brand, "customer_id": each["id"], "handle": each["handles"]}


def _order(row: Row, brand: str) -> dict[str, Any]:
    at = _moment(row["ordered_at"])
    found = {name: row.get(name) for name in ("number", "customer_id", "status", "currency", "carrier", "tracking")}
    wished = row.get("wished_date")
    return (
        NO_WORDS
        | found
        | {
            "brand": brand,
            "ordered_at": at,
            "shipped_at": at + timedelta(hours=20),
            "delivered_at": at + timedelta(hours=44),
            "gift_wrap": bool(row.get("gift_wrap")),
            "card_text": row.get("card_text"),
            "wished_date": date.fromisoformat(wished) if wished else None,
            "recipient": row.get("recipient"),
        }
    )


def _lines(size: Volume, brand: str) -> Iterator[dict[str, Any]]:
    for each in volume.orders(size, brand):
        for place, bought in enumerate(each["lines"]):
            cents = int(float(bought["price"]) * 100)
            yield {
                "brand": brand,
                "number": each["number"],
                "position": place,
                "product": bought["product"],
                "sku": bought["sku"],
                "size": bought["size"],
                "quantity": bought["quantity"],
                "price_cents": cents,
                "warranty_until": date.fromisoformat(bought["warranty_until"]),
            }


def _contact(row: Row, brand: str) -> dict[str, Any]:
    return row | {"brand": brand, "at": _moment(row["at"]), "typed": None, "order_number": None}


def _case(row: Row, brand: str, before: int) -> dict[str, Any]:
    opened = _moment(row["opened_at"])
    return {
        "id": before + row["mention"],
        "brand": brand,
        "title": row["title"][:200],
        "channel": "x",
        "customer_id": row["customer_id"],
        "state": "closed" if row["closed_at"] else "open",
        "opened_at": opened,
        "last_at": opened,
        "closed_at": _moment(row["closed_at"]) if row["closed_at"] else None,
        "frustration": row["frustration"],
        "risk": 0.1,
        "level": 1,
        "needs_human": False,
        "static": row["frustration"],
        "reasons": [],
        "rank": row["frustration"],
        "language": "nl",
    }


def _mention(row: Row, brand: str, before: int, opened: int) -> dict[str, Any]:
    at, author = _moment(row["created_at"]), row["author"]
    place = int(row["id"][1:])
    into = _joins(place, opened)
    return {
        "id": before + place,
        "brand": brand,
        "channel": row["channel"],
        "native_id": row["id"],
        "version_id": row["id"],
        "text": row["text"],
        "created_at": at,
        "received_at": at,
        "author_id": author["id"],
        "author_handle": author["handle"],
        "author_name": author["name"],
        "followers": author["followers"],
        "own": False,
        "repost": False,
        "may_train": False,
        "can_reply": True,
        "audience": "public",
        "state": "joined" if into else "dismissed",
        "dismissed": None if into else "news",
        "case_id": before + into if into else None,
    }


def _joins(place: int, opened: int) -> int | None:
    """Of the mention at this place of its brand the place of the case it is in, from 1; None when it is in none."""
    if place <= opened:
        return place
    return place * 7919 % opened + 1 if opened and place % JOINS == 0 else None


def _thread(opened: list[Row], brand: str, before: int, said: int) -> Iterator[dict[str, Any]]:
    """The lines of all cases of a brand: what customers said, and that it was closed."""
    plain = {"brand": brand, "audience": "public", "detail": {}}
    for place in range(1, said + 1):
        into = _joins(place, len(opened))
        if into is not None:
            at = _moment(opened[into - 1]["opened_at"])
            yield plain | {"kind": "mention", "case_id": before + into, "mention_id": before + place, "at": at}
    for place, each in enumerate(opened, 1):
        if each["closed_at"]:
            at = _moment(each["closed_at"])
            yield plain | {"kind": "closed", "case_id": before + place, "mention_id": None, "at": at}


def _identity(row: Row, brand: str, before: int) -> dict[str, Any]:
    return {
        "brand": brand,
        "channel": "x",
        "author_id": f"a-iemand_{row['mention']}",
        "mention_id": before + row["mention"],
        "customer_id": row["customer_id"],
        "basis": "order_number",
        "confidence": 0.97,
        "offered": False,
        "at": _moment(row["opened_at"]),
    }
