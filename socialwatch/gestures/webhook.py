"""A gesture as a signed outgoing webhook (Standard Webhooks), for whoever runs the warehouse or the books."""

import base64
import binascii
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from socialwatch import outgoing
from socialwatch.domain.gesture import OURS_ALONE, Carried, Carrier, Gesture, Kind
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured, Refused

PREFIX = "whsec_"
LEAST, MOST = 24, 64  # bytes of a secret, by the specification
TYPE = "gesture.given"
KEYS = frozenset({"url", "secret", "brand", "kinds", "repeat", "allow_private"})


@dataclass(slots=True)
class Webhook:
    """`repeat`: the receiver knows `webhook-id` again, so that what was not answered may be sent once more."""

    url: str
    secret: bytes = field(repr=False)
    kinds: frozenset[Kind]
    repeat: bool = False
    allow_private: bool = False
    clock: Callable[[], float] = time.time
    kind: str = "webhook"

    def can(self, gesture: Gesture) -> bool:
        return gesture.kind in self.kinds

    def carry(self, gesture: Gesture) -> Carried:
        """Send it; any 2xx means that it is in good hands. Raises Unavailable, Unanswered, Refused or Halted."""
        body = payload(gesture)
        headers = signed(self.secret, gesture.key, int(self.clock()), body)
        outgoing.request("POST", self.url, headers=headers, data=body, allow_private=self.allow_private)
        return Carried()

    def find(self, gesture: Gesture) -> Carried | None:
        """A webhook cannot be asked. A receiver that knows the id again gets it once more: that does nothing twice.

        Raises Refused for any other, so that a human looks.
        """
        if not self.repeat:
            raise Refused("Of de webhook aankwam, is van hieruit niet na te gaan.")
        return self.carry(gesture)


def payload(gesture: Gesture) -> bytes:
    """What is told: never the customer, only the order that the receiver knows too. Amounts are euros as text."""
    data = {
        "id": gesture.key,
        "brand": gesture.brand,
        "case": gesture.case_id,
        "kind": gesture.kind.value,
        "side": gesture.side.value,
        "what": gesture.what,
        "cost": str(gesture.cost),
        "currency": "EUR",
        "order_number": gesture.order_number,
        "lines": [{"product": product, "quantity": quantity} for product, quantity in gesture.lines],
    }
    told = {"type": TYPE, "timestamp": gesture.at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signed(secret: bytes, number: str, at: int, body: bytes) -> dict[str, str]:
    """The headers of one attempt. Source: github.com/standard-webhooks/standard-webhooks, spec, "Webhook headers"."""
    made = hmac.new(secret, f"{number}.{at}.".encode() + body, sha256).digest()
    return {
        "content-type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(made).decode()}",
    }


def connect(section: Mapping[str, Any]) -> Carrier:
    """Raises Misconfigured naming the key."""
    given = Section(section, "de webhook voor gebaren")
    unknown = sorted(set(section) - KEYS)
    if unknown:
        raise Misconfigured(f"{unknown[0]} van {given.of} bestaat niet")
    url, local = given.needed("url"), given.flag("allow_private", False)
    scheme = urlsplit(url).scheme
    if scheme != "https" and not (local and scheme == "http"):
        raise Misconfigured(f"url van {given.of} moet met https:// beginnen")
    return Webhook(url, _secret(given), _kinds(given), given.flag("repeat", False), local)


def _secret(given: Section) -> bytes:
    written = given.secret("secret")
    try:
        known = base64.b64decode(written.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        known = b""
    if not written.startswith(PREFIX) or not LEAST <= len(known) <= MOST:
        raise Misconfigured(
            f"secret van {given.of} moet {PREFIX} zijn met daarachter {LEAST} tot {MOST} bytes in base64"
        )
    return known


def _kinds(given: Section) -> frozenset[Kind]:
    wanted = given.words("kinds")
    unknown = [each for each in wanted if each not in set(Kind)]
    if unknown:
        raise Misconfigured(f"kinds van {given.of} kent {unknown[0]!r} niet")
    return frozenset(Kind(each) for each in wanted) or frozenset(Kind) - OURS_ALONE
