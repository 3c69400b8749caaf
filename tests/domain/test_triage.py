"""What is read first, and what goes on first."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from socialwatch.domain import triage
from socialwatch.domain.impression import assessment

CORPUS = Path(__file__).parents[2] / "models" / "corpus"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def frozen() -> list[dict[str, object]]:
    files = sorted((CORPUS / "frozen").glob("*.jsonl"))
    return [json.loads(written) for file in files for written in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("grave", "mild"),
    [
        ("er komt rook uit de oplader en het ruikt naar gas", "bedankt, alles is weer prima opgelost"),
        ("losse putdeksel op het fietspad, mijn zoontje viel bijna", "waar blijft mijn geld, al acht euro te lang"),
        ("", "dank voor het pakket"),
    ],
)
def test_the_guess_tells_grave_from_mild(grave: str, mild: str) -> None:
    assert triage.guess(grave) > triage.guess(mild)


def test_the_unread_stay_between_the_mild_and_the_gravest() -> None:
    unread = [triage.unread(str(each["text"]), to_us) for each in frozen() for to_us in (False, True)]
    assert triage.FELT < triage.BELOW < triage.UNREAD <= min(unread)
    assert max(unread) < triage.HIGHEST * triage.GRAVEST


def test_an_answer_is_read_before_the_same_words_to_nobody() -> None:
    assert triage.unread("maat 43", True) > triage.unread("maat 43", False)


def test_risk_goes_before_fury(fakes: Any) -> None:
    furious, danger = (triage.read(assessment(fakes.reading(each), each, NOW)) for each in ("woedend", "gevaar"))
    assert triage.UNREAD > danger > furious
    assert furious < triage.FELT


def test_most_of_what_is_dangerous_is_read_early() -> None:
    """On posts the stems were not learnt from: the words alone bring seven in ten into the first third."""
    posts = frozen()
    order = sorted(posts, key=lambda each: -triage.guess(str(each["text"])))
    first = order[: len(posts) // 3]
    dangerous = [each for each in posts if "safety" in each["hazards"]]  # type: ignore[operator]
    early = [each for each in first if "safety" in each["hazards"]]  # type: ignore[operator]
    assert len(dangerous) > 50
    assert len(early) >= 0.7 * len(dangerous)


def test_it_costs_next_to_nothing() -> None:
    texts = [str(each["text"]) for each in frozen()]
    fastest = min(_seconds(texts) for _ in range(5))
    assert len(texts) / fastest > 20_000


def _seconds(texts: list[str]) -> float:
    start = time.process_time()
    for each in texts:
        triage.guess(each)
    return time.process_time() - start
