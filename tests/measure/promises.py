"""How well promises are found in our own replies, per list of sentences."""

from collections.abc import Sequence
from datetime import UTC, datetime

from socialwatch.domain.promise import promises
from socialwatch.domain.when import AMSTERDAM
from tests.domain import promise_sentences as lists

TITLE = "Promises found in replies"
NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
Sentences = Sequence[tuple[str, str | None]]


def report() -> list[str]:
    every = {
        "looked at while the rules were made": [*lists.TUNED, *lists.SEEN, *lists.SEEN_TOO],
        "looked at once, after a first measurement": lists.FRESH,
    }
    head = ["| sentences | how many | precision | recall | moment right |", "|---|---|---|---|---|"]
    return [*head, *(_row(name, found) for name, found in every.items())]


def _row(name: str, every: Sentences) -> str:
    found = [(_due(text), wanted) for text, wanted in every]
    right = [given == wanted for given, wanted in found if given and wanted]
    given = sum(1 for each, _ in found if each)
    meant = sum(1 for _, wanted in found if wanted)
    moment = sum(right) / len(right)
    return f"| {name} | {len(every)} | {len(right) / given:.3f} | {len(right) / meant:.3f} | {moment:.3f} |"


def _due(text: str) -> str | None:
    first = next(iter(promises(text, NOW)), None)
    return None if first is None else f"{first.due_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
