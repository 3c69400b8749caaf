"""Crossing: when a colleague answered while somebody was typing, they hear of it before their own answer goes out."""

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import LineKind
from socialwatch.domain.reply import ReplyState
from socialwatch.errors import Refused
from socialwatch.store.dossier import Dossier
from socialwatch.web import thread
from socialwatch.web.thread import Entry

ANSWERS = (LineKind.OWN_POST, LineKind.CALL)
UNKNOWN = -1


def answers(found: Dossier, who: Agent) -> list[Entry]:
    """What others answered in this case, wherever they did, oldest first."""
    return [each for each in thread.entries(found) if _answers(each) and _of(each) != who.id]


def _answers(each: Entry) -> bool:
    if each.reply is not None:
        return each.reply.state not in (ReplyState.FAILED, ReplyState.TAKEN_BACK)
    if each.post is not None:
        return each.post.stored.mention.own
    return each.line is not None and each.line.kind in ANSWERS


def _of(each: Entry) -> int | None:
    if each.reply is not None:
        return each.reply.agent_id
    return each.line.agent_id if each.line is not None else None


def told_first(found: Dossier, who: Agent, seen: int) -> None:
    """Raises Refused, with who it was, when others answered more often than the page showed; `seen` is how often."""
    others = answers(found, who)
    if seen == UNKNOWN or len(others) <= seen:
        return
    name = others[-1].who or "Een collega"
    raise Refused(f"{name} antwoordde net, terwijl jij schreef. Lees het even, en verstuur daarna als het nog klopt.")
