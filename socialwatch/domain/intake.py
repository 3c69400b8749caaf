"""One mention as a line of JSONL, read strictly: it becomes a mention, or a Dutch sentence says why not."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from socialwatch.domain.mention import Author, Mention, Metrics, clean

MOST_TEXT = 3_000_000  # characters; longer than any platform allows, and still one row in any database
MOST_NAME = 200  # characters, as the tables have it
MOST_CHANNEL = 40
MOST_URL = 2000
MOST_NUMBER = 2**31 - 1
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def line(raw: bytes | str) -> Mention:
    """One line of JSONL. Raises ValueError with a Dutch reason."""
    try:
        row = json.loads(raw.decode("utf-8") if isinstance(raw, bytes) else raw)
    except UnicodeDecodeError:
        reason = "geen geldige UTF-8"
    except RecursionError:
        reason = "te diep genest"
    except ValueError:
        reason = "geen geldige JSON"
    else:
        return mention_of(row)
    raise ValueError(reason)


def mention_of(row: Mapping[str, Any]) -> Mention:
    """One row: `channel`, `id`, `text` and `created_at` must be there. Raises ValueError with a Dutch reason.

    NUL and lone surrogates become U+FFFD. Nothing in a row makes it ours, or answerable by API.
    """
    if not isinstance(row, Mapping):
        raise ValueError("geen object met velden")
    number = _name(row, "id")
    return Mention(
        channel=_channel(row),
        id=number,
        version_id=number,
        text=_text(row),
        created_at=_moment(row),
        author=_author(row.get("author")),
        url=_url(row),
        conversation_id=_optional(row, "conversation_id"),
        in_reply_to=_optional(row, "in_reply_to"),
        metrics=_metrics(row.get("metrics")),
    )


def _channel(row: Mapping[str, Any]) -> str:
    name = _name(row, "channel").lower()
    if len(name) > MOST_CHANNEL:
        raise ValueError(f"channel is langer dan {MOST_CHANNEL} tekens")
    return name


def _text(row: Mapping[str, Any]) -> str:
    value = row.get("text")
    if value is None:
        raise ValueError("text ontbreekt")
    if not isinstance(value, str):
        raise ValueError("text is geen tekst")
    if len(value) > MOST_TEXT:
        raise ValueError(f"text is langer dan {MOST_TEXT} tekens")
    return clean(value)


def _moment(row: Mapping[str, Any]) -> datetime:
    value = row.get("created_at")
    if value is None:
        raise ValueError("created_at ontbreekt")
    try:
        at = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None:
        raise ValueError("created_at is geen tijdstip zoals 2026-11-22T14:05:00+01:00")
    if at.utcoffset() is None:
        raise ValueError("created_at heeft geen tijdzone")
    if not EARLIEST <= at <= LATEST:
        raise ValueError(f"created_at ligt niet tussen {EARLIEST.year} en {LATEST.year}")
    return at.astimezone(UTC)


def _author(given: Any) -> Author | None:
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise ValueError("author is geen object met velden")
    handle, name = _optional(given, "handle", "author."), _optional(given, "name", "author.")
    number = _optional(given, "id", "author.") or handle
    if number is None:
        raise ValueError("author.id ontbreekt")
    return Author(number, handle, name, _count(given, "followers", "author."))


def _metrics(given: Any) -> Metrics:
    if given is None:
        return Metrics()
    if not isinstance(given, Mapping):
        raise ValueError("metrics is geen object met velden")
    likes, reposts, replies = (_count(given, name, "metrics.") for name in ("likes", "reposts", "replies"))
    return Metrics(likes, reposts, replies)


def _url(row: Mapping[str, Any]) -> str | None:
    value = row.get("url")
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not value.startswith(("https://", "http://")) or len(value) > MOST_URL:
        raise ValueError("url is geen adres dat met https:// of http:// begint")
    return clean(value)


def _name(row: Mapping[str, Any], name: str) -> str:
    value = _optional(row, name)
    if value is None:
        raise ValueError(f"{name} ontbreekt")
    return value


def _optional(row: Mapping[str, Any], name: str, inside: str = "") -> str | None:
    """Text, or a whole number, because ids are often written as one; empty counts as absent."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"{inside}{name} is geen tekst")
    long = isinstance(value, int) and abs(value) >= 10**MOST_NAME  # Python refuses to write very long numbers
    text = clean(value).strip() if isinstance(value, str) else "" if long else str(value)
    if long or len(text) > MOST_NAME:
        raise ValueError(f"{inside}{name} is langer dan {MOST_NAME} tekens")
    return text or None


def _count(row: Mapping[str, Any], name: str, inside: str) -> int | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_NUMBER:
        raise ValueError(f"{inside}{name} is geen aantal")
    return value
