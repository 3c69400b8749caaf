"""Answering: one complaint and an agent who answers it, for the tests of the step that says."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from socialwatch.domain.case import LineKind
from socialwatch.domain.reply import Reply
from socialwatch.steps import line, say
from socialwatch.store import cases, queue, replies
from socialwatch.store.replies import Draft
from socialwatch.store.tables import job
from socialwatch.store.tables import reply as reply_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

TEXT = "Wat een tegenvaller! Nieuwe sokken zijn onderweg."


class Desk:
    """A world with one complaint and an agent who answers it."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.world = fakes.World(database)
        self.freek = self.world.colleague()
        self.mention = self.world.bring(fakes.mention(1, "klacht over mijn sok"))[0]
        self.drain()
        self.case = self.world.stored(1).case_id

    def drain(self) -> None:
        corridor.drain(self.world.parts)

    def approve(self, approval: str = "klik-1", **changes: Any) -> Reply:
        draft = Draft(self.freek.brand, self.case, self.mention, self.freek.id, TEXT, approval)
        with self.world.database.write() as unit:
            return say.approve(unit, self.freek, replace(draft, **changes), self.world.clock())

    def reply(self) -> Reply:
        with self.world.database.read() as unit:
            return replies.of_row(unit.run(reply_table.select()).one())

    def lines(self) -> list[LineKind]:
        with self.world.database.read() as unit:
            return [each.kind for each in cases.lines(unit, self.case)]

    def say_jobs(self) -> int:
        return len([each for each in self.world.jobs() if each[0] == "say"])

    def wait(self) -> float:
        """Seconds until the answer is tried again."""
        with self.world.database.read() as unit:
            at = unit.run(select(job.c.ready_at).where(job.c.step == "say")).scalar_one()
            return float(at) - unit.stamp()

    def claim(self) -> queue.Claim:
        held = line.claim(self.world.parts, "say")
        assert held is not None
        return held

    def die_after(self, stage: str) -> None:
        """Walk up to a point and lose the worker there; its lease runs out."""
        held = self.claim()
        if stage != "claim":
            with self.world.database.write() as unit:
                errands = say.begin(unit, held, self.world.clock())
            if stage == "post":
                say.ask(errands, self.world.parts.channels)
        with self.world.database.write() as unit:
            unit.run(update(job).where(job.c.step == "say").values(leased_until=0))

    @property
    def posts(self) -> int:
        return len(self.world.x.posts)
