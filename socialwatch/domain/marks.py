"""Marks: what a colleague puts on a case besides words: a tag, and the two signs with which it is closed."""

from dataclasses import dataclass
from typing import Any

from socialwatch.errors import Refused

LONGEST = 40  # characters of a tag
NO_TAG = "Een tag is een woord of een paar woorden."
TOO_LONG = f"Een tag is hooguit {LONGEST} tekens."


@dataclass(frozen=True, slots=True)
class Signs:
    """What somebody says of a case they close: is the problem gone, does the customer feel heard. None: left open."""

    problem_gone: bool | None = None
    feels_heard: bool | None = None


OPEN = Signs()


def written(signs: Signs) -> dict[str, Any]:
    """As they stand in the line that closes a case; what is left open is not there."""
    said = {"gone": signs.problem_gone, "heard": signs.feels_heard}
    return {name: value for name, value in said.items() if value is not None}


def tidy(tag: str) -> str:
    """A tag as it is kept: in lower case, without a leading #, single spaces. Raises Refused when nothing is left of
    it, or when it is longer than LONGEST.
    """
    said = " ".join("".join(each if each.isprintable() else " " for each in tag).lower().split()).lstrip("#").strip()
    if not said:
        raise Refused(NO_TAG)
    if len(said) > LONGEST:
        raise Refused(TOO_LONG)
    return said
