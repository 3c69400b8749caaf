"""Held: an answer that has not gone out yet and can still be taken back by who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass

from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.store import replies
from socialwatch.store.unit import Unit
from socialwatch.web.auth import Visitor


@dataclass(frozen=True, slots=True)
class Held:
    """One answer of this visitor; `seconds` until it goes out."""

    id: int
    seconds: float


def held(unit: Unit, visitor: Visitor, case: int) -> Held | None:
    """The newest answer in this case that this visitor can still take back; None when there is none."""
    return next(iter(among(unit, visitor, reversed(replies.of_cases(unit, [case]))).values()), None)


def among(unit: Unit, visitor: Visitor, said: Iterable[Reply]) -> dict[int, Held]:
    """Which of these answers this visitor can still take back, by their number, in the same order."""
    now = unit.stamp()
    waits = {each.id: each.send_at.timestamp() - now for each in said if each.send_at and _theirs(each, visitor)}
    return {number: Held(number, round(seconds, 1)) for number, seconds in waits.items() if seconds > 0}


def _theirs(said: Reply, visitor: Visitor) -> bool:
    return said.state is ReplyState.PREPARED and said.agent_id == visitor.agent.id
