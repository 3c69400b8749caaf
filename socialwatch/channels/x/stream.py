"""X with an open line: posts as they happen, over a filtered stream that says when it breaks and mends nothing."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol, TypeVar

import structlog

from socialwatch.channels.x import wire
from socialwatch.channels.x.account import X
from socialwatch.channels.x.keys import Settings
from socialwatch.channels.x.pace import HTTP, LIMIT, NETWORK, SETTLED, Pace
from socialwatch.channels.x.rules import Ours, Rules, synchronise
from socialwatch.channels.x.verdict import detail, judge_line
from socialwatch.domain.channel import Finding, Page
from socialwatch.domain.mention import Mention
from socialwatch.errors import Halted, Refused, SocialwatchError, Unavailable
from socialwatch.outgoing import Door, Line, Site, Usage

log = structlog.get_logger(__name__)

T = TypeVar("T")

_LOOK = 0.5  # seconds between two looks whether we should stop
_STOPPED = frozenset(["usage-capped", "client-forbidden", "credits"])  # problems that only a human ends


class Listener(Rules, Protocol):
    """tweepy's StreamingClient, as far as it is used: the rules, and one connection."""

    session: Any

    def open(self, **asking: str) -> Any: ...


class Listening(X):
    """An account with `stream = true`. Its line has a door of its own, because it stays open beside the polls."""

    def __init__(self, given: Settings, client: Any, listener: Listener) -> None:
        super().__init__(given, client)
        self._listener, self._pace = listener, Pace()
        self._line_door = Door(Site("X", given.base_url, secrets=given.keys.secrets), judge_line)
        self._line_door.mount(listener.session)

    def stream(self, stopped: Callable[[], bool]) -> Iterator[Page]:
        """Posts as X sends them: unordered, at times twice, an edit as a post with a longer history.

        The first page is empty and says that the line is open. Ends by returning within a second of `stopped()`.
        Raises Unavailable with the wait that X's own rule asks (pace.py), Halted when X refuses the line.
        """
        begun, self._line_door.usage = 0.0, Usage()
        try:
            ours = _allowed(self._synchronised)
            self._line_door.usage = Usage()
            with Line(_allowed(partial(self._listener.open, **self._fields())), "X") as line:
                begun = time.monotonic()
                yield Page((), cost=self._bill.take())
                while not stopped():
                    yield from self._pages(line.read(_LOOK), ours)
        except Unavailable as problem:
            problem.retry_after = self._wait(problem.retry_after, begun)
            raise

    def check(self) -> list[Finding]:
        """As without a line, and whether X allows one."""
        return [*super().check(), self._found(self._check_line)]

    def _synchronised(self) -> Ours:
        return synchronise(self._listener, self._settings)

    def _fields(self) -> dict[str, str]:
        """X's streams kept the old spelling when the rest was renamed (OpenAPI 2.167)."""
        return {name.replace(".", "_"): str(value) for name, value in wire.SPELLINGS["tweet"].items()}

    def _pages(self, lines: list[bytes], ours: Ours) -> Iterator[Page]:
        """One page for all that came at once; an empty one for a sign of life; none for silence."""
        found: list[Mention] = []
        broken: SocialwatchError | None = None
        for line in filter(None, lines):
            document = _document(line)
            broken = _broken(document)
            if broken is not None:
                break
            found.extend(self._heard(document, ours))
        if lines:
            yield Page(tuple(found), cost=self._bill.take())
        if broken is not None:
            raise broken

    def _heard(self, document: wire.Fields, ours: Ours) -> list[Mention]:
        """The post of one line. What came for another's rule on the same app was paid for all the same."""
        self._charge(document, self._settings.prices.post)
        return list(self._mentions(document)) if ours.matched(document) else []

    def _check_line(self) -> Finding:
        ours = self._synchronised()
        left = self._line_door.usage.headers.get("x-rate-limit-remaining", "onbekend")
        rules = f"{len(ours.ids)} zoekregel" + ("" if len(ours.ids) == 1 else "s")
        return Finding(True, f"X: de open lijn mag, met {rules}; nog {left} wijzigingen in dit kwartier")

    def _wait(self, said: float | None, begun: float) -> float:
        """Seconds; never less than X said itself."""
        if begun and time.monotonic() - begun >= SETTLED:
            self._pace.settled()
        status = self._line_door.usage.status
        dropped = begun and not self._pace.kind  # an established line that broke is tried again at once
        kind = NETWORK if dropped or not status else LIMIT if status == 429 else HTTP
        return max(said or 0.0, self._pace.failed(kind))


def _allowed(ask: Callable[[], T]) -> T:
    """What X refuses on the way to a line will be refused again: the line stops until somebody acts."""
    problem: Halted
    try:
        return ask()
    except Halted:
        raise
    except Refused as refused:
        problem = Halted(str(refused))
    raise problem


def _document(line: bytes) -> wire.Fields:
    """What one line says; {} for what is no JSON object, which is no reason to end the line."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        return document
    log.warning("x.unreadable_line", size=len(line))
    return {}


def _broken(document: wire.Fields) -> SocialwatchError | None:
    """The error a line stands for when it carries no post: X says goodbye in the same form as it refuses."""
    if not document or wire.rows(document):
        return None
    errors = document.get("errors")
    listed = errors if isinstance(errors, list) else [document]
    kinds = {str(one.get("type", "")).rpartition("/")[2] for one in listed if isinstance(one, Mapping)}
    said = detail(dict(document))
    if kinds & _STOPPED:
        return Halted(f"X heeft de open lijn stilgelegd: {said}")
    return Unavailable(f"X heeft de open lijn verbroken: {said}")
