"""Who is this, in Dutch: why we think so, and what a look for the customer brought."""

from collections.abc import Mapping
from typing import Any

from socialwatch.domain.identity import DOUBTED, TYPED, UNCHECKED, Basis
from socialwatch.store.identities import Link
from socialwatch.web.dutch import BASES, CHANNELS

SEEK_EMPTY = "Typ een naam, een bestelnummer, een e-mailadres of een telefoonnummer."
SEEK_BUSY = "We zoeken hier nog met je vorige woorden. Probeer het zo nog eens."


def basis(code: str, channel: str) -> str:
    """Why we think it is this customer; a name that was given is called after its channel."""
    if code == "handle_given":
        return f"gaf {CHANNELS.get(channel, channel)}-naam op bij bestelling"
    return BASES.get(code, code)


def caution(link: Link) -> str:
    """Why somebody is only offered, where that helps to decide; else empty."""
    if link.basis == Basis.ORDER_NUMBER and link.confidence == UNCHECKED:
        return "Het nummer bestaat, maar een naam om het mee te vergelijken is er niet: bevestig het als het klopt."
    if link.basis in TYPED and link.confidence == DOUBTED:
        return "Iets anders in het bericht past hier niet bij."
    return ""


def sought(detail: Mapping[str, Any]) -> str:
    """What a look for the customer brought."""
    if detail.get("new") is None:
        return "het bestelsysteem gaf geen antwoord, probeer het zo nog eens"
    found = int(detail.get("found", 0))
    if not found:
        return "niemand gevonden die hierop lijkt"
    return "1 mogelijke klant" if found == 1 else f"{found} mogelijke klanten"
