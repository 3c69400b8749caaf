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


class Overtaken(Exception):
    """Another poller leads by now: what we have of this source is no longer ours to store."""


def run(database: Database, turn: Round, clock: Callable[[], datetime]) -> Counted:
    """Poll once. A failure is stored with its reason and tried again later; cursor and mentions stay as they were."""
    taken: list[mentions.Taken] = []
    problem: SocialwatchError | None = None
    try:
        try:
            for page in turn.channel.poll(turn.source.cursor, clock()):
                with database.write() as unit:
                    taken.append(take(unit, turn, page, clock()))
        except SocialwatchError as found:
            problem = found
        except Overtaken:
            raise
        except Exception as found:  # a bug in one channel must not stop the others
            problem = Unavailable(f"Onverwachte fout in het kanaal ({type(found).__name__}).")
        with database.write() as unit:
            _close(unit, turn, problem, clock())
    except Overtaken:
        problem = Unavailable("Een andere poller heeft het overgenomen.")
    new, edited = sum(len(each.new) for each in taken), sum(len(each.edited) for each in taken)
    return Counted(new, edited, None if problem is None else str(problem))


def take(unit: Unit, turn: Round, page: Page, now: datetime) -> mentions.Taken:
    """Store one page with its cursor and enqueue what is new or edited. Raises Overtaken when the lease was lost."""
    _check_lease(unit, turn)
    brand, name = turn.source.brand, turn.source.name
    taken = mentions.take(unit, [replace(each, brand=brand) for each in page.mentions], now)
    moved = [each for each in taken.new + taken.edited if not (each.mention.own and each.case_id)]
    queue.put(unit, [turn.first(each) for each in moved])
    _mark_gone(unit, turn, page.gone, now)
    sources.advance(unit, name, page.cursor, len(taken.new))
    if page.gap is not None:
        sources.gap(unit, name, *page.gap)
    return taken


def _check_lease(unit: Unit, turn: Round) -> None:
    if not sources.leads(unit, LEASE, turn.term):
        raise Overtaken


def _close(unit: Unit, turn: Round, problem: SocialwatchError | None, now: datetime) -> None:
    """The poll is over, well or not."""
    _check_lease(unit, turn)
    if problem is not None:
        _fail(unit, turn, problem)
        return
    sources.polled(unit, turn.source.name, now, turn.every)
    if turn.source.failures:
        tell(unit, turn.source.brand, "source", None)


def _mark_gone(unit: Unit, turn: Round, gone: Sequence[str], now: datetime) -> None:
    if not gone:
        return
    channel = turn.channel.kind
    mentions.gone_before(unit, turn.source.brand, channel, gone, now)
    for lost in mentions.empty_gone(unit, channel, gone, now):
        if lost.case_id is not None:
            cases.write(unit, lost.case_id, Line(LineKind.GONE, now, mention_id=lost.id))


def _fail(unit: Unit, turn: Round, problem: SocialwatchError) -> None:
    asked = problem.retry_after if isinstance(problem, Unavailable) else None
    wait = asked if asked is not None else min(turn.every * 2.0 ** min(turn.source.failures, 8), LONGEST_WAIT)
    sources.failed(unit, turn.source.name, str(problem), wait, halted=isinstance(problem, Halted))
    tell(unit, turn.source.brand, "source", None)
