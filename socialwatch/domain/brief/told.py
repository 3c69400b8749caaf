"""Told: what the customer wrote themselves, here and in earlier cases, and what we answered; asking it again would be
the worst.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from socialwatch.domain.behalf import whose
from socialwatch.domain.brief.meant import bought
from socialwatch.domain.brief.promised import promises
from socialwatch.domain.brief.sentences import one_line, own, quoted, sentences
from socialwatch.domain.brief.theirs import theirs
from socialwatch.domain.brief.tried import tried
from socialwatch.domain.brief.words import MOST_READ, Known, Matter, Said, Source, Topic

LONG_AGO = timedelta(days=365)
_KINDS = {
    "order_number": Topic.ORDER_NUMBER,
    "tracking_code": Topic.TRACKING,
    "email": Topic.EMAIL,
    "phone": Topic.PHONE,
}
_OF_AUTHOR = frozenset({Topic.EMAIL, Topic.PHONE, Topic.NAME, Topic.ADDRESS})
_QUEUED = re.compile(r"\b(?:in de wacht|wachtrij|wachtstand|lijn|telefoon|bel|belde|bellen|gebeld|wachtmuziek)\b", re.I)
_WAITS = re.compile(r"\b(?:wacht|wachten|wachtte|gewacht)\b", re.I)
_MINUTES = re.compile(r"PT(\d+)M")
_WITHIN = re.compile(r"\bbinnen\s(?:een\s)?$", re.I)  # called back within a quarter of an hour is no waiting
_PART = r"(?:van|de|der|den|het|'t|ten|ter|[A-ZÀ-Ý][\w.'’-]{1,30})"
_POSTCODE = re.compile(
    rf"(?P<street>[A-ZÀ-Ý][\w.'’-]{{2,30}}(?:\s{_PART}){{0,3}}\s\d{{1,5}}\s?[a-zA-Z]{{0,3}}(?:[-/]\w{{1,4}})?)[,\s]{{1,3}}(?:in\s)?"
    r"(?P<town>[1-9]\d{3}\s?[A-Z]{2}\b(?:,?\s[A-ZÀ-Ý][\w'’-]{2,30})?|[1-9]\d{3}\s[A-ZÀ-Ý][a-zà-ÿ'’-]{2,30})"
)
_ELSEWHERE = re.compile(
    r"\b(?:winkel|filiaal|vestiging|pakbon|van een ander|iemand anders|buren|afgegeven|afgeleverd|bezorgd|geleverd"
    r"|volgens|retour|terug|\w*stuurd)\b[^.!?\n]*$",
    re.I,
)
_NAME = r"[A-ZÀ-Ý][\w.'’-]+(?:\s(?:van|de|den|der|te|ten|ter|von|'t|el|[A-ZÀ-Ý][\w'’-]+)\b){1,4}"
_NAMED = re.compile(
    rf"\b(?i:mijn naam is|ik heet|op naam van|ik ben)\s(?P<name>{_NAME})"
    rf"|(?i:groet(?:en|jes)?|mvg|groetjes|vriendelijke groet(?:en)?)[,.!\s]{{1,4}}(?P<signed>{_NAME})\W*$",
    re.M,
)
_SIZE = re.compile(
    r"\b(?:maat|mt\.?|maten)\s?(?P<size>\d{2,3}(?:[.,]5)?(?:\s?[-/]\s?\d{2,3})?(?![\d.,]*\s?(?:euro|keer|cm))"
    r"|(?:X{0,3}[SL]|M|[2-5]XL)(?!\w))"
)
_WISHED = re.compile(
    r"\b(?:wil\w*|graag|liever|liefst|ruil\w*|omruil\w*|omwissel\w*|nodig|heb(?:ben)? jullie|ook in|verkrijgbaar"
    r"|leverbaar"
    r"|voorraad|zoek"
    r"|zoeken|bestaat|bestaan|komt er|maken jullie|verkopen jullie"
    r"|naar(?!\s(?:mijn|m'n|mn|zijn|haar|onze|ons)\b)|moet\w*)\b",
    re.I,
)
_WRONG = re.compile(
    r"\b(?:kreeg|gekregen|krijg|ontving|ontvangen|geleverd|gestuurd|opgestuurd|stuurden|zat|zaten|zit|bleek"
    r"|i\.?p\.?v\.?|in plaats van"
    r"|niet|geen|valt|lijkt)\b(?:\s\w+){0,3}\s?$",
    re.I,
)
_HAS = re.compile(
    r"\b(?:heb|had|draag|besteld\w*|bestelde|kocht|gekocht|mijn|altijd|normaal)\b(?:\s\w+){0,5}\s?$", re.I
)
_PURPOSE = re.compile(
    r"\b(?:cadeau\w*|kado\w*|verrassing)\s(?:\w+\s){0,2}voor\s(?P<gift>(?:mijn|m'n|mn|onze|ons|een|de|haar"
    r"|zijn)\s(?:\w{2,14}\s){0,2}?\w{2,20})\b"
    r"|\bvoor\s(?P<who>(?:mijn|m'n|mn|onze|ons)\s(?:\w{2,10}e\s)?(?:man|vrouw|vader|moeder|pa|ma|papa|mama|oma|opa"
    r"|zoon|zoontje|dochter|dochtertje"
    r"|kind|kinderen|kids|baby|vriend|vriendin|zus|zusje|broer|broertje|buurman|buurvrouw|collega|tante|oom|nonkel"
    r"|bomma|bompa|moeke|schoonmoeder"
    r"|schoonvader|kleinzoon|kleindochter|kleinkind|kleinkinderen|neefje|nichtje|hond|kat|peter|meter|petekind|juf"
    r"|meester|partner|lief|ouders|team|klas))\b"
    r"|\bvoor\s(?P<event>(?:(?:de|het|mijn|onze|ons|een|haar|zijn|m'n)\s)(?:\w{2,14}\s){0,2}?(?:bruiloft|trouw\w*"
    r"|verjaardag\w*|begrafenis|uitvaart|vakantie|wintersport|marathon"
    r"|vierdaagse|communie|doop|feest|jubileum|examen|sollicitatie\w*|verhuizing|huwelijk\w*|babyshower|concert"
    r"|optreden|wandeltocht|kampeer\w*))\b",
    re.I,
)


def of_words(matter: Matter) -> Iterator[Known]:
    """What stands in this case's own posts."""
    for each in matter.said:
        for known in (*_given(each), *_measured(each), *_told(each)):
            stranger = matter.behalf is not None and known.topic in _OF_AUTHOR
            yield _from_author(known) if stranger else known
    for words, at, _ in bought(matter.said):
        yield Known(Topic.PURCHASE_DATE, one_line(words), Source.MENTION, at)


def _from_author(known: Known) -> Known:
    """Written on behalf of somebody, what reaches the author is not hers."""
    return Known(known.topic, known.value, Source.AUTHOR, known.as_of)


def _given(said: Said) -> Iterator[Known]:
    """Numbers and addresses of their own."""
    for fact in theirs(said, frozenset(_KINDS)):
        yield Known(_KINDS[fact.kind], fact.value, Source.MENTION, said.at)
    plain = own(said.text)
    for match in _POSTCODE.finditer(plain):
        if not _ELSEWHERE.search(plain[max(0, match.start() - 60) : match.start()]):
            yield Known(Topic.ADDRESS, f"{match['street']}, {match['town']}", Source.MENTION, said.at)
    for match in _NAMED.finditer(plain):
        yield Known(Topic.NAME, one_line(match["name"] or match["signed"]), Source.MENTION, said.at)


def _measured(said: Said) -> Iterator[Known]:
    """Sizes, and for whom it is: what they have, and what they would rather have."""
    plain = own(said.text)
    for start, end, _ in sentences(plain):
        sentence = plain[start:end]
        for match in _SIZE.finditer(sentence):
            before = sentence[: match.start()]
            size = re.sub(r"\s", "", match["size"])
            if _WISHED.search(before) and not _WRONG.search(before):
                yield Known(Topic.WISHED_SIZE, size, Source.MENTION, said.at)
            elif _HAS.search(before) and not _WRONG.search(before):
                yield Known(Topic.SIZE, size, Source.MENTION, said.at)
    named = whose(said.text)
    for match in _PURPOSE.finditer(plain):
        if named is None or not (match.start() <= named[0] < match.end()):
            words = match["gift"] or match["who"] or match["event"]
            yield Known(Topic.PURPOSE, f"voor {one_line(words)}", Source.MENTION, said.at)


# Calling for the third time, or running in circles, is no answer that was given: it is tried, and a grievance apart.
_CIRCLES = re.compile(r"\b(?:keer|maal|malen|kastje)\b|\dx\b|\d x\b", re.I)


def _told(said: Said) -> Iterator[Known]:
    """What went before: tried, promised, refused, waited."""
    for done in tried(said.text):
        yield Known(Topic.TRIED, done, Source.MENTION, said.at)
    for promise in promises(said.text, ours=False):
        yield Known(Topic.PROMISE, promise, Source.MENTION, said.at)
    for fact in said.facts:
        minutes = _MINUTES.fullmatch(fact.value) if fact.kind == "duration" else None
        minutes = None if _WITHIN.search(said.text[: fact.start]) else minutes
        if fact.kind == "rejection" and not _CIRCLES.search(fact.text):
            yield Known(Topic.EARLIER_REJECTION, _refused(said.text, fact.start, fact.end), Source.MENTION, said.at)
        elif minutes and _waits(said.text, fact.start):
            yield Known(Topic.MINUTES_WAITED, minutes[1], Source.MENTION, said.at)


def _refused(text: str, start: int, end: int) -> str:
    """The whole of what they quote, when the no stands between quotation marks."""
    for left, right in quoted(text):
        if left <= start and end <= right:
            return one_line(text[left:right].strip("\"'“”„‘’«»> "))
    return text[start:end].lower()


def _waits(text: str, at: int) -> bool:
    """Whether the minutes in this sentence are minutes in a queue."""
    for start, end, words in sentences(text):
        if start <= at < end:
            return bool(_QUEUED.search(words)) or (bool(_WAITS.search(words)) and not any(tried(words)))
    return False


def of_earlier(matter: Matter, now: datetime) -> Iterator[Known]:
    """What earlier cases of the last year leave behind; what was asked there need not be asked again."""
    for each in matter.earlier:
        if now - each.at > LONG_AGO or each.case is None:
            continue
        for known in (*_given(each), *_told(each)):
            if known.topic not in (Topic.ORDER_NUMBER, Topic.TRACKING, Topic.MINUTES_WAITED):
                yield Known(known.topic, known.value, Source.EARLIER, each.at, str(each.case))


def of_us(matter: Matter, now: datetime) -> Iterator[Known]:
    """What we promised in so many words."""
    for noted in matter.promised:
        number = str(noted.case) if noted.case is not None else None
        yield Known(Topic.PROMISE, noted.what, Source.PROMISE, noted.at, number, due=noted.due)
    for each in matter.answered:
        if now - each.at > LONG_AGO:
            continue
        source = Source.REPLY if each.case is None else Source.EARLIER
        for promise in promises(each.text[:MOST_READ], ours=True):
            yield Known(Topic.PROMISE, promise, source, each.at, None if each.case is None else str(each.case))


_MOVED = re.compile(
    r"\b(?:verhuisd|nieuwe? (?:thuis|woon)?adres|ander adres|woon (?:nu|daar niet|er niet)|oude? adres|vorig adres)\b",
    re.I,
)


def moved(said: Sequence[Said]) -> bool:
    """Whether the customer says that they live elsewhere now."""
    return any(_MOVED.search(own(each.text)) for each in said)
