"""The section of one Bluesky account, read and checked: what is missing is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

BASE_URL = "https://bsky.social"  # the entryway of Bluesky's own servers; an account elsewhere names its PDS


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `handle` without @, in lower case."""

    brand: str
    handle: str
    app_password: str = field(repr=False)
    base_url: str
    search: tuple[str, ...]
    own_posts: bool
    page_size: int
    overlap: timedelta
    lookback: timedelta


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, "kanaal bluesky")
    section.needed("app_password")
    return Settings(
        brand=section.text("brand"),
        handle=_handle(section),
        app_password=section.secret("app_password"),
        base_url=section.text("base_url", BASE_URL).rstrip("/").removesuffix("/xrpc"),
        search=tuple(word.strip() for word in section.words("search") if word.strip()),
        own_posts=section.flag("own_posts", True),
        page_size=section.number("page_size", 50, (1, 100)),
        overlap=timedelta(minutes=section.number("overlap_minutes", 10, (0, 1440))),
        lookback=timedelta(hours=section.number("lookback_hours", 24, (1, 720))),
    )


def _handle(section: Section) -> str:
    handle = section.needed("handle").removeprefix("@").lower()
    if not re.fullmatch(r"(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{0,62}", handle):
        raise Misconfigured("handle van kanaal bluesky moet een naam met een punt zijn, zoals merk.bsky.social")
    return handle
