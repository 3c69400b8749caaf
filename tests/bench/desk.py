"""How long the desk takes to answer, on a database of any size: python -m tests.bench.desk --home FOLDER.

Measured at the server, from the request to the last byte of the answer, by one visitor at a time.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlalchemy import select, update
from starlette.testclient import TestClient

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.mandate import Mandate
from socialwatch.playground.volume import Volume
from socialwatch.store import agents
from socialwatch.store.tables import case
from socialwatch.store.unit import Database
from socialwatch.web.app import create_app
from socialwatch.web.auth import cookie_name
from socialwatch.web.desk import Desk
from tests import fakes
from tests.measure import speed

WHOLE = Volume(brands=(fakes.BRAND,), customers=200_000, lines=500_000, contacts=0, mentions=1_000_000, cases=100_000)
SMALL = Volume(brands=(fakes.BRAND,), customers=200, lines=500, contacts=0, mentions=600, cases=400)
GOAL = 0.150  # seconds at p95
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECRET = "niet-geheim-want-alleen-gemeten"
# Words in a third of all posts, beginnings, a phrase, somebody, an order, nothing.
SEARCHES = ("sokken", "so", "gat in", '"na drie keer"', "iemand_4711", "de vries", "klant77@mail.example", "SO-1000123")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of the processor, and how many bytes were answered."""

    clock: float
    processor: float
    size: int


def measured(database: Database, times: int) -> dict[str, list[Spent]]:
    client, token = _signed_in(database)
    with database.read() as unit:
        numbers = list(unit.run(select(case.c.id).where(case.c.state == "open").limit(times)).scalars())

    def search(n: int) -> httpx.Response:
        words = {"csrf": token, "words": SEARCHES[n % len(SEARCHES)]}
        return client.post("/inbox/zoek", data=words, headers={"origin": "http://testserver", "hx-request": "true"})

    asked: dict[str, Callable[[int], httpx.Response]] = {
        "inbox": lambda _: client.get("/inbox"),
        "rows": lambda _: client.get("/inbox/rijen"),
        "done": lambda _: client.get("/inbox/rijen?stream=done"),
        "filtered": lambda n: client.get(f"/inbox/rijen?channel={'mail' if n % 2 else 'x'}&level=1&age=older"),
        "hazard, done": lambda _: client.get("/inbox/rijen?stream=done&hazard=safety"),
        "search": search,
        "dossier": lambda n: client.get(f"/dossier/{numbers[n % len(numbers)]}"),
    }
    return {name: [_spent(ask, n) for n in range(-2, times)][2:] for name, ask in asked.items()}


def _spent(ask: Callable[[int], httpx.Response], n: int) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    answer = ask(max(0, n))
    spent = Spent(time.perf_counter() - clock, time.process_time() - processor, len(answer.content))
    assert answer.status_code == 200, answer.status_code
    return spent


def _signed_in(database: Database) -> tuple[TestClient, str]:
    """Half of what is open has an owner, and the customer of each waits."""
    who = Agent(0, fakes.BRAND, "Meting", "meting@example.nl", Role.AGENT, Presence.AVAILABLE, Mandate())
    with database.write() as unit:
        number = agents.add(unit, who, "geen")
        known = agents.by_id(unit, number)
        assert known is not None
        unit.run(update(case).where(case.c.state == "open").values(due_since=case.c.opened_at))
        unit.run(update(case).where(case.c.state == "open", case.c.id % 2 == 0).values(owner_id=number))
        secret = agents.sign_on(unit, known, NOW)
        session = agents.signed_in(unit, secret, NOW)
    assert session is not None
    app = create_app(Desk(database, lambda: NOW, {fakes.BRAND: "Sokkerij"}, wall=lambda: NOW))
    return TestClient(app, cookies={cookie_name(app.state.desk): secret}), session.csrf


def told(found: dict[str, list[Spent]]) -> list[str]:
    lines = ["| page | p50 by the clock | p95 | p95 of the processor | kB |", "|---|---|---|---|---|"]
    for name, spent in found.items():
        clock, processor = [each.clock for each in spent], [each.processor for each in spent]
        figures = (statistics.median(clock), p95(clock), p95(processor))
        size = max(each.size for each in spent) // 1024
        lines.append(f"| {name} | {' | '.join(f'{seconds * 1000:.0f} ms' for seconds in figures)} | {size} |")
    return lines


def p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def main(arguments: Sequence[str] | None = None) -> None:
    given = argparse.ArgumentParser(prog="python -m tests.bench.desk", description=__doc__)
    given.add_argument("--home", type=Path, help="a folder that keeps the filled database for the next time")
    given.add_argument("--times", type=int, default=60)
    given.add_argument("--mentions", type=int, default=WHOLE.mentions)
    asked = given.parse_args(arguments)
    size = replace(WHOLE, mentions=asked.mentions, cases=min(WHOLE.cases, asked.mentions))
    home = asked.home or Path(tempfile.mkdtemp(prefix="socialwatch-desk-"))
    try:
        database = speed.filled(home, size)
        found = measured(database, asked.times)
        database.close()
    finally:
        if asked.home is None:
            shutil.rmtree(home)
    print(f"{size.cases:,} cases, {size.mentions:,} mentions, {size.customers:,} customers; {asked.times} times each.")
    print("\n".join(["", *told(found)]))
    slow = [name for name, spent in found.items() if p95([each.clock for each in spent]) >= GOAL]
    said = f"not held by {', '.join(slow)}" if slow else "held"
    print(f"\nThe goal, p95 under {GOAL * 1000:.0f} ms: {said}.")


if __name__ == "__main__":
    main()
