"""Volume: as many customers, orders, contacts, mentions and cases as you like, of several brands over one year.

The same seed gives the same rows, in any order of asking. Rows are those of `socialwatch import`; nobody in them
exists.
`python -m socialwatch.playground.volume FOLDER` writes them as files.
"""

import argparse
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from socialwatch.playground import volume_words as words

Row = dict[str, Any]
YEAR = 365 * 24 * 3600  # seconds
BIG_BUYERS = 10  # they place one order in a thousand
ODD_ONE_OUT = 1000


@dataclass(frozen=True, slots=True)
class Volume:
    """How much of everything, over all brands together. `lines` are order lines, two and a half per order."""

    seed: int = 1
    brands: tuple[str, ...] = ("sokkerij", "lampenlab", "fietsatelier")
    customers: int = 1000
    lines: int = 5000
    contacts: int = 300
    mentions: int = 500
    cases: int = 300
    until: datetime = datetime(2026, 11, 22, tzinfo=UTC)

    @property
    def orders(self) -> int:
        return self.lines * 2 // 5

    def share(self, total: int, brand: str) -> int:
        """The part of a total that is this brand's; the first brands take what is left over."""
        each, left = divmod(total, len(self.brands))
        return each + (self.brands.index(brand) < left)


def customers(volume: Volume, brand: str) -> Iterator[Row]:
    pick = _dice(volume, "customers", brand)
    for number in range(1, volume.share(volume.customers, brand) + 1):
        first, last = _one(pick, words.FIRST), _one(pick, words.LAST)
        city = _one(pick, words.CITIES)
        yield {
            "id": customer_id(number),
            "name": f"{first} {last}",
            "email": f"klant{number if pick.random() > 0.01 else number - 1}@mail.example",
            "phone": f"06{10_000_000 + number:08d}" if pick.random() < 0.7 else None,
            "street": f"{_one(pick, words.STREETS)} {int(pick.random() * 300) + 1}",
            "postcode": f"{1000 + int(pick.random() * 8999)} AB",
            "city": city,
            "country": "BE" if city in words.FLEMISH else "NL",
            "language": "nl-BE" if city in words.FLEMISH else "nl",
            "handles": f"x:{handle(brand, number)}" if number % 4 == 0 else "",
            "created_at": _moment(volume, pick),
        }


def customer_id(number: int) -> str:
    return f"K-{number:07d}"


def handle(brand: str, number: int) -> str:
    """The name on X of a customer; one in four gave it."""
    return f"{brand[:4]}_{number}"


def order_number(brand: str, number: int) -> str:
    return f"{brand[:2].upper()}-{1_000_000 + number}"


def orders(volume: Volume, brand: str) -> Iterator[Row]:
    """Each with one to four lines; together exactly the brand's share of the lines."""
    pick = _dice(volume, "orders", brand)
    owners, left = volume.share(volume.customers, brand), volume.share(volume.lines, brand)
    count = volume.share(volume.orders, brand) if owners else 0
    for number in range(1, count + 1):
        most = min(4, left - (count - number))
        here = left if number == count else min(most, 1 + int(pick.random() * 4))
        left -= here
        yield _order(volume, pick, order_number(brand, number), (int(pick.random() * owners) + 1, here))


def _order(volume: Volume, pick: Random, number: str, of: tuple[int, int]) -> Row:
    owner, count = of
    if pick.random() < 1 / ODD_ONE_OUT:
        owner = min(owner, 1 + int(pick.random() * BIG_BUYERS))
    at = _when(volume, pick)
    lines = [_line(pick, at) for _ in range(count)]
    row = {
        "number": number,
        "customer_id": customer_id(owner),
        "ordered_at": at.isoformat(),
        "status": "delivered",
        "currency": "EUR",
        "carrier": "PakSnel",
        "tracking": f"PS{int(pick.random() * 10**9):09d}NL",
        "shipped_at": (at + timedelta(hours=20)).isoformat(),
        "delivered_at": (at + timedelta(hours=44)).isoformat(),
        "lines": lines,
    }
    return row | _trimmings(pick, at) if pick.random() < 0.1 else row


def _trimmings(pick: Random, at: datetime) -> Row:
    """What one order in ten has besides: a present, a return, money back."""
    found: Row = {}
    if pick.random() < 0.6:
        found |= {"gift_wrap": True, "card_text": "Gefeliciteerd", "recipient": _one(pick, words.FIRST)}
        found["wished_date"] = (at + timedelta(days=3)).date().isoformat()
    if pick.random() < 0.5:
        back = (at + timedelta(days=9)).isoformat()
        found["returns"] = [{"at": back, "status": "refused", "reason": "gat", "answer": "slijtage"}]
        found["refunds"] = [{"at": back, "amount": "4.95", "reason": "porto"}]
    return found


def _line(pick: Random, at: datetime) -> Row:
    name, sku, price = _one(pick, words.PRODUCTS)
    return {
        "product": name,
        "sku": sku,
        "size": _one(pick, words.SIZES),
        "quantity": 1 + int(pick.random() * 3),
        "price": price,
        "warranty_until": f"{at.year + 2}-{at.month:02d}-{min(at.day, 28):02d}",
    }


def contacts(volume: Volume, brand: str) -> Iterator[Row]:
    pick = _dice(volume, "contacts", brand)
    owners = volume.share(volume.customers, brand)
    for number in range(1, volume.share(volume.contacts, brand) + 1 if owners else 0):
        yield {
            "id": f"C-{number:07d}",
            "customer_id": customer_id(int(pick.random() * owners) + 1),
            "channel": _one(pick, ("phone", "mail", "chat")),
            "at": _moment(volume, pick),
            "minutes_waited": int(pick.random() * 40),
            "menu": str(1 + int(pick.random() * 5)),
            "asked": _one(pick, words.COMPLAINTS),
            "answered": _one(pick, words.ANSWERS),
            "outcome": _one(pick, ("rejected", "solved", "open")),
        }


def mentions(volume: Volume, brand: str) -> Iterator[Row]:
    """One in four by a customer who gave that handle, one in four names an order."""
    pick = _dice(volume, "mentions", brand)
    owners, sold = volume.share(volume.customers, brand), volume.share(volume.orders, brand)
    for number in range(1, volume.share(volume.mentions, brand) + 1):
        known = bool(owners) and pick.random() < 0.25
        name = handle(brand, (int(pick.random() * owners) // 4 + 1) * 4) if known else f"iemand_{number}"
        text = _one(pick, words.COMPLAINTS)
        if sold and pick.random() < 0.25:
            text += f", bestelling {order_number(brand, int(pick.random() * sold) + 1)}"
        yield {
            "channel": _one(pick, ("x", "facebook")),
            "id": f"{volume.brands.index(brand) + 1}{number:09d}",
            "text": f"@{brand} {text}",
            "created_at": _moment(volume, pick),
            "author": {"id": f"a-{name}", "handle": name, "name": name, "followers": int(pick.random() ** 4 * 50_000)},
        }


def cases(volume: Volume, brand: str) -> Iterator[Row]:
    """One in twenty is open still; `mention` is the place of its mention in `mentions`, from 1."""
    pick = _dice(volume, "cases", brand)
    owners, said = volume.share(volume.customers, brand), volume.share(volume.mentions, brand)
    for number in range(1, min(volume.share(volume.cases, brand), said) + 1):
        opened = _when(volume, pick)
        yield {
            "mention": number,
            "customer_id": customer_id(int(pick.random() * owners) + 1) if owners and pick.random() < 0.5 else None,
            "title": f"{_one(pick, words.FIRST)} · {_one(pick, words.COMPLAINTS)}",
            "opened_at": opened.isoformat(),
            "closed_at": None if pick.random() < 0.05 else (opened + timedelta(hours=5)).isoformat(),
            "frustration": round(pick.random(), 3),
        }


def _dice(volume: Volume, what: str, brand: str) -> Random:
    return Random(f"{volume.seed}/{what}/{brand}")  # noqa: S311 - nothing secret


def _one(pick: Random, given: Sequence[Any]) -> Any:
    return given[int(pick.random() * len(given))]


def _when(volume: Volume, pick: Random) -> datetime:
    return volume.until - timedelta(seconds=int(pick.random() * YEAR) + 1)


def _moment(volume: Volume, pick: Random) -> str:
    return _when(volume, pick).isoformat()


def write(volume: Volume, folder: Path) -> list[Path]:
    """Per brand a CSV of customers and JSONL of the rest, to import."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, Callable[[Volume, str], Iterator[Row]]] = {
        "orders": orders,
        "contacts": contacts,
        "mentions": mentions,
    }
    made = []
    for brand in volume.brands:
        made.append(_sheet(folder / f"{brand}-customers.csv", customers(volume, brand)))
        for name, rows in kinds.items():
            file = folder / f"{brand}-{name}.jsonl"
            with file.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(volume, brand))
            made.append(file)
    return made


def _sheet(file: Path, rows: Iterator[Row]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        first = next(rows, None)
        if first is not None:
            sheet = csv.DictWriter(out, list(first))
            sheet.writeheader()
            sheet.writerow(first)
            sheet.writerows(rows)
    return file


def main(arguments: Sequence[str] | None = None) -> None:
    plain = Volume()
    given = argparse.ArgumentParser(prog="python -m socialwatch.playground.volume", description="Files to import.")
    given.add_argument("folder", type=Path)
    given.add_argument("--brand", action="append", dest="brands", help="may be given more than once")
    for name in ("seed", "customers", "lines", "contacts", "mentions"):
        given.add_argument(f"--{name}", type=int, default=getattr(plain, name))
    asked = vars(given.parse_args(arguments))
    folder = asked.pop("folder")
    asked["brands"] = tuple(asked["brands"] or plain.brands)
    write(Volume(**asked), folder)


if __name__ == "__main__":
    main()
