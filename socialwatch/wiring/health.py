"""What a process tells of itself: its webhooks, its vitals, and the heartbeat that follows a clean audit."""

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from socialwatch import outgoing
from socialwatch.errors import SocialwatchError
from socialwatch.settings import Settings
from socialwatch.steps import line
from socialwatch.steps.parts import Parts
from socialwatch.web.desk import Inlet, Vitals
from socialwatch.wiring import model
from socialwatch.wiring.metrics import Measured


def inlets(made: Parts) -> dict[str, Inlet]:
    """A webhook for every channel, by the name of its source; a channel without one refuses what it gets."""
    found = {}
    for name, channel in made.channels.items():
        handshake: Any = getattr(channel, "handshake", None)
        found[name] = Inlet(name, name.split("/", 1)[0], channel.kind, channel.receive, line.first, handshake)
    return found


def vitals(found: Settings, made: Parts, measured: Measured, loaded: bool) -> Vitals:
    """`loaded`: this process works, so its model was loaded before it took a port."""
    return Vitals(
        model=lambda: "loaded" if loaded else _model(found),
        disk=lambda: _free(made),
        sources=frozenset(made.channels),
        metrics=measured.text if found.health.metrics else None,
        untold=timedelta(minutes=found.health.untold_minutes),
    )


def _model(found: Settings) -> str:
    """Whether the files are here; a name on a hub is looked for by whoever loads it."""
    try:
        place = Path(model.path(found))
    except SocialwatchError:
        return "missing"
    if place.is_dir():
        return "present" if any(place.iterdir()) else "missing"
    return "missing" if found.model.kind == model.OWN else "elsewhere"


def _free(made: Parts) -> int | None:
    file = made.database.url.database
    if made.database.postgresql or not file:
        return None
    return shutil.disk_usage(Path(file).parent).free


class Heartbeat:
    """Asks the address of an outside guard that raises the alarm when it hears nothing; at most every `pause` seconds.

    The operator named the address, so it may be a private one. Raises Unavailable or Refused, and then the next call
    tries again.
    """

    def __init__(self, url: str, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._pause = pause
        self._clock = clock
        self._last: float | None = None

    def __call__(self) -> None:
        now = self._clock()
        if self._last is not None and now - self._last < self._pause:
            return
        outgoing.request("GET", self._url, allow_private=True, timeout=10.0)
        self._last = now


def auditor(found: Settings, made: Parts) -> Callable[[], list[str]]:
    """The audit of all open cases; a clean one sounds the heartbeat of the settings."""
    beat, untold = heartbeat(found), timedelta(minutes=found.health.untold_minutes)
    return lambda: line.audit_all(made, beat, untold)


def heartbeat(found: Settings) -> Heartbeat | None:
    """The heartbeat of the settings, None when no address is named."""
    url = found.health.heartbeat_url
    return None if url is None else Heartbeat(url, 60 * found.health.heartbeat_minutes)
