"""The section of one Mastodon account, read and checked: what is missing is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `hashtags` without #."""

    brand: str
    base_url: str
    access_token: str = field(repr=False)
    words: tuple[str, ...]
    hashtags: tuple[str, ...]
    own_posts: bool
    page_size: int
    overlap: timedelta
    lookback: timedelta


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, "kanaal mastodon")
    section.needed("access_token")
    wanted = [word.strip() for word in section.words("search") if word.strip()]
    return Settings(
        brand=section.text("brand"),
        base_url=section.needed("base_url").rstrip("/"),
        access_token=section.secret("access_token"),
        words=tuple(word for word in wanted if not word.startswith("#")),
        hashtags=tuple(_hashtag(word) for word in wanted if word.startswith("#")),
        own_posts=section.flag("own_posts", True),
        page_size=section.number("page_size", 40, (1, 40)),
        overlap=timedelta(minutes=section.number("overlap_minutes", 30, (0, 1440))),
        lookback=timedelta(hours=section.number("lookback_hours", 24, (1, 720))),
    )


def _hashtag(word: str) -> str:
    tag = word.removeprefix("#")
    if not re.fullmatch(r"\w+", tag):
        raise Misconfigured(f"search van kanaal mastodon: {word} is geen hashtag; die heeft alleen letters en cijfers")
    return tag
