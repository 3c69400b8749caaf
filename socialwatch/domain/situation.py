"""A situation (situatie): many cases with one cause; which posts are alike, what flares up, and who stands apart."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from operator import mul
from typing import Any

from socialwatch.domain.assessment import Hazard, Stake
from socialwatch.domain.risk import LIKELY
from socialwatch.domain.section import Section
from socialwatch.domain.similar import near_identical, normal
from socialwatch.errors import Misconfigured

IN_DISTRESS = 0.5
# At an outage every third customer threatens to leave and some curse: that alone is no reason for an own treatment.
_OF_EVERYBODY = frozenset({Hazard.CHURN, Hazard.STAFF_ABUSE})
_SHARED = (0.0, 0.4, 1.0)  # what no, one, and two or more telling words in common are worth
_BY_WORDS = 0.5  # the other half is the meaning
_COMMON = 0.2  # a word that one in five of a group uses, and two people at least, belongs to its cause
_USUAL = 0.15  # a word that so many posts use on any day tells nothing
_ENOUGH = 30  # posts from before, to know what is usual
_TIMES = 2.0  # how much more often than usual a word must be heard before it flares up
_MOST_WORDS = 8
_FLARES = 3
_READ = 600  # characters: what it is about stands at the beginning


@dataclass(frozen=True, slots=True)
class Rule:
    """When a situation is offered: `least` open cases `within` this time, each at least so alike (0..1)."""

    least: int = 5
    within: timedelta = timedelta(hours=3)
    likeness: float = 0.5


@dataclass(frozen=True, slots=True)
class Post:
    """What opened a case; `meaning` is its embedding by `model` (signed bytes), empty when there is none."""

    case_id: int
    text: str
    meaning: bytes = b""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a group of posts has in common: telling words (stem → as it was written) and the middle of their meanings,
    per model.
    """

    words: Mapping[str, str]
    centres: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Flare:
    """A cause that flares up: what to call it, and the cases."""

    title: str
    cases: tuple[int, ...]


def rule(values: Mapping[str, Any]) -> Rule:
    """The rule of a section [situations]: `least` cases, `within` hours, `likeness` in percent. Raises Misconfigured
    naming the key.
    """
    unknown = sorted(set(values) - {"least", "within", "likeness"})
    if unknown:
        raise Misconfigured(f"Instelling situations.{unknown[0]} bestaat niet.")
    given, preset = Section(values, "situations"), Rule()
    return Rule(
        given.number("least", preset.least, (3, 500)),
        timedelta(hours=given.number("within", 3, (1, 72))),
        given.number("likeness", round(100 * preset.likeness), (1, 100)) / 100,
    )


def lifted(hazards: Mapping[Hazard, float], stakes: Sequence[Stake], distress: float) -> bool:
    """Whether a case stands apart from the rest of its situation: something is at stake, or somebody is in danger."""
    grave = any(score >= LIKELY for name, score in hazards.items() if name not in _OF_EVERYBODY)
    return grave or bool(stakes) or distress >= IN_DISTRESS


def cause(posts: Sequence[Post], usual: frozenset[str] = frozenset()) -> Cause:
    """What these posts have in common; words that are `usual` for the brand say nothing."""
    counted = Counter(stem for post in posts for stem in stems(post.text))
    least = max(1 if len(posts) == 1 else 2, _COMMON * len(posts))
    told = [stem for stem, times in counted.most_common() if times >= least and stem not in usual]
    written: dict[str, str] = {}
    for post in posts:
        for stem, word in stems(post.text).items():
            written.setdefault(stem, word)
    most = len(told) if len(posts) == 1 else _MOST_WORDS
    return Cause({stem: written[stem] for stem in told[:most]}, _centres(posts))


def likeness(found: Cause, post: Post) -> float:
    """How alike, 0..1: half by the words they share, half by what they mean."""
    shared = sum(1 for stem in stems(post.text) if stem in found.words)
    centre = found.centres.get(post.model)
    meant = nearness(centre, post.meaning) if centre and len(centre) == len(post.meaning) else 0.0
    return _BY_WORDS * _SHARED[min(shared, 2)] + (1 - _BY_WORDS) * meant


def alike(chosen: Sequence[Post], others: Sequence[Post], usual: frozenset[str] = frozenset()) -> dict[int, float]:
    """How alike each of the others is to what was chosen, by case; the same words are as alike as can be."""
    found, texts = cause(chosen, usual), [each.text for each in chosen[:3]]
    return {
        each.case_id: max([likeness(found, each), *(near_identical(text, each.text) for text in texts)])
        for each in others
    }


def flares(posts: Sequence[Post], before: Sequence[str], wanted: Rule) -> list[Flare]:
    """The causes that flare up among these open cases, largest first; `before` are posts of the time before them."""
    left, found = list(posts), []
    for _ in range(_FLARES):
        best = _largest(left, before, wanted)
        if best is None:
            break
        found.append(best)
        left = [each for each in left if each.case_id not in best.cases]
    return found


def _largest(posts: Sequence[Post], before: Sequence[str], wanted: Rule) -> Flare | None:
    known = usual(before)
    counted = Counter(stem for post in posts for stem in stems(post.text))
    earlier = Counter(stem for text in before for stem in stems(text))
    best: Flare | None = None
    for stem, times in counted.most_common(4 * _MOST_WORDS):
        if times < wanted.least or stem in known or not _surprises(times, len(posts), earlier[stem], len(before)):
            continue
        flare = _around(stem, posts, known, wanted)
        if flare is not None and (best is None or len(flare.cases) > len(best.cases)):
            best = flare
    return best


def _around(stem: str, posts: Sequence[Post], known: frozenset[str], wanted: Rule) -> Flare | None:
    """What gathers around one telling word. One word alone is what this brand sells, or how people talk."""
    found = cause([each for each in posts if stem in stems(each.text)], known)
    if len(found.words) < 2:
        return None
    cases = tuple(each.case_id for each in posts if likeness(found, each) >= wanted.likeness)
    return Flare(title(found), cases) if len(cases) >= wanted.least else None


def _surprises(times: int, posts: int, earlier: int, before: int) -> bool:
    if before < _ENOUGH:
        return True
    return times / posts >= _TIMES * earlier / before


def usual(before: Sequence[str]) -> frozenset[str]:
    """Which words this brand hears on any day; none when there is too little to know it by."""
    if len(before) < _ENOUGH:
        return frozenset()
    counted = Counter(stem for text in before for stem in stems(text))
    return frozenset(stem for stem, times in counted.items() if times >= _USUAL * len(before))


def title(found: Cause) -> str:
    """*Internet en storing*: a first name for it, that a person may better."""
    words = list(found.words.values())[:2]
    named = " en ".join(words)
    return named[:1].upper() + named[1:] or "Iets gezamenlijks"


def nearness(centre: Sequence[float], meaning: bytes) -> float:
    """The cosine of two meanings, 0..1; what points away counts as nothing."""
    other = memoryview(meaning).cast("b")
    length = (sum(map(mul, centre, centre)) * sum(map(mul, other, other))) ** 0.5
    return max(0.0, sum(map(mul, centre, other)) / length) if length else 0.0


def _centres(posts: Iterable[Post]) -> dict[str, tuple[float, ...]]:
    """The mean meaning per model; meanings of two models cannot be compared."""
    by_model: dict[str, list[memoryview]] = {}
    for each in posts:
        if any(each.meaning):
            by_model.setdefault(each.model, []).append(memoryview(each.meaning).cast("b"))
    return {
        model: tuple(sum(place) / len(all_of) for place in zip(*all_of, strict=True))
        for model, all_of in by_model.items()
        if len({len(each) for each in all_of}) == 1
    }


@lru_cache(maxsize=4096)  # the same posts are looked at again and again while they are fresh
def stems(text: str) -> Mapping[str, str]:
    """The telling words of a post: the first letters of each, or the name of what many words mean → as written."""
    found: dict[str, str] = {}
    for word in normal(text[:_READ]).split():
        if len(word) < 3 or word in _DULL or word.isdigit():
            continue
        stem = _MEANS.get(word) or next((name for start, name in _STARTS if word.startswith(start)), word[:6])
        if len(word) > 3 or stem in _THINGS:
            found.setdefault(stem, word if stem not in _THINGS else stem)
    return found


# What breaks down for many at once goes by many names.
_THINGS: Mapping[str, str] = {
    "internet": "internet wifi verbinding modem glasvezel netwerk bereik offline",
    "website": "website site webshop webwinkel pagina web",
    "app": "app apps applicatie",
    "inloggen": "inloggen inlog ingelogd account wachtwoord login",
    "storing": "storing storingen plat eruit uitgevallen uitval down onbereikbaar foutmelding error",
    "betalen": "betalen betaling ideal afrekenen betaald pin pinnen kassa winkelmandje",
    "bezorging": "bezorging bezorger bezorgd bezorgen pakket pakje postnl dhl dpd bpost levering geleverd pakketje",
    "telefoon": "telefoon bellen telefonisch wachtrij lijn",
    "televisie": "tv televisie zender zenders",
    "stroom": "stroom elektriciteit stroomstoring",
    "terugroepactie": "terugroepactie teruggeroepen terugroepen recall",
    "datalek": "datalek gelekt gehackt hack lek",
}
_MEANS: Mapping[str, str] = {word: name for name, words in _THINGS.items() for word in words.split()}
_STARTS = (("internetst", "storing"), ("websho", "website"), ("bezorg", "bezorging"), ("inlog", "inloggen"))
_DULL = frozenset(
    re.findall(
        r"\w+",
        """aan aangezien aardig achter af al alle alleen alles als altijd anders andere are bedankt beetje beste bij
        binnen daar dan dank dat de deze die dit doen doet door dus duurt echt een eens eerste eigenlijk elke en er erg
        even gaan gaat geen gehad geloof gewoon goed graag groot haar had hallo heb hebben hebt heeft heel hele helemaal
        helpen hem hen het hier hoe hoelang hoi hun ieder iedereen iemand iets ik inmiddels is ja jaar jammer je jij
        jou jouw jullie kan keer kom komen komt krijg krijgen kun kunnen kunt laat langer lang laten maak maar maken
        mag meer mensen met mij mijn min misschien moet moeten mogen morgen naar nee net niemand niet niets niks nodig
        nog nooit now nu of ook om omdat onder ons onze ooit op over paar per pas prima sinds snel sorry staat steeds
        straks te tegen ten terug the tijd toch toe tot tweede uit uur uren van vanaf vandaag vanmiddag vanmorgen
        vanochtend vanavond veel vind vinden voor vraag vragen waar waarom wanneer want waren was wat we weer weet wel
        weten week weken welke werd werken werkt weten wie wij wil willen word worden wordt you zal ze zeer zeg zegt
        zeggen zelf zich zie zien zijn zit zitten zo zoals zonder zou zouden gisteren dagen dag maand maanden minuten
        kwartier zomaar belachelijk schandalig waardeloos slecht slechte super klant klanten klantenservice
        klantendienst service bericht antwoord reactie probleem problemen oplossing opgelost hulp help gekregen kreeg
        hij haha lol pff zucht wtf omg amai allez jongens mevrouw meneer dames heren goedemorgen goedemiddag nieuwe
        nieuw allemaal ergens nergens ander beter best wachten wacht blijft blijven blijf zojuist volgens ligt
        euro januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag
        woensdag donderdag vrijdag zaterdag zondag twee drie vier vijf zes zeven acht negen tien erbij hoor moeder
        vader dochter dochtertje zoon zoontje oma opa man vrouw kind kinderen vriend vriendin
        besteld bestelde bestellen bestelling bestellingen order gekocht kopen koop product artikel winkel""",
    )
)
