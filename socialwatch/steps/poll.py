"""Poll: what is new on a platform comes in, with the cursor, in one transaction per page; by asking or by a stream."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain import budget, pace
from socialwatch.domain.budget import Purse
from socialwatch.domain.channel import Channel, Noticing, Page, Resuming, Streaming
from socialwatch.errors import Halted, SocialwatchError, Unavailable
from socialwatch.store import arrival, mentions, queue, sources, spending
from socialwatch.store.arrival import Found
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.sources import Source
from socialwatch.store.spending import What
from socialwatch.store.unit import Database, Unit

LEASE = "poll"
OVERTAKEN = "Een andere poller heeft het overgenomen."


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
    """What a poll brought; `failed` says why it broke off, `paused` why it was not (wholly) done for want of money."""

    new: int
    edited: int
    failed: str | None = None
    paused: str | None = None


class Overtaken(Exception):
    """Another poller leads by now: what we have of this source is no longer ours to store."""


class UsedUp(Exception):
    """The day's budget is used up. The message is the sentence for whoever reads why the source waits."""


def run(database: Database, turn: Round, clock: Callable[[], datetime]) -> Counted:
    """Poll once. A failure is stored with its reason and tried again later; cursor and mentions stay as they were."""
    taken: list[mentions.Taken] = []
    problem: SocialwatchError | UsedUp | None = None
    try:
        try:
            _check_purse(database, turn, clock())
            for page in turn.channel.poll(turn.source.cursor, clock()):
                found, purse = _store(database, turn, page, clock())
                taken.append(found)
                if page.cursor is None:  # after the last page nothing more is asked for
                    _check_going_on(turn, page, purse, clock())
        except (SocialwatchError, UsedUp) as found:
            problem = found
        except Overtaken:
            raise
        except Exception as found:  # a bug in one channel must not stop the others
            problem = unexpected(found)
        notice = _notice(turn)
        with database.write() as unit:
            _close(unit, turn, problem, clock())
            sources.noticed(unit, turn.source.name, notice)
    except Overtaken:
        problem = Unavailable(OVERTAKEN)
    new, edited = sum(len(each.new) for each in taken), sum(len(each.edited) for each in taken)
    said = None if problem is None else str(problem)
    return Counted(new, edited, paused=said) if isinstance(problem, UsedUp) else Counted(new, edited, said)


def listen(
    database: Database, turn: Round, clock: Callable[[], datetime], stopped: Callable[[], bool]
) -> Iterator[int]:
    """Store what a stream brings until `stopped()`; gives the number of new posts after each sign of life, 0 included.

    Raises Overtaken when the lease was lost, UsedUp, and what the channel raises: Unavailable when the line broke,
    Halted when it is refused.
    """
    channel = turn.channel
    if not isinstance(channel, Streaming):
        raise TypeError(f"{channel.kind} has no stream")
    _check_purse(database, turn, clock())
    for page in channel.stream(stopped):
        if stopped():
            return
        if not (page.mentions or page.gone or page.cost):
            yield 0
            continue
        found, purse = _store(database, turn, page, clock())
        yield len(found.new)
        _check_going_on(turn, page, purse, clock())


def unexpected(found: Exception) -> Unavailable:
    """A bug in one channel, as a reason to try again later."""
    return Unavailable(f"Onverwachte fout in het kanaal ({type(found).__name__}).")


def _check_purse(database: Database, turn: Round, now: datetime) -> None:
    """Raises UsedUp when nothing new may begin today."""
    with database.read() as unit:
        purse = spending.purse(unit, turn.source, What.POLL, now)
    if purse.limit is not None and not budget.may_begin(purse):
        raise UsedUp(budget.used_up(purse.limit, now, _behind(turn, turn.source.cursor)))


def _check_going_on(turn: Round, page: Page, purse: Purse, now: datetime) -> None:
    """Raises UsedUp when what runs is too far over the budget to ask for more."""
    if purse.limit is not None and not budget.may_go_on(purse):
        raise UsedUp(budget.used_up(purse.limit, now, _behind(turn, page.bookmark)))


def _behind(turn: Round, cursor: str | None) -> datetime | None:
    """Since when not everything was read, as far as the channel can tell."""
    return turn.channel.behind(cursor) if cursor and isinstance(turn.channel, Resuming) else None


def _store(database: Database, turn: Round, page: Page, now: datetime) -> tuple[mentions.Taken, Purse]:
    """One page in one unit, and where the source stands after it. Raises Overtaken."""
    try:
        with database.write() as unit:
            taken = take(unit, turn, page, now)
            purse = spending.purse(unit, turn.source, What.POLL, now)
            if page.cursor is None and page.bookmark is not None and not budget.may_go_on(purse):
                sources.advance(unit, turn.source.name, page.bookmark, 0)  # cut off here: the next poll goes on here
            return taken, purse
    except Overtaken:
        with database.write() as unit:  # not ours to store any more, but it was paid for
            spending.book(unit, turn.source.name, What.POLL, page.cost, now)
        raise


def take(unit: Unit, turn: Round, page: Page, now: datetime) -> mentions.Taken:
    """Store one page with its cursor and its cost, and enqueue what is new or edited. Raises Overtaken when the lease
    was lost.
    """
    _check_lease(unit, turn)
    brand, name = turn.source.brand, turn.source.name
    found = Found(brand, turn.channel.kind, page.mentions, page.gone)
    taken, starting = arrival.bring(unit, found, now)
    queue.put(unit, [turn.first(each) for each in starting])
    sources.advance(unit, name, page.cursor, len(taken.new))
    spending.book(unit, name, What.POLL, page.cost, now)
    if page.gap is not None:
        sources.gap(unit, name, *page.gap)
    return taken


def _check_lease(unit: Unit, turn: Round) -> None:
    if not sources.leads(unit, LEASE, turn.term):
        raise Overtaken


def _notice(turn: Round) -> str | None:
    """What the channel noticed meanwhile, asked while no unit is open; what it said last when it cannot say."""
    if not isinstance(turn.channel, Noticing):
        return None
    try:
        return "\n".join(turn.channel.notices()) or None
    except Exception:  # a notice is worth less than the poll it comes with
        return turn.source.notice


def _close(unit: Unit, turn: Round, problem: SocialwatchError | UsedUp | None, now: datetime) -> None:
    """The poll is over, well or not."""
    _check_lease(unit, turn)
    name, before = turn.source.name, turn.source.last_error
    match problem:
        case None:
            known = sources.one(unit, name) or turn.source  # a stream may have opened meanwhile
            sources.polled(unit, name, now, pace.wait(turn.every, known.slowed, known.streaming))
        case UsedUp():
            # Asked again before the day is over, because a clock may jump and a budget may be raised.
            left = (budget.resumes_at(now) - now).total_seconds()
            sources.paused(unit, name, str(problem), min(left, pace.LONGEST_WAIT))
        case _:
            asked = problem.retry_after if isinstance(problem, Unavailable) else None
            wait = pace.wait_after(turn.every, turn.source.failures, asked)
            sources.failed(unit, name, str(problem), wait, halted=isinstance(problem, Halted))
    if before != (None if problem is None else str(problem)):
        tell(unit, turn.source.brand, "source", None)
