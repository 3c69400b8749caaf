"""The section of one X account, read and checked: what is missing is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from socialwatch.channels.x.prices import Prices, prices
from socialwatch.channels.x.wire import SPELLINGS, query
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

BASE_URL = "https://api.x.com"  # the only host in X's documents of 2026; tweepy's own api.twitter.com also answers
LONGEST_QUERY = 512
_SIGNING = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")


@dataclass(frozen=True, slots=True)
class Keys:
    """Credentials: an app's or user's bearer token, and the four parts of OAuth 1.0a with which replies are signed."""

    bearer_token: str | None = field(default=None, repr=False)
    signing: tuple[str, ...] = field(default=(), repr=False)

    @property
    def signs(self) -> bool:
        return bool(self.signing)

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(one for one in (self.bearer_token, *self.signing) if one)

    def named(self) -> dict[str, str | None]:
        """As tweepy wants them."""
        return {"bearer_token": self.bearer_token, **dict(zip(_SIGNING, self.signing, strict=False))}


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `user_id` may be unknown; `query` is "" without words to search for."""

    brand: str
    username: str
    user_id: str | None
    base_url: str
    keys: Keys
    spelling: str
    query: str
    own_posts: bool
    page_size: int
    overlap: timedelta
    lookback: timedelta
    owned: bool
    stream: bool
    prices: Prices
    likes: bool = False


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, "kanaal x")
    spelling = section.text("spelling", "post")
    if spelling not in SPELLINGS:
        raise Misconfigured('spelling van kanaal x moet "post" of "tweet" zijn')
    keys, stream = _keys(section), section.flag("stream", False)
    if stream and not keys.bearer_token:
        raise Misconfigured("bearer_token van kanaal x ontbreekt; de open lijn (stream = true) kan niet zonder")
    return Settings(
        brand=section.text("brand"),
        username=_username(section),
        user_id=section.text("user_id") or None,
        base_url=section.text("base_url", BASE_URL).rstrip("/"),
        keys=keys,
        spelling=spelling,
        query=_query(section),
        own_posts=section.flag("own_posts", False),
        page_size=section.number("page_size", 100, (10, 100)),
        overlap=timedelta(minutes=section.number("overlap_minutes", 5, (0, 1440))),
        lookback=timedelta(hours=section.number("lookback_hours", 24, (1, 168))),
        owned=section.flag("owned", False),
        stream=stream,
        prices=prices(section),
        likes=section.flag("likes", False),
    )


def _username(section: Section) -> str:
    username = section.needed("username").removeprefix("@").lower()
    if not re.fullmatch(r"[a-z0-9_]{1,15}", username):
        raise Misconfigured("username van kanaal x is geen naam op X: 1 tot 15 letters, cijfers of _")
    return username


def _keys(section: Section) -> Keys:
    bearer, signing = section.secret("bearer_token"), tuple(section.secret(name) for name in _SIGNING)
    missing = [name for name, value in zip(_SIGNING, signing, strict=True) if not value]
    if missing and len(missing) < len(_SIGNING):
        raise Misconfigured(f"{missing[0]} van kanaal x ontbreekt; geef alle vier: {', '.join(_SIGNING)}")
    if missing and not bearer:
        raise Misconfigured("bearer_token van kanaal x ontbreekt")
    return Keys(bearer or None, () if missing else signing)


def _query(section: Section) -> str:
    made = query(section.words("search"))
    if len(made) > LONGEST_QUERY:
        raise Misconfigured(f"search van kanaal x is te lang: {len(made)} tekens, X neemt er {LONGEST_QUERY}")
    return made
