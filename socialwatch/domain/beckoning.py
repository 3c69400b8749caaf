"""Beckoning: who is called to a case by @name in a note, or is asked to look along."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from socialwatch.domain.agent import Agent

_AT = re.compile(r"(?<![\w@.])@(?=\w)")


class Kind(StrEnum):
    """`LOOK` is private: only who asks and who is asked see it."""

    NOTE = "note"
    LOOK = "look"


def named(text: str, colleagues: Iterable[Agent]) -> list[Agent]:
    """Whom a note calls by @name, in the order of their first call; "@Eva de Wit" is not "@Eva" when both are here."""
    longest = sorted(colleagues, key=lambda each: -len(each.name))
    found: dict[int, Agent] = {}
    for at in _AT.finditer(text):
        called = _called(text[at.end() :], longest)
        if called is not None:
            found.setdefault(called.id, called)
    return list(found.values())


def _called(rest: str, longest: Sequence[Agent]) -> Agent | None:
    said = rest.casefold()
    for each in longest:
        name = each.name.casefold()
        if said.startswith(name) and not said[len(name) : len(name) + 1].isalnum():
            return each
    return None
