"""Facts: the checkable details in the customer's own words, found by rules and kept with their place in the text."""

import re
from collections.abc import Iterable, Iterator

import phonenumbers

from socialwatch.domain.assessment import Fact
from socialwatch.domain.behalf import behalf, whose
from socialwatch.domain.measures import amounts, counts, durations
from socialwatch.domain.rejection import rejections
from socialwatch.domain.when import days

MOST_READ = 20_000  # characters; no grievance hides its order number behind more
MOST_PER_KIND = 40
MOST_PHONES_TRIED = 12
_REGIONS = ("NL", "BE")

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}", re.I)
_HANDLE = re.compile(r"(?<![\w@])@\w{1,50}")
_EMAIL = re.compile(
    r"(?<![\w.%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9-]{1,62}){1,4}(?![\w@])"
)
_TRACKING = re.compile(
    r"(?<![\w-])(?:3S[A-Z0-9]{9,18}|PS[A-Z0-9]{9,18}|1Z[A-Z0-9]{16}|[A-Z]{2}\d{9}[A-Z]{2}|JVGL\d{8,20}"
    r"|[A-Z0-9]{13,20})(?![\w-])",
    re.I,
)
_TRACKING_NAMED = re.compile(
    r"\b(?:track(?:ing)?(?:[ ]?(?:&|en|and|n|\+)[ ]?trace)?[ -]?(?:code|nummer|nr)?|t&t|barcode|zendingsnummer"
    r"|zendingnummer|pakketnummer)"
    r"(?:[ ](?:is|was|code|nummer))?[ .:#]{0,3}([A-Z0-9]{8,24})(?!\w)",
    re.I,
)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z]{4}\d{10}|BE\d{14}|DE\d{20}", re.I)
_ORDER_NAMED = re.compile(
    r"\b(?P<word>bestel(?:ling)?s?[ -]?(?:nummer|nr|no)|order[ -]?(?:nummer|number|nr|no|id)|bestelling|order"
    r"|bestelnr|ordernr)\b"
    r"[ .:#=-]{0,4}(?:(?:is|was|nummer|nr|no|met nummer|van)\b[ .:#]{0,3})?"
    r"(?P<value>(?:[A-Za-z]{1,5}[-/]|[A-Z]{1,5} ?|[a-z]{1,5})?\d{3,14}(?:[-/]\d{1,8}){0,2})(?![\w])(?![.,]\d)",
    re.I,
)
_ORDER_BARE = re.compile(
    r"(?<![\w@/.-])(?P<prefix>[A-Za-z]{1,4}-|[A-Z]{2,4} "
    r"|[A-Za-z]{1,4})(?P<digits>\d{5,12}(?:-\d{1,6})?)(?![\w-]|[.,]\d)"
)
_ORDER_HASH = re.compile(r"(?<![\w&])#(?P<value>\d{5,12})(?!\w)")
_NO_PREFIX = frozenset(
    {
        "nr",
        "no",
        "eur",
        "tel",
        "mob",
        "kvk",
        "btw",
        "km",
        "art",
        "dd",
        "van",
        "met",
        "bij",
        "ca",
        "kg",
        "usd",
        "iban",
        "ean",
        "bic",
        "mt",
        "nl",
        "be",
        "b",
    }
)
_NOT_ORDER = re.compile(r"[ ]?(?:euro|eur\b(?![ ]?\d)|€(?![ ]?\d)|stuks|paar|keer|x\b|dagen|weken|volgers)", re.I)
_ELSE = re.compile(r"06[-/]?\d{8}|(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:[0-2]?\d|3[01])")  # a phone, a day
_LETTERS_OF_A_POSTCODE = re.compile(r"[ ]?[A-Z]{2}\b")
_PLACE = re.compile(r"[ ]?[A-Z]{2}\b|[ ][A-Z][a-z]{2,}")  # 6711 AA, or 9000 Gent
_PHONE = re.compile(r"(?<![\w+./-])(?:\+|00|0|\(0)\d?[\d ()./-]{6,18}\d(?![\w/-]|[.,]\d)")
_SPACE = re.compile(r"\s")


def facts(text: str) -> tuple[Fact, ...]:
    """All facts in the order of the text, never overlapping (but a rejection may hold a count). Values: order_number
    and tracking_code upper-case without spaces, email lower-case, phone E.164, date as in when.Day.value, amount a
    decimal in euros, duration ISO 8601, count a figure or the word. At most MOST_PER_KIND of each kind.
    """
    level = _SPACE.sub(" ", text[:MOST_READ])
    taken: list[Fact] = []
    emails = _keep(taken, _emails(level))
    plain = _mask(level, [(fact.start, fact.end) for fact in emails])
    plain = _mask(plain, [match.span() for match in _HANDLE.finditer(plain)])
    _keep(taken, _tracking(plain))
    plain = _mask(plain, [match.span() for match in _URL.finditer(plain)])
    for finder in (_orders, _phones, _dates, amounts, durations, counts):
        _keep(taken, finder(plain))
    person = whose(level)
    if person and not any(fact.start < person[1] and person[0] < fact.end for fact in taken):
        taken.append(_fact("behalf", behalf(text) or "", plain, person))
    said = [_fact("rejection", text[start:end].lower(), plain, (start, end)) for start, end in rejections(plain)]
    return tuple(
        Fact(fact.kind, fact.value, text[fact.start : fact.end], fact.start, fact.end)
        for fact in sorted([*taken, *said[:MOST_PER_KIND]], key=lambda fact: (fact.start, fact.end))
    )


def values(found: Iterable[Fact], kind: str) -> tuple[str, ...]:
    """The different values of one kind of fact, in the order of the text."""
    return tuple(dict.fromkeys(fact.value for fact in found if fact.kind == kind))


def _keep(taken: list[Fact], found: Iterator[Fact]) -> list[Fact]:
    """Add what overlaps nothing found before: the surer kinds are asked first."""
    fresh: list[Fact] = []
    busy = sorted((fact.start, fact.end) for fact in taken)
    for fact in found:
        if not any(start < fact.end and fact.start < end for start, end in busy):
            fresh.append(fact)
            busy.append((fact.start, fact.end))
        if len(fresh) >= MOST_PER_KIND:
            break
    taken.extend(fresh)
    return fresh


def _mask(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these stretches blanked, every other character in its place."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], " " * (end - start)]
        last = end
    return "".join(parts) + text[last:]


def _fact(kind: str, value: str, text: str, span: tuple[int, int]) -> Fact:
    return Fact(kind, value, text[slice(*span)], *span)


def _emails(text: str) -> Iterator[Fact]:
    for match in _EMAIL.finditer(text):
        address = match.group().rstrip(".-")
        yield _fact("email", address.lower(), text, (match.start(), match.start() + len(address)))


def _tracking(text: str) -> Iterator[Fact]:
    for match in _TRACKING_NAMED.finditer(text):
        if _figures(match[1]) >= 6:
            yield _fact("tracking_code", match[1].upper(), text, match.span(1))
    for match in _TRACKING.finditer(text):
        code = match.group()
        mixed = _figures(code) >= 7 and any(letter.isalpha() for letter in code)
        if mixed and not _IBAN.fullmatch(code) and not _looks_like_order(code):
            yield _fact("tracking_code", code.upper(), text, match.span())


def _figures(code: str) -> int:
    return sum(letter.isdigit() for letter in code)


def _looks_like_order(code: str) -> bool:
    return re.fullmatch(r"[A-Z]{1,4}\d{5,12}", code, re.I) is not None and not code.upper().startswith("PS")


def _orders(text: str) -> Iterator[Fact]:
    for match in _ORDER_NAMED.finditer(text):
        value, named = match["value"], match["word"].lower() not in ("bestelling", "order")
        if _figures(value) < 4 or _NOT_ORDER.match(text, match.end()) or _ELSE.fullmatch(value):
            continue
        if len(value) == 4 and (_LETTERS_OF_A_POSTCODE if named else _PLACE).match(text, match.end()):
            continue
        if named or not re.fullmatch(r"(?:19|20)\d\d", value):
            yield _fact("order_number", value.replace(" ", "").upper(), text, match.span("value"))
    for match in _ORDER_BARE.finditer(text):
        prefix = match["prefix"].strip(" -").lower()
        if prefix not in _NO_PREFIX and not _NOT_ORDER.match(text, match.end()):
            yield _fact("order_number", match.group().replace(" ", "").upper(), text, match.span())
    for match in _ORDER_HASH.finditer(text):
        yield _fact("order_number", match["value"], text, match.span("value"))


def _phones(text: str) -> Iterator[Fact]:
    for tried, match in enumerate(_PHONE.finditer(text)):
        if tried >= MOST_PHONES_TRIED:
            return
        value = as_e164(match.group())
        if value:
            yield _fact("phone", value, text, match.span())


def as_e164(written: str, country: str | None = None) -> str | None:
    """A Dutch, Belgian or international phone number as +31612345678; None when it is none. `country` ("BE") is where
    its owner lives: 0475 12 34 56 is a number in both countries.
    """
    return next(iter(phone_readings(written, country)), None)


def phone_readings(written: str, country: str | None = None) -> tuple[str, ...]:
    """All that a phone number may mean, likeliest first; one without a country code may be of two countries."""
    belgian = "/" in written or (country or "").strip().upper() in ("BE", "BELGIË", "BELGIUM")  # 0475/12.34.56
    found = []
    for region in reversed(_REGIONS) if belgian else _REGIONS:
        try:
            parsed = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            return ()
        if phonenumbers.is_valid_number(parsed):
            found.append(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return tuple(dict.fromkeys(found))


def _dates(text: str) -> Iterator[Fact]:
    for day in days(text):
        yield _fact("date", day.value, text, (day.start, day.end))
