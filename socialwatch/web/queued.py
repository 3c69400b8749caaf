"""Queued: the queue as a page shows it; what all of a brand see alike is asked and made once for all who come at one
event, however many desks are open.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, cast

from markupsafe import Markup
from starlette.requests import Request

from socialwatch.store import desk, events
from socialwatch.store.desk import Entry, Queue
from socialwatch.store.streams import View
from socialwatch.store.unit import Unit
from socialwatch.web import channel_news, situated, viewing
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.shared import Shared

Make = Callable[[Entry, int], Markup]  # one row, and which case is open beside it; 0: none


def queued(request: Request, unit: Unit, visitor: Visitor, seen: View, current: int | None = None) -> dict[str, Any]:
    """`queue`, `told` and the way to make its rows; `current` is the case beside which the queue stands, None when it
    stands alone. How many cases are one's own is asked for each.
    """
    who, at = visitor.agent, desk_of(request)
    if seen.stream not in desk.ALIKE or seen != View(seen.stream):
        found = desk.queue_of(unit, who, seen, viewing.filtering(seen, at.clock()))
        return {"queue": found, "told": channel_news.told(unit, at, who.brand, found.unplaced)}
    shared, mark = cast(Shared, request.app.state.shared), events.mark(unit)
    key = (who.brand, who.role, seen.stream)
    rows, more = shared.ask(key, mark, lambda: desk.look(unit, who, seen))
    common = shared.ask((who.brand, "counts"), mark, lambda: desk.common_counts(unit, who))
    waiting = shared.ask((who.brand, "unplaced"), mark, lambda: desk.unplaced(unit, who))
    told = channel_news.told(unit, at, who.brand, waiting)  # a channel halts without an event
    found = Queue(rows, common.streams | desk.own_counts(unit, who, common), waiting, more)
    return {
        "queue": found,
        "told": told,
        "rows_of": _made_once(shared, (*key, current is None), mark),
        "situation_cards": lambda stream: shared.ask(
            (who.brand, visitor.leads, "cards", stream), mark, lambda: situated.in_inbox(at, visitor, stream)
        ),
    }


def known(request: Request, unit: Unit, visitor: Visitor) -> viewing.Known:
    """What can be chosen above the queue."""
    shared, brand = cast(Shared, request.app.state.shared), visitor.agent.brand
    return shared.ask((brand, "known"), events.mark(unit), lambda: viewing.known(unit, brand))


def _made_once(shared: Shared, key: Hashable, mark: tuple[int, int]) -> Callable[[Sequence[Entry], Make, int], Markup]:
    """Rows in which nothing depends on who looks, but for the one that is open beside them."""

    def rows_of(rows: Sequence[Entry], make: Make, current: int) -> Markup:
        made: Mapping[int, Markup] = shared.ask(key, mark, lambda: {each.case.id: make(each, 0) for each in rows})
        return Markup().join(_one(each, made, make, current) for each in rows)

    return rows_of


def _one(row: Entry, made: Mapping[int, Markup], make: Make, current: int) -> Markup:
    known = made.get(row.case.id) if row.case.id != current else None
    return make(row, current) if known is None else known


def each_made(rows: Sequence[Entry], make: Make, current: int) -> Markup:
    """The rows of a queue that is one's own."""
    return Markup().join(make(each, current) for each in rows)
