"""Shared: what a hundred open desks ask at the same moment, because of the same event, is asked of the database once.

Only for what is the same for everybody who has this key; whoever asks says in the key what it depends on.
"""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

LONGEST = 2.0  # seconds: clocks and ages go on without an event
MOST = 200  # answers

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Kept:
    mark: tuple[int, int]
    at: float
    answer: Any


@dataclass(slots=True)
class Shared:
    """The answers of this process, each as of the event it was asked after."""

    _kept: dict[Hashable, _Kept] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, key: Hashable, mark: tuple[int, int], make: Callable[[], Answer]) -> Answer:
        """The answer as of `mark` (store.events) or later; who comes while it is made, waits for it."""
        with self._turn:
            now, known = time.monotonic(), self._kept.get(key)
            if known is not None and known.mark >= mark and now - known.at < LONGEST:
                found: Answer = known.answer
                return found
            if len(self._kept) >= MOST:
                self._kept.clear()
            made = make()
            self._kept[key] = _Kept(mark, now, made)
            return made
