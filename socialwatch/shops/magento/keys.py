"""The section of one Magento shop, read and checked: what is missing is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `handles` names, per channel, the customer attribute a name is kept in; `gift_wrap`, `card_text` and
    `wished_date` are places in an order, such as "extension_attributes.delivery_date", or "". `timeout` and `rest` in
    seconds.
    """

    brand: str
    base_url: str
    access_token: str = field(repr=False)
    store_code: str
    store_ids: tuple[str, ...]
    website_ids: tuple[str, ...]
    handles: Mapping[str, str]
    gift_wrap: str
    card_text: str
    wished_date: str
    page_size: int
    timeout: float
    rest: float


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, "winkel magento")
    section.needed("access_token")
    return Settings(
        brand=section.text("brand"),
        base_url=_base_url(section),
        access_token=section.secret("access_token"),
        store_code=_code(section.text("store_code", "all"), "store_code"),
        store_ids=tuple(_code(one, "store_ids") for one in section.words("store_ids")),
        website_ids=tuple(_code(one, "website_ids") for one in section.words("website_ids")),
        handles=_handles(values.get("handle_keys") or {}),
        gift_wrap=section.text("gift_wrap_key", "extension_attributes.gw_id"),
        card_text=section.text("card_text_key", "extension_attributes.gift_message.message"),
        wished_date=section.text("wished_date_key"),
        page_size=section.number("page_size", 50, (1, 200)),
        timeout=float(section.number("timeout_seconds", 10, (1, 25))),
        rest=float(section.number("rest_seconds", 15, (0, 600))),
    )


def _base_url(section: Section) -> str:
    """The key travels in a header, so that only https will do; http within this computer, for trying out."""
    address = section.needed("base_url").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        raise Misconfigured("base_url van winkel magento moet met https:// beginnen")
    return address


def _handles(given: Any) -> Mapping[str, str]:
    if not isinstance(given, Mapping):
        raise Misconfigured('handle_keys van winkel magento moet er zo uitzien: { x = "x_naam" }')
    return {str(channel): _code(str(field), "handle_keys") for channel, field in given.items()}


def _code(value: str, name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_]{1,60}", value):
        raise Misconfigured(f"{name} van winkel magento heeft alleen letters, cijfers en _")
    return value
