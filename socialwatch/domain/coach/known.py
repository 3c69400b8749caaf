"""Known: the draft asks for something that we have already, or that the customer told already."""

import re
from collections.abc import Iterator

from socialwatch.domain.coach.asked import (
    ALIAS,
    BARE_LABELS,
    DONE_ALREADY,
    FIELDS,
    OF_SOMEBODY,
    OF_SOMETHING,
    OFFERED,
    OTHERWISE,
    REQUEST,
    STARTED_AGAIN,
    TELLS_TO_DO,
)
from socialwatch.domain.coach.reading import Piece, clauses, facts_in, level, root, roots, sentences, shared
from socialwatch.domain.coach.words import MOST_READ, Check, Draft, Known, Remark, Scene

_LONGEST = 60  # characters of a value in a remark
_WHY = (
    "Niets vraagt zo veel geduld als iets twee keer vertellen. Wat we weten gebruiken we, "
    "dan merkt de klant dat er iemand kijkt."
)
_ON_THE_THING = re.compile(r"(?<!\w)(?:staat|staan) (?:er |ook )?(?:op|onder|aan|in|achter)(?!\w)")
_FEW_WORDS = 5
_YOUR = re.compile(r"^\W*(?:en |dus )?(?:je|uw|jouw|jullie|het|de) ")
_SIZE = re.compile(r"(?<!\w)maat\s?:?\s?(\d{2}(?:[-/]\d{2})?|x{0,3}[sl]|m)(?!\w)", re.I)
_TOLD = {
    "order_number": "bestelnummer",
    "email": "e-mailadres",
    "phone": "telefoonnummer",
    "tracking_code": "trackcode",
}
# "Is er op uw adres een lift?" asks for no address.
_AT_IT = re.compile(r"(?<!\w)(?:op|bij|aan|naar|in) (?:je|uw|jouw|dat|dit|het)(?: \w+)? $")
_HET = re.compile(r"(?:adres|nummer|product|artikel|bewijs|type|antwoord|kenteken|abonnement|aantal|keuzemenu|menu)$")
_DULL_TRIED = frozenset(root(word) for word in ["geprobeerd", "keer", "dagen", "zonder", "resultaat", "al", "zelf"])


def known(draft: Draft, scene: Scene) -> Iterator[Remark]:
    have = _have(scene)
    before: Piece | None = None
    for piece in sentences(level(draft.text)):
        goes_on = before is not None and _goes_on(before, piece)
        for each in have:
            stretch = _asks_for(piece, each, goes_on)
            if stretch is not None:
                yield _remark(each, stretch)
                return
        before = piece


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Whether a few words only finish a request: "Waar mag hij heen? Je adres dus." """
    return before.asks and len(piece.text.split()) <= _FEW_WORDS and _YOUR.match(piece.text) is not None


def asks_what_we_know(text: str, scene: Scene) -> bool:
    """Whether any sentence of this level text asks for something that we have."""
    have = _have(scene)
    return any(_asks_for(piece, each) is not None for piece in sentences(text) for each in have)


def _have(scene: Scene) -> list[Known]:
    return [*scene.known, *_told(scene)]


def _told(scene: Scene) -> Iterator[Known]:
    """What stands in the customer's own posts."""
    for post in scene.theirs:
        for fact in facts_in(post):
            if fact.kind in _TOLD:
                yield Known(fact.kind, fact.text, _TOLD[fact.kind])
        for match in _SIZE.finditer(post[:MOST_READ]):
            yield Known("size", match[1], "maat")


def _asks_for(piece: Piece, each: Known, goes_on: bool = False) -> tuple[int, int] | None:
    field = ALIAS.get(each.field, each.field)
    if _gives(piece, each) or OTHERWISE.search(piece.text):
        return None
    if field == "tried" and _tells_to_do(piece, each):
        return piece.start, piece.end
    at = _named(piece, field, each.label)
    return (piece.start + at[0], piece.start + at[1]) if at and (goes_on or _asks(piece, at[0])) else None


def _asks(piece: Piece, at: int) -> bool:
    """Whether the sentence asks for what stands there, or only says what we do with it."""
    if piece.asks or piece.text.endswith(":"):
        return True
    clause = next((each for each in clauses(piece) if each.start <= piece.start + at < each.end), piece)
    return REQUEST.search(piece.text) is not None and not OFFERED.search(clause.text)


def _named(piece: Piece, field: str, label: str) -> tuple[int, int] | None:
    """Where a sentence names the thing: in the words for it, or as its label."""
    pattern = FIELDS.get(field)
    match = pattern.search(piece.text) if pattern else None
    if match is not None and _AT_IT.search(piece.text[: match.start()]):
        return None
    match = match or _numbered(piece, field) or _labelled(piece, label)
    return match.span() if match else None


def _numbered(piece: Piece, field: str) -> re.Match[str] | None:
    """A number by the name that it has in the trade: "pasnummer", "lotnummer"."""
    trade = {"customer_number": OF_SOMEBODY, "order_number": OF_SOMETHING}.get(field)
    return trade.search(piece.text) if trade and not _ON_THE_THING.search(piece.text) else None


def _labelled(piece: Piece, label: str) -> re.Match[str] | None:
    words = [word for word in re.findall(r"[\w-]{4,}", level(label)) if word not in BARE_LABELS]
    found = (re.search(rf"(?<!\w){re.escape(word)}(?!\w)", piece.text) for word in words)
    return next((each for each in found if each), None)


def _gives(piece: Piece, each: Known) -> bool:
    """Whether the sentence says itself what we know, so that it only asks whether it still holds."""
    short = level(each.value).partition(",")[0].strip()
    return len(short) > 1 and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", piece.text) is not None


def _tells_to_do(piece: Piece, each: Known) -> bool:
    """Whether it asks for, or proposes, what was tried already."""
    if not TELLS_TO_DO.search(piece.text) or DONE_ALREADY.search(piece.text):
        return False
    value = level(each.value)
    if STARTED_AGAIN.search(piece.text) and STARTED_AGAIN.search(value):
        return True
    return bool(shared(roots(piece.text) - _DULL_TRIED, roots(value) - _DULL_TRIED))


def _remark(each: Known, stretch: tuple[int, int]) -> Remark:
    value = each.value if len(each.value) <= _LONGEST else each.value[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
    if each.field == "tried":
        says = f"Dat heeft de klant al geprobeerd: {value}."
        toward = "Wat is de volgende stap, na wat al geprobeerd is?"
    else:
        says = f"Je vraagt om {_article(each.label)}; dat hebben we al: {value}."
        toward = "Gebruik het gewoon, of vraag privé of het nog klopt als je twijfelt."
    return Remark(Check.KNOWN, says, toward, _WHY, *stretch)


def _article(label: str) -> str:
    low = label[:1].lower() + label[1:]
    if re.match(r"(?:de|het|wat|hoe|welke|een|al|eerder|eerdere)\b", low):
        return f"“{low}”"
    return f"{'het' if _HET.search(low) else 'de'} {low}"
