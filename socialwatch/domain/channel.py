"""What we ask of a public platform, and what it gives back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from socialwatch.domain.mention import Mention


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a poll, oldest cursor rules of the platform already applied.

    `cursor` is None on every page but the last of a poll: the position is saved in the same transaction as the last
    page, so that a crash in between only reads again. `gone` are ids of first versions that were deleted. `gap` is a
    span of
    time the platform could no longer give us; it is shown, not hidden.
    """

    mentions: tuple[Mention, ...]
    cursor: str | None = None
    gone: tuple[str, ...] = ()
    gap: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer to a lookup: the posts as they are now, and the asked ids that no longer exist."""

    mentions: tuple[Mention, ...]
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply as the platform knows it."""

    id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `socialwatch check`: `text` is one Dutch sentence."""

    good: bool
    text: str


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
