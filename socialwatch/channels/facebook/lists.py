"""Graph's lists read to their end, page after page, and their rows turned into something of ours."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import structlog

from socialwatch.channels.facebook.wire import Fields, moment, next_place
from socialwatch.errors import Unavailable

log = structlog.get_logger(__name__)

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, OSError)  # dates overflow in two ways
_REPEATS = 3  # how often a list may send us to the same place: an empty page does so once

Read = TypeVar("Read")


Ask = Callable[[Mapping[str, str]], Any]
Place = Mapping[str, str]


def pages(ask: Ask, asked: Mapping[str, str], place: Place | None = None) -> Iterator[list[Fields]]:
    """The rows of each page, from `place` on, until there is no `next`; short and empty pages are not the end.

    Raises what asking raises, and Unavailable for an answer without a list and for a list that goes in circles.
    """
    place = place or {}
    seen: set[tuple[tuple[str, str], ...]] = set()
    repeats = 0
    while repeats <= _REPEATS:
        document = ask({**asked, **place})
        rows = document.get("data") if isinstance(document, Mapping) else None
        if not isinstance(rows, list):
            raise Unavailable("Facebook gaf een antwoord zonder lijst")
        yield [row for row in rows if isinstance(row, Mapping)]
        following = next_place(document.get("paging"))
        if following is None:
            return
        key = tuple(sorted(following.items()))
        repeats += key in seen
        seen.add(key)
        place = following or place
    raise Unavailable("Facebook komt niet aan het eind van zijn lijst; de ronde is afgebroken")


def since(rows: Iterable[Fields], at: datetime) -> list[Fields]:
    """The rows made at or after that moment, and those whose moment cannot be read (they are reported later)."""
    return [row for row in rows if not _older(row, at)]


def parsed(rows: Iterable[Fields], read: Callable[[Fields], Read | None]) -> Iterator[Read]:
    """What `read` makes of each row. A row that it cannot read is logged by its id, the others are kept."""
    for row in rows:
        try:
            one = read(row)
        except UNREADABLE as problem:
            log.warning("facebook.unreadable", id=_shown(row), reason=type(problem).__name__)
        else:
            if one is not None:
                yield one


def _older(row: Fields, at: datetime) -> bool:
    try:
        return moment(row.get("created_time")) < at
    except UNREADABLE:
        return False


def _shown(row: Fields) -> str:
    """Enough of an id to find the row back, whatever stands there."""
    return ascii(row.get("id", row.get("comment_id", row.get("post_id"))))[:80]
