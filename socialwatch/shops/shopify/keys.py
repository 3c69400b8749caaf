"""The section of one Shopify shop, read and checked: what is missing is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from socialwatch.domain.gesture import Kind
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

OF = "winkel shopify"
VERSION = "2026-10"
OLDEST = "2026-01"  # the first in which a refund can be asked for twice and is made once (@idempotent)
CARRIED = (Kind.REFUND, Kind.REPLACEMENT)
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shop keeps something of its own: a metafield ("custom.x_naam"), else an attribute of the order."""

    key: str
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `handles` names the place per channel; `timeout` and `rest` in seconds."""

    brand: str
    base_url: str
    version: str
    access_token: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
    handles: Mapping[str, Place]
    gift_wrap: Place | None
    card_text: Place | None
    wished_date: Place | None
    carries: tuple[Kind, ...]
    notify: bool
    page_size: int
    timeout: float
    rest: float


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, OF)
    if not section.text("client_id"):
        section.needed("access_token")
    elif not section.text("access_token"):
        section.needed("client_secret")
    return Settings(
        brand=section.text("brand"),
        base_url=_base_url(section),
        version=_version(section),
        access_token=section.secret("access_token"),
        client_id=section.secret("client_id"),
        client_secret=section.secret("client_secret"),
        handles=_handles(values.get("handle_keys") or {}),
        gift_wrap=_place(section.text("gift_wrap_key")),
        card_text=_place(section.text("card_text_key")),
        wished_date=_place(section.text("wished_date_key")),
        carries=_carries(section),
        notify=section.flag("notify", True),
        page_size=section.number("page_size", 5, (1, 50)),
        timeout=float(section.number("timeout_seconds", 10, (1, 25))),
        rest=float(section.number("rest_seconds", 15, (0, 600))),
    )


def _base_url(section: Section) -> str:
    """The key travels in a header, so that only https will do; http within this computer, for trying out."""
    address = section.needed("base_url").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        raise Misconfigured(f"base_url van {OF} moet zo beginnen: https://jouw-winkel.myshopify.com")
    return address


def _version(section: Section) -> str:
    version = section.text("version", VERSION)
    if not re.fullmatch(r"20\d\d-(01|04|07|10)", version) or version < OLDEST:
        raise Misconfigured(f"version van {OF} moet een kwartaalversie vanaf {OLDEST} zijn, zoals {VERSION}")
    return version


def _handles(given: Any) -> Mapping[str, Place]:
    if not isinstance(given, Mapping):
        raise Misconfigured(f'handle_keys van {OF} moet er zo uitzien: {{ x = "custom.x_naam" }}')
    places = {str(channel): _place(str(key)) for channel, key in given.items()}
    return {channel: place for channel, place in places.items() if place is not None}


def _place(written: str) -> Place | None:
    """A point makes it a metafield: Shopify's own way to write one is namespace.key."""
    namespace, point, key = written.partition(".")
    if not point:
        return Place(written) if written else None
    if not re.fullmatch(r"[\w$-]{1,255}\.[\w-]{1,64}", written, re.ASCII):
        raise Misconfigured(f"{written[:80]!r} van {OF} is geen metaveld; dat heet zoals custom.x_naam")
    return Place(key, namespace)


def _carries(section: Section) -> tuple[Kind, ...]:
    wanted = section.words("carries")
    unknown = sorted(set(wanted) - {kind.value for kind in CARRIED})
    if unknown:
        raise Misconfigured(f"carries van {OF} kent alleen refund en replacement, niet {', '.join(unknown)}")
    return tuple(kind for kind in CARRIED if kind.value in wanted)
