"""Reading a newest-first list back to where the last poll was: for platforms whose lists know no *since*."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from socialwatch.domain.mention import Mention
from socialwatch.errors import Unavailable

MOST_PAGES = 500  # a bound against a server that never ends, not a budget


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a list: the moments of its first and last entry by the platform's own order, and the bookmark of
    the next page. Moments are None when the page is empty.
    """

    mentions: tuple[Mention, ...]
    newest: datetime | None = None
    oldest: datetime | None = None
    next: str | None = None


@dataclass(slots=True)
class Walk:
    """One reading of one list, back to `until`. `newest` counts as the new position only after the last stretch.

    `gap` is the span that was not reached because the list did not end.
    """

    ask: Callable[[str | None], Stretch]
    until: datetime
    newest: datetime | None = None
    gap: tuple[datetime, datetime] | None = None
    _seen: set[str] = field(default_factory=set)

    def stretches(self) -> Iterator[Stretch]:
        """Page after page; the next one is asked when it is wanted.

        Raises what asking raises, and Unavailable when the paging goes in circles.
        """
        bookmark, oldest = None, None
        for _ in range(MOST_PAGES):
            stretch = self.ask(bookmark)
            self.newest = self.newest or stretch.newest
            oldest = stretch.oldest or oldest
            yield stretch
            if stretch.next is None or (stretch.oldest is not None and stretch.oldest < self.until):
                return
            if stretch.next in self._seen:
                raise Unavailable("Het platform herhaalt zijn bladwijzer; de ronde is afgebroken")
            self._seen.add(stretch.next)
            bookmark = stretch.next
        if oldest is not None:
            self.gap = (self.until, oldest)


def load(cursor: str | None) -> dict[str, datetime]:
    """The positions by list. An unreadable cursor counts as none: reading again is harmless, the ids are unique."""
    try:
        kept = json.loads(cursor or "{}")
        return {str(name): datetime.fromisoformat(at).astimezone(UTC) for name, at in kept.items()}
    except (ValueError, TypeError, AttributeError, OverflowError):
        return {}


def dump(positions: Mapping[str, datetime]) -> str:
    """The cursor that `load` reads."""
    return json.dumps({name: at.isoformat() for name, at in positions.items()}, sort_keys=True)
