"""One small world, its pages and webhooks delivered in any order, some twice, with work done in between: one outcome.

    python -m tests.chaos.simulated_orders [--orders 200] [--engine sqlite|postgresql]

Prints one JSON line per engine: how many orders were tried and how many outcomes there were.
"""

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from socialwatch.domain.channel import Page
from socialwatch.domain.mention import Author, Mention
from socialwatch.store.tables import case, line, mention, thanks
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from tests import fakes
from tests.chaos import simulated_ground as ground

SPAN = 1000  # ids of one telling of the story


@dataclass(frozen=True)
class Told:
    """One post of the story; `by` "ons" is the brand itself, `after` in hours, `to` what it answers."""

    number: int
    by: str
    words: str
    after: float
    thread: int
    to: int | None = None
    channel: str = "x"
    version: int | None = None
    repost: bool = False


STORY = (
    Told(1, "marieke", "klacht over sokken", 0, 1),
    Told(1, "marieke", "klacht over sokken, woedend nu", 0, 1, version=2),
    Told(3, "marieke", "maat 43", 1, 1, to=1),
    Told(4, "ons", "Wat vervelend, we sturen nieuwe", 2, 1, to=1),
    Told(5, "marieke", "bedankt zeg", 3, 1, to=4),
    Told(6, "joost", "klacht, ik ook", 1.5, 1, to=1),
    Told(7, "fatima", "woedend over mijn pakket", 0.5, 7, channel="facebook"),
    Told(8, "bram", "vraag over hetzelfde", 1, 7, to=7, channel="facebook"),
    Told(9, "ons", "Goede vraag, dat zit zo", 2, 7, to=8, channel="facebook"),
    Told(10, "els", "klacht over de kleur", 0, 10),
    Told(11, "els", "klacht over de maat", 48, 11),
    Told(12, "piet", "prachtig spul", 4, 12),
    Told(13, "bot", "winactie", 4, 13),
    Told(14, "kees", "woedend", 4, 14, repost=True),
    Told(15, "ons", "Onze nieuwe collectie staat online", 5, 15),
    Told(16, "anna", "klacht die zij weghaalt", 5, 16),
    Told(17, "omar", "zomaar wat", 6, 17),
)
GONE = (16,)


def deliveries(base: int) -> list[tuple[str, Page]]:
    """The story in pages of one or a few posts per channel, deletions apart, as webhooks tend to come."""
    pages = [(each.channel, Page((post(each, base),))) for each in STORY]
    pages += [("x", Page(tuple(post(each, base) for each in STORY[:4])))]
    return [*pages, ("x", Page((), gone=tuple(str(base + each) for each in GONE)))]


def post(told: Told, base: int) -> Mention:
    own = told.by == "ons"
    author = Author("ons", "ons") if own else Author(f"{told.by}{base}", f"{told.by}{base}", told.by.title(), 100)
    return fakes.mention(
        base + told.number,
        told.words,
        channel=told.channel,
        author=author,
        created_at=fakes.START + timedelta(hours=told.after),
        conversation_id=str(base + told.thread),
        in_reply_to=None if told.to is None else str(base + told.to),
        version_id=str(base + (told.version or told.number)),
        own=own,
        repost=told.repost,
    )


def deliver(world: fakes.World, order: Sequence[int], works: Sequence[bool], base: int) -> None:
    """Each delivery by its number, some of them again; after some of them the worker comes by."""
    pages = deliveries(base)
    for number, work in zip(order, works, strict=True):
        kind, page = pages[number]
        counted = world.poll(replace(page, cursor="c"), kind=kind)
        assert counted is not None
        assert counted.failed is None
        if work:
            corridor.drain(world.parts)
    corridor.drain(world.parts)


def outcome(database: Database, base: int) -> dict[str, Any]:
    """Everything that matters of this telling, without any id of ours."""
    with database.read() as unit:
        everything = [r for r in unit.run(select(mention)) if base <= int(r.native_id) < base + SPAN]
        # Whether a deleted post had a case before depends on when the worker came by, and may.
        rows = [row for row in everything if row.gone_at is None]
        names = {row.id: int(row.native_id) - base for row in rows}
        cases: dict[int, list[int]] = {}
        for row in rows:
            if row.case_id is not None:
                cases.setdefault(row.case_id, []).append(names[row.id])
        dossiers = {row.id: row for row in unit.run(select(case).where(case.c.id.in_(cases)))}
        lines = unit.run(select(line.c.case_id, line.c.kind, line.c.mention_id).where(line.c.case_id.in_(cases))).all()
        kind_words = unit.run(select(thanks.c.mention_id, thanks.c.case_id)).all()
    return {
        "mentions": sorted((names[r.id], r.state, r.dismissed, r.text) for r in rows),
        "gone": sorted(int(r.native_id) - base for r in everything if r.gone_at is not None and not r.text),
        "cases": sorted(
            (sorted(members), dossiers[n].state, str(dossiers[n].due_since), dossiers[n].level, dossiers[n].needs_human)
            for n, members in cases.items()
        ),
        "lines": sorted((min(cases[each.case_id]), each.kind, names.get(each.mention_id, 0)) for each in lines),
        "thanks": sorted(
            (names[each.mention_id], sorted(cases.get(each.case_id, [])))
            for each in kind_words
            if each.mention_id in names
        ),
    }


def digest(found: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:12]


def told(world: fakes.World, order: Sequence[int], works: Sequence[bool], base: int) -> dict[str, Any]:
    deliver(world, order, works, base)
    return outcome(world.database, base)


def straight(world: fakes.World, base: int) -> dict[str, Any]:
    """As life goes: in the order of the story, the worker after each."""
    pages = len(deliveries(base))
    return told(world, range(pages), [True] * pages, base)


def run(url: str, orders: int, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    database = Database(url)
    world = fakes.World(database)
    world.colleague()
    expected = digest(straight(world, SPAN))
    pages = len(deliveries(0))
    found: Counter[str] = Counter()
    for number in range(orders):
        order = [*range(pages), *(each for each in range(pages) if chance.random() < 0.25)]
        chance.shuffle(order)
        often = chance.choice((0.0, 0.2, 1.0))
        works = [chance.random() < often for _ in order]
        found[digest(told(world, order, works, SPAN * (number + 2)))] += 1
    database.close()
    return {"orders": orders, "outcomes": len({*found, expected}), "as life goes": found[expected], "seed": seed}


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.chaos.simulated_orders")
    given.add_argument("--orders", type=int, default=200)
    given.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    given.add_argument("--engine", choices=ground.ENGINES, action="append")
    asked = given.parse_args(arguments)
    good = True
    for engine in asked.engine or ground.ENGINES:
        with ground.prepared(engine) as url:
            found = run(url, asked.orders, asked.seed)
        good &= found["as life goes"] == asked.orders
        print(json.dumps({"engine": engine, **found}), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
