"""Triage: in which order mentions are read, and what was read goes on, so that the gravest is never behind the mild.

Nobody knows the risk of an unread mention, so it counts as nearly the worst: everything is read before the mild goes
on to a case and an owner, and only what was read and found as grave as can be goes first. Among
the unread a cheap guess decides.
An hour in the queue counts for a point (store/queue), so the mild is passed for some hours at most.
"""

import re
from collections.abc import Mapping
from math import exp

from socialwatch.domain.assessment import Assessment

HIGHEST = 9.0
UNREAD, GUESSED, ADDRESSED = 8.6, 0.25, 0.05
# Only a risk from here on goes before the unread. Measured on the corpus, which has far more danger in it than life
# has: from lower on, what was found grave early would go before the gravest that is found late.
GRAVEST = 0.998
BELOW = 8.5
# Fury and fear alone stay below grave risk here: the Inbox weighs them fully (domain/priority).
FELT = 8.0
MOST_READ = 1_000  # characters: what is grave is said soon, and a guess has to be cheap
_STEM = 6  # letters
_WORD = re.compile(r"[^\W\d_]{3,}")
_START = -40
# Learnt by tests/bench/stems.py from the corpus and the shipped model: tenths of log odds that a text with a word that
# begins like this is among the gravest twentieth. No rule about anybody: it only decides what is read first.
_TELLING: Mapping[int, str] = {
    26: "insuli",
    25: "olie",
    24: "rook",
    21: "putdek",
    20: "knie los",
    19: "epilep ruikt steekt vannac",
    17: "gebrok",
    16: "hoofdd stekke",
    15: "geweig hangt",
    14: "accu gasluc log losse roken zool",
    13: "fietsp gaf geplaa mocht paspoo",
    12: "diagno gevall glas lijkt medici",
    11: "adress badkam durf gebore steken",
    10: "accent afgebr centim gegete gelukk hechti heet lijst schimm volled",
    9: "allerg baby gezegd gezet medisc nacht plasti rolsto stukje zie",
    8: "dicht donder gecont glijba lag ligt mevrou mijn net oud pot regenb schomm trap vanavo zat",
    7: "begon bsn hierov kreeg open sturen van vreemd want",
    6: "achter balie boven dik erop geheim gister graden horen iemand inkome lekt liggen mail moest pols "
    "warm zelfde zoontj",
    5: "bij brandw chauff erin ging inclus kon lagen letter melk nederl omhoog ouders plek reed schroe sinds "
    "staan uit werd zwart",
    4: "aan beurt bike dochte jullie kind kinder mailad mijne muur onder praten ruik spiege stonde terwij "
    "vallen verwar vinger vrouw",
    3: "anders benede blauwe dit gas gasten geboor heb heen hele kelder koolmo las man met naast niet notena "
    "nummer onderu peuter stoep tegen tien vandaa verand vrouwe waar weet wildvr woont ziek zien zij zit "
    "zoon",
    2: "andere appt bedoel ben bijna blinde daar deze doorge duim elektr ene foto geeft gegeve gehaal het "
    "juist kijken later meterk moeten school stond tot twee waarom",
    -2: "antwoo bellen berich blij boodsc dan dat die doos formul hadden keer klaar kwam maand maar mag mee "
    "nooit ook rij stil uitleg verhui vond vraag wat weken wel zich",
    -3: "alsjeb auto beetje elke ergens graag hoe opnieu prima thuis verzek vinden voorta wachte weeken zal "
    "zetten zouden",
    -4: "bank compli half inmidd komt laatst maken meer mogen mooi oude veel voor was wij wil zou zus",
    -5: "alweer drie elkaar helema hond koffie loopt morgen niks via willen",
    -6: "alles belt betaal dag deed echt goed ingevu jammer steeds zeggen zelf",
    -7: "abonne altijd beloof krant krijge trein zeg",
    -8: "terug zes één",
    -9: "acht eten lang pakket toen",
    -10: "merci",
    -12: "geld",
    -13: "euro",
    -17: "weer",
    -19: "bedank",
    -28: "dank",
}  # fmt: skip
_POINTS: Mapping[str, int] = {stem: points for points, written in _TELLING.items() for stem in written.split()}


def unread(text: str, to_us: bool) -> float:
    """Queue priority 0..9 of a mention that nobody read; `to_us`: it answers something, mostly us."""
    return UNREAD + GUESSED * guess(text) + ADDRESSED * to_us


def read(found: Assessment) -> float:
    """Queue priority 0..9 of a mention that was read: by its risk, and by how its writer feels up to FELT."""
    if found.risk >= GRAVEST:
        return HIGHEST * found.risk
    return max(BELOW * found.risk, FELT * max(found.reading.frustration, found.reading.distress))


def guess(text: str) -> float:
    """0..1: how likely it is that this text is grave, by its words alone. More than 20,000 posts a second."""
    points = _START + sum(_POINTS.get(stem, 0) for stem in stems(text))
    return 1 / (1 + exp(-points / 10))


def stems(text: str) -> set[str]:
    """The beginnings of its words."""
    return {word[:_STEM] for word in _WORD.findall(text[:MOST_READ].lower())}
