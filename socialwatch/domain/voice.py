"""Voice: how a brand signs its answers, and which numbers and addresses of its own anybody may read."""

import re
from dataclasses import dataclass

_SIGNED = re.compile(r"\^\s?\w+\W*$")


@dataclass(frozen=True, slots=True)
class Voice:
    """`own` are the brand's numbers and addresses; `signs` says whether a public answer ends in ^Name."""

    own: tuple[str, ...] = ()
    signs: bool = False


PLAIN = Voice()


def mark(voice: Voice, name: str, chosen: str | None) -> str:
    """What ends this agent's public answers ("^Freek"), "" when the brand does not sign."""
    first = name.split()[0] if name.split() else ""
    return (chosen or (f"^{first}" if first else "")) if voice.signs else ""


def signed(text: str, ending: str) -> str:
    """The text with its sign-off; one that stands there already is not doubled."""
    return text if not ending or not text or _SIGNED.search(text) else f"{text} {ending}"
