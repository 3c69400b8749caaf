"""Handoff: when an answer may go to the mail address we know of somebody who wrote elsewhere."""

from socialwatch.domain.identity import Basis

# What the customer gave us before, a colleague confirmed, or an order number bore out. An address or a number that
# somebody typed in public, and a name, may be another's.
SURE = frozenset({Basis.HANDLE_GIVEN, Basis.CONFIRMED_BEFORE, Basis.ORDER_NUMBER})
_PLACES = {"x": "X", "facebook": "Facebook", "bluesky": "Bluesky", "mastodon": "Mastodon"}


def sure(basis: str, *, confirmed: bool) -> bool:
    """Whether a link on this basis is enough to write to the customer behind it."""
    return confirmed or basis in SURE


def subject(channel: str) -> str:
    """What such a mail is about; nothing of the matter stands in it."""
    place = _PLACES.get(channel)
    return f"Over je bericht op {place}" if place else "Over je bericht aan ons"
