"""Held: an answer that has not gone out yet and can still be taken back by who wrote it."""

from dataclasses import dataclass

from socialwatch.domain.reply import ReplyState
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
    now = unit.stamp()
    for each in reversed(replies.of_cases(unit, [case])):
        waits = each.send_at.timestamp() - now if each.send_at else 0.0
        if each.state is ReplyState.PREPARED and each.agent_id == visitor.agent.id and waits > 0:
            return Held(each.id, round(waits, 1))
    return None
