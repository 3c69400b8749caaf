"""Live: one thread reads the event table and wakes the open streams; only ids go out, so nothing here can leak a word.

The streams wait in the event loop and never touch the database. The page fetches what changed through its own routes.
It carries the mark that it was rendered after, so that what happened before its stream was open is told as well.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi.sse import ServerSentEvent

from socialwatch.errors import Unavailable
from socialwatch.store import events
from socialwatch.store.around import CHANNEL
from socialwatch.store.events import Event
from socialwatch.store.unit import Database
from socialwatch.web.around import Around, Beat

PAUSE = 0.1  # seconds between two looks at the table; one takes less than a thousandth
AFTER_FAILURE = 2.0
KEEP_ALIVE = 15.0
LONGEST = 1800.0  # a stream ends after half an hour, so that the session is asked for again
REMEMBERED = 5000
EVERYTHING = "all"  # the kind of an event that stands for all that is not remembered
OVERLAP = 200  # PostgreSQL hands out numbers before the commit, so a lower one may appear after a higher one
STREAMS_PER_SESSION = 5

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Stream:
    """One open page. `key` is the session's; everything but `push` belongs to the event loop."""

    brand: str
    key: str
    loop: asyncio.AbstractEventLoop
    waiting: deque[Event | None] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def push(self, news: list[Event | None]) -> None:
        """Called from the reading thread; None ends the stream."""
        try:
            self.loop.call_soon_threadsafe(self._take, news)
        except RuntimeError:
            log.debug("The event loop of a stream is gone.")

    def _take(self, news: list[Event | None]) -> None:
        self.waiting.extend(news)
        self.bell.set()


class Live:
    """The reading thread and the streams that it wakes."""

    def __init__(self, database: Database) -> None:
        self.around = Around()
        self._database = database
        self._guard = threading.Lock()
        self._streams: list[Stream] = []
        self.mark = 0  # the highest event that was told; a page rendered from now on shows at least that
        self._recent: deque[tuple[int, Event]] = deque()  # each with the mark before it, because numbers come late
        self._from: int | None = None  # what was told up to here is not remembered
        self._known: set[int] = set()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End every stream at once; safe to call twice, and from a signal handler's thread."""
        self._stopped.set()
        for each in list(self._streams):
            each.push([None])

    def join(self) -> None:
        if self._thread is not None:
            self._thread.join(timeout=2)

    def open(self, brand: str, key: str, since: int | None) -> Stream:
        """A stream for one page that shows everything up to `since`; the oldest of a session makes room. Must be called
        in the event loop.
        """
        stream = Stream(brand, key, asyncio.get_running_loop())
        with self._guard:
            same = [each for each in self._streams if each.key == key]
            for each in same[: max(0, len(same) + 1 - STREAMS_PER_SESSION)]:
                each.push([None])
            stream.waiting.extend([] if since is None else self._missed(brand, since))
            self._streams.append(stream)
        if stream.waiting:
            stream.bell.set()
        return stream

    def _missed(self, brand: str, since: int) -> list[Event]:
        """What was told after this mark; when that is not remembered, one event that says to fetch everything."""
        if self._from is None or since < self._from:
            return [Event(0, brand, EVERYTHING, None)]
        told = [each for mark, each in self._recent if each.id > since or mark >= since]
        return [each for each in told if each.brand == brand]

    def close(self, stream: Stream) -> None:
        with self._guard:
            if stream in self._streams:
                self._streams.remove(stream)

    def drop(self, key: str) -> None:
        """A session ended: so do its streams."""
        for each in list(self._streams):
            if each.key == key:
                each.push([None])

    def heard(self, beat: Beat) -> None:
        """Somebody opened, left or types in a dossier: tell the open pages. It has no number, so nothing replays it."""
        if self.around.hear(beat):
            self._push([Event(0, beat.brand, "around", beat.case)])

    async def follow(self, stream: Stream) -> AsyncIterator[ServerSentEvent]:
        """What the page hears until it leaves, the server stops, or half an hour is over."""
        ends = stream.loop.time() + LONGEST
        try:
            yield ServerSentEvent(comment="hello", retry=2000)
            while not self._stopped.is_set() and stream.loop.time() < ends:
                while stream.waiting:
                    told = stream.waiting.popleft()
                    if told is None:
                        return
                    number = str(told.id) if told.id else None
                    yield ServerSentEvent(event=told.kind, raw_data=str(told.subject or ""), id=number)
                stream.bell.clear()
                try:
                    await asyncio.wait_for(stream.bell.wait(), KEEP_ALIVE)
                except TimeoutError:
                    yield ServerSentEvent(comment="still here")
        finally:
            self.close(stream)

    def _run(self) -> None:
        last: int | None = None
        while not self._stopped.is_set():
            try:
                last = self._listen(last) if self._database.postgresql else self._look(last)
            except Unavailable as problem:
                log.warning("The event table does not answer: %s", problem)
                self._stopped.wait(AFTER_FAILURE)
            except Exception:
                log.exception("Reading the event table failed.")
                self._stopped.wait(AFTER_FAILURE)
            self._stopped.wait(PAUSE)

    def _look(self, last: int | None) -> int:
        """Read what is new and tell the streams; gives back the highest number seen."""
        with self._database.read() as unit:
            start = events.latest(unit) if last is None else last
            found = events.after(unit, max(0, start - OVERLAP) if self._database.postgresql else start)
        fresh = [each for each in found if each.id not in self._known]
        self._known = {each.id for each in found}
        highest = max((each.id for each in found), default=start)
        if fresh and last is not None:
            self._tell(fresh)
        self._reach(highest)
        return highest

    def _reach(self, highest: int) -> None:
        with self._guard:
            self.mark = highest
            self._from = highest if self._from is None else self._from

    def _listen(self, last: int | None) -> int:
        """As `_look`, but on PostgreSQL the next look waits for a wake-up, at most five seconds."""
        with self._database.listen() as driver:
            driver.execute(f"LISTEN {CHANNEL}")
            last = self._look(last)
            while not self._stopped.is_set():
                for each in driver.notifies(timeout=1.0, stop_after=1):
                    beat = self.around.read(each.payload) if each.channel == CHANNEL else None
                    if beat is not None:
                        self.heard(beat)
                last = self._look(last)
        return last

    def _tell(self, found: list[Event]) -> None:
        with self._guard:
            self._recent.extend((self.mark, each) for each in found)
            while len(self._recent) > REMEMBERED:
                self._from = max(self._from or 0, self._recent.popleft()[1].id)
        self._push(found)

    def _push(self, found: list[Event]) -> None:
        with self._guard:
            for stream in self._streams:
                mine: list[Event | None] = [each for each in found if each.brand == stream.brand]
                if mine:
                    stream.push(mine)
