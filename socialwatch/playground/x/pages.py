"""X's rules for time windows and pages: since_id, until_id, start_time, end_time, max_results, and the tokens."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from socialwatch.playground.ids import moment
from socialwatch.playground.scene import Post
from socialwatch.playground.wire import Request
from socialwatch.playground.x.problems import Refusal, invalid
from socialwatch.playground.x.shapes import stamp

WEEK = timedelta(days=7)
_NOT_YET = timedelta(seconds=30)  # what is younger than this is not in the search index
_SOONEST_END = timedelta(seconds=10)
_WINDOW = ("since_id", "until_id", "start_time", "end_time")
_TOGETHER = "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or 'end_time'."


@dataclass(frozen=True, slots=True)
class Rules:
    """What one endpoint allows. `search`: seven days back, up to thirty seconds ago; `most`: a timeline's depth."""

    smallest: int
    search: bool = False
    most: int = 800


@dataclass(frozen=True, slots=True)
class Page:
    """One page of posts, newest first, and the `meta` that belongs to it."""

    posts: Sequence[Post]
    meta: dict[str, Any]


def page(request: Request, posts: Sequence[Post], now: datetime, rules: Rules) -> Page:
    """The page a request asks for out of all `posts`; Refusal (400) where its parameters break the rules."""
    query = request.query
    size = _size(query.get("max_results", "10"), rules.smallest)
    fits = _window(query, now, rules)
    newest_first = sorted(posts, key=lambda post: int(post.id), reverse=True)[: None if rules.search else rules.most]
    before = _token(query, request.path)
    found = [post for post in newest_first if fits(post) and (before is None or int(post.id) < before)]
    shown = found[:size]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if shown:
        meta = {"newest_id": shown[0].id, "oldest_id": shown[-1].id, **meta}
    if len(found) > size:
        meta["next_token"] = _encode(request.path, shown[-1].id)
    return Page(shown, meta)


def _size(given: str, smallest: int) -> int:
    if not given.isdigit() or not smallest <= int(given) <= 100:
        message = f"The `max_results` query parameter value [{given}] is not between {smallest} and 100"
        raise Refusal(invalid({"max_results": given}, message))
    return int(given)


def _window(query: dict[str, str], now: datetime, rules: Rules) -> Callable[[Post], bool]:
    if ("since_id" in query and "start_time" in query) or ("until_id" in query and "end_time" in query):
        wrong = {name: value for name, value in query.items() if name in _WINDOW}
        raise Refusal(invalid(wrong, _TOGETHER))
    since, until = _number(query, "since_id"), _number(query, "until_id")
    start, end = _time(query, "start_time"), _time(query, "end_time")
    if rules.search:
        _check_search(query, now, start, end)
        start = max(start or now - WEEK, now - WEEK)
        end = end or now - _NOT_YET
    if start and end and start >= end and "start_time" in query:
        message = "Invalid 'start_time'. 'start_time' must be before 'end_time'."
        raise Refusal(invalid({"start_time": query["start_time"]}, message))

    def fits(post: Post) -> bool:
        number, at = int(post.id), moment(post.id)
        after = (since is None or number > since) and (start is None or at >= start)
        return after and (until is None or number < until) and (end is None or at < end)

    return fits


def _check_search(query: dict[str, str], now: datetime, start: datetime | None, end: datetime | None) -> None:
    oldest = now - WEEK
    if "since_id" in query and moment(query["since_id"]) < oldest:
        raise Refusal(since_too_old(query["since_id"], now))
    for name, at in (("start_time", start), ("end_time", end)):
        if at is not None and at < oldest:
            message = f"Invalid '{name}':'{query[name]}'. '{name}' must be on or after {stamp(oldest)}. "
            raise Refusal(invalid({name: query[name]}, message))
    if end is not None and end > now - _SOONEST_END:
        given = query["end_time"]
        message = f"Invalid 'end_time':'{given}'. 'end_time' must be a minimum of 10 seconds prior to the request time."
        raise Refusal(invalid({"end_time": given}, message))


def since_too_old(since_id: str, now: datetime) -> Any:
    """400: the id lies before what recent search still knows."""
    oldest = stamp(now - WEEK)
    message = f"'since_id' must be a tweet id created after [{oldest}]. Please use a 'since_id' that is larger than it."
    return invalid({"since_id": since_id}, message)


def _number(query: dict[str, str], name: str) -> int | None:
    given = query.get(name)
    if given is None:
        return None
    if not given.isdigit() or len(given) > 19:
        raise Refusal(
            invalid({name: given}, f"The `{name}` query parameter value [{given}] does not match ^[0-9]{{1,19}}$")
        )
    return int(given)


def _time(query: dict[str, str], name: str) -> datetime | None:
    given = query.get(name)
    if given is None:
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        at = None
    if at is None or not given.endswith("Z"):
        message = f"The `{name}` query parameter value [{given}] is not a valid RFC3339 date-time"
        raise Refusal(invalid({name: given}, message))
    return at.astimezone(UTC)


def _token(query: dict[str, str], path: str) -> int | None:
    names = [name for name in ("next_token", "pagination_token") if name in query]
    if not names:
        return None
    if len(names) == 2:
        raise Refusal(
            invalid({name: query[name] for name in names}, "Only one of next_token and pagination_token may be given")
        )
    given = query[names[0]]
    try:
        place, _, number = base64.b32decode(given.upper() + "=" * (-len(given) % 8)).decode().rpartition("#")
    except (binascii.Error, UnicodeDecodeError):
        place, number = "", ""
    if place != path or not number.isdigit():
        raise Refusal(invalid({names[0]: given}, f"The `{names[0]}` query parameter value [{given}] is invalid"))
    return int(number)


def _encode(path: str, last_id: str) -> str:
    return base64.b32encode(f"{path}#{last_id}".encode()).decode().rstrip("=").lower()
