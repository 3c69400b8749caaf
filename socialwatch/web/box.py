"""Box: what the reply box of one dossier needs beside the case: your pieces, your sign-off, what is held or mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from socialwatch.domain.mending import way
from socialwatch.domain.reply import ReplyState, heard_by
from socialwatch.domain.voice import PLAIN, mark
from socialwatch.store import blocks, own
from socialwatch.store.blocks import Block
from socialwatch.store.dossier import Dossier
from socialwatch.store.unit import Unit
from socialwatch.web import dutch_reply
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.held import Held, held


@dataclass(frozen=True, slots=True)
class Box:
    """`ending` is what a public answer will end with; `how` says what mending does, "" when nothing is mended."""

    blocks: Sequence[Block]
    ending: str
    held: Held | None
    how: str = ""


def box(request: Request, unit: Unit, visitor: Visitor, found: Dossier, mends: int = 0) -> Box:
    """For this visitor; `mends` is the answer of ours that is being mended."""
    told = held(unit, visitor, found.case.id)
    return Box(blocks.of(unit, visitor.agent), ending(request, unit, visitor), told, _how(found, mends))


def ending(request: Request, unit: Unit, visitor: Visitor) -> str:
    """What this visitor's public answers end with, "" when the brand does not sign."""
    voice = desk_of(request).voices.get(visitor.agent.brand, PLAIN)
    return mark(voice, visitor.agent.name, own.of(unit, visitor.agent).sign_off)


def _how(found: Dossier, mends: int) -> str:
    told = next((each for each in found.replies if each.id == mends), None)
    post = found.posts.get(told.mention_id) if told else None
    if told is None or post is None:
        return ""
    heard = heard_by(told.audience, post.mention.audience)
    return dutch_reply.how(way(post.mention.channel, heard), post.mention.channel)


def mended(found: Dossier) -> dict[int, str]:
    """How answers of this case were mended, in a word, by the number of the first one."""
    told = {}
    for each in found.replies:
        post = found.posts.get(each.mention_id)
        if each.mends_id and each.state is ReplyState.SENT and post is not None:
            heard = heard_by(each.audience, post.mention.audience)
            told[each.mends_id] = dutch_reply.MENDED[way(post.mention.channel, heard)]
    return told
