"""What one mention asks of the database on its way to a desk: identify, route, and the sheet with the brief."""

import functools
import operator
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from string import ascii_lowercase
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import select

from socialwatch.domain.agent import Agent
from socialwatch.domain.mention import Author
from socialwatch.playground import volume
from socialwatch.playground.volume import Volume
from socialwatch.shops import table
from socialwatch.steps import line
from socialwatch.steps.parts import Parts
from socialwatch.store.customers import Book
from socialwatch.store.tables import customer, mention, order
from socialwatch.store.unit import Database
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import Desk
from socialwatch.web.sheet import sheet
from tests import fakes

Around = Callable[[str], AbstractContextManager[None]]
STEPS = ("identify", "route", "brief")


@dataclass(slots=True)
class Trip:
    """Trips of new mentions by customers whose handle or order number is known, one after the other. `waited` are the
    seconds that this process stood still in commits, as far as it had nothing to reckon: the disk.
    """

    database: Database
    size: Volume
    parts: Parts
    agent: Agent
    walked: int = 0
    waited: float = 0.0

    def __post_init__(self) -> None:
        """Every commit from here on is timed."""
        dialect: Any = self.database._writer.dialect
        commit = dialect.do_commit

        def timed_commit(connection: Any) -> None:
            clock, processor = time.perf_counter(), time.process_time()
            commit(connection)
            self.waited += (time.perf_counter() - clock) - (time.process_time() - processor)

        dialect.do_commit = timed_commit

    def walk(self, around: Around) -> None:
        """The next trip, with each of its steps inside `around` of its name."""
        self.walked += 1
        number = self._arrive()
        for step in ("identify", "route"):
            held = line.claim(self.parts, step)
            assert held is not None
            with around(step):
                line.walk(self.parts, step, held)
        (row,) = fakes.rows(self.database, mention, mention.c.id == number)
        assert row["customer_id"] is not None
        with around("brief"):
            values = sheet(cast(Any, self._request()), Visitor(self.agent, "", ""), row["case_id"])
        assert values is not None
        assert values["known"]

    def _arrive(self) -> int:
        """A mention that was read already, and nobody explains or notifies meanwhile."""
        who = (self.walked * 7919 % (self.size.share(self.size.customers, fakes.BRAND) // 4) + 1) * 4
        mood = "woedend" if self.walked % 3 == 0 else "klacht"  # one in three needs somebody who may act
        bought = self.walked * 104_729 % self.size.share(self.size.orders, fakes.BRAND) + 1
        if self.walked % 2:
            name, called = volume.handle(fakes.BRAND, who), None
            text = f"{mood}: {_own_words(self.walked)}"
        else:
            name, called = f"onbekend_{self.walked}", self._buyer(bought)
            text = f"{mood}: {_own_words(self.walked)}, bestelling {volume.order_number(fakes.BRAND, bought)}"
        at = fakes.START + timedelta(minutes=self.walked)
        seen = fakes.mention(f"nieuw{self.walked}", text, author=Author(f"n-{name}", name, called, 10), created_at=at)
        world = fakes.World(self.database)
        (number,) = world.bring(seen)
        held = line.claim(self.parts, "assess")
        assert held is not None
        line.walk(self.parts, "assess", held)
        return number

    def _buyer(self, number: int) -> str:
        """The name of who bought this: an order number that nothing bears out links nobody."""
        theirs = (order.c.brand == customer.c.brand) & (order.c.customer_id == customer.c.id)
        this = (order.c.brand == fakes.BRAND) & (order.c.number == volume.order_number(fakes.BRAND, number))
        with self.database.read() as unit:
            return str(unit.run(select(customer.c.name).join(order, theirs).where(this)).scalar_one())

    def _request(self) -> Any:
        desk = Desk(self.database, fakes.Clock())
        return SimpleNamespace(
            app=SimpleNamespace(state=SimpleNamespace(desk=desk)), query_params={}, state=SimpleNamespace()
        )


def _own_words(number: int) -> str:
    """No two people complain in the same words."""
    chance = Random(number)
    return " ".join("".join(chance.choices(ascii_lowercase, k=6)) for _ in range(12))


def trip(database: Database, size: Volume) -> Trip:
    """With a few colleagues at work."""
    world = fakes.World(database)
    agents = [world.colleague(name) for name in ("Freek", "Sanne", "Yusuf")]
    book = Book(database, fakes.BRAND, world.clock)
    parts = Parts(
        database=database,
        clock=world.clock,
        assessor=lambda: world.assessor,
        channels={},
        shops={fakes.BRAND: table.connect({"book": book})},
        notifiers={},
        link="http://desk",
    )
    return Trip(database, size, parts, agents[0])


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, of the processor, and by the clock without the waits for the disk at a commit."""

    clock: float
    processor: float
    without_disk: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.clock + other.clock, self.processor + other.processor, self.without_disk + other.without_disk)


def timed(walking: Trip, times: int) -> dict[str, list[Spent]]:
    """What so many trips took, per step and in all."""
    taken: dict[str, list[Spent]] = {step: [] for step in STEPS}

    @contextmanager
    def around(step: str) -> Iterator[None]:
        clock, processor, waited = time.perf_counter(), time.process_time(), walking.waited
        yield
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        taken[step].append(Spent(clock, processor, clock - (walking.waited - waited)))

    for _ in range(times):
        walking.walk(around)
    return taken | {"all": [functools.reduce(operator.add, each) for each in zip(*taken.values(), strict=True)]}
