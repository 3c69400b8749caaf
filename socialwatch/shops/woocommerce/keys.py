"""The section of one WooCommerce shop, read and checked: what is missing is named."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

OF = "winkel woocommerce"


@dataclass(frozen=True, slots=True)
class Fields:
    """Where this shop's own fields stand, as keys of `meta_data` ("" when it has none); the shop's plugins decide.

    `handles` maps a channel to the key that holds the name given there; `gift_wrap_fee` is (part of) the name of a fee.
    """

    gift_wrap: str
    gift_wrap_fee: str
    card_text: str
    wished_date: str
    handles: Mapping[str, str]
    sizes: tuple[str, ...]
    statuses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `timeout` and `rest` in seconds; `carries` are kinds of gesture this shop may carry out."""

    brand: str
    base_url: str
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    fields: Fields
    page_size: int
    timeout: int
    rest: int
    carries: tuple[str, ...]
    api_refund: bool


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, OF)
    for name in ("consumer_key", "consumer_secret"):
        section.needed(name)
    return Settings(
        brand=section.text("brand"),
        base_url=_safe(section.needed("base_url").rstrip("/")),
        consumer_key=section.secret("consumer_key"),
        consumer_secret=section.secret("consumer_secret"),
        fields=_fields(section),
        page_size=section.number("page_size", 50, (1, 100)),
        timeout=section.number("timeout_seconds", 10, (1, 25)),
        rest=section.number("rest_seconds", 15, (0, 600)),
        carries=_carries(section),
        api_refund=section.flag("api_refund", False),
    )


def _fields(section: Section) -> Fields:
    return Fields(
        gift_wrap=section.text("gift_wrap_key"),
        gift_wrap_fee=section.text("gift_wrap_fee").casefold(),
        card_text=section.text("card_text_key"),
        wished_date=section.text("wished_date_key"),
        handles=_names(section, "handle_keys"),
        sizes=tuple(each.casefold() for each in section.words("size_keys")),
        statuses=_names(section, "statuses"),
    )


def _names(section: Section, name: str) -> dict[str, str]:
    value = section.values.get(name) or {}
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for pair in value.items() for each in pair):
        raise Misconfigured(f'{name} van {OF} moet namen aan namen koppelen, zoals {{ x = "_x_naam" }}')
    return {key.strip(): text.strip() for key, text in value.items() if text.strip()}


def _carries(section: Section) -> tuple[str, ...]:
    wanted = section.words("carries")
    for each in wanted:
        if each not in ("refund", "replacement"):
            raise Misconfigured(f"carries van {OF} kent alleen refund en replacement")
    return tuple(wanted)


def _safe(address: str) -> str:
    """WooCommerce takes key and secret themselves only over https; over http everybody on the way could read them."""
    parts = urlsplit(address)
    if parts.scheme == "http" and not _here(parts.hostname or ""):
        raise Misconfigured(f"base_url van {OF} moet met https:// beginnen: over http zou de sleutel leesbaar zijn")
    return address


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
