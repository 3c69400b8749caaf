"""A protocol (protocolkaart): steps that come first in a few grave matters, who to call, and the clock that runs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.risk import LIKELY
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

MOST_READ = 20_000  # characters
MOST_STEPS = 12
KEYS = frozenset({"title", "steps", "call", "hazards", "bereavement", "clock_hours", "deadline", "show"})
NONE = "none"  # an agent said that no card belongs here

_THINGS = (
    r"(?:telefoon|mobiel|laptop|tablet|batterij|accu|website|site|webshop|app|chat\w*|account|link|wifi|kanaal|service"
    r"|klantenservice|printer|koptelefoon|oplader|sok(?:ken|je|jes)?|schoen\w*|horloge|teen|trui|jas|broek|jurk|shirt"
    r"|playstation|xbox|computer|pc|iphone|tv|televisie|scherm|router|modem|wasmachine|droger|koelkast|vaatwasser"
    r"|oven|stofzuiger|koffie\w*|waterkoker|fiets|auto|bank)"
)
_THING = re.compile(
    rf"\b{_THINGS}[ ](?:(?:is|zijn|was|waren|lijkt|lijken)[ ](?:\w{{1,12}}[ ]){{0,5}})?$",
    re.I,
)
_OF_A_THING = re.compile(rf"[ ](?:van|voor)[ ](?:mijn|m'n|mn|onze|de|het|een)[ ](?:\w{{1,12}}[ ])?{_THINGS}\b", re.I)
_LOSS = re.compile(
    r"\b(?:overleden|gestorven|heengegaan|ingeslapen)\b|\boverlijden\b|\boverleed\b"
    r"|\bnabestaanden?\b|\brouw(?:kaart|dienst|boeket|stuk|arrangement)\w*|\buitvaart\w*|\bbegrafenis\w*"
    r"|\bcrematie\w*|\bcondoleance\w*",
    re.I,
)
_PERSON = (
    r"(?:man|vrouw|moeder|vader|mama|papa|ma|pa|oma|opa|zoon(?:tje)?|dochter(?:tje)?|kind(?:je)?|baby|broer|zus"
    r"|partner|vriend(?:in)?|echtgenote?|schoonmoeder|schoonvader|buurvrouw|buurman|tante|oom)"
)
_SOMEBODY = re.compile(rf"\b{_PERSON}\b", re.I)
_GONE = re.compile(
    rf"\b{_PERSON},?[ ](?:\w{{1,14}}[ ]){{0,4}}(?:dood(?!moe|op)\b|er niet meer\b)"
    rf"|\b{_PERSON}[ ](?:\w{{1,12}}[ ]){{0,3}}"
    r"verloren\b|\bna de dood van\b",
    re.I,
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Protocol:
    """One card. It belongs to a case in which one of `hazards` is at least as likely as `bar` (0..1), or that tells of
    a death when `bereavement`.

    `clock` runs from the first moment we knew, `deadline` says what must be done before it ends.
    """

    name: str
    title: str
    steps: tuple[str, ...]
    call: str
    hazards: frozenset[Hazard] = frozenset()
    bereavement: bool = False
    clock: timedelta | None = None
    deadline: str = "afronden"
    bar: float = LIKELY


# A chip says "look at this", and may be wrong; this card puts its steps before the answer, and under a joke about a
# sock that would be tactless. On the frozen test 0.7 keeps 54 of the 61 cards of real danger that 0.5 brings, and 15 of
# the 24 that were none; the three playful posts of the demo's world lie between (`python -m tests.measure cards`).
SAFETY_BAR = 0.7
# A data leak keeps the bar of its chip: there 0.5 brings 51 real cards and 2 that were none, 0.7 loses 5 to save 1, and
# a card that is missing costs hours of the 72.
PRIVACY_BAR = LIKELY

SAFETY = Protocol(
    "safety",
    "Eerst veilig",
    (
        "Vraag of iedereen ongedeerd is, en of er hulp nodig is (bij nood: 112).",
        "Vraag om het product niet meer te gebruiken en het te bewaren. Ophalen doen wij, op onze kosten.",
        "Bel wie hieronder staat, voordat je iets over de oorzaak zegt.",
        "Zoek in de Inbox of meer mensen dit melden met hetzelfde product.",
        "Spreek af wanneer je de klant weer belt, en doe dat.",
    ),
    "je teamleider",
    frozenset({Hazard.SAFETY}),
    bar=SAFETY_BAR,
)
PRIVACY = Protocol(
    "privacy",
    "Mogelijk een datalek",
    (
        "Haal zelf niets weg en herhaal geen gegevens, ook niet in een privébericht.",
        "Bel wie hieronder staat: die beslist of dit een datalek is.",
        "Staan de gegevens van de klant nog ergens open? Laat dat meteen afsluiten.",
        "Vertel de klant wat we doen, ook als we de oorzaak nog niet weten.",
        "Leg in een notitie vast wat er gebeurde en om wiens gegevens het gaat.",
    ),
    "de functionaris gegevensbescherming, of anders je teamleider",
    frozenset({Hazard.PRIVACY}),
    clock=timedelta(hours=72),
    deadline="melden bij de toezichthouder",
    bar=PRIVACY_BAR,
)
BEREAVEMENT = Protocol(
    "bereavement",
    "Iemand is overleden",
    (
        "Condoleer eerst, in je eigen woorden. De bestelling komt daarna.",
        "Zet reclame en automatische mails op deze naam en dit adres stil.",
        "Vraag geen overlijdensakte of ander bewijs.",
        "Los het op zonder voorwaarden: retour, annuleren of nalevering kan.",
        "Eén iemand blijft dit doen; laat de familie het verhaal niet nog eens vertellen.",
    ),
    "je teamleider, als je er even naast wilt staan",
    bereavement=True,
)
DEFAULTS: Mapping[str, Protocol] = {each.name: each for each in (SAFETY, PRIVACY, BEREAVEMENT)}


def which(protocols: Mapping[str, Protocol], hazards: Mapping[Hazard, float], texts: Iterable[str]) -> str | None:
    """The name of the first card, in the order of the configuration, that belongs to these hazards (how likely each is,
    0..1) and words.
    """
    lost: bool | None = None
    for each in protocols.values():
        if any(hazards.get(hazard, 0.0) >= each.bar for hazard in each.hazards):
            return each.name
        if each.bereavement:
            lost = any(bereaved(text) for text in texts) if lost is None else lost
            if lost:
                return each.name
    return None


def bereaved(text: str) -> bool:
    """Whether these words tell of somebody's death; things that die (a telephone, a website) do not count."""
    level = _SPACE.sub(" ", text[:MOST_READ])
    told = (match for match in _LOSS.finditer(level) if not _of_a_thing(level, match))
    return next(told, None) is not None or _GONE.search(level) is not None


def _of_a_thing(level: str, found: re.Match[str]) -> bool:
    before = level[max(0, found.start() - 60) : found.start()]
    thing = _THING.search(before)
    if thing is not None and not _SOMEBODY.search(before, thing.start()):
        return True
    return _OF_A_THING.match(level, found.end()) is not None


def read(sections: Mapping[str, Mapping[str, Any]]) -> dict[str, Protocol]:
    """The shipped cards with what the configuration changes, then its own. Raises Misconfigured naming the key.

    `show = false` takes a card away.
    """
    made = {}
    for name in [*DEFAULTS, *(each for each in sections if each not in DEFAULTS)]:
        card = _one(name, Section(sections.get(name, {}), f"protocols.{name}"))
        if card is not None:
            made[name] = card
    return made


def _one(name: str, section: Section) -> Protocol | None:
    shipped = DEFAULTS.get(name, Protocol(name, "", (), ""))
    if strange := sorted(set(section.values) - KEYS):
        raise Misconfigured(f"{strange[0]} van {section.of} kennen we niet")
    if not section.flag("show", True):
        return None
    hours = section.number(
        "clock_hours", int(shipped.clock.total_seconds() // 3600) if shipped.clock else 0, (0, 24 * 90)
    )
    steps = tuple(each.strip() for each in section.words("steps") if each.strip()) or shipped.steps
    title = section.text("title", shipped.title)
    if len(name) > 40 or not title or not 0 < len(steps) <= MOST_STEPS:
        raise Misconfigured(f"protocols.{name} heeft een title en één tot {MOST_STEPS} steps nodig")
    hazards, bereavement = _hazards(section) or shipped.hazards, section.flag("bereavement", shipped.bereavement)
    if name == NONE or not (hazards or bereavement):
        raise Misconfigured(f"protocols.{name} heeft hazards (of bereavement) nodig, en een naam die niet none is")
    return Protocol(
        name,
        title,
        steps,
        section.text("call", shipped.call) or "je teamleider",
        hazards,
        bereavement,
        timedelta(hours=hours) if hours else None,
        section.text("deadline", shipped.deadline),
        shipped.bar,
    )


def _hazards(section: Section) -> frozenset[Hazard]:
    named = section.words("hazards")
    unknown = [each for each in named if each not in set(Hazard)]
    if unknown:
        raise Misconfigured(f"hazards van {section.of}: {unknown[0]} bestaat niet")
    return frozenset(Hazard(each) for each in named)
