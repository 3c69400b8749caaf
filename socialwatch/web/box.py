"""Box: what the reply box of one dossier needs beside the case: your pieces, your sign-off, what is held or mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from socialwatch.domain.handoff import sure
from socialwatch.domain.mending import way
from socialwatch.domain.reply import ReplyState
from socialwatch.domain.voice import PLAIN, mark
from socialwatch.store import blocks, own
from socialwatch.store.blocks import Block
from socialwatch.store.dossier import Dossier
from socialwatch.store.identities import Link
from socialwatch.store.mentions import Stored
from socialwatch.store.unit import Unit
from socialwatch.web import dutch_reply, thread
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.held import Held, held


@dataclass(frozen=True, slots=True)
class Mail:
    """An answer may also go to this address; `source` is where we have it from, `posts` for whose authors it is sure
    ("x:123").
    """

    to: str
    source: str
    posts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Box:
    """`ending` is what a public answer will end with; `how` says what mending does, "" when nothing is mended."""

    blocks: Sequence[Block]
    ending: str
    held: Held | None
    how: str = ""
    mail: Mail | None = None


def box(request: Request, unit: Unit, visitor: Visitor, found: Dossier, mends: int = 0) -> Box:
    """For this visitor; `mends` is the answer of ours that is being mended."""
    told = held(unit, visitor, found.case.id)
    mail = _mail(found) if found.case.brand in desk_of(request).mailing else None
    return Box(blocks.of(unit, visitor.agent), ending(request, unit, visitor), told, _how(found, mends), mail)


def _mail(found: Dossier) -> Mail | None:
    """As store/handoff.address decides, which has the last word when the answer is approved and when it is sent."""
    person = found.file.customer if found.file else None
    mine = [each for each in found.links if not each.offered and each.customer_id == found.case.customer_id]
    links = [each for each in mine if sure(each.basis, confirmed=each.confirmed_by is not None)]
    posts = frozenset(thread.key(post) for post in thread.theirs(found) if any(_of(each, post) for each in links))
    elsewhere = posts - {thread.key(post) for post in thread.theirs(found) if post.mention.channel == "mail"}
    if person is None or not person.email or "@" not in person.email or not elsewhere:
        return None
    return Mail(person.email, _source(found), elsewhere)


def _of(link: Link, post: Stored) -> bool:
    author = post.mention.author
    same = author is not None and (link.channel, link.author_id) == (post.mention.channel, author.id)
    return same or link.mention_id == post.id


def _source(found: Dossier) -> str:
    """Where an agent can see it: the order they named, or what the customer gave us."""
    said = " ".join(post.mention.text for post in thread.theirs(found))
    orders = found.file.orders if found.file else ()
    named = next((each.number for each in orders if each.number in said), None)
    return f"mailadres uit bestelling {named}" if named else "mailadres uit de klantgegevens"


def ending(request: Request, unit: Unit, visitor: Visitor) -> str:
    """What this visitor's public answers end with, "" when the brand does not sign."""
    voice = desk_of(request).voices.get(visitor.agent.brand, PLAIN)
    return mark(voice, visitor.agent.name, own.of(unit, visitor.agent).sign_off)


def _how(found: Dossier, mends: int) -> str:
    told = next((each for each in found.replies if each.id == mends), None)
    post = found.posts.get(told.mention_id) if told else None
    if told is None or post is None:
        return ""
    how = way(post.mention.channel, told.audience, post.mention.audience)
    return dutch_reply.how(how, "mail" if told.audience == "mail" else post.mention.channel)


def mended(found: Dossier) -> dict[int, str]:
    """How answers of this case were mended, in a word, by the number of the first one."""
    told = {}
    for each in found.replies:
        post = found.posts.get(each.mention_id)
        if each.mends_id and each.state is ReplyState.SENT and post is not None:
            told[each.mends_id] = dutch_reply.MENDED[way(post.mention.channel, each.audience, post.mention.audience)]
    return told
