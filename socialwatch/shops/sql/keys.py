"""Keys: the section of an order system that is a database, read strictly; nothing is asked of the database yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NullType

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

OF = "klantsysteem sql"
LISTS = frozenset({"handles", "numbers"})  # bind parameters that stand for several values: IN :numbers
ASKED: Mapping[str, frozenset[str]] = {
    "by_handle": frozenset({"handles"}),
    "by_order": frozenset({"number"}),
    "by_email": frozenset({"email"}),
    "by_phone": frozenset({"phone", "national"}),
    "by_name": frozenset({"name", "surname", "city"}),
    "customer": frozenset({"customer_id"}),
    "orders": frozenset({"customer_id"}),
    "lines": frozenset({"numbers"}),
    "shipments": frozenset({"numbers"}),
    "returns": frozenset({"numbers"}),
    "refunds": frozenset({"numbers"}),
    "contacts": frozenset({"customer_id"}),
}
MUST = frozenset({"customer"})
MOST: Mapping[str, int] = {  # rows
    **dict.fromkeys(ASKED, 50),
    **dict.fromkeys(("lines", "shipments", "returns", "refunds"), 2000),
    "contacts": 200,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """`zone` is that of moments written without one; `seconds` is the longest that one question may take."""

    brand: str
    url: URL
    queries: Mapping[str, TextClause]
    zone: ZoneInfo
    seconds: int


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong, and never what stands in the URL."""
    section = Section(values, OF)
    url = _url(section)
    return Settings(
        brand=section.text("brand"),
        url=url,
        queries=_queries(values.get("queries"), url.get_backend_name() == "postgresql"),
        zone=_zone(section.text("timezone", "Europe/Amsterdam")),
        seconds=section.number("timeout_seconds", 5, (1, 60)),
    )


def _url(section: Section) -> URL:
    try:
        found = make_url(section.needed("url"))
        found.get_dialect()
    except (SQLAlchemyError, ValueError, TypeError):
        raise Misconfigured(f"url van {OF} is geen databaseadres dat wij kennen") from None
    password = section.text("password")
    if found.get_backend_name() == "postgresql" and "+" not in found.drivername:
        found = found.set(drivername="postgresql+psycopg")
    return found.set(password=password) if password else found


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise Misconfigured(f"timezone van {OF} is geen tijdzone (zoals Europe/Amsterdam)") from None


def _queries(given: Any, postgresql: bool) -> dict[str, TextClause]:
    if not isinstance(given, Mapping):
        raise Misconfigured(f"queries van {OF} ontbreekt")
    unknown = sorted(set(given) - set(ASKED))
    if unknown:
        raise Misconfigured(f"queries.{unknown[0]} van {OF} kennen wij niet; wel {', '.join(ASKED)}")
    missing = sorted(MUST - set(given))
    if missing:
        raise Misconfigured(f"queries.{missing[0]} van {OF} ontbreekt")
    return {name: _query(name, written, postgresql) for name, written in given.items()}


def _query(name: str, written: Any, postgresql: bool) -> TextClause:
    if not isinstance(written, str) or not re.match(r"\s*(select|with)\s", written, re.I):
        raise Misconfigured(f"queries.{name} van {OF} moet met SELECT of WITH beginnen")
    plain = written.strip().rstrip(";")
    # Its driver fetches all there is. Inside another query nothing can be written either.
    around = f"SELECT * FROM ({plain}\n) AS asked LIMIT {MOST[name]}"  # noqa: S608 - who configures writes the SQL
    query = text(around if postgresql else plain)
    used = set(query.compile().params)
    if not used or not used <= ASKED[name]:
        wanted = ", ".join(f":{each}" for each in sorted(ASKED[name]))
        raise Misconfigured(f"queries.{name} van {OF} moet {wanted} gebruiken en geen andere")
    # Without a type of ours the database compares with whatever its column is: a number may be kept as a number.
    return query.bindparams(*(bindparam(each, type_=NullType(), expanding=each in LISTS) for each in sorted(used)))
