"""One source of X read from its newest page back to where the last poll stood: one since_id for all pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from socialwatch.channels.x import wire
from socialwatch.channels.x.position import Position, fallback, gap, newer
from socialwatch.channels.x.verdict import TooOld, detail
from socialwatch.errors import Refused, Unavailable

MOST_PAGES = 1000  # 100,000 posts: a bound against a server that never ends, not a budget

_FOR_GOOD = frozenset(["resource-not-found", "not-authorized-for-resource", "disallowed-resource"])

Ask = Callable[[Mapping[str, str]], wire.Fields]


@dataclass(slots=True)
class Walk:
    """A poll of one source. `position` moves to the newest post of page 1; it counts only after the last page. `oldest`
    is how far back it came, `until` the post before which it begins.
    """

    ask: Ask
    token: str  # the name of the paging parameter
    position: Position | None
    until: Position | None = None
    gap: tuple[datetime, datetime] | None = None
    oldest: Position | None = None
    _tokens: set[str] = field(default_factory=set)

    def documents(self, asked: dict[str, str], now: datetime) -> Iterator[wire.Fields]:
        """X's answers from `asked` (since_id or start_time) on, newest first; the next one is asked when it is wanted.

        Raises what asking raises, and Unavailable when the paging goes in circles.
        """
        known = self.position
        document, asked = self._first(before(asked, self.until), now)
        self.position = newer(known, _newest(document, asked, now))
        for _ in range(MOST_PAGES):
            self.oldest = _oldest(document, now) or self.oldest
            yield document
            token = str(wire.meta(document).get("next_token") or "")
            if not token:
                return
            if token in self._tokens:
                raise Unavailable("X herhaalt zijn bladwijzer; de ronde is afgebroken")
            self._tokens.add(token)
            document = _sound(self.ask({**asked, self.token: token}))
        self.gap = gap(known, self.oldest.at if self.oldest else now)

    def _first(self, asked: dict[str, str], now: datetime) -> tuple[wire.Fields, dict[str, str]]:
        """Page 1, from seven days ago when X refuses to go back as far as we asked."""
        try:
            return _sound(self.ask(asked)), asked
        except TooOld:
            reached = fallback(now)
        self.gap = gap(self.position, reached)
        asked = before({"start_time": wire.stamp(reached)}, self.until)
        return _sound(self.ask(asked)), asked


def before(asked: dict[str, str], until: Position | None) -> dict[str, str]:
    """The same span, ending before that post. X takes no id at one end and a time at the other; a time is in whole
    seconds, so its second is read again.
    """
    if until is None:
        return asked
    if "since_id" in asked:
        return {**asked, "until_id": until.since_id}
    return {**asked, "end_time": wire.stamp(until.at + timedelta(seconds=1))}


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


def _oldest(document: wire.Fields, now: datetime) -> Position | None:
    rows = [row for row in wire.rows(document) if str(row.get("id")).isdigit()]
    lowest = min(rows, key=lambda row: int(row["id"]), default=None)
    return None if lowest is None else Position(str(lowest["id"]), _moment(lowest, now))


def _moment(row: wire.Fields, now: datetime) -> datetime:
    try:
        return wire.moment(row)
    except ValueError:
        return now
