"""An open Inbox without its browser: it hears the events and fetches again what live.js and around.js would."""

import asyncio
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

PAUSE = 0.5  # as live.js
CALM = (0.5, 4.0)  # as live.js
LOOKED = (0.4, 1.0)  # as around.js
LOOKS = 8.0  # as around.js
MINUTE = 60.0  # as clocks.js
FRAGMENT, CALMLY = "/inbox/rijen?stream=all", "/alarm"  # what an open Inbox fetches again when a case changed
LOOKING = "/wie-kijkt"  # and when somebody opens or leaves a dossier


@dataclass(eq=False, slots=True)
class Page:
    """An open Inbox: what it fetches, and the events that make it."""

    client: httpx.AsyncClient
    fetches: list[float]
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    calm: asyncio.Event = field(default_factory=asyncio.Event)
    looked: asyncio.Event = field(default_factory=asyncio.Event)

    async def fetch(self, path: str) -> None:
        with suppress(httpx.RemoteProtocolError, httpx.ReadError):  # a kept connection ended: a browser asks once more
            (await self.client.get(path)).raise_for_status()
            return
        (await self.client.get(path)).raise_for_status()

    async def rows(self) -> None:
        """At once, but at most once in PAUSE, and after a slow answer only when that has taken as long again."""
        while True:
            await self.changed.wait()
            self.changed.clear()
            start = time.perf_counter()
            await self.fetch(FRAGMENT)
            took = time.perf_counter() - start
            self.fetches.append(took)
            await asyncio.sleep(max(PAUSE - took, took))

    async def somewhat_later(self, bell: asyncio.Event, span: tuple[float, float], path: str) -> None:
        while True:
            await bell.wait()
            await asyncio.sleep(random.uniform(*span))
            bell.clear()
            await self.fetch(path)

    async def now_and_then(self) -> None:
        await asyncio.sleep(random.uniform(0, LOOKS))  # nobody opened theirs at the same moment
        while True:
            self.looked.set()
            await asyncio.sleep(LOOKS)

    async def minutely(self) -> None:
        await asyncio.sleep(random.uniform(0, MINUTE))
        while True:
            await self.fetch(FRAGMENT)
            await asyncio.sleep(MINUTE)

    async def hear(self, opened: asyncio.Semaphore) -> None:
        async with self.client.stream("GET", "/live", headers={"accept": "text/event-stream"}, timeout=None) as stream:
            opened.release()
            async for told in stream.aiter_lines():
                if told in ("event: case", "event: source"):
                    self.changed.set()
                if told == "event: case":
                    self.calm.set()
                if told == "event: around":
                    self.looked.set()


async def desk(client: httpx.AsyncClient, opened: asyncio.Semaphore, fetches: list[float]) -> None:
    """One open page: hears events, and fetches again what an Inbox would."""
    shown = Page(client, fetches)
    async with asyncio.TaskGroup() as group:
        group.create_task(shown.rows())
        group.create_task(shown.somewhat_later(shown.calm, CALM, CALMLY))
        group.create_task(shown.somewhat_later(shown.looked, LOOKED, LOOKING))
        group.create_task(shown.now_and_then())
        group.create_task(shown.minutely())
        await shown.hear(opened)
