"""Any interleaving of two pollers and two workers: nothing is lost, nothing is done twice."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Column, Integer, MetaData, Table, delete, insert, select, update

from socialwatch.domain.mention import Mention
from socialwatch.store import mentions, queue
from socialwatch.store.queue import Claim, NewJob
from socialwatch.store.tables import job, mention
from socialwatch.store.unit import Database

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
# No unique constraint: a job that is done twice shows.
outcome = Table("outcome", MetaData(), Column("subject", Integer))
WORKERS = st.integers(0, 1)


def page(numbers: list[int]) -> list[Mention]:
    return [Mention("x", str(each), f"bericht {each}", NOW, brand="merk") for each in numbers]


class Machine(RuleBasedStateMachine):
    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.posted: set[str] = set()
        self.held: list[Claim | None] = [None, None]
        with database.write() as unit:
            for table in (outcome, job, mention):
                unit.run(delete(table))

    @rule(numbers=st.lists(st.integers(0, 40), min_size=1, max_size=20))
    def poll(self, numbers: list[int]) -> None:
        """A page arrives at either poller: shuffled, overlapping with what came before, perhaps with a double in it."""
        with self.database.write() as unit:
            taken = mentions.take(unit, page(numbers), NOW)
            queue.put(unit, [NewJob("merk", "assess", each.id, each.id % 10) for each in taken.new])
        self.posted |= {str(each) for each in numbers}

    @rule(who=WORKERS, limit=st.sampled_from([1, 3, 64]))
    def claim(self, who: int, limit: int) -> None:
        """A worker takes work; what it held before it simply forgets, as a dead worker does."""
        with self.database.write() as unit:
            self.held[who] = queue.claim(unit, "assess", limit)

    @precondition(lambda self: any(self.held))
    @rule(who=WORKERS, some=st.booleans())
    def finish(self, who: int, some: bool) -> None:
        """Outcome and acknowledgement in one unit, only for what is still ours; perhaps again."""
        mine = self.held[who]
        if mine is None:
            return
        wanted = [each.id for each in mine.jobs][: 1 if some else None]
        with self.database.write() as unit:
            ours = queue.ack(unit, mine, wanted)
            for each in mine.jobs:
                if each.id in ours:
                    unit.run(insert(outcome).values(subject=each.subject))

    @precondition(lambda self: any(self.held))
    @rule(who=WORKERS)
    def die_before_the_commit(self, who: int) -> None:
        mine = self.held[who]
        if mine is None:
            return
        try:
            with self.database.write() as unit:
                for each in mine.jobs:
                    unit.run(insert(outcome).values(subject=each.subject))
                queue.ack(unit, mine)
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass

    @precondition(lambda self: any(self.held))
    @rule(who=WORKERS, how=st.sampled_from(["halve", "later", "forgive", "bury", "renew"]))
    def fail(self, who: int, how: str) -> None:
        mine = self.held[who]
        if mine is None:
            return
        with self.database.write() as unit:
            match how:
                case "halve":
                    queue.halve(unit, mine)
                case "bury":
                    queue.bury(unit, mine, "weg")
                case "renew":
                    queue.renew(unit, mine)
                case _:
                    queue.later(unit, mine, "later", forgive=how == "forgive")

    @rule()
    def time_passes(self) -> None:
        """Leases run out, what waited is ready, and somebody sweeps."""
        with self.database.write() as unit:
            unit.run(update(job).where(job.c.state == "leased").values(leased_until=0))
            unit.run(update(job).where(job.c.state == "ready").values(ready_at=0))
            queue.reap(unit)

    @rule()
    def replay(self) -> None:
        with self.database.write() as unit:
            queue.replay(unit)

    @invariant()
    def everything_is_done_once_or_waits_once(self) -> None:
        with self.database.read() as unit:
            stored = set(unit.run(select(mention.c.id)).scalars())
            natives = set(unit.run(select(mention.c.native_id)).scalars())
            waits = Counter(unit.run(select(job.c.subject)).scalars())
            done = Counter(unit.run(select(outcome.c.subject)).scalars())
        assert natives == self.posted
        assert waits + done == Counter(stored)

    def teardown(self) -> None:
        """At the end one worker does what is left; then everything is done, once."""
        with self.database.write() as unit:
            unit.run(update(job).values(state="ready", token=None, leased_until=None, ready_at=0))
        while True:
            with self.database.write() as unit:
                mine = queue.claim(unit, "assess")
            if mine is None:
                break
            self.held[0] = mine
            self.finish(0, some=False)
        with self.database.read() as unit:
            done = sorted(unit.run(select(outcome.c.subject)).scalars())
            assert done == sorted(unit.run(select(mention.c.id)).scalars())


def test_nothing_lost_nothing_done_twice(database: Database) -> None:
    with database.write() as unit:
        outcome.create(unit.connection)

    def machine() -> Any:
        return Machine(database)

    bounds = settings(
        max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(machine, settings=bounds)
