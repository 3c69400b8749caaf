"""A delivery of Meta's webhook: is it Meta's, and which changes to our page does it tell of."""

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from socialwatch.channels.facebook.lists import UNREADABLE
from socialwatch.channels.facebook.wire import Fields
from socialwatch.errors import Misconfigured, Refused

HEADER = "x-hub-signature-256"


def values(body: bytes, page_id: str) -> list[Fields]:
    """The changes of the field `feed` of this page. Raises Refused when the body is not what Meta sends."""
    try:
        content = json.loads(body)
        return [
            change["value"]
            for entry in content["entry"]
            if content["object"] == "page" and str(entry["id"]) == page_id
            for change in entry.get("changes") or []
            if change.get("field") == "feed" and isinstance(change["value"], dict)
        ]
    except (*UNREADABLE, RecursionError):
        unreadable = Refused("Deze webhook van Facebook is niet te lezen")
    raise unreadable


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


def _bytes(given: Any) -> bytes:
    return str(given).strip().encode("utf-8", "replace")
