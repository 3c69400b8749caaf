"""Arrival: what a page brings is stored the same way, whether it was polled, streamed, pushed or looked up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.mention import Mention
from socialwatch.store import cases, mentions
from socialwatch.store.mentions import Stored, Taken
from socialwatch.store.unit import Unit

AT_ONCE = 500  # ids in one statement; engines limit how many it may carry


@dataclass(frozen=True, slots=True)
class Found:
    """What a channel gave: posts as they are now, and ids that were deleted there."""

    brand: str
    channel: str
    mentions: Sequence[Mention]
    gone: Sequence[str] = ()


def bring(unit: Unit, found: Found, now: datetime) -> tuple[Taken, list[Stored]]:
    """Store posts and deletions; gives back what was new or edited, and those whose trip starts (again).

    A post of ours that stands in its case already needs no trip, nor does what the channel keeps aside.
    """
    taken = mentions.take(unit, [replace(each, brand=found.brand) for each in found.mentions], now)
    for some in _chunks(found.gone):
        mentions.gone_before(unit, found.brand, found.channel, some, now)
    lost(unit, found.channel, found.gone, now)
    aside = {(each.channel, each.id) for each in found.mentions if each.aside}
    starting = [each for each in taken.new + taken.edited if not _stays(each, aside)]
    return taken, starting


def _stays(each: Stored, aside: set[tuple[str, str]]) -> bool:
    seen = each.mention
    return bool(seen.own and each.case_id) or (seen.channel, seen.id) in aside


def lost(unit: Unit, channel: str, gone: Sequence[str], now: datetime) -> list[Stored]:
    """Deleted posts are emptied and marked, and the case of each says so; gives back what we did not know yet."""
    newly = [each for some in _chunks(gone) for each in mentions.empty_gone(unit, channel, some, now)]
    for each in newly:
        if each.case_id is not None:
            cases.write(unit, each.case_id, Line(LineKind.GONE, now, mention_id=each.id))
    return newly


def _chunks(gone: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(gone), AT_ONCE):
        yield gone[start : start + AT_ONCE]
