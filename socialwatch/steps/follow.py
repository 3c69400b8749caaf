"""Follow: posts are looked up again, so that what a customer edits or deletes changes here too.

Pressing are customers' posts in open cases and posts that were on screen in the last day: they are looked up again
within hours, even a little over the day's budget, because the platforms' terms ask it. All others go through the
platform's batch job where it has one (once a week), and else by age, within the budget. What a webhook named without
its words is looked up within seconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from socialwatch.domain import budget
from socialwatch.domain.channel import Channel, Complying, Looked
from socialwatch.errors import Refused, SocialwatchError
from socialwatch.store import arrival, following, queue, sources, spending
from socialwatch.store.arrival import Found
from socialwatch.store.following import ON_SCREEN, Batch, Whose
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.spending import What
from socialwatch.store.unit import Database, Unit

WEEK = timedelta(days=7)
HANDED_IN = 100_000  # ids per batch job


@dataclass(frozen=True, slots=True)
class Watch:
    """Which source, how old a look at a pressing post may be, how many posts per round, and where an edited mention's
    trip starts again.
    """

    source: str
    channel: Channel
    every: timedelta
    most: int
    first: Callable[[Stored], NewJob]

    @property
    def whose(self) -> Whose:
        return Whose(self.source.split("/", 1)[0], self.channel.kind)


def run(database: Database, watch: Watch, now: datetime) -> str | None:
    """One round; gives back why it failed, or None. What failed changes nothing and comes again next round."""
    try:
        _pressing(database, watch, now)
        if isinstance(watch.channel, Complying):
            _comply(database, watch, watch.channel, now)
        else:
            _aged(database, watch, now)
    except Exception as problem:
        return _sentence(watch, problem)
    return None


def fetch(database: Database, watch: Watch, now: datetime) -> str | None:
    """Look up what a webhook named without its words; gives back why that failed, or None. A source whose polls fail
    is left in peace.
    """
    with database.read() as unit:
        known = sources.one(unit, watch.source)
        calm = known is not None and not known.failures and _allowed(unit, watch, now, budget.may_go_on)
        found = following.wordless(unit, watch.whose, now - ON_SCREEN, watch.most) if calm else []
    try:
        _look(database, watch, found, now)
    except Refused as problem:  # it stays closed to us
        with database.write() as unit:
            following.looked_up(unit, [each.id for each in found], now)
        return str(problem)
    except Exception as problem:
        return _sentence(watch, problem)
    return None


def _sentence(watch: Watch, problem: Exception) -> str:
    """Why a round failed. A bug in one channel must not stop the others."""
    if isinstance(problem, SocialwatchError):
        return str(problem)
    return f"Onverwachte fout in het kanaal {watch.channel.kind} ({type(problem).__name__})."


def _pressing(database: Database, watch: Watch, now: datetime) -> None:
    with database.read() as unit:
        allowed = _allowed(unit, watch, now, budget.may_go_on)
        old = following.pressing(unit, watch.whose, now - watch.every, now - ON_SCREEN, watch.most) if allowed else []
    _look(database, watch, old, now)


def _aged(database: Database, watch: Watch, now: datetime) -> None:
    with database.read() as unit:
        allowed = _allowed(unit, watch, now, budget.may_begin)
        old = following.aged(unit, watch.whose, now, watch.most) if allowed else []
    _look(database, watch, old, now)


def _allowed(unit: Unit, watch: Watch, now: datetime, fits: Callable[[budget.Purse], bool]) -> bool:
    """Whether the day's budget and the state of the source leave room for a look."""
    known = sources.one(unit, watch.source)
    if known is None:
        return True
    return not known.halted and fits(spending.purse(unit, known, What.FOLLOW, now))


def _look(database: Database, watch: Watch, old: Sequence[Stored], now: datetime) -> None:
    if not old:
        return
    looked = watch.channel.lookup([each.mention.version_id or each.mention.id for each in old])
    with database.write() as unit:
        _store(unit, watch, looked, now)
        following.looked_up(unit, [each.id for each in old], now)


def _store(unit: Unit, watch: Watch, looked: Looked, now: datetime) -> None:
    found = Found(watch.whose.brand, watch.channel.kind, looked.mentions, looked.gone)
    _, starting = arrival.bring(unit, found, now)
    queue.put(unit, [watch.first(each) for each in starting])
    spending.book(unit, watch.source, What.FOLLOW, looked.cost, now)


def _comply(database: Database, watch: Watch, channel: Complying, now: datetime) -> None:
    """Fetch the outcome of the job that runs, or hand in the next one. One at a time, as platforms want it."""
    with database.read() as unit:
        halted = not _allowed(unit, watch, now, lambda _: True)
        known = following.batches(unit, watch.source)
    if halted:
        return
    running = next((each for each in known if each.finished_at is None), None)
    if running is not None and running.job:
        _finish(database, watch, channel, (running, now))
        return
    if running is None:
        known = [*known, *_attempt(database, watch, (known, now))]
    if known and not known[-1].job:
        _hand_in(database, watch, channel, known)


def _finish(database: Database, watch: Watch, channel: Complying, at: tuple[Batch, datetime]) -> None:
    running, now = at
    reason, looked = None, None
    try:
        looked = channel.finish_compliance(running.job)
    except Refused as problem:  # it failed there: next week these posts are handed in again
        reason = str(problem)
    if looked is None and reason is None:
        return
    with database.write() as unit:
        if looked is not None:
            _store(unit, watch, looked, now)
        following.finished(unit, running.id, now, reason)


def _attempt(database: Database, watch: Watch, at: tuple[Sequence[Batch], datetime]) -> Sequence[Batch]:
    """Write down what will be handed in before it is, so that a process that dies in between loses no job: X would run
    it for nobody, and refuse the next one meanwhile. Empty when there is nothing (more) this week.
    """
    known, now = at
    week = this_week(known, now)
    after, began = (week[-1].up_to, week[0].begun_at) if week else (0, now)
    with database.write() as unit:
        posts = following.to_hand_in(unit, watch.whose, after, began, HANDED_IN)
        if not posts:
            return ()
        batch = Batch(0, "", now, posts[-1][0], None)
        return (replace(batch, id=following.attempted(unit, watch.source, watch.whose.brand, batch)),)


def _hand_in(database: Database, watch: Watch, channel: Complying, known: Sequence[Batch]) -> None:
    """The last of these is about to be handed in, or was already by a process that died: its key finds it back."""
    batch = known[-1]
    week = this_week(known, batch.begun_at)
    after = week[-2].up_to if len(week) > 1 else 0
    with database.read() as unit:
        posts = following.to_hand_in(unit, watch.whose, after, week[0].begun_at, HANDED_IN)
    ids = [number for ours, number in posts if ours <= batch.up_to]
    job = channel.begin_compliance(ids, key_of(watch.source, batch)) if ids else None
    with database.write() as unit:
        if job is None:
            following.dropped(unit, batch.id)
        else:
            following.begun(unit, batch.id, job)


def key_of(source: str, batch: Batch) -> str:
    """What a job is known by at the platform, the same however often it is attempted. Several brands, and several
    installations, may hand in under one app.
    """
    return sha256(f"{source} {batch.begun_at.isoformat()} {batch.up_to}".encode()).hexdigest()[:16]


def this_week(known: Sequence[Batch], now: datetime) -> Sequence[Batch]:
    """The jobs of the round that began less than a week ago; empty when it is time for a new one. Within a round each
    job goes further than the one before.
    """
    week: list[Batch] = []
    for each in known:
        if week and each.up_to > week[-1].up_to and each.begun_at - week[0].begun_at < WEEK:
            week.append(each)
        else:
            week = [each]
    return week if week and now - week[0].begun_at < WEEK else ()
