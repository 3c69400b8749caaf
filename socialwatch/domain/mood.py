"""The mood of a case: how the customer's frustration moved from post to post, until they thanked us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Step:
    """From `at` on the customer was so frustrated: `level` 0..3; None when they thanked us."""

    at: datetime
    level: int | None


def mood(seen: Iterable[Step]) -> tuple[Step, ...]:
    """The turns alone, oldest first: a post that reads as the one before it is no turn."""
    turns: list[Step] = []
    for each in sorted(seen, key=lambda step: step.at):
        if not turns or turns[-1].level != each.level:
            turns.append(each)
    return tuple(turns)
