"""Measures: the amounts, durations and counts that a customer tells ("€ 14,95", "al 20 minuten", "vierde keer")."""

import re
from collections.abc import Iterator
from decimal import Decimal

from socialwatch.domain.assessment import Fact
from socialwatch.domain.when import NUMBER, number

_AMOUNT = re.compile(
    r"(?:(?:€|\beur)[ ]?(?P<a>\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})(?:[,.](?P<ac>\d{2}|-{1,2}))?"
    r"|(?<![\d.,/-])(?P<b>\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})(?:[,.](?P<bc>\d{2}|-{1,2}))?[ ]?(?:euro(?:otjes|tjes"
    r"|'s)?\b|eur\b|€(?![ ]?\d))"
    r"|(?<![\d.,/-])(?P<c>\d{1,7}),(?P<cc>-{1,2}|\d{2}(?![ ]?(?:%|m\b|cm|mm|km|kg|l\b|uur|graden))))(?![\d.,]\d|\d)",
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


def amounts(text: str) -> Iterator[Fact]:
    for match in _AMOUNT.finditer(text):
        whole = (match["a"] or match["b"] or match["c"]).replace(".", "")
        cents = (match["ac"] or match["bc"] or match["cc"] or "").strip("-")
        value = Decimal(f"{whole}.{cents}") if cents else Decimal(whole)
        yield _fact("amount", str(value), match)


def durations(text: str) -> Iterator[Fact]:
    for match in _DURATION.finditer(text):
        amount, unit = (match["amount"] or "").lower(), (match["unit"] or match["half"]).lower()
        before = text[max(0, match.start() - 14) : match.start()]
        lasting = _LASTING.search(before) or _LASTS.match(text, match.end())
        if unit == "uur" and _CLOCK.search(before) and amount.isdecimal() and int(amount) <= 24:
            continue
        if not lasting and (amount in ("een", "één") or not amount):
            continue
        yield _fact("duration", _iso_duration(amount, unit), match)


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


def counts(text: str) -> Iterator[Fact]:
    for match in _COUNT.finditer(text):
        if match["x"] and not (match["al"] or match["done"]):
            continue
        if match["n"] and match["n"].lower() in ("een", "één"):
            continue
        yield _fact("count", _count(match), match)


def _count(match: re.Match[str]) -> str:
    if match["nth"]:
        word = match["nth"].lower()
        return str(_ORDINALS.get(word) or re.sub(r"\D", "", word))
    if match["many"]:
        return str(match["many"].lower())
    return str(number(match["n"] or match["x"]))


def _fact(kind: str, value: str, match: re.Match[str]) -> Fact:
    return Fact(kind, value, match.group(), *match.span())
