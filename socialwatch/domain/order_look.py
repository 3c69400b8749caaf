"""Order look: how a brand's order numbers look, so that bare figures are known for one, in any spelling of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.assessment import Fact
from socialwatch.domain.identity import order_spellings

FEWEST_SEEN, FEWEST_SHARE = 3, 0.2  # of the numbers looked at; a few odd ones are no look
FEWEST_BARE = 5  # figures; fewer are a year, a postcode, a house number
MOST_READ, MOST_BARE = 4000, 3
_NUMBER = re.compile(r"(?P<prefix>[A-Za-z]{0,5}-?)(?P<figures>\d{3,12})")
_BARE = re.compile(
    r"(?:^|[.!?:;(]|\b(?:om|over|betreft|betreffende|inzake|zie|nummer|nr|no|about|re)\b[.:]?)\s{0,3}"
    r"(?P<value>\d{5,12})(?![\w%/-]|[.,]\d)"
    r"(?=\s{0,3}(?:$|[.!?,;:)]|(?:is|was|klopt|klopte|kwam|komt|nog|niet|nooit|zit|zat|graag|svp|s\.v\.p|aub|a\.u\.b|heeft|had"
    r"|al|moet|moest|kan|staat|stond|wordt|werd|blijft|gaat|ging|ligt|lag|mist|ontbreekt|daar|retour|kapot|stuk|weg|zoek"
    r"|kwijt|never|is|has|and|en)\b))",
    re.I | re.M,
)
_OTHER = re.compile(
    r"\b(?:klant|kassa|bon|pakbon|factu|kvk|btw|postbus|huis|pin|code|artikel|art|lot|serie|kenmerk|dossier|ticket|zaak"
    r"|melding|polis|lid|rekening|kamer|abonnee|tel|mob|bel|gsm|fax|postcode|lijn|route|kaart|pas|case|referentie|ref|claim|meter"
    r"|imei|ean|barcode|sku|aantal|giro|iban|saldo|stand|totaal|bedrag|prijs|score|budget|chassis|kenteken|model|bsn|sms)\w*"
    r"\.?[^.!?]{0,12}$",
    re.I,
)
_DAYS = ("%d%m%Y", "%Y%m%d", "%d%m%y")


@dataclass(frozen=True, slots=True)
class Look:
    """What stands before the figures ("SK-", or nothing), and how many figures there may be."""

    prefix: str
    lengths: frozenset[int]


def looks(numbers: Iterable[str]) -> tuple[Look, ...]:
    """How these order numbers look, the most usual first; empty when they have nothing in common."""
    found = [match for match in map(_NUMBER.fullmatch, numbers) if match]
    usual = Counter(match["prefix"] for match in found)
    enough = max(FEWEST_SEEN, FEWEST_SHARE * len(found))
    return tuple(_look(prefix, found) for prefix, count in usual.most_common() if count >= enough)


def _look(prefix: str, found: Sequence[re.Match[str]]) -> Look:
    return Look(prefix, frozenset(len(match["figures"]) for match in found if match["prefix"] == prefix))


def spellings(number: str, known: Sequence[Look]) -> tuple[str, ...]:
    """As order_spellings; figures alone also as the brand writes them: with its letters, with or without the noughts
    in front.
    """
    plain = order_spellings(number)
    if not plain[0].isdigit():
        return plain
    figures = plain[0].lstrip("0") or "0"
    more = (
        f"{look.prefix}{figures.zfill(length)}"
        for look in known
        for length in sorted(look.lengths)
        if len(figures) <= length and (length == len(figures) or min(look.lengths) == max(look.lengths))
    )
    return tuple(dict.fromkeys((*plain, *more)))


def bare(text: str, known: Sequence[Look], taken: Iterable[Fact]) -> tuple[str, ...]:
    """Figures that stand by themselves in a post as an order number would, as long as the brand's are, and that are
    nothing else: what was `taken` for a date, an amount, a phone number or the like stays that.
    """
    lengths = {length for look in known for length in look.lengths if length >= FEWEST_BARE}
    if not lengths:
        return ()
    spans = [(fact.start, fact.end) for fact in taken]
    return tuple(dict.fromkeys(_bare(text[:MOST_READ], lengths, spans)))[:MOST_BARE]


def _bare(text: str, lengths: set[int], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    for match in _BARE.finditer(text):
        start, end = match.span("value")
        free = not any(first < end and start < last for first, last in spans)
        counted = _OTHER.search(text[max(0, start - 40) : start])
        if len(match["value"]) in lengths and free and not counted and not _is_day(match["value"]):
            yield match["value"]


def _is_day(figures: str) -> bool:
    return any(_reads(figures, each) for each in _DAYS if len(figures) == (6 if each.endswith("y") else 8))


def _reads(figures: str, pattern: str) -> bool:
    try:
        found = datetime.strptime(figures, pattern)  # noqa: DTZ007 - whether it is a day, and not when
    except ValueError:
        return False
    return 1900 < found.year < 2030 and (len(figures) == 8 or found.year > 2019)
