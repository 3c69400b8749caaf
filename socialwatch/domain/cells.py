"""Cells: one value of an imported row, read strictly; what is wrong becomes a ValueError with a Dutch reason."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from socialwatch.domain.mention import clean

Row = Mapping[str, Any]
CURRENCIES = frozenset({"EUR", "USD", "GBP", "CHF", "DKK", "SEK", "NOK", "PLN", "CZK"})
FIRST_YEAR, LAST_YEAR = 1990, 2200
MOST_MONEY = 10_000_000
MOST_ENTRIES = 1000  # lines, parcels, returns or refunds of one order
CENT = Decimal("0.01")


def text(row: Row, name: str, longest: int) -> str | None:
    """Text or a whole number without spaces around it; None when empty or absent."""
    value = row.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"{name} moet tekst zijn")
    if isinstance(value, int) and abs(value) >= 10**longest:  # Python refuses to write very long numbers
        raise ValueError(f"{name} is langer dan {longest} tekens")
    words = clean(str(value)).strip()
    if len(words) > longest:
        raise ValueError(f"{name} is langer dan {longest} tekens")
    return words or None


def needed(row: Row, name: str, longest: int) -> str:
    """Text that must be there."""
    found = text(row, name, longest)
    if found is None:
        raise ValueError(f"{name} ontbreekt")
    return found


def key(row: Row, name: str, longest: int) -> str:
    """Text that must be there, in capitals, which may be longer than what was written (ß)."""
    found = needed(row, name, longest).upper()
    if len(found) > longest:
        raise ValueError(f"{name} is langer dan {longest} tekens")
    return found


def moment(row: Row, name: str) -> datetime:
    """ISO 8601 with a zone, as UTC."""
    written = needed(row, name, 60)
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{name} is geen datum met tijd (zoals 2026-11-23T14:05:00+01:00)") from None
    if found.utcoffset() is None:
        raise ValueError(f"{name} heeft geen tijdzone")
    _refuse_year(found, name)
    return found.astimezone(UTC)


def moment_or_none(row: Row, name: str) -> datetime | None:
    return moment(row, name) if row.get(name) else None


def day(row: Row, name: str) -> date | None:
    """ISO 8601 without a time."""
    written = text(row, name, 40)
    if written is None:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{name} is geen datum (zoals 2026-11-23)") from None
    _refuse_year(found, name)
    return found


def _refuse_year(found: date, name: str) -> None:
    if not FIRST_YEAR <= found.year < LAST_YEAR:
        raise ValueError(f"{name} ligt niet tussen {FIRST_YEAR} en {LAST_YEAR}")


def whole(row: Row, name: str) -> int | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool | float):
            raise ValueError
        found = int(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is geen heel getal") from None
    if abs(found) > 1_000_000:
        raise ValueError(f"{name} is te groot")
    return found


def amount(row: Row, name: str) -> Decimal | None:
    """Money of nought or more with at most two decimals, written 1234.56, 1234,56 or 1.234,56."""
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool | list | dict):
            raise InvalidOperation
        found = Decimal(_with_point(str(value)[:60]))
    except (InvalidOperation, ValueError):
        raise ValueError(f"{name} is geen bedrag") from None
    if not found.is_finite() or found < 0 or found > MOST_MONEY:
        raise ValueError(f"{name} is geen bedrag van nul of meer")
    if found != found.quantize(CENT):
        raise ValueError(f"{name} heeft meer dan twee cijfers achter de komma")
    return found


def _with_point(written: str) -> str:
    if "," not in written:
        return written
    dutch = written.rfind(",") > written.rfind(".")
    return written.replace(".", "").replace(",", ".") if dutch else written.replace(",", "")


def currency(row: Row) -> str:
    found = (text(row, "currency", 40) or "EUR").upper()
    if found not in CURRENCIES:
        raise ValueError("currency is geen bekende munt")
    return found


def yes(row: Row, name: str) -> bool:
    value = row.get(name)
    return value is True or (isinstance(value, str | int) and str(value)[:5].strip().lower() in _YES)


_YES = frozenset({"1", "true", "ja", "yes"})


def entries(row: Row, name: str) -> list[Row]:
    """A list of objects; in a CSV cell written as JSON. Empty when absent."""
    given = row.get(name)
    if given is None or given == "":
        return []
    if isinstance(given, str):
        given = _from_cell(given, name)
    if not isinstance(given, list) or not all(isinstance(each, Mapping) for each in given):
        raise ValueError(f"{name} moet een lijst van objecten zijn")
    if len(given) > MOST_ENTRIES:
        raise ValueError(f"{name} telt meer dan {MOST_ENTRIES} objecten")
    return given


def _from_cell(written: str, name: str) -> Any:
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        raise ValueError(f"{name} is geen geldige JSON") from None


def words(given: Any, name: str, longest: int) -> tuple[str, ...]:
    """A list of texts; empty when absent."""
    if given is None or given == "":
        return ()
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST_ENTRIES:
        raise ValueError(f"{name} moet een lijst van teksten zijn")
    return tuple(needed({name: each}, name, longest) for each in given)
