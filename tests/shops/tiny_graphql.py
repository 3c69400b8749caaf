"""Enough of GraphQL to hold our documents to what a shop has: what is not there, or not asked for, does not come."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[{}()\[\]:!$=@|]')
_VALUES = {"true": True, "false": False, "null": None}


class Invalid(Exception):
    """The document is wrong: nothing is begun."""

    def __init__(self, message: str, code: str = "undefinedField") -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Field:
    """One field as it is asked for: its own name, the name it gets in the answer, and what goes with it."""

    name: str
    alias: str
    arguments: dict[str, Any] = field(default_factory=dict)
    directives: dict[str, dict[str, Any]] = field(default_factory=dict)
    inside: list["Field"] = field(default_factory=list)
    only: str = ""  # an inline fragment: its type


@dataclass
class Document:
    kind: str
    name: str
    asked: list[Field]
    declared: set[str]


class _Reader:
    def __init__(self, text: str, variables: Mapping[str, Any]) -> None:
        bare = re.sub(_TOKEN, "", re.sub(r"#[^\n]*", "", text))
        if bare.replace(",", "").strip():
            raise Invalid(f"syntax error near {bare.strip()[:20]!r}", "syntax")
        self.tokens = _TOKEN.findall(text)
        self.at = 0
        self.variables = variables
        self.fragments: dict[str, list[Field]] = {}
        self.used: set[str] = set()
        self.mentioned: set[str] = set()

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token or (wanted and token != wanted):
            raise Invalid(f"syntax error: {token!r} where {wanted or 'more'!r} was due", "syntax")
        self.at += 1
        return str(token)

    def value(self) -> Any:
        token = self.take()
        if token == "$":
            name = self.take()
            self.mentioned.add(name)
            return self.variables.get(name)
        if token.startswith('"'):
            return token[1:-1]
        if token in _VALUES:
            return _VALUES[token]
        return int(token) if re.fullmatch(r"-?\d+", token) else token

    def arguments(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.peek() == "(":
            self.take("(")
            while self.peek() != ")":
                name = self.take()
                self.take(":")
                found[name] = self.value()
            self.take(")")
        return found

    def directives(self) -> dict[str, dict[str, Any]]:
        found = {}
        while self.peek() == "@":
            self.take("@")
            name = self.take()
            found[name] = self.arguments()
        return found

    def selection(self) -> list[Field]:
        self.take("{")
        found = []
        while self.peek() != "}":
            found.append(self.one())
        self.take("}")
        return found

    def one(self) -> Field:
        if self.peek() == "...":
            self.take("...")
            if self.peek() == "on":
                self.take("on")
                kind = self.take()
                return Field("", "", inside=self.selection(), only=kind)
            return Field("...", self.take())
        name = alias = self.take()
        if self.peek() == ":":
            self.take(":")
            name = self.take()
        made = Field(name, alias, self.arguments(), self.directives())
        if self.peek() == "{":
            made.inside = self.selection()
        return made


def read(text: str, variables: Mapping[str, Any]) -> Document:
    """One operation with its fragments put in place. Raises Invalid for what GraphQL would refuse."""
    reader = _Reader(text, variables)
    document = None
    while reader.peek():
        kind, name = reader.take(), reader.take()
        if kind == "fragment":
            reader.take("on")
            reader.take()
            if name in reader.fragments:
                raise Invalid(f"There can be only one fragment named {name}")
            reader.fragments[name] = reader.selection()
            continue
        document = Document(kind, name, [], _declared(reader))
        document.asked = reader.selection()
    assert document is not None
    document.asked = _placed(document.asked, reader)
    unused = set(reader.fragments) - reader.used
    if unused or document.declared != reader.mentioned or set(variables) - document.declared:
        raise Invalid(f"unused or unknown: {unused or document.declared ^ reader.mentioned or set(variables)}")
    return document


def _declared(reader: _Reader) -> set[str]:
    found: set[str] = set()
    if reader.peek() == "(":
        while reader.take() != ")":
            if reader.tokens[reader.at - 1] == "$":
                found.add(reader.peek())
    return found


def _placed(asked: list[Field], reader: _Reader) -> list[Field]:
    found: list[Field] = []
    for one in asked:
        if one.name == "...":
            reader.used.add(one.alias)
            found += _placed(reader.fragments[one.alias], reader)
        else:
            one.inside = _placed(one.inside, reader)
            found.append(one)
    return found


def answer(asked: list[Field], thing: Any) -> Any:
    """What of `thing` was asked for. Values may be functions of the arguments. Raises Invalid for what it has not."""
    if isinstance(thing, list):
        return [answer(asked, one) for one in thing]
    if thing is None:
        return None
    if not isinstance(thing, Mapping):
        raise Invalid(f"{thing!r} has no fields")
    found: dict[str, Any] = {}
    for one in asked:
        if one.directives.get("include", {}).get("if") is False:
            continue
        if one.only:
            found |= answer(one.inside, thing) if thing.get("__typename") == one.only else {}
        else:
            found[one.alias] = _field(one, thing)
    return found


def _field(one: Field, thing: Mapping[str, Any]) -> Any:
    if one.name not in thing:
        raise Invalid(f"Field '{one.name}' doesn't exist on type '{thing.get('__typename', '?')}'")
    kept = thing[one.name]
    value = _called(kept, one.arguments) if callable(kept) else kept
    whole = isinstance(value, Mapping) or (isinstance(value, list) and value and isinstance(value[0], Mapping))
    if whole and not one.inside:
        raise Invalid(f"Field must have selections: {one.name}", "selectionMismatch")
    return answer(one.inside, value) if one.inside else value


def _called(kept: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
    try:
        return kept(**arguments)
    except TypeError as problem:
        raise Invalid(str(problem), "argumentNotAccepted") from problem


def page(items: list[Any], first: int, after: str | None = None) -> dict[str, Any]:
    """A connection: `first` items after a cursor."""
    start = int(after.removeprefix("na-")) if after else 0
    here = items[start : start + first]
    turn = {"hasNextPage": start + first < len(items), "endCursor": f"na-{start + len(here)}" if here else None}
    return {"nodes": here, "pageInfo": turn}
