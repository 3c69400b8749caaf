"""Dutch about what happened in a dossier: every line as one plain sentence, for the fold *Geschiedenis*."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.identity import Basis
from socialwatch.web import dutch
from socialwatch.web.dutch_later import stood_until
from socialwatch.web.words import readable

SIGNS = {True: "ja", False: "nee"}
JUDGED = {
    "higher": "schatte de frustratie hoger in",
    "lower": "schatte de frustratie lager in",
    "no_complaint": "zei dat het geen klacht is",
    "wrong_customer": "zei dat het een andere klant is",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened. `to` is the other dossier it leads to, when there is one."""

    at: datetime
    words: str
    to: int | None = None


def rows(lines: Sequence[Line], names: Mapping[int, str], told: Sequence[datetime], now: datetime) -> list[Row]:
    """Everything in order; `told` are the moments at which somebody was notified, which names nobody."""
    said = [row(each, names, now) for each in lines]
    said += [Row(at, "Er ging een melding naar het team") for at in told]
    return sorted(said, key=lambda each: each.at)


def row(line: Line, names: Mapping[int, str], now: datetime) -> Row:
    """One line as a sentence."""
    return Row(line.at, _said(line, names, now), _leads(line))


def _leads(line: Line) -> int | None:
    for name in ("into", "from", "to", "undone", "joined"):
        if line.kind in (LineKind.MERGED, LineKind.SPLIT, LineKind.CLOSED) and isinstance(line.detail.get(name), int):
            return int(line.detail[name])
    return None


def _said(line: Line, names: Mapping[int, str], now: datetime) -> str:
    who = names.get(line.agent_id or 0, "")
    if line.kind is LineKind.ASSIGNED:
        return _assigned(line, names, who)
    if line.kind is LineKind.LATER or (line.kind is LineKind.REOPENED and line.detail.get("later")):
        return _aside(line, who, now)
    say = SAID.get(line.kind)
    return say(who or "Iemand", line.detail) if say else "Er veranderde iets"


def _assigned(line: Line, names: Mapping[int, str], to: str) -> str:
    by, why = names.get(line.detail.get("by") or 0, ""), line.detail.get("why")
    if line.detail.get("uncovered"):
        return f"Niemands beslisruimte dekte dit; het ging naar {to or 'de teamleider'}"
    if by and by == to:
        return f"{by} pakte het dossier"
    if by:
        return f"{by} droeg het over aan {to or 'niemand'}"
    return f"Het kwam bij {to}{f': {dutch.label(dutch.OWNER_WHY)(why)}' if why else ''}" if to else "Van niemand meer"


def _aside(line: Line, who: str, now: datetime) -> str:
    if line.kind is LineKind.REOPENED:
        return f"Kwam terug van later, na {stood_until(line.detail['later'], now)}"
    until = line.detail.get("until")
    ending = f"tot {stood_until(until, now)}" if until else "tot de klant schrijft"
    return f"{who or 'Iemand'} zette het op later, {ending}"


def _closed(who: str, detail: Mapping[str, Any]) -> str:
    if detail.get("joined"):
        return "Het bericht ging naar een ander dossier"
    signs = [
        f"{name}: {SIGNS[detail[key]]}"
        for key, name in (("gone", "probleem weg"), ("heard", "voelt zich gehoord"))
        if key in detail
    ]
    return f"{who} rondde het af{f' ({dutch.listed(signs)})' if signs else ''}"


def _linked(who: str, detail: Mapping[str, Any]) -> str:
    basis = str(detail.get("basis", ""))
    known = {each.value for each in Basis}
    return f"{who} bevestigde de klant{f': {dutch.label(dutch.BASES)(basis)}' if basis in known else ''}"


def _tagged(who: str, detail: Mapping[str, Any]) -> str:
    tag = readable(str(detail.get("tag", "")))
    return f"{who} haalde de tag ‘{tag}’ weg" if detail.get("off") else f"{who} gaf de tag ‘{tag}’"


def _merged(who: str, detail: Mapping[str, Any]) -> str:
    if "undone" in detail:
        return f"{who} draaide het samenvoegen terug"
    return f"{who} voegde dit samen met een {'ouder' if 'into' in detail else 'ander'} dossier"


def _gesture(who: str, detail: Mapping[str, Any]) -> str:
    match detail.get("event"):
        case "asked":
            return f"{who} vroeg: mag dit?"
        case "agreed" | "declined" as word:
            return f"{who} zei {'ja' if word == 'agreed' else 'nee'} op een vraag"
        case "failed":
            return "Iets voor de klant lukte niet"
        case "unknown":
            return "Of iets voor de klant lukte, is onzeker"
    return f"{who} deed iets voor de klant"


def _split(who: str, detail: Mapping[str, Any]) -> str:
    if "undone" in detail:
        return f"{who} draaide het splitsen terug"
    if "from" in detail:
        return f"{who} maakte dit los van een ander dossier"
    return f"{who} gaf {dutch.several(int(detail.get('posts', 1)), 'bericht', 'berichten')} een eigen dossier"


SAID: Mapping[LineKind, Callable[[str, Mapping[str, Any]], str]] = {
    LineKind.OPENED: lambda who, detail: "Het dossier begon",
    LineKind.MENTION: lambda who, detail: "De klant schreef",
    LineKind.REPLY: lambda who, detail: f"{who} antwoordde",
    LineKind.OWN_POST: lambda who, detail: (
        f"{who} markeerde het als beantwoord" if detail.get("by_hand") else "Een collega antwoordde op het platform"
    ),
    LineKind.NOTE: lambda who, detail: f"{who} schreef een notitie",
    LineKind.CALL: lambda who, detail: f"{who} belde",
    LineKind.GESTURE: _gesture,
    LineKind.ADVISED: lambda who, detail: f"{who} leest mee",
    LineKind.CLOSED: _closed,
    LineKind.REOPENED: lambda who, detail: f"{who} heropende het",
    LineKind.LINKED: _linked,
    LineKind.UNLINKED: lambda who, detail: f"{who} maakte de klant los",
    LineKind.SOUGHT: lambda who, detail: f"{who} zocht de klant",
    LineKind.GONE: lambda who, detail: "Een bericht werd weggehaald",
    LineKind.THANKS: lambda who, detail: "De klant bedankte",
    LineKind.TAGGED: _tagged,
    LineKind.BECKONED: lambda who, detail: f"{who} vroeg een collega erbij",
    LineKind.CORRECTED: lambda who, detail: (
        f"{who} {JUDGED.get(str(detail.get('what')), 'verbeterde de eerste indruk')}"
    ),
    LineKind.MERGED: _merged,
    LineKind.SPLIT: _split,
    LineKind.SITUATED: lambda who, detail: (
        "Het hoort niet bij de situatie" if detail.get("out") else "Het hoort bij een situatie"
    ),
    LineKind.MENDED: lambda who, detail: f"{who} haalde een antwoord weg om het te herstellen",
}
