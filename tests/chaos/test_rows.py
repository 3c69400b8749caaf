"""The rows of docs/reliability.md in their short form, each as the command that anybody can run."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHORT = [
    ("kills", "sqlite", 15),
    ("kills", "postgresql", 15),
    ("restarts", "postgresql", 2),
    ("full", "sqlite", 1),
    ("poison", "sqlite", 3),
    ("leaders", "sqlite", 5),
    ("leaders", "postgresql", 5),
    ("hosts", "postgresql", 1),
]
# A test makes no namespaces: that takes root, and two at once would be in each other's way.
PLAIN = {"hosts": ("--plain",)}
NOTHING = ("lost", "doubled", "broken", "left", "stray", "backward", "shared", "innocent_dead")


def command(*words: str) -> "subprocess.CompletedProcess[str]":
    program = [sys.executable, "-m", "tests.chaos", *words]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)


@pytest.mark.parametrize(("row", "engine", "times"), SHORT, ids=lambda each: str(each))
def test_a_row_holds(row: str, engine: str, times: int) -> None:
    ended = command(row, "--engine", engine, "--times", str(times), *PLAIN.get(row, ()))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    first, human = ended.stdout.splitlines()
    found: dict[str, Any] = json.loads(first)
    assert found["held"], human
    assert (found["row"], found["engine"]) == (row, engine)
    assert {each: found[each] for each in NOTHING if found.get(each)} == {}, human
    assert found["integrity"] == "ok"
    assert found["posts"] > 0
    assert human.startswith(f"{row} on {engine}: holds.")


def test_a_row_that_is_not_there_is_refused() -> None:
    ended = command("lightning")
    assert ended.returncode == 2
    assert "invalid choice" in ended.stderr
