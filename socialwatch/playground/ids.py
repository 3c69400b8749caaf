"""Ids as the platforms make them: they grow with time, and the time can be read back."""

from datetime import UTC, datetime, timedelta
from zlib import crc32

_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)  # X's own epoch, so that ids have today's 19 digits
_ROOM = 1 << 22


def snowflake(at: datetime, number: int) -> str:
    """The id of X's post number `number` (unique, below 4,194,304) made at `at`."""
    return str((_milliseconds(at) * _ROOM) | (number % _ROOM))


def moment(snowflake_id: str) -> datetime:
    """When a post with this id was made."""
    return _EPOCH + timedelta(milliseconds=int(snowflake_id) // _ROOM)


def graph_number(at: datetime, number: int) -> str:
    """The part of a Graph id that is unique to one object: growing with time, up to 18 digits."""
    return str(_milliseconds(at) // 1000 * 1_000_000 + number % 1_000_000)


def stranger(key: str) -> str:
    """A steady number for an account we may not name."""
    return str(10**14 + crc32(key.encode("utf-8", "replace")))


def _milliseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)
