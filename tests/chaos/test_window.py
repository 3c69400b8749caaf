"""Kill -9 inside the seconds in which an answer can be taken back: it goes out once, or stays back."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.steps import say
from socialwatch.store.replies import Draft
from socialwatch.store.tables import reply
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ROOT = Path(__file__).parents[2]
TIMES = 3
WINDOW = 4.0  # seconds; the kill comes in the first two, so that a slow machine is not mistaken for a fault
PATIENCE = 30.0


@contextmanager
def worker(url: str, file: Path) -> Iterator["subprocess.Popen[bytes]"]:
    program = [sys.executable, "-m", "tests.chaos.window", url, str(file)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"at work\n"
            yield process
        finally:
            process.kill()


def states(database: Database) -> dict[str, str]:
    with database.read() as unit:
        return {row.approval: row.state for row in unit.run(select(reply.c.approval, reply.c.state))}


def until_sent(database: Database, approval: str) -> None:
    ends = time.monotonic() + PATIENCE
    while states(database)[approval] != ReplyState.SENT.value and time.monotonic() < ends:
        time.sleep(0.1)


def test_killed_inside_the_window_an_answer_goes_out_once_or_stays_back(
    sqlite: Database, fakes: Any, tmp_path: Path
) -> None:
    world, file, expected = fakes.World(sqlite), tmp_path / "posted", list[str]()
    file.touch()
    freek, url = world.colleague(), str(sqlite.url)
    (asked,) = world.bring(fakes.mention(1, "klacht over mijn sok"))
    corridor.drain(world.parts)
    chance = random.SystemRandom()

    def approve(approval: str) -> Reply:
        held = timedelta(seconds=WINDOW)
        draft = Draft(freek.brand, world.stored(1).case_id, asked, freek.id, "Balen zeg.", approval, hold=held)
        with sqlite.write() as unit:
            return say.approve(unit, freek, draft, world.clock())

    def take_back(told: Reply) -> None:
        with sqlite.write() as unit:
            assert say.take_back(unit, told)

    for each in range(TIMES):
        with worker(url, file) as first:
            approve(f"goes-{each}")
            before, after = approve(f"back-{each}"), approve(f"late-{each}")
            take_back(before)
            time.sleep(chance.uniform(0.0, WINDOW / 2))
            assert first.poll() is None
            first.send_signal(signal.SIGKILL)
        assert file.read_text(encoding="utf-8").split() == expected, "something went out inside the window"
        take_back(after)  # while nobody is at work
        expected.append(f"goes-{each}")
        with worker(url, file), worker(url, file):
            until_sent(sqlite, f"goes-{each}")
            time.sleep(0.6)  # a second worker would be at it by now
        assert file.read_text(encoding="utf-8").split() == expected
        found = states(sqlite)
        assert [found[f"{name}-{each}"] for name in ("goes", "back", "late")] == ["sent", "taken_back", "taken_back"]
