"""A platform is down for six simulated hours, then everything comes at once, out of order and with 429s in between.

    python -m tests.chaos.simulated_outage [--posts 50000] [--engine sqlite|postgresql] [--model FOLDER]

Prints one JSON line per engine. The texts are the corpus of models/, the risk is the shipped model's. The worker starts
when all has come in: what was not yet polled cannot be first.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from socialwatch.domain.assessment import Assessor, Reading, Span
from socialwatch.domain.channel import Page
from socialwatch.domain.mention import Mention
from socialwatch.errors import Unavailable
from socialwatch.store import sources
from socialwatch.store.tables import assessment, job, line, mention
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from tests import fakes
from tests.chaos import simulated_ground as ground

DOWN = timedelta(hours=6)
PAGE = 100  # mentions, as X gives at most
BROKEN_OFF = 4  # polls that end in a 429 somewhere in the middle
CORPUS = Path(__file__).parents[2] / "models" / "corpus"
RISKIEST, FIRST = 0.01, 0.02


@dataclass
class Platform(fakes.Channel):
    """Down until `back`; then gives all its posts in shuffled pages, some twice, and breaks off the first polls."""

    posts_: Sequence[Mention] = ()
    back: datetime = fakes.START
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    asked: int = 0
    broken_off: int = 0

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        self.asked += 1
        if now < self.back:
            raise Unavailable("X is er even niet.", 60.0 if self.asked % 3 == 0 else None)
        if cursor is not None:
            yield Page((), cursor)
            return
        pages = self._pages()
        stop = self.chance.randrange(1, len(pages)) if self.broken_off < BROKEN_OFF else None
        for number, each in enumerate(pages):
            if number == stop:
                self.broken_off += 1
                raise Unavailable("X vraagt om rust.", 900.0)
            yield Page(tuple(each), "all" if number == len(pages) - 1 else None)

    def _pages(self) -> list[list[Mention]]:
        """Overlapping by a tenth, in any order, and shuffled within; one in four comes twice."""
        step = PAGE - PAGE // 10
        pages = [list(self.posts_[at : at + PAGE]) for at in range(0, len(self.posts_), step)]
        pages += [list(each) for each in pages if self.chance.random() < 0.25]
        for each in pages:
            self.chance.shuffle(each)
        self.chance.shuffle(pages)
        return pages


@dataclass
class Remembering:
    """An assessor that asks the model once per text: the corpus is read more than once."""

    assessor: Assessor
    model: str = "remembered"
    known: dict[str, Reading] = field(default_factory=dict)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        unread = list(dict.fromkeys(each for each in texts if each not in self.known))
        self.known |= dict(zip(unread, self.assessor.read(unread) if unread else [], strict=True))
        return [self.known[each] for each in texts]

    def why(self, text: str) -> list[Span]:
        return []


def outlast(world: fakes.World) -> dict[str, Any]:
    """Poll whenever the source is due, in simulated time, until the platform has given everything."""
    world.register("x")
    waits: list[float] = []
    while True:
        counted = world.poll()  # the guard's channel decides what comes; nothing is queued in the fake
        assert counted is not None
        with world.database.read() as unit:
            source = sources.one(unit, f"{fakes.BRAND}/x")
            assert source is not None
            wait = max(0.0, source.next_poll_at - unit.stamp())
        if counted.failed is None:
            return {"polls that failed": len(waits), "longest wait": round(max(waits, default=0.0))}
        waits.append(wait)
        world.clock.forward(seconds=wait)


def posts(texts: Sequence[str], since: datetime) -> list[Mention]:
    """One post of one author per text, spread over the hours of the outage."""
    apart = DOWN / max(1, len(texts))
    return [
        fakes.mention(10_000_000 + number, text, created_at=since + number * apart) for number, text in enumerate(texts)
    ]


def run(url: str, texts: Sequence[str], assessor: Any = None) -> dict[str, Any]:
    """The whole fault on this database."""
    database = Database(url)
    start = fakes.START
    channel = Platform(posts_=posts(texts, start), back=start + DOWN)
    world = fakes.World(database, x=channel)
    world.assessor = assessor if assessor is not None else world.assessor
    world.colleague()
    polled = outlast(world)
    began = time.perf_counter()
    corridor.drain(world.parts)
    took = time.perf_counter() - began
    found = record(world, channel, len(texts))
    database.close()
    return {**polled, "broken off by 429": channel.broken_off, **found, "drained in s": round(took)}


def record(world: fakes.World, channel: Platform, count: int) -> dict[str, Any]:
    with world.database.read() as unit:
        natives = Counter(unit.run(select(mention.c.native_id)).scalars())
        told = Counter(unit.run(select(line.c.mention_id).where(line.c.kind == "mention")).scalars())
        joined = unit.run(select(func.count()).where(mention.c.state == "joined")).scalar_one()
        read = unit.run(select(func.count()).select_from(assessment)).scalar_one()
        # whoever was told much within a minute hears the rest after it
        left = unit.run(select(func.count()).select_from(job).where(job.c.step != "tell")).scalar_one()
    notices = Counter(each.link for each in world.log.told if "/dossier/" in each.link)
    wanted = {each.id for each in channel.posts_}
    return {
        "mentions": count,
        "gaps": len(wanted - set(natives)) + count - read + left,
        "doubles": sum(sum(1 for times in each.values() if times > 1) for each in (natives, told, notices))
        + abs(joined - len(told)),
        **_order(world.database),
    }


def _order(database: Database) -> dict[str, Any]:
    """Where the riskiest stand among the escalated, in the order in which they got their owner."""
    first = (
        select(line.c.case_id, func.min(line.c.mention_id).label("mention_id"))
        .where(line.c.kind == "mention")
        .group_by(line.c.case_id)
        .subquery()
    )
    query = (
        select(assessment.c.risk)
        .join(first, first.c.mention_id == assessment.c.mention_id)
        .join(line, line.c.case_id == first.c.case_id)
        .where(line.c.kind == "assigned")
        .order_by(line.c.id)
    )
    with database.read() as unit:
        risks = list(unit.run(query).scalars())
    few = max(1, int(RISKIEST * len(risks)))
    least = sorted(risks, reverse=True)[few - 1] if risks else 0.0
    places = [place for place, risk in enumerate(risks) if risk >= least]
    return {
        "escalated": len(risks),
        "riskiest": len(places),
        "the last of them at": round((places[-1] + 1) / len(risks), 4) if places else None,
    }


def held(found: dict[str, Any]) -> bool:
    return found["gaps"] == found["doubles"] == 0 and (found["the last of them at"] or 1.0) <= FIRST


def corpus(count: int) -> list[str]:
    """So many texts: the corpus again and again, shuffled the same way every time."""
    files = sorted(CORPUS.glob("*.jsonl")) + sorted((CORPUS / "frozen").glob("*.jsonl"))
    texts = [json.loads(each)["text"] for file in files for each in file.read_text(encoding="utf-8").splitlines()]
    many = (texts * (count // len(texts) + 1))[:count]
    random.Random(1).shuffle(many)
    return many


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.chaos.simulated_outage")
    given.add_argument("--posts", type=int, default=50_000)
    given.add_argument("--engine", choices=ground.ENGINES, action="append")
    given.add_argument("--model", default=str(CORPUS.parent / "dutch"))
    asked = given.parse_args(arguments)
    from socialwatch.sentiment import transformer  # only the full form needs a model

    assessor = Remembering(transformer.connect({"path": asked.model}))
    good = True
    for engine in asked.engine or ground.ENGINES:
        with ground.prepared(engine) as url:
            found = run(url, corpus(asked.posts), assessor)
        good &= held(found)
        print(json.dumps({"engine": engine, **found}), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
