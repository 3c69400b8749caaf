"""The language of Graph's `fields` parameter: names, modifiers and braces, as in comments.limit(25){id,parent}."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from socialwatch.playground.graph.errors import Refusal, bad_parameter

_NAME = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*")
_MODIFIER = re.compile(r"\.([a-z_]+)\(([^()]*)\)\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """One field that is wanted; `inner` is None when no braces followed."""

    name: str
    modifiers: Mapping[str, str] = field(default_factory=dict)
    inner: "tuple[Field, ...] | None" = None


def fields(text: str) -> tuple[Field, ...]:
    """The wanted fields; Refusal when the text cannot be read."""
    found, at = _list(text, 0)
    if text[at:].strip():
        raise Refusal(bad_parameter(f"Syntax error at '{text[at:]}'"))
    return found


def _list(text: str, at: int) -> tuple[tuple[Field, ...], int]:
    found: list[Field] = []
    while True:
        one, at = _field(text, at)
        found.append(one)
        if text[at : at + 1] != ",":
            return tuple(found), at
        at += 1


def _field(text: str, at: int) -> tuple[Field, int]:
    name = _NAME.match(text, at)
    if name is None:
        raise Refusal(bad_parameter(f'Syntax error "Expected name." at character {at}: {text}'))
    at = name.end()
    modifiers: dict[str, str] = {}
    while (modifier := _MODIFIER.match(text, at)) is not None:
        modifiers[modifier[1]] = modifier[2]
        at = modifier.end()
    if text[at : at + 1] != "{":
        return Field(name[1], modifiers), at
    inner, at = _list(text, at + 1)
    if text[at : at + 1] != "}":
        raise Refusal(bad_parameter(f'Syntax error "Expected end of braces." at character {at}: {text}'))
    return Field(name[1], modifiers, inner), at + 1
