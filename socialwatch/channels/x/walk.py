"""One source of X read from its newest page back to where the last poll stood: one since_id for all pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from socialwatch.channels.x import wire
from socialwatch.channels.x.position import Position, fallback, gap, newer
from socialwatch.channels.x.verdict import TooOld, detail
from socialwatch.errors import Refused, Unavailable

MOST_PAGES = 1000  # 100,000 posts: a bound against a server that never ends, not a budget

_FOR_GOOD = frozenset(["resource-not-found", "not-authorized-for-resource", "disallowed-resource"])

Ask = Callable[[Mapping[str, str]], wire.Fields]


@dataclass(slots=True)
class Walk:
    """A poll of one source. `position` moves to the newest post of page 1; it counts only after the last page."""

    ask: Ask
    token: str  # the name of the paging parameter
    position: Position | None
    gap: tuple[datetime, datetime] | None = None
    _tokens: set[str] = field(default_factory=set)

    def documents(self, asked: dict[str, str], now: datetime) -> Iterator[wire.Fields]:
        """X's answers from `asked` (since_id or start_time) on, newest first; the next one is asked when it is wanted.

        Raises what asking raises, and Unavailable when the paging goes in circles.
        """
        before = self.position
        document, asked = self._first(asked, now)
        self.position = newer(before, _newest(document, asked, now))
        for _ in range(MOST_PAGES):
            yield document
            token = str(wire.meta(document).get("next_token") or "")
            if not token:
                return
            if token in self._tokens:
                raise Unavailable("X herhaalt zijn bladwijzer; de ronde is afgebroken")
            self._tokens.add(token)
            document = _sound(self.ask({**asked, self.token: token}))
        self.gap = gap(before, min((_moment(row, now) for row in wire.rows(document)), default=now))

    def _first(self, asked: dict[str, str], now: datetime) -> tuple[wire.Fields, dict[str, str]]:
        """Page 1, from seven days ago when X refuses to go back as far as we asked."""
        try:
            return _sound(self.ask(asked)), asked
        except TooOld:
            reached = fallback(now)
        self.gap = gap(self.position, reached)
        asked = {"start_time": wire.stamp(reached)}
        return _sound(self.ask(asked)), asked


def _sound(document: wire.Fields) -> wire.Fields:
    """A page has `meta`, also when it is empty. Only errors, with status 200, means that there is none: the account is
    not there or closed to us, or X could not put the page together.
    """
    if wire.meta(document) or wire.rows(document):
        return document
    if document.get("errors"):
        kind = Refused if wire.problems(document) & _FOR_GOOD else Unavailable
        raise kind(f"X geeft geen berichten: {detail(dict(document))}")
    raise Unavailable("X gaf een leeg antwoord")


def _newest(document: wire.Fields, asked: Mapping[str, str], now: datetime) -> Position:
    """Where the next poll begins: the newest post of page 1, or, when nothing came, where this one began."""
    listed = {str(row.get("id")): row for row in wire.rows(document) if str(row.get("id")).isdigit()}
    newest = str(wire.meta(document).get("newest_id") or max(listed, key=int, default=""))
    if newest.isdigit():
        return Position(newest, _moment(listed.get(newest, {"id": newest}), now))
    if "start_time" in asked:
        begun = datetime.fromisoformat(asked["start_time"])
        return Position(wire.id_at(begun), begun)
    return Position(asked["since_id"], _moment({"id": asked["since_id"]}, now))


def _moment(row: wire.Fields, now: datetime) -> datetime:
    try:
        return wire.moment(row)
    except ValueError:
        return now
