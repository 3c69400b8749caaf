"""What we do for a customer: an *Oplossing*, owed to them, or a *Gebaar*, which is extra; and who carries it out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, runtime_checkable

SENDING_DEADLINE = timedelta(seconds=60)
LOOKS_BEFORE_HUMAN = 4


class Side(StrEnum):
    """Owed things cost no budget."""

    OWED = "owed"
    EXTRA = "extra"


class Kind(StrEnum):
    REPAIR = "repair"
    REPLACEMENT = "replacement"
    REFUND = "refund"
    RETURN_LABEL = "return_label"  # *terug voor onderzoek*, with a label paid by us
    COURIER = "courier"
    DOUBLE = "double"
    VOUCHER = "voucher"
    FLOWERS = "flowers"
    THOUGHT = "thought"  # *meegedacht*, at nothing
    OTHER = "other"  # *iets anders, namelijk*


SIDES = {
    Kind.REPAIR: Side.OWED,
    Kind.REPLACEMENT: Side.OWED,
    Kind.REFUND: Side.OWED,
    Kind.RETURN_LABEL: Side.OWED,
    Kind.COURIER: Side.EXTRA,
    Kind.DOUBLE: Side.EXTRA,
    Kind.VOUCHER: Side.EXTRA,
    Kind.FLOWERS: Side.EXTRA,
    Kind.THOUGHT: Side.EXTRA,
    Kind.OTHER: Side.EXTRA,
}


class GestureState(StrEnum):
    """`asked` waits for a lead (*mag dit?*); `prepared` to `unknown` are those of a reply, for what an order system or
    a webhook carries out; `done` needs nobody but the agent.
    """

    ASKED = "asked"
    DECLINED = "declined"
    PREPARED = "prepared"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DONE = "done"


ALLOWED = {
    GestureState.ASKED: {GestureState.PREPARED, GestureState.DONE, GestureState.DECLINED},
    GestureState.PREPARED: {GestureState.SENDING, GestureState.DONE, GestureState.FAILED},
    GestureState.SENDING: {
        GestureState.SENT,
        GestureState.FAILED,
        GestureState.UNKNOWN,
        GestureState.PREPARED,
        GestureState.DONE,
    },
    GestureState.UNKNOWN: {GestureState.SENT, GestureState.FAILED, GestureState.PREPARED},
    GestureState.FAILED: {GestureState.PREPARED, GestureState.DONE},
    GestureState.SENT: set[GestureState](),
    GestureState.DECLINED: set[GestureState](),
    GestureState.DONE: set[GestureState](),
}
# Nobody outside need do anything: thinking along is done when it is said.
OURS_ALONE = frozenset({Kind.THOUGHT})


def may_become(now: GestureState, then: GestureState) -> bool:
    """Whether this step exists: `asked → prepared → sending → sent | failed | unknown`, or `done` by ourselves.

    Back to prepared: from sending and unknown only when nothing was done outside, from failed only by a human.
    """
    return then in ALLOWED[now]


@dataclass(frozen=True, slots=True)
class Gesture:
    """One thing we do in one case. `cost` in euros; `key` makes it happen once, also at an order system that is asked
    twice; `minutes` are those it took the agent, where they were given; `lines` are (sku or product, quantity);
    `carrier` is the kind that carries it out, `looks` how often we looked whether it was done.
    """

    id: int
    brand: str
    case_id: int
    agent_id: int
    kind: Kind
    side: Side
    what: str
    cost: Decimal
    state: GestureState
    at: datetime
    key: str
    order_number: str | None = None
    lines: tuple[tuple[str, int], ...] = ()
    minutes: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    platform_id: str | None = None
    reason: str | None = None
    carrier: str | None = None
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """What the outside made of it: its own number for it."""

    platform_id: str | None = None
    url: str | None = None


@runtime_checkable
class Carrier(Protocol):
    """Whatever carries a gesture out: a webhook, or an order system that makes the replacement or the refund."""

    kind: str

    def can(self, gesture: Gesture) -> bool:
        """Whether this one carries out such a gesture at all."""
        ...

    def carry(self, gesture: Gesture) -> Carried:
        """Do it, with `gesture.key` as the idempotency key where there is one. Raises Unavailable (nothing happened),
        Unanswered (nobody knows), Refused (never).
        """
        ...

    def find(self, gesture: Gesture) -> Carried | None:
        """What an earlier `carry` of nobody knows what became of it left behind, by its key; None when not found."""
        ...
