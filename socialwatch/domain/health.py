"""How a source is doing in one word, and which class of trouble a reason belongs to; for the screen and the metrics."""

from dataclasses import dataclass
from enum import StrEnum

LATE = 900.0  # seconds: a long catch-up may take this before it is called late


class Condition(StrEnum):
    """The worst that is the matter with a source, gravest first."""

    HALTED = "halted"  # until a human acts
    FAILING = "failing"  # tried again by itself
    LATE = "late"  # should have been polled, and nobody says why not
    PAUSED = "paused"  # its daily budget is spent; it goes on by itself
    SLOWED = "slowed"  # on purpose, because the backlog is old
    WELL = "well"
    UNUSED = "unused"  # no longer in the settings


class Trouble(StrEnum):
    """Why work became a dead letter, in classes few enough to count by."""

    REFUSED = "refused"  # the outside, or a rule of ours, said never
    UNEXPECTED = "unexpected"  # a bug, ours or a plug's
    WORKER_LOST = "worker_lost"  # it ended the worker, more than once
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Poller:
    """Where a poller stands. `next_poll_at` in seconds since 1970; `slowed` is times slower than asked; `spent` and
    `budget` in millionths of a dollar on this UTC day, the budget None without a limit.
    """

    halted: bool
    failures: int
    next_poll_at: float
    slowed: float = 1.0
    spent: int = 0
    budget: int | None = None


def condition(seen: Poller, stamp: float) -> Condition:
    """`stamp` is the database's clock in seconds since 1970, by which `next_poll_at` was set; 0 there means *at once*
    and tells nothing about since when.
    """
    if seen.halted:
        return Condition.HALTED
    if seen.failures:
        return Condition.FAILING
    if seen.budget is not None and seen.spent >= seen.budget and seen.next_poll_at > stamp:
        return Condition.PAUSED
    if seen.next_poll_at and stamp - seen.next_poll_at > LATE:
        return Condition.LATE
    return Condition.SLOWED if seen.slowed > 1 else Condition.WELL


def trouble(reason: str | None) -> Trouble:
    """The class of the sentence that the worker left with a dead letter (see worker/corridor and store/queue)."""
    if not reason:
        return Trouble.UNKNOWN
    if reason.startswith("Onverwachte fout"):
        return Trouble.UNEXPECTED
    return Trouble.WORKER_LOST if reason.startswith("De werker viel weg") else Trouble.REFUSED
