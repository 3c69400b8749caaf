"""Fifty times kill -9 in the middle of the work: nothing is lost and nothing is done twice."""

import json
import random
import subprocess
import sys
from pathlib import Path

KILLS = 50


def test_fifty_kills(url: str) -> None:
    seed = random.SystemRandom().randrange(2**31)
    program = [sys.executable, str(Path(__file__).with_name("killed.py")), url, str(KILLS), str(seed)]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, f"seed {seed}: {ended.stderr}"
    found = json.loads(ended.stdout)
    told = f"seed {seed}: {found}, {ended.stderr}"
    print(told)
    assert found["kills"] == KILLS
    assert (found["lost"], found["doubled"], found["left"]) == (0, 0, 0), told
    assert found["integrity"] == "ok", told
    assert found["broken"] == 0, told
    assert found["outcomes"] == found["mentions"] > 500, told
