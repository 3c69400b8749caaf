"""Score: texts in, impressions out as JSON; needs nothing but a model."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from socialwatch.domain.assessment import Assessment, Assessor
from socialwatch.domain.impression import assessment
from socialwatch.domain.mention import clean

CHUNK = 1024
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Text:
    id: str | int
    text: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """How to score: with which model, at which moment (for "morgen"), with or without the reasons; `complain` hears
    bad lines.
    """

    assessor: Assessor
    now: datetime
    why: bool
    complain: Callable[[int, str], None]


def run(lines: Iterable[bytes], scoring: Scoring) -> Iterator[str]:
    """One JSON line per good line, in the same order. A bad line is named to `complain` and the rest is scored."""
    texts = _texts(lines, scoring.complain)
    while chunk := list(islice(texts, CHUNK)):
        yield from _scored(chunk, scoring)


def _scored(chunk: Sequence[Text], scoring: Scoring) -> Iterator[str]:
    readings = scoring.assessor.read([each.text for each in chunk])
    for each, reading in zip(chunk, readings, strict=True):
        found = row(each.id, assessment(reading, each.text, scoring.now))
        if scoring.why:
            found["why"] = [asdict(span) for span in scoring.assessor.why(each.text)]
        yield json.dumps(found, ensure_ascii=False)


def row(number: str | int, found: Assessment) -> dict[str, Any]:
    """The public shape of an impression; other programs rely on its names. `by_rules` stands in it only when rules
    filled in what the model could not tell.
    """
    reading = found.reading
    filled = {"by_rules": list(reading.by_rules)} if reading.by_rules else {}
    return {
        "id": number,
        "language": reading.language,
        "kind": reading.kind.value,
        "feelings": {name.value: _rounded(score) for name, score in reading.feelings.items()},
        "frustration": _rounded(reading.frustration),
        "level": reading.level,
        "distress": _rounded(reading.distress),
        "hazards": {name.value: _rounded(score) for name, score in reading.hazards.items()},
        "risk": _rounded(found.risk),
        "answer": reading.answer,
        "needs_human": _rounded(reading.needs_human),
        "chance": _rounded(reading.chance),
        "confidence": _rounded(reading.confidence),
        "stakes": [{"what": each.what, "on": each.on.isoformat() if each.on else None} for each in found.stakes],
        "facts": [{"kind": each.kind, "value": each.value} for each in found.facts],
        "model": reading.model,
        **filled,
    }


def _rounded(score: float) -> float:
    return round(float(score), DIGITS)


def _texts(lines: Iterable[bytes], complain: Callable[[int, str], None]) -> Iterator[Text]:
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            yield _text(number, raw)
        except ValueError as problem:
            complain(number, str(problem))


def _text(number: int, raw: bytes) -> Text:
    try:
        written = raw.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise ValueError("geen UTF-8") from None
    if not written.lstrip().startswith("{"):
        return Text(number, clean(written))
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        raise ValueError("geen geldige JSON") from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise ValueError("text ontbreekt")
    name = found.get("id", number)
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise ValueError("id moet tekst of een getal zijn")
    return Text(name, clean(found["text"]))
