"""Faceless: a text without what points at one person, so that it can be learnt from."""

import re
from collections.abc import Iterable

from socialwatch.domain.assessment import Fact

NAMES = {"order_number": "[bestelnummer]", "tracking_code": "[volgcode]", "email": "[mailadres]", "phone": "[telefoon]"}
_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mailadres]"),
    (re.compile(r"(?<![\w@])@[\w.]{2,}(?:@[\w.-]+)?"), "[naam]"),
    (re.compile(r"\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}[ \d]{10,14}\b"), "[rekening]"),
    (re.compile(r"(?<!\d)\+?\d(?:[ -]?\d){7,14}(?!\d)"), "[nummer]"),
    (re.compile(r"\b\d{4} ?[A-Z]{2}\b(?: ?\d+)?"), "[postcode]"),
    (re.compile(r"https?://\S+"), "[link]"),
)


def faceless(text: str, facts: Iterable[Fact] = ()) -> str:
    """The text with numbers, addresses and names of profiles replaced by what they are, in square brackets."""
    told = text
    for fact in sorted(facts, key=lambda each: -each.start):
        if fact.kind in NAMES and told[fact.start : fact.end] == text[fact.start : fact.end]:
            told = told[: fact.start] + NAMES[fact.kind] + told[fact.end :]
    for pattern, name in _PATTERNS:
        told = pattern.sub(name, told)
    return told
