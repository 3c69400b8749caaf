"""A running process: web, pollers and workers, together or apart, started in order and ended in order."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from socialwatch.domain.channel import Writes, like_price
from socialwatch.domain.menu import menu
from socialwatch.domain.voice import Voice
from socialwatch.settings import Settings
from socialwatch.steps.parts import Parts
from socialwatch.web.app import create_app
from socialwatch.web.desk import Desk, Vitals
from socialwatch.web.serve import DeskServer
from socialwatch.wiring import health
from socialwatch.wiring.metrics import Measured
from socialwatch.wiring.parts import copies, register_sources
from socialwatch.worker.corridor import Corridor
from socialwatch.worker.ticker import Ticker


@dataclass(frozen=True, slots=True)
class Duties:
    """Which parts of the work this process does."""

    web: bool = False
    poll: bool = False
    work: bool = False


EVERYTHING = Duties(web=True, poll=True, work=True)


def desk_server(
    found: Settings, made: Parts, on_started: Callable[[str], None], hint: str = "", vitals: Vitals | None = None
) -> DeskServer:
    """The web part, bound to its port but not yet serving. Raises Misconfigured when the port is taken."""
    names = {key: brand.name for key, brand in found.brands.items()}
    told = vitals or Vitals(sources=frozenset(made.channels))
    desk = Desk(
        made.database,
        made.clock,
        names,
        found.web.secure_cookies,
        hint,
        inlets=health.inlets(made),
        vitals=told,
        copies=copies(found),
        protocols=made.protocols,
        menu=menu(found.gestures),
        timing=made.timing,
        surveys=made.surveys,
        likes={key: price for key, each in made.channels.items() if (price := like_price(each)) is not None},
        situations=made.situations,
        voices={key: Voice(tuple(brand.own), brand.signs) for key, brand in found.brands.items()},
        mailing=frozenset(key.partition("/")[0] for key, each in made.channels.items() if isinstance(each, Writes)),
        undo=timedelta(seconds=found.web.undo_seconds),
        notifiers={name: each.check for name, each in made.notifiers.items() if name != "log"},
    )
    return DeskServer(create_app(desk), found.web.host, found.web.port, on_started)


def run(found: Settings, made: Parts, duties: Duties, on_started: Callable[[str], None]) -> None:
    """Do the duties until Ctrl+C or SIGTERM. Raises Misconfigured when something is not there at the start."""
    if duties.work:
        made.assessor()  # a missing model is said at the start, not by every job, and before a port is taken
    measured = Measured(made, timedelta(minutes=found.health.untold_minutes))
    made = replace(made, assessor=measured.timed(made.assessor))
    told = health.vitals(found, made, measured, loaded=duties.work)
    server = desk_server(found, made, on_started, vitals=told) if duties.web else None
    behind: list[Corridor | Ticker] = []
    if duties.work:
        behind.append(Corridor(made))
    if duties.poll:
        names = register_sources(made.database, made)
        behind.append(Ticker(made, names, found.polling.every_seconds, health.auditor(found, made)))
    with _metrics_port(found, measured):
        until_stopped(server, behind)
    made.database.close()


@contextmanager
def _metrics_port(found: Settings, measured: Measured) -> Iterator[None]:
    """A port of their own for the metrics, while the process runs, when the settings name one."""
    if found.health.metrics_port is None:
        yield
        return
    stop = measured.serve(found.health.metrics_host, found.health.metrics_port)
    try:
        yield
    finally:
        stop()


def until_stopped(server: DeskServer | None, behind: Sequence[Corridor | Ticker]) -> None:
    """Start what works behind, serve or wait, and end everything when asked to."""
    for each in behind:
        each.start()
    try:
        if server is not None:
            server.serve_until_stopped()
        else:
            _wait()
    finally:
        for each in reversed(behind):
            each.stop()


def _wait() -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
