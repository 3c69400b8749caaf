"""A reply (antwoord) and its state machine: at most one automatic attempt, doubt goes to a human."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SENDING_DEADLINE = timedelta(seconds=60)
LOOKS_BEFORE_HUMAN = 4


class ReplyState(StrEnum):
    PREPARED = "prepared"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    TAKEN_BACK = "taken_back"
    GONE = "gone"


ALLOWED = {
    ReplyState.PREPARED: {ReplyState.SENDING, ReplyState.FAILED, ReplyState.TAKEN_BACK},
    ReplyState.SENDING: {ReplyState.SENT, ReplyState.FAILED, ReplyState.UNKNOWN, ReplyState.PREPARED},
    ReplyState.UNKNOWN: {ReplyState.SENT, ReplyState.FAILED, ReplyState.PREPARED},
    ReplyState.SENT: {ReplyState.GONE},
    ReplyState.FAILED: {ReplyState.PREPARED},
    ReplyState.TAKEN_BACK: set[ReplyState](),
    ReplyState.GONE: set[ReplyState](),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of one agent to one mention. `approval` is unique per click of *verstuur*. `audience` is "public",
    "private" when only the author of the mention may read it, or "mail" when it goes to the address we know. It waits
    until `send_at` (the wall's time, also where domain time runs faster), and may be taken back as long as it is
    prepared; `mends_id` is the answer that it stands in for.
    """

    id: int
    case_id: int | None
    mention_id: int
    agent_id: int
    text: str
    state: ReplyState
    approval: str
    created_at: datetime
    sending_since: datetime | None = None
    looks: int = 0
    platform_id: str | None = None
    url: str | None = None
    reason: str | None = None
    audience: str = "public"
    send_at: datetime | None = None
    mends_id: int | None = None


def may_become(now: ReplyState, then: ReplyState) -> bool:
    """Whether this step exists in the machine `prepared → sending → sent | failed | unknown`, or `prepared → taken
    back`.

    Back to prepared: from sending only when nothing was sent (refused connection, 429), from unknown and failed only
    by a human. What was sent is gone when it was deleted for another one that was then not placed.
    """
    return then in ALLOWED[now]


def heard_by(asked: str, mention: str) -> str:
    """Who reads an answer, "public" or "private": one to a private message is private whatever was asked."""
    return "public" if asked == mention == "public" else "private"
