"""Poll: what is new on a platform comes in, with the cursor, in one transaction per page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.channel import Channel, Page
from socialwatch.errors import Halted, SocialwatchError, Unavailable
from socialwatch.store import cases, mentions, queue, sources
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.sources import Source
from socialwatch.store.unit import Database, Unit

LEASE = "poll"
LONGEST_WAIT = 900.0


@dataclass(frozen=True, slots=True)
class Round:
    """One poll of one source under one term of the lease; `first` says where a mention's trip starts."""

    source: Source
    channel: Channel
    term: int
    every: float
    first: Callable[[Stored], NewJob]


@dataclass(frozen=True, slots=True)
class Counted:
    new: int
    edited: int
    failed: str | None = None


def run(database: Database, turn: Round, clock: Callable[[], datetime]) -> Counted:
    """Poll once. A failure is stored with its reason and tried again later; cursor and mentions stay as they were."""
    new = edited = 0
    try:
        for page in turn.channel.poll(turn.source.cursor, clock()):
            with database.write() as unit:
                taken = take(unit, turn, page, clock())
            new += len(taken.new)
            edited += len(taken.edited)
    except SocialwatchError as problem:
        with database.write() as unit:
            _fail(unit, turn, problem)
        return Counted(new, edited, str(problem))
    except Exception as problem:  # a bug in one channel must not stop the others
        with database.write() as unit:
            _fail(unit, turn, Unavailable(f"Onverwachte fout in het kanaal ({type(problem).__name__})."))
        return Counted(new, edited, type(problem).__name__)
    with database.write() as unit:
        sources.polled(unit, turn.source.name, clock(), turn.every)
        if turn.source.failures:
            tell(unit, turn.source.brand, "source", None)
    return Counted(new, edited)


def take(unit: Unit, turn: Round, page: Page, now: datetime) -> mentions.Taken:
    """Store one page with its cursor and enqueue what is new or edited. Raises Unavailable when the lease was lost."""
    if not sources.leads(unit, LEASE, turn.term):
        raise Unavailable("Een andere poller heeft het overgenomen.")
    brand, name = turn.source.brand, turn.source.name
    taken = mentions.take(unit, [replace(each, brand=brand) for each in page.mentions], now)
    moved = [each for each in taken.new + taken.edited if not (each.mention.own and each.case_id)]
    queue.put(unit, [turn.first(each) for each in moved])
    _mark_gone(unit, turn.channel.kind, page.gone, now)
    sources.advance(unit, name, page.cursor, len(taken.new))
    if page.gap is not None:
        sources.gap(unit, name, *page.gap)
    return taken


def _mark_gone(unit: Unit, channel: str, gone: Sequence[str], now: datetime) -> None:
    if not gone:
        return
    for lost in mentions.empty_gone(unit, channel, gone, now):
        if lost.case_id is not None:
            cases.write(unit, lost.case_id, Line(LineKind.GONE, now, mention_id=lost.id))


def _fail(unit: Unit, turn: Round, problem: SocialwatchError) -> None:
    asked = problem.retry_after if isinstance(problem, Unavailable) else None
    wait = asked if asked is not None else min(turn.every * 2.0 ** min(turn.source.failures, 8), LONGEST_WAIT)
    sources.failed(unit, turn.source.name, str(problem), wait, halted=isinstance(problem, Halted))
    tell(unit, turn.source.brand, "source", None)
