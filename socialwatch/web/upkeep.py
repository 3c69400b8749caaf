"""Upkeep: the form in which people say what they know of a situation, and whether a colleague said more meanwhile."""

import hashlib
from typing import Any

from pydantic import BaseModel, Field

from socialwatch.store.situations import Situation

LONG, LINE, TITLE = 2000, 300, 200


class Upkeep(BaseModel):
    """The whole form counts; `was` names what stood there when it was opened, "" when the page did not say."""

    title: str = Field(default="", max_length=TITLE)
    fact: str = Field(default="", max_length=LINE)
    known: str = Field(default="", max_length=LONG)
    say: str = Field(default="", max_length=LONG)
    unknown: str = Field(default="", max_length=LONG)
    lead: int = 0
    was: str = Field(default="", max_length=64)


def filled(of: Situation) -> Upkeep:
    """The form as it opens: what people say now."""
    return Upkeep(
        title=of.title,
        fact=of.fact or "",
        known=of.known or "",
        say=of.say or "",
        unknown=of.unknown or "",
        lead=of.lead_id or 0,
    )


def stands(of: Situation) -> str:
    """A name for what people say now, which changes with every word of it."""
    said = (of.title, of.fact, of.known, of.say, of.unknown, str(of.lead_id))
    return hashlib.sha256("\x1f".join(each or "" for each in said).encode()).hexdigest()


def crossed(of: Situation, given: Upkeep) -> bool:
    """Whether a colleague changed it while this form was being filled in."""
    return bool(given.was) and given.was != stands(of)


def told(given: Upkeep) -> dict[str, Any]:
    """What the form says, as it is stored: nothing is None."""
    texts = {name: getattr(given, name).replace("\r\n", "\n").strip() or None for name in ("known", "say", "unknown")}
    return texts | {"fact": " ".join(given.fact.split()) or None}
