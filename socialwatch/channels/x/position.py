"""How far each source of X has been read: the opaque cursor, its overlap, and the gap when X cannot go back so far."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from socialwatch.channels.x.wire import id_at, moment_of, stamp

REACH = timedelta(days=7)  # older since_id or start_time gives 400
MARGIN = timedelta(minutes=5)
_AGREE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Position:
    """The newest post seen: its id, and its moment as X gave it. `rest` is what was not read on the way there."""

    since_id: str
    at: datetime
    rest: "Rest | None" = None


@dataclass(frozen=True, slots=True)
class Rest:
    """What lies behind the place where a poll was cut off: newer than `since`, older than `until`."""

    since: Position
    until: Position


def load(cursor: str | None) -> dict[str, Position]:
    """The positions by source. An unreadable cursor counts as none: reading again is harmless, the ids are unique."""
    try:
        kept = json.loads(cursor or "{}")
        return {name: replace(_read(one), rest=_rest(one.get("rest"))) for name, one in kept.items()}
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return {}


def dump(positions: Mapping[str, Position]) -> str:
    """The cursor that `load` reads."""
    return json.dumps({name: _written(one) for name, one in positions.items()}, sort_keys=True)


def _read(kept: Mapping[str, Any]) -> Position:
    return Position(str(kept["since_id"]), datetime.fromisoformat(kept["at"]).astimezone(UTC))


def _rest(kept: Mapping[str, Any] | None) -> Rest | None:
    return None if kept is None else Rest(_read(kept["since"]), _read(kept["until"]))


def _written(one: Position) -> dict[str, Any]:
    kept: dict[str, Any] = {"since_id": one.since_id, "at": one.at.isoformat()}
    if one.rest is not None:
        kept["rest"] = {"since": _written(one.rest.since), "until": _written(one.rest.until)}
    return kept


def behind(positions: Mapping[str, Position]) -> datetime | None:
    """Since when not everything was read; None when nothing is left behind."""
    return min((one.rest.since.at for one in positions.values() if one.rest is not None), default=None)


def newer(first: Position | None, second: Position | None) -> Position | None:
    """The later of two; ids grow with time."""
    if first is None or second is None:
        return first or second
    return max(first, second, key=lambda one: (len(one.since_id), one.since_id))


def window(position: Position | None, now: datetime, overlap: timedelta, lookback: timedelta) -> dict[str, str]:
    """`since_id` or `start_time` (never both) for one poll, a little before what was already read."""
    if position is None:
        return {"start_time": stamp(now - min(lookback, REACH - MARGIN))}
    by_id = moment_of(position.since_id)
    if by_id is not None and abs(by_id - position.at) <= _AGREE:
        return {"since_id": id_at(by_id - overlap)}
    return {"start_time": stamp(position.at - overlap)}  # an id that is no snowflake says nothing about time


def fallback(now: datetime) -> datetime:
    """The earliest start that X still accepts, with a margin for clocks."""
    return now - REACH + MARGIN


def gap(position: Position | None, reached: datetime) -> tuple[datetime, datetime] | None:
    """The span between what was read before and what could be read now; None when they touch."""
    return (position.at, reached) if position is not None and position.at < reached else None


def joined(
    one: tuple[datetime, datetime] | None, other: tuple[datetime, datetime] | None
) -> tuple[datetime, datetime] | None:
    """One span around both."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
