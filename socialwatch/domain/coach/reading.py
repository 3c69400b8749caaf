"""Reading: a text made level for the rules without moving a character, cut into clauses, and words as bare roots."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from socialwatch.domain.assessment import Fact
from socialwatch.domain.coach.numerals import value
from socialwatch.domain.coach.words import MOST_READ
from socialwatch.domain.facts import facts

_ACCENTS = str.maketrans("àáâäãåçèéêëìíîïñòóôöõùúûüý’‘`´“”„\u00a0\u202f\t", "aaaaaaceeeeiiiinooooouuuuy''''\"\"\"   ")
_EMOJI = "\U0001f300-\U0001faff"  # it ends a sentence as a full stop does
_SENTENCE = re.compile(rf"[^.!?…\n{_EMOJI}]+(?:[.](?=\w)[^.!?…\n{_EMOJI}]*)*[.!?…{_EMOJI}]*")
_TRAILING = re.compile(rf"[\s{_EMOJI}]+$")
_CLAUSE = re.compile(
    r"[^,;:()–—]+(?:[,.:](?=\d)[^,;:()–—]*)*",
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_ENDINGS = ("tjes", "tje", "pje", "jes", "tten", "dden", "tte", "dde", "ten", "den", "en", "te", "de", "je", "er", "t",
            "d", "s", "e")  # fmt: skip
_LEAST = 3  # letters of a root


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a clause of a level text, with its place."""

    start: int
    end: int
    text: str

    @property
    def asks(self) -> bool:
        """Whether it is a true question; "al 20 minuten?!" is none."""
        bare = _TRAILING.sub("", self.text)
        return bare.endswith("?") and not bare.endswith("!?")


@lru_cache(maxsize=64)  # all checks read the same draft, and the customer's words stay the same while it is typed
def level(text: str) -> str:
    """Lower case, without accents and curly quotes, every character in its place."""
    kept = text[:MOST_READ]
    low = kept.lower()
    if len(low) != len(kept):  # a Turkish capital İ becomes two characters
        low = "".join(each.lower() if len(each.lower()) == 1 else each for each in kept)
    return low.translate(_ACCENTS)


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Piece, ...]:
    """The sentences of a level text."""
    return tuple(_pieces(_SENTENCE, text, 0))


@lru_cache(maxsize=256)
def clauses(sentence: Piece) -> tuple[Piece, ...]:
    """What stands between commas, brackets and dashes."""
    return tuple(_pieces(_CLAUSE, sentence.text, sentence.start))


def _pieces(pattern: re.Pattern[str], text: str, at: int) -> Iterator[Piece]:
    for match in pattern.finditer(text):
        said = match.group()
        left = len(said) - len(said.lstrip())
        if said.strip():
            start = at + match.start() + left
            yield Piece(start, start + len(said.strip()), said.strip())


def _bare_root(word: str) -> str:
    bare = word.replace("'", "")
    if bare.startswith("ge") and len(bare) > 5:
        bare = bare[2:]
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _LEAST:
            bare = bare[: -len(ending)]
            break
    if len(bare) > _LEAST and bare[-1] == bare[-2]:
        bare = bare[:-1]
    bare = re.sub(r"([aeou])\1(?=[^aeiou]+$)", r"\1", bare)
    return bare[:-1] + {"z": "s", "v": "f"}.get(bare[-1:], bare[-1:])


# A strong verb and its other forms: "kocht" is "kopen".
_STRONG_VERBS = """
    kopen kocht|brengen bracht|zoeken zocht|sluiten sloot gesloten|breken brak gebroken|blijven bleef|schrijven schreef
    rijden reed gereden|verliezen verloor verloren|vliegen vloog|vallen viel|slapen sliep|roepen riep|lopen liep
    hangen hing|spreken sprak gesproken|nemen nam genomen|drinken dronk|springen sprong|beginnen begon|houden hield
    snijden sneed gesneden|stelen stal gestolen|schrikken schrok|stinken stonk|bieden bood geboden|bijten beet gebeten
    buigen boog gebogen|gieten goot gegoten|helpen hielp geholpen|kiezen koos gekozen|kijken keek gekeken|klimmen klom
    krijgen kreeg gekregen|krimpen kromp|lezen las|liegen loog gelogen|meten mat|ruiken rook geroken|schenken schonk
    schieten schoot geschoten|schijnen scheen|schuiven schoof|slaan sloeg|smelten smolt|sterven stierf gestorven
    stijgen steeg gestegen|stoten stootte|trekken trok|verdwijnen verdween verdwenen|vertrekken vertrok|vinden vond
    vragen vroeg|vriezen vroor|wijzen wees gewezen|winnen won|zenden zond|zingen zong|zwijgen zweeg|eten at|liggen lag
    zitten zat|bederven bedierf bedorven|verbieden verbood verboden|ontvangen ontving
"""


def _strong() -> dict[str, str]:
    families = (family.split() for line in _STRONG_VERBS.split("\n") for family in line.split("|"))
    return {_bare_root(form): _bare_root(family[0]) for family in families for form in family[1:]}


_STRONG = _strong()


@lru_cache(maxsize=4096)
def root(word: str) -> str:
    """What "wachten", "gewacht" and "wachtte" share, roughly, and "3" and "drie"; only to compare words with."""
    counted = value(word)
    if counted is not None:
        return str(counted)
    bare = _bare_root(word)
    return _STRONG.get(bare, bare)


@lru_cache(maxsize=512)
def roots(text: str) -> frozenset[str]:
    """The roots of the words in a level text that carry meaning."""
    return frozenset(
        root(word) for word in _WORD.findall(text) if (len(word) >= _LEAST and word not in DULL) or _counts(word)
    )


def _counts(word: str) -> bool:
    """Whether a word is a number that says something: "een" seldom does."""
    return value(word) is not None and word != "een"


def all_roots(texts: Iterable[str]) -> frozenset[str]:
    """The roots of these texts together, not yet level."""
    return frozenset[str]().union(*(roots(level(each)) for each in texts))


def shared(ours: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """Which of our roots are theirs too, also as the head of a compound ("thermos", "thermosfles")."""
    return frozenset(each for each in ours if each in theirs or _compound(each, theirs))


def _compound(one: str, others: frozenset[str]) -> bool:
    return any(
        len(short) >= 4 and (long.startswith(short) or (len(short) >= 5 and long.endswith(short)))
        for other in others
        for short, long in [sorted((one, other), key=len)]
    )


_DULL_WORDS = """
    aan achter alle alleen alles als alsnog altijd ander andere anders bedankt beetje ben bent bericht beste bij
    binnen daar daarbij daarmee daarna daarom daarover daarvan daarvoor dan dank dat deze die dit doe doen doet door
    dus echt een eens eerst elk elke enig enige enkele erg ergens eruit ervan even gaan gaat geef geen gehad geven
    gewoon goed goede graag groet groeten had hadden hai hallo hartelijke haar hebben hebt heb heeft heel hele helaas
    help helpen hem hen het hey hier hierover hiervan hij hoe hoi hun iemand iets ieder iedere ik inmiddels ja jammer
    jij jou jouw jullie kan kijk kijken kijkt klopt kom komen komt krijg krijgen krijgt kun kunnen kunt kwam laat
    laten maak maar maken man mee meer met mij mijn mijne mijns misschien moet moeten moest mocht mogen naar namelijk
    nee net niemand niet niets niks nodig nog nooit nou nul ons onze ooit ook over onder op pas per precies snel soms
    staan staat steeds sorry straks stuur sturen team terug toch toen tot tussen twee uit uur uw van vanaf vandaag
    veel vervelend via voor vraag vragen waar waarom wanneer want waren was wat weer weet weg wel welk welke werd
    werden weten wie wij wil wilde willen wilt word worden wordt zal zei zelf zelfs zeg zeggen zegt zeker zich zie
    zien zij zijn zit zitten zo zoals zodat zodra zonder zou zouden zullen hoor hoort horen lees lezen ervaart ervaren
    ervaring situatie ongemak klacht probleem problemen vind vinden vindt gevoel tevreden ontevreden reactie melding
    reageren antwoord hoop hopelijk meteen direct momenteel nu zaken gang service manier moment keer maal
    gegevens contact bent mail mailen dag dagen weken week maand maanden jaar uren minuten minuut mevrouw meneer
    begrijp begrijpen snap klant mogelijk mogelijke fijn fijne prettig
"""
DULL = frozenset(_DULL_WORDS.split())


@lru_cache(maxsize=64)  # several checks ask it of the same posts, at every pause in the typing
def facts_in(text: str) -> tuple[Fact, ...]:
    """The facts in the first part of a text."""
    return facts(text[:MOST_READ])


def one_of(alternatives: str) -> re.Pattern[str]:
    """A pattern for any of these as whole words; a new line divides them as | does."""
    lines = [line.strip() for line in alternatives.strip().splitlines()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(line for line in lines if line)})(?!\w)")
