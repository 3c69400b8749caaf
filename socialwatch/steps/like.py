"""Like: a thank-you gets our like on its platform.

A like that stands cannot stand twice, so the machine of an answer (see steps/say) shrinks here to *asked → liked*: what
went unanswered is simply asked again, what the platform refuses becomes a dead letter with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from socialwatch.domain.channel import Channel, Likes, like_price
from socialwatch.domain.trip import Moved
from socialwatch.errors import Refused
from socialwatch.store import mentions, spending, thanks
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim
from socialwatch.store.spending import What
from socialwatch.store.thanks import Thanks
from socialwatch.store.unit import Unit


class Around(Protocol):
    """What a like needs of the parts of a line."""

    @property
    def channels(self) -> Mapping[str, Channel]: ...

    def clock(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Errand:
    """One thank-you to like, with its post."""

    thanks: Thanks
    post: Stored

    @property
    def source(self) -> str:
        return f"{self.thanks.brand}/{self.post.mention.channel}"


@dataclass(frozen=True, slots=True)
class Liked:
    """A like that stands, and what it cost in millionths of a dollar."""

    errand: Errand
    cost: int


def load(unit: Unit, held: Claim, _: Around) -> list[Errand]:
    """What is still to be liked; what was liked before is done."""
    found = [thanks.by_id(unit, job.subject) for job in held.jobs]
    wanted = {each.mention_id: each for each in found if each is not None and each.liked_at is None}
    return [Errand(wanted[post.id], post) for post in mentions.by_id(unit, list(wanted))]


def ask(errands: Sequence[Errand], around: Around) -> list[Liked]:
    """No unit is open here. Raises Refused for what is gone or takes no like, and what the channel raises."""
    return [Liked(each, _like(each, around.channels.get(each.source))) for each in errands]


def _like(errand: Errand, channel: Channel | None) -> int:
    if errand.post.gone_at is not None:
        raise Refused("De klant heeft dit bericht weggehaald.")
    if not isinstance(channel, Likes) or like_price(channel) is None:
        raise Refused("Op dit kanaal kunnen we van hieruit geen like geven.")
    return channel.like(errand.post.mention)


def write(unit: Unit, done: Sequence[Liked], around: Around) -> list[Moved]:
    """Our like stands; what it cost is booked."""
    now = around.clock()
    for each in done:
        thanks.liked(unit, each.errand.thanks, now)
        spending.book(unit, each.errand.source, What.REPLY, each.cost, now)
    return []
