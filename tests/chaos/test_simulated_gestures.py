"""The gestures of which the worker dies: a short form of the full storm, on both engines."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_worker_dies_at_every_point(url: str) -> None:
    """In a process of its own, because it forks and has to be without threads."""
    program = f"from tests.chaos import simulated_gestures as it; import json; print(json.dumps(it.run({url!r}, 4)))"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["deaths"] == found["gestures"] == 24, found
    assert found["double"] == found["sent but not done"] == found["jobs left"] == 0, found
    assert set(found["states"]) == {"sent", "unknown"}, found
