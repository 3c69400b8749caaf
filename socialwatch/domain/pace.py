"""Pace: how fast to poll. The older the backlog, the slower new work is fetched; a clock that jumps holds nobody up."""

CALM = 300.0  # seconds; a backlog this young slows nothing
SLOWEST = 8.0  # times slower than asked, at most
BESIDE_STREAM = 300.0  # seconds between two polls while a stream brings the same
LONGEST_WAIT = 900.0  # seconds between two polls after failures
LONGEST_ASKED = 3600.0  # seconds that we wait because a platform asks it; then we ask again


def slower(oldest: float | None, waiting: int, rate: float | None) -> float:
    """How many times slower to poll than asked, from 1 to SLOWEST.

    `oldest` is the age in seconds of the oldest ready job of the step that is the bottleneck, `waiting` how many are
    ready, `rate` how many are finished per second as measured, None when that is not known. What counts is the longer
    of how long the oldest waited and how long the last one will: a flood is seen before it is old.
    Only polling is slowed; answers, streams and webhooks never are.
    """
    ahead = waiting / rate if rate else 0.0
    late = max(oldest or 0.0, ahead)
    return min(SLOWEST, max(1.0, late / CALM))


def wait(every: float, slowed: float, streaming: bool) -> float:
    """Seconds until the next poll after one that went well."""
    return max(every * slowed, BESIDE_STREAM if streaming else 0.0)


def wait_after(every: float, failures: int, asked: float | None) -> float:
    """Seconds until the next poll after one that failed: doubling, or as long as the platform asks."""
    if asked is not None:
        return min(max(asked, 0.0), LONGEST_ASKED)
    return min(every * 2.0 ** min(failures, 8), LONGEST_WAIT)


def longest(every: float, failures: int) -> float:
    """The most seconds that a source ever waits: after failures as long as a platform may ask, else as the pace is."""
    return LONGEST_ASKED if failures else max(LONGEST_WAIT, every * SLOWEST)


def due(next_at: float, now: float, most: float) -> bool:
    """Whether a poll is due, in seconds since 1970. A moment further away than `most`, the longest we ever wait, comes
    from a clock that was put back since.
    """
    return next_at <= now or next_at > now + most
