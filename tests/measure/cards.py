"""How many posts about danger, a data leak or a death bring their card, and how many others do, on the frozen test."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from socialwatch.domain.assessment import Reading
from socialwatch.domain.protocol import BEREAVEMENT, PRIVACY, SAFETY, Protocol, which
from socialwatch.domain.risk import LIKELY
from socialwatch.sentiment.transformer import connect

TITLE = "Cards whose steps come first"
ROOT = Path(__file__).parents[2]
Post = tuple[dict[str, Any], Reading]
BARS: Sequence[tuple[str, Protocol]] = (
    ("safety, at the bar of the chip (0.5)", replace(SAFETY, bar=LIKELY)),
    ("safety, at its own bar (0.7)", SAFETY),
    ("data leak, at its own bar, which is the chip's (0.5)", PRIVACY),
    ("data leak, at the bar of safety (0.7)", replace(PRIVACY, bar=SAFETY.bar)),
    ("bereavement, by its words", BEREAVEMENT),
)


def report() -> list[str]:
    """One row per card and bar."""
    files = sorted((ROOT / "models" / "corpus" / "frozen").glob("*.jsonl"))
    rows = [json.loads(row) for each in files for row in each.read_text("utf-8").splitlines()]
    read = connect({"path": ROOT / "models" / "dutch"}).read([row["text"] for row in rows])
    posts = list(zip(rows, read, strict=True))
    head = ["| card | posts that are about it | with their card | others with that card |", "|---|---|---|---|"]
    return [*head, *(_row(name, card, posts) for name, card in BARS), "", f"Of {len(posts)} posts."]


def _row(name: str, card: Protocol, posts: Sequence[Post]) -> str:
    about = _bereaved if card.bereavement else _hazardous(card)
    brings = [(about(row), which({card.name: card}, read.hazards, [row["text"]]) is not None) for row, read in posts]
    real, kept = sum(each for each, _ in brings), sum(each and found for each, found in brings)
    false = sum(found and not each for each, found in brings)
    return f"| {name} | {real} | {kept} | {false} |"


def _bereaved(row: dict[str, Any]) -> bool:
    return "bereaved" in row["tags"]


def _hazardous(card: Protocol) -> Callable[[dict[str, Any]], bool]:
    return lambda row: any(each.value in row["hazards"] for each in card.hazards)
