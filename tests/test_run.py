"""Running for real: the demo and `run` as processes, ended with Ctrl+C while a browser is connected."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from socialwatch import playground
from socialwatch.playground import keys

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PATIENCE = 60.0
END_WITHIN = 3.0


@contextmanager
def started(words: list[str], folder: Path, **extra: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A running command and the address it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SOCIALWATCH_")}
    environment |= {"SOCIALWATCH_HOME": str(folder / "home"), "PYTHONUNBUFFERED": "1"} | extra
    command = [sys.executable, "-m", "socialwatch", *words]
    with (folder / "stderr").open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=folder, env=environment
        )
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            found = ADDRESS.search(line)
            if found:
                yield process, found.group()
                return
        raise AssertionError((folder / "stderr").read_text()[-2000:])
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def signed_in(address: str, email: str, password: str) -> httpx.Client:
    client = httpx.Client(base_url=address, headers={"Origin": address}, follow_redirects=True, timeout=10)
    page = client.get("/inloggen").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    answer = client.post("/inloggen", data={"email": email, "password": password, "csrf": csrf.group(1)})
    assert answer.url.path != "/inloggen", answer.text[:500]
    return client


def ended(process: "subprocess.Popen[str]") -> float:
    """Seconds from Ctrl+C to the end."""
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.wait(timeout=10)
    return time.monotonic() - began


def test_the_demo_fills_the_inbox_and_ends_at_once_with_a_browser_open(tmp_path: Path) -> None:
    with ExitStack() as opened, started(["demo", "--port", "0"], tmp_path) as (process, address):
        client = signed_in(address, "freek@sokkerij.example", "twee linkersokken in de regen")
        opened.callback(client.close)
        deadline = time.monotonic() + PATIENCE
        while "data-case=" not in client.get("/inbox").text:
            assert time.monotonic() < deadline, (tmp_path / "stderr").read_text()[-2000:]
            time.sleep(0.5)
        with client.stream("GET", "/live") as stream:
            assert stream.status_code == 200
            seconds = ended(process)
        assert process.returncode == 0
        assert seconds < END_WITHIN
    assert "Traceback" not in (tmp_path / "stderr").read_text()


def test_run_polls_a_platform_named_in_the_settings(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    person = {"key": "an", "x": {"id": "17", "username": "an", "name": "An", "followers": 3}, "facebook": None}
    shop = {
        "name": "S",
        "x": {"id": "16", "username": "s", "name": "S"},
        "facebook": {"id": "5", "name": "S"},
        "hours": 1,
    }
    post = {"key": "p", "channel": "x", "who": "an", "minute": 0, "text": "@s waar blijft mijn pakket? al 3x gebeld"}
    world = playground.World(shop, [person], [post], now=lambda: datetime.now(UTC), start=now)
    with playground.serve(world) as served:
        extra = {
            "SOCIALWATCH_BRANDS__S__NAME": "S",
            "SOCIALWATCH_CHANNELS__X__USERNAME": "s",
            "SOCIALWATCH_CHANNELS__X__BASE_URL": served.x_url,
            "SOCIALWATCH_CHANNELS__X__BEARER_TOKEN": keys.X_TOKEN,
            "SOCIALWATCH_POLLING__EVERY_SECONDS": "1",
            "SOCIALWATCH_WEB__PORT": "0",
        }
        with started(["run"], tmp_path, **extra) as (process, _):
            listed = _cases(tmp_path, extra)
            assert ended(process) < END_WITHIN
            assert process.returncode == 0
    assert [each["channel"] for each in listed] == ["x"]
    logged = (tmp_path / "stderr").read_text()
    assert keys.X_TOKEN not in logged
    assert "pakket" not in logged, "no text of a customer in any log"


def _cases(folder: Path, extra: dict[str, str]) -> list[dict[str, object]]:
    environment = os.environ | {"SOCIALWATCH_HOME": str(folder / "home")} | extra
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        command = [sys.executable, "-m", "socialwatch", "cases", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=True)
        found: list[dict[str, object]] = json.loads(done.stdout)["cases"]
        if found:
            return found
        time.sleep(0.5)
    pytest.fail("no case appeared")
