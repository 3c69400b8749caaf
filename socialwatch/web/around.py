"""Around: who has which dossier open right now, and who is typing in it. It is known in memory alone and gone after
twenty seconds; no table, log or file hears of it.

One process knows who came to it. On PostgreSQL the processes tell each other by NOTIFY, whose words are stored nowhere;
on SQLite the rule is one process per desk, since several would each know only their own visitors.
"""

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LASTS = 20.0  # seconds that somebody is there after their page last said so
MOST = 10_000  # what somebody could make a process remember at once


@dataclass(frozen=True, slots=True)
class Beat:
    """What a page says: this agent has this case open, and is `typing` in it; or `left` it."""

    brand: str
    case: int
    agent: int
    typing: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    agent: int
    typing: bool


class Around:
    """Who is where, by what their pages said; safe from several threads. `clock` counts seconds and never jumps."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._there: dict[tuple[str, int, int], tuple[bool, float]] = {}
        self._name = secrets.token_hex(4)  # by which a process knows its own word when it comes back

    def written(self, beat: Beat) -> str:
        """A beat for the other processes: numbers only, no name and no word."""
        return json.dumps([self._name, beat.brand, beat.case, beat.agent, beat.typing, beat.left])

    def read(self, payload: str) -> Beat | None:
        """What another process told; None when it is not for us, or our own word."""
        try:
            origin, brand, case, agent, typing, left = json.loads(payload)
        except (ValueError, TypeError):
            return None
        known = isinstance(brand, str) and isinstance(case, int) and isinstance(agent, int)
        return Beat(brand, case, agent, bool(typing), bool(left)) if known and origin != self._name else None

    def hear(self, beat: Beat) -> bool:
        """Take in what a page says; True when others would see something else than before."""
        key, now = (beat.brand, beat.case, beat.agent), self._clock()
        with self._guard:
            self._forget(now)
            before = self._there.pop(key, None)
            if beat.left:
                return before is not None
            if len(self._there) < MOST:
                self._there[key] = (beat.typing, now + LASTS)
            return before is None or before[0] != beat.typing

    def _forget(self, now: float) -> None:
        for key in [key for key, (_, until) in self._there.items() if until <= now]:
            del self._there[key]

    def at(self, brand: str, case: int, besides: int) -> list[Seen]:
        """Who has this case open besides one agent; who types first."""
        return self.everywhere(brand, besides).get(case, [])

    def everywhere(self, brand: str, besides: int) -> dict[int, list[Seen]]:
        """The same for every case of a brand that somebody looks at."""
        found: dict[int, list[Seen]] = {}
        with self._guard:
            self._forget(self._clock())
            there = [(key, typing) for key, (typing, _) in self._there.items()]
        for (where, case, agent), typing in there:
            if where == brand and agent != besides:
                found.setdefault(case, []).append(Seen(agent, typing))
        return {case: sorted(seen, key=lambda each: (not each.typing, each.agent)) for case, seen in found.items()}


def sentence(seen: list[Seen], names: Mapping[int, str]) -> str:
    """*Noor schrijft*, *Noor en Els kijken mee*, *Noor schrijft en Els kijkt mee*; "" when nobody is there."""
    typing = [names[each.agent] for each in seen if each.typing and each.agent in names]
    looking = [names[each.agent] for each in seen if not each.typing and each.agent in names]
    said = [_say(typing, "schrijft", "schrijven"), _say(looking, "kijkt mee", "kijken mee")]
    return " en ".join(each for each in said if each)


def _say(names: list[str], one: str, more: str) -> str:
    if len(names) < 2:
        return f"{names[0]} {one}" if names else ""
    return f"{', '.join(names[:-1])} en {names[-1]} {more}"
