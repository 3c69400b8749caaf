"""A delivery of Meta's webhook: is it Meta's, is it of today, and which changes to our page does it tell of."""

import hmac
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from socialwatch.channels.facebook.lists import UNREADABLE
from socialwatch.channels.facebook.wire import Fields
from socialwatch.errors import Misconfigured, Refused

HEADER = "x-hub-signature-256"
FIELDS = ("feed", "mention")
_AHEAD = timedelta(minutes=10)  # how far Meta's clock may be before ours
_MILLISECONDS = 10**11  # in seconds this would be the year 5138
_CHALLENGE = re.compile(r"[A-Za-z0-9_.-]{1,256}")


@dataclass(frozen=True, slots=True)
class Window:
    """When a delivery may have been made: at most `past` before `now`."""

    now: datetime
    past: timedelta

    def holds(self, at: int) -> bool:
        """Compared as whole numbers, because a hostile one fits no datetime."""
        now = int(self.now.timestamp())
        return -int(_AHEAD.total_seconds()) <= now - at <= int(self.past.total_seconds())


def values(body: bytes, page_id: str, window: Window) -> list[Fields]:
    """The changes of the fields `feed` and `mention` of this page, in the shape of `feed`.

    Raises Refused when the body is not what Meta sends, or when any entry was made outside the window: a signature
    stays right for ever, so that an old delivery could be played again.
    """
    entries = _entries(body)
    if not all(window.holds(at) for at, _, _ in entries):
        raise Refused("Deze webhook van Facebook is te oud of uit de toekomst")
    return [value for at, owner, changes in entries if owner == page_id for value in _values(at, changes)]


def check_signature(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    """Raises Refused unless the header is the HMAC-SHA256 of the very bytes that came, under our app's secret.

    https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
    """
    if not secret:
        raise Misconfigured("app_secret van kanaal facebook ontbreekt; zonder is een webhook niet te vertrouwen")
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    wanted = "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()
    if not hmac.compare_digest(_bytes(given), wanted.encode()):
        raise Refused("De handtekening van deze webhook klopt niet")


def challenge(query: Mapping[str, str], token: str) -> str:
    """What Meta wants to hear back when the address is registered.

    https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
    """
    if not token:
        raise Misconfigured("verify_token van kanaal facebook ontbreekt; zonder kan Meta dit adres niet aanmelden")
    known = hmac.compare_digest(_bytes(query.get("hub.verify_token", "")), token.encode())
    said = str(query.get("hub.challenge", ""))
    if not known or query.get("hub.mode") != "subscribe" or not _CHALLENGE.fullmatch(said):
        raise Refused("Deze aanmelding van een webhook klopt niet")
    return said


def _entries(body: bytes) -> list[tuple[int, str, Sequence[Any]]]:
    """Of each entry: when it was made (seconds since 1970), of which page it tells, and its changes."""
    try:
        content = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
        found = [_entry(entry) for entry in content["entry"]] if content["object"] == "page" else []
        if found or content["object"] != "page":
            return found
    except (*UNREADABLE, RecursionError):
        pass
    raise Refused("Deze webhook van Facebook is niet te lezen")


def _entry(entry: Mapping[str, Any]) -> tuple[int, str, Sequence[Any]]:
    at, changes = entry["time"], entry.get("changes") or []
    if not isinstance(at, int) or isinstance(at, bool) or not isinstance(changes, list):
        raise ValueError("time of changes ontbreekt")
    return at // 1000 if abs(at) >= _MILLISECONDS else at, str(entry["id"]), changes


def _values(at: int, changes: Sequence[Any]) -> Iterator[Fields]:
    for change in changes:
        value = change.get("value") if isinstance(change, Mapping) else None
        if isinstance(value, Mapping) and change.get("field") in FIELDS:
            yield _as_feed(str(change["field"]), {"created_time": at, **value})


def _as_feed(field: str, value: Fields) -> Fields:
    """A `mention` names its sender, and not always its item, in words of its own; so did `feed` in older versions."""
    sender = {"id": value.get("sender_id"), "name": value.get("sender_name")}
    item = value.get("item")
    if field == "mention":
        item = "comment" if value.get("comment_id") else "post"
    return {**value, "from": value.get("from") or sender, "item": item}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands there twice can be read in two ways; Meta sends none."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("een sleutel staat er twee keer")
    return made


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is geen JSON")


def _bytes(given: Any) -> bytes:
    return str(given).strip().encode("utf-8", "replace")
