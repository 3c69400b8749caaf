"""Who is this, in Dutch: why we think so, and what a look for the customer brought."""

from collections.abc import Mapping
from typing import Any

from socialwatch.web.dutch import BASES, CHANNELS

SEEK_EMPTY = "Typ een naam, een bestelnummer, een e-mailadres of een telefoonnummer."


def basis(code: str, channel: str) -> str:
    """Why we think it is this customer; a name that was given is called after its channel."""
    if code == "handle_given":
        return f"gaf {CHANNELS.get(channel, channel)}-naam op bij bestelling"
    return BASES.get(code, code)


def sought(detail: Mapping[str, Any]) -> str:
    """What a look for the customer brought."""
    if detail.get("new") is None:
        return "het bestelsysteem gaf geen antwoord, probeer het zo nog eens"
    found = int(detail.get("found", 0))
    if not found:
        return "niemand gevonden die hierop lijkt"
    return "1 mogelijke klant" if found == 1 else f"{found} mogelijke klanten"
