"""What we ask of a public platform, and what it gives back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from socialwatch.domain.mention import Mention


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a poll, oldest cursor rules of the platform already applied.

    `cursor` is None on every page but the last of a poll: the position is saved in the same transaction as the last
    page, so that a crash in between only reads again. `gone` are ids of first versions that were deleted. `gap` is a
    span of
    time the platform could no longer give us; it is shown, not hidden. `cost` is what reading it cost, in millionths
    of a dollar, by the platform's price list. `bookmark` is a cursor to go on from when the poll is cut off after this
    page because the day's money is used up; else it counts for nothing.
    """

    mentions: tuple[Mention, ...]
    cursor: str | None = None
    gone: tuple[str, ...] = ()
    gap: tuple[datetime, datetime] | None = None
    cost: int = 0
    bookmark: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer to a lookup: the posts as they are now, the asked ids that no longer exist, the cost as of a Page."""

    mentions: tuple[Mention, ...]
    gone: tuple[str, ...] = ()
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply as the platform knows it. `cost` as of a Page."""

    id: str
    url: str | None = None
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `socialwatch check`: `text` is one Dutch sentence, `cost` what asking it cost, as of a Page."""

    good: bool
    text: str
    cost: int = 0


class Channel(Protocol):
    """One platform account of one brand.

    Every call may raise Unavailable (later), Unanswered (bytes were sent, no answer), Refused (never) or Halted (the
    source stops until a human acts).
    """

    kind: str

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """New mentions since `cursor` (opaque to all others; None the first time), page by page; each page may ask
        the platform.
        """
        ...

    def lookup(self, ids: Sequence[str]) -> Looked:
        """The present state of posts we already have, by the id of their latest known version."""
        ...

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """Answer `mention` in public. `key` is ours and unique per reply, for platforms that know idempotency."""
        ...

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Our own reply with this text under `mention`, written since `since`; None when it is not there (yet)."""
        ...

    def can_reply(self, mention: Mention) -> bool:
        """Whether `reply` has a chance; False means *open op X* and answer there by hand."""
        ...

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        """A webhook's delivery, signature checked over the raw body; Refused when it is not the platform's."""
        ...

    def check(self) -> list[Finding]:
        """Who are we, may we read, may we write."""
        ...


@runtime_checkable
class Streaming(Protocol):
    """A channel that can also keep a line open. What it misses while the line is down comes by polling."""

    def stream(self, stopped: Callable[[], bool]) -> Iterator[Page]:
        """Pages without a cursor, as they happen, until `stopped()` or the line breaks.

        An empty page means the line is alive. Ends by returning when asked to stop; raises Unavailable (with
        `retry_after` where the platform says how long) when the line broke, Halted when it is refused.
        """
        ...


@runtime_checkable
class Resuming(Protocol):
    """A channel whose polls give bookmarks: what they were cut off from is read first the next time."""

    def behind(self, cursor: str) -> datetime | None:
        """Since when not everything was read, by this cursor; None when nothing is left behind."""
        ...


@runtime_checkable
class Private(Protocol):
    """A channel on which a post may be answered in private."""

    def can_reply_privately(self, mention: Mention, now: datetime) -> bool:
        """Whether `reply_privately` has a chance at this moment."""
        ...

    def reply_privately(self, mention: Mention, text: str, key: str) -> Sent:
        """As `reply`, but only the author reads it."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that answers no mail: `whom` is one address, `sender` the name it comes from, `text` is plain.
    `by_hand` when somebody wrote it for this one person, so that it is not marked as sent by a machine.
    """

    whom: str
    sender: str
    subject: str
    text: str
    by_hand: bool = False


@runtime_checkable
class Writes(Protocol):
    """A channel by which we can write to somebody who did not write to us there."""

    def write(self, letter: Letter, key: str) -> Sent:
        """Send one letter, marked as sent by a machine. `key` as in `reply`."""
        ...


@runtime_checkable
class Mends(Protocol):
    """A channel on which an answer of ours can be edited; domain/mending says where."""

    def mend(self, mention: Mention, was: str, text: str, key: str) -> Sent:
        """Put `text` where our answer with the id `was` stands under `mention`. May be repeated."""
        ...


@runtime_checkable
class Withdraws(Protocol):
    """A channel on which nothing can be edited, but an answer of ours can be taken away for another one."""

    def withdraw(self, was: str) -> None:
        """Delete our answer with the id `was`. May be repeated, so no answer at all is Unavailable here."""
        ...


@runtime_checkable
class Likes(Protocol):
    """A channel on which we can like a post. `like_price` is what one costs, in millionths of a dollar; None when this
    account may not.
    """

    like_price: int | None

    def like(self, mention: Mention) -> int:
        """Like a post; a second time changes nothing, so one that went unanswered may be repeated. Gives back what it
        cost, as of a Page.
        """
        ...


def like_price(channel: Channel) -> int | None:
    """What a like costs there, in millionths of a dollar; None where we cannot like."""
    return channel.like_price if isinstance(channel, Likes) else None


@runtime_checkable
class Complying(Protocol):
    """A channel whose platform tells in batch which posts no longer exist, cheaper than looking each up."""

    def begin_compliance(self, ids: Sequence[str], key: str) -> str:
        """Hand in the ids of posts; gives back the platform's number of the job. `key` is ours and unique per job: one
        that was begun with it before, by a process that died before it could say so, is found back and not begun twice.
        """
        ...

    def finish_compliance(self, job: str) -> Looked | None:
        """The posts that are gone, and as they are now those that were edited; None while the platform is still at it.

        Raises Refused when the job failed or is unknown there.
        """
        ...


@runtime_checkable
class Noticing(Protocol):
    """A channel that notices things its operator should know while all goes on."""

    def notices(self) -> Sequence[str]:
        """Dutch sentences, one per matter, true at this moment: a version that Meta silently upgraded."""
        ...


@runtime_checkable
class Subscribable(Protocol):
    """A channel whose platform first asks the webhook's address a question, by GET, before it delivers there."""

    def handshake(self, query: Mapping[str, str]) -> str:
        """What to answer, as plain text. Raises Refused when it is not the platform that asks, Misconfigured when
        the key to know it by is missing.
        """
        ...
