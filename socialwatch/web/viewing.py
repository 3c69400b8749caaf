"""Viewing: which stream and filter an address of the Inbox names, and what can be chosen there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from socialwatch.domain.agent import answers_customers
from socialwatch.domain.assessment import Hazard
from socialwatch.store import agents, filters, streams, tags
from socialwatch.store.filters import Saved
from socialwatch.store.streams import MOST, SHOWN, Age, Filter, Stream, View
from socialwatch.store.unit import Unit
from socialwatch.web import dutch
from socialwatch.web.auth import Visitor

AGES = {"hour": "laatste uur", "day": "laatste dag", "week": "laatste week", "older": "ouder dan een week"}
CHANNELS = ("x", "facebook", "mail", "bluesky", "mastodon", "file")
NAMES = {
    "channel": "Kanaal",
    "language": "Taal",
    "hazard": "Let op",
    "level": "Frustratie",
    "tag": "Tag",
    "owner": "Eigenaar",
    "age": "Binnengekomen",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter on: its name in the address, what it is called, and (value, words) of what can be chosen."""

    name: str
    title: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the head of the Inbox needs: the choices, the filters kept by this person, and the address of what is shown.

    `on` are the words of what is filtered on now.
    """

    choices: Sequence[Choice]
    saved: Sequence[Saved]
    address: str
    on: Sequence[str]


def view(query: Mapping[str, str]) -> View:
    """What an address asks for; what it says wrong is left out."""
    after = streams.place(query["after"]) if "after" in query else None
    asked = query.get("toon", "")
    shown = min(MOST, max(SHOWN, int(asked))) if asked.isdecimal() and len(asked) < 6 else SHOWN
    return View(_stream(query), wanted(query), after, shown)


def _stream(query: Mapping[str, str]) -> Stream:
    named = query.get("stream", "")
    return Stream(named) if named in set(Stream) else Stream.ALL


def wanted(query: Mapping[str, str]) -> Filter:
    """The filter in an address or a form."""
    given = {name: query.get(name, "").strip()[:60] for name in NAMES}
    level, owner, age = given["level"], given["owner"], given["age"]
    return Filter(
        channel=given["channel"] or None,
        language=given["language"] or None,
        hazard=given["hazard"] if given["hazard"] in set(Hazard) else None,
        level=int(level) if level in ("0", "1", "2", "3") else None,
        tag=given["tag"] or None,
        owner=int(owner) if owner.isdecimal() and len(owner) < 10 else None,
        age=Age(age) if age in set(Age) else None,
    )


def address(seen: View) -> str:
    """How the address of this view goes on after the question mark."""
    return urlencode({"stream": seen.stream.value} | seen.wanted.values())


@dataclass(frozen=True, slots=True)
class Known:
    """What everybody of a brand can choose alike: (id, name) of who can own a case, and the tags in use."""

    colleagues: Sequence[tuple[str, str]]
    tags: Sequence[str]


def known(unit: Unit, brand: str) -> Known:
    able = [each for each in agents.everyone(unit, brand) if answers_customers(each)]
    return Known([(str(each.id), each.name) for each in able], tags.known(unit, brand))


def choosing(unit: Unit, visitor: Visitor, seen: View, found: Known) -> Choosing:
    who, now_on = visitor.agent, seen.wanted.values()
    options: dict[str, Sequence[tuple[str, str]]] = {
        "channel": [(each, dutch.CHANNELS[each]) for each in CHANNELS],
        "language": list(dutch.LANGUAGES.items()),
        "hazard": list(dutch.HAZARDS.items()),
        "level": [(str(level), words) for level, words in enumerate(dutch.LEVELS)],
        "tag": [(each, each) for each in found.tags],
        "owner": found.colleagues,
        "age": list(AGES.items()),
    }
    choices = [Choice(name, NAMES[name], options[name], now_on.get(name, "")) for name in NAMES if options[name]]
    words = [dict(each.options).get(each.chosen, each.chosen) for each in choices if each.chosen]
    return Choosing(choices, filters.mine(unit, who), address(seen), words)


def filtering(seen: View, now: datetime) -> datetime | None:
    """The moment that a filter needs; None when nothing is filtered."""
    return now if seen.wanted.values() else None


def head(unit: Unit, visitor: Visitor, seen: View, found: Known | None = None) -> dict[str, Any]:
    """What the templates of the Inbox need beside the queue itself."""
    found = known(unit, visitor.agent.brand) if found is None else found
    return {"choosing": choosing(unit, visitor, seen, found), "stream": seen.stream.value, "current": 0, "sought": ""}
