"""One source of X in one poll: first what an earlier poll was cut off from, then what is new since.

A poll is cut off when the day's money is used up. It reads from the newest back, so that what it did not reach lies
behind: without a mark there, the next day would pay for the newest again and be cut off at the same place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from socialwatch.channels.x import wire
from socialwatch.channels.x.position import Position, Rest, fallback, joined, window
from socialwatch.channels.x.walk import Ask, Walk


@dataclass(frozen=True, slots=True)
class Reach:
    """How far before the last position a poll begins, and how far back the first one goes."""

    overlap: timedelta
    lookback: timedelta

    def window(self, position: Position | None, now: datetime) -> dict[str, str]:
        return window(position, now, self.overlap, self.lookback)


@dataclass(slots=True)
class Reading:
    """`position` is where the next poll goes on if this one ends here: after the last document it is the end, before
    that a place to go on from.
    """

    ask: Ask
    token: str  # the name of the paging parameter
    reach: Reach
    position: Position | None
    gap: tuple[datetime, datetime] | None = None

    def documents(self, now: datetime) -> Iterator[wire.Fields]:
        """X's answers; the next one is asked when it is wanted. Raises what asking raises."""
        if self.position is not None and self.position.rest is not None:
            yield from self._left_behind(self.position, self.position.rest, now)
        yield from self._new(self.position, now)

    def _left_behind(self, known: Position, rest: Rest, now: datetime) -> Iterator[wire.Fields]:
        if rest.until.at <= fallback(now):  # all of it is older than X still knows
            self.gap = joined(self.gap, (rest.since.at, rest.until.at))
        else:
            walk = Walk(self.ask, self.token, rest.since, rest.until)
            for document in walk.documents(self.reach.window(rest.since, now), now):
                self.gap = joined(self.gap, walk.gap)
                self.position = replace(known, rest=Rest(rest.since, walk.oldest or rest.until))
                yield document
            self.gap = joined(self.gap, walk.gap)
        self.position = replace(known, rest=None)

    def _new(self, known: Position | None, now: datetime) -> Iterator[wire.Fields]:
        walk, asked = Walk(self.ask, self.token, known), self.reach.window(known, now)
        for document in walk.documents(asked, now):
            self.gap = joined(self.gap, walk.gap)
            if walk.position is not None and walk.oldest is not None:
                self.position = replace(walk.position, rest=Rest(known or _begun(asked), walk.oldest))
            yield document
        self.gap = joined(self.gap, walk.gap)
        self.position = walk.position and replace(walk.position, rest=None)


def _begun(asked: dict[str, str]) -> Position:
    """Where the very first poll began."""
    at = datetime.fromisoformat(asked["start_time"])
    return Position(wire.id_at(at), at)
