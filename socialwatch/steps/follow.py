"""Follow: posts in open cases are looked up again, so that what the customer edits or deletes changes here too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.channel import Channel, Looked
from socialwatch.errors import SocialwatchError
from socialwatch.store import cases, mentions, queue
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database, Unit


@dataclass(frozen=True, slots=True)
class Watch:
    """Which channel of which brand, how old a look may be, and where an edited mention's trip starts again."""

    brand: str
    channel: Channel
    every: timedelta
    first: Callable[[Stored], NewJob]


def run(database: Database, watch: Watch, now: datetime) -> str | None:
    """Look up what was not seen for a while; gives back why that failed, or None. Nothing changes on failure."""
    with database.read() as unit:
        old = mentions.to_follow(unit, watch.brand, watch.channel.kind, now - watch.every)
    if not old:
        return None
    try:
        looked = watch.channel.lookup([each.mention.version_id or each.mention.id for each in old])
    except SocialwatchError as problem:
        return str(problem)
    except Exception as problem:  # a bug in one channel must not stop the others
        return f"Onverwachte fout in het kanaal {watch.channel.kind} ({type(problem).__name__})."
    with database.write() as unit:
        _store(unit, watch, old, looked, now)
    return None


def _store(unit: Unit, watch: Watch, old: Sequence[Stored], looked: Looked, now: datetime) -> None:
    edited = mentions.take(unit, [replace(each, brand=watch.brand) for each in looked.mentions], now).edited
    queue.put(unit, [watch.first(each) for each in edited])
    for lost in mentions.empty_gone(unit, watch.channel.kind, looked.gone, now):
        if lost.case_id is not None:
            cases.write(unit, lost.case_id, Line(LineKind.GONE, now, mention_id=lost.id))
    mentions.looked_up(unit, [each.id for each in old], now)
