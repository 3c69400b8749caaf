"""A mention (bericht): one public post, or mail, about the brand, from one channel."""

import re
from dataclasses import dataclass, field
from datetime import datetime

_SURROGATE_OR_NUL = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Author:
    """The profile that wrote it. `followers` is None where the platform does not say (reach then counts as the
    median).
    """

    id: str
    handle: str | None = None
    name: str | None = None
    followers: int | None = None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Public counters at the time of reading; None where the platform does not say."""

    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One public post as a channel delivers it.

    `id` is the platform's id of the first version and with `channel` the unique key; `version_id` is the id of the
    version that `text` belongs to (the same as `id` when it was never edited). `own` marks what the brand wrote
    itself,
    `repost` a bare retweet or share. `may_train` is False where the platform's terms forbid training (X). `can_reply`
    says whether the
    platform accepts a public reply by API to this very post. `audience` is "public" or "private". `aside` names why
    the channel keeps it out of the cases from the start (an automatic mail); "" for all that people write.
    """

    channel: str
    id: str
    text: str
    created_at: datetime
    author: Author | None = None
    url: str | None = None
    conversation_id: str | None = None
    in_reply_to: str | None = None
    metrics: Metrics = field(default_factory=Metrics)
    version_id: str | None = None
    own: bool = False
    repost: bool = False
    may_train: bool = False
    can_reply: bool = False
    audience: str = "public"
    brand: str = ""
    aside: str = ""

    def __post_init__(self) -> None:
        if self.created_at.utcoffset() is None:
            raise ValueError("created_at must carry a time zone")


def clean(text: str) -> str:
    """NUL and lone surrogates become U+FFFD, because PostgreSQL and UTF-8 refuse them; all else stays as written."""
    return _SURROGATE_OR_NUL.sub("\ufffd", text)
