"""Facts: the checkable details in the customer's own words, found by rules and kept with their place in the text."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import phonenumbers

from socialwatch.domain.assessment import Fact
from socialwatch.domain.behalf import behalf, whose
from socialwatch.domain.rejection import rejections
from socialwatch.domain.when import NUMBER, days, number

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
        "bic",
        "mt",
        "nl",
        "be",
        "b",
    }
)
_NOT_ORDER = re.compile(r"[ ]?(?:euro|eur\b(?![ ]?\d)|€(?![ ]?\d)|stuks|paar|keer|x\b|dagen|weken|volgers)", re.I)
_PHONE = re.compile(r"(?<![\w+./-])(?:\+|00|0|\(0)\d?[\d ()./-]{6,18}\d(?![\w/-]|[.,]\d)")
_AMOUNT = re.compile(
    r"(?:(?:€|\beur)[ ]?(?P<a>\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})(?:[,.](?P<ac>\d{2}|-{1,2}))?"
    r"|(?<![\d.,/-])(?P<b>\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})(?:[,.](?P<bc>\d{2}|-{1,2}))?[ ]?(?:euro(?:otjes|tjes"
    r"|'s)?\b|eur\b|€(?![ ]?\d))"
    r"|(?<![\d.,/-])(?P<c>\d{1,7}),(?P<cc>-{1,2}))(?!\d)",
    re.I,
)
_HALF = r"(?:anderhalve|anderhalf|half|halve|een half|een halve|kwartier|een kwartier|een paar|paar|tientallen)"
_UNIT = (
    r"(?:minuutjes|minuten|minuut|mins|min|uurtjes|uurtje|uren|uur|werkdagen|werkdag|dagen|dag|weekjes|weekje"
    r"|weken|week"
    r"|maandjes|maanden|maand|jaren|jaar|kwartier)"
)
_DURATION = re.compile(
    rf"(?<![\w.,:/-])(?:(?:\d{{1,2}}[ ]?-[ ]?)?(?:(?P<amount>{NUMBER}|{_HALF})[ ]?(?P<unit>{_UNIT})"
    rf"|(?P<half>kwartier|halfuur)))(?!\w)",
    re.I,
)
_CLOCK = re.compile(r"(?:\bom|\btot|\bvanaf|\bvoor|\brond|\btussen|\bvan|:\d\d)[ ]$", re.I)
_LASTING = re.compile(
    r"\b(?:al|ruim|bijna|meer dan|langer dan|na|binnen|zeker|ongeveer|zo'n|duurt|duurde|wel)[ ]$", re.I
)
_LASTS = re.compile(
    r"[ ](?:geleden|lang|gewacht|wachten|wacht|in de wacht|in de wachtrij|later|te laat|verder|vertraging|onderweg)\b",
    re.I,
)
_ORDINALS = {
    "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10,
}  # fmt: skip
_DONE = (
    r"(?:gebeld|bellen|gemaild|mailen|gemeld|gevraagd|geprobeerd|contact|teruggestuurd|beloofd|uitgelegd"
    r"|geruild|gechat|geappt|langs|doorverbonden)"
)
_COUNT = re.compile(
    rf"(?<![\w.,-])(?:(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:e|de|ste))[ ](?:keer|maal)"
    rf"|(?P<many>zoveelste|tigste)[ ](?:keer|maal)|(?P<n>{NUMBER})[ ]?(?:keer|maal)"
    rf"|(?P<al>al[ ])?(?P<x>\d{{1,3}})[ ]?x(?P<done>[ ](?:\w{{1,14}}[ ]){{0,3}}?{_DONE})?)(?!\w)",
    re.I,
)
_UNITS = {
    "mi": ("T", "M"),
    "uu": ("T", "H"),
    "ur": ("T", "H"),
    "we": ("", "W"),
    "da": ("", "D"),
    "ma": ("", "M"),
    "ja": ("", "Y"),
}
_WHOLES = {
    "TM": (60, "PT{}S"),
    "TH": (60, "PT{}M"),
    "D": (24, "PT{}H"),
    "W": (7, "P{}D"),
    "M": (30, "P{}D"),
    "Y": (12, "P{}M"),
}
_SPACE = re.compile(r"\s")


def facts(text: str) -> tuple[Fact, ...]:
    """All facts in the order of the text, never overlapping (but a rejection may hold a count). Values: order_number
    and tracking_code upper-case without spaces, email lower-case, phone E.164, date as in when.Day.value, amount a
    decimal in euros, duration ISO 8601, count a figure or the word. At most MOST_PER_KIND of each kind.
    """
    level = _SPACE.sub(" ", text)
    taken: list[Fact] = []
    emails = _keep(taken, _emails(level))
    plain = _mask(level, [(fact.start, fact.end) for fact in emails])
    plain = _mask(plain, [match.span() for match in _HANDLE.finditer(plain)])
    _keep(taken, _tracking(plain))
    plain = _mask(plain, [match.span() for match in _URL.finditer(plain)])
    for finder in (_orders, _phones, _dates, _amounts, _durations, _counts):
        _keep(taken, finder(plain))
    person = whose(text)
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
        yield _fact(
            "email",
            match.group().rstrip(".-").lower(),
            text,
            match.start(),
            match.start() + len(match.group().rstrip(".-")),
        )


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
        if _figures(value) < 4 or _NOT_ORDER.match(text, match.end()):
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
        value = _e164(match.group())
        if value:
            yield _fact("phone", value, text, match.span())


def _e164(written: str) -> str | None:
    for region in reversed(_REGIONS) if "/" in written else _REGIONS:  # 0475/12.34.56 is how Belgians write
        try:
            parsed = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            return None
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None


def _dates(text: str) -> Iterator[Fact]:
    for day in days(text):
        yield _fact("date", day.value, text, (day.start, day.end))


def _amounts(text: str) -> Iterator[Fact]:
    for match in _AMOUNT.finditer(text):
        whole = (match["a"] or match["b"] or match["c"]).replace(".", "")
        cents = (match["ac"] or match["bc"] or "").strip("-")
        value = Decimal(f"{whole}.{cents}") if cents else Decimal(whole)
        yield _fact("amount", str(value), text, match.span())


def _durations(text: str) -> Iterator[Fact]:
    for match in _DURATION.finditer(text):
        amount, unit = (match["amount"] or "").lower(), (match["unit"] or match["half"]).lower()
        before = text[max(0, match.start() - 14) : match.start()]
        lasting = _LASTING.search(before) or _LASTS.match(text, match.end())
        if unit == "uur" and _CLOCK.search(before) and amount.isdecimal() and int(amount) <= 24:
            continue
        if not lasting and (amount in ("een", "één") or not amount):
            continue
        yield _fact("duration", _iso_duration(amount, unit), text, match.span())


def _iso_duration(amount: str, unit: str) -> str:
    """ISO 8601 ("PT20M", "P3W"); an uncertain amount ("een paar weken") stays as written."""
    if unit in ("kwartier", "halfuur"):
        each = 15 if unit == "kwartier" else 30
        return f"PT{each * (number(amount) or 1)}M"
    time, letter = _UNITS["da" if unit.startswith("werk") else unit[:2]]
    count = number(amount)
    if count is not None:
        return f"P{time}{count}{letter}"
    halves = {"anderhalf": 3, "anderhalve": 3, "half": 1, "halve": 1, "een half": 1, "een halve": 1}.get(amount)
    whole = _WHOLES.get(time + letter)
    if halves is None or whole is None:
        return f"{amount} {unit}"
    return whole[1].format(halves * whole[0] // 2)


def _counts(text: str) -> Iterator[Fact]:
    for match in _COUNT.finditer(text):
        if match["x"] and not (match["al"] or match["done"]):
            continue
        if match["n"] and match["n"].lower() in ("een", "één"):
            continue
        yield _fact("count", _count(match), text, match.span())


def _count(match: re.Match[str]) -> str:
    if match["nth"]:
        word = match["nth"].lower()
        return str(_ORDINALS.get(word) or re.sub(r"\D", "", word))
    if match["many"]:
        return str(match["many"].lower())
    return str(number(match["n"] or match["x"]))
