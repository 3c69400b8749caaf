"""The switches that make a platform misbehave: each lasts for a number of requests."""

import threading
from dataclasses import dataclass, field

# What the next requests of a platform get instead of their answer:
KINDS = {
    "html": "an HTML page with status 503",
    "empty": "status 200 without a body",
    "half": "status 200 and half a JSON document (a write has been done)",
    "429": "the limit, saying when it ends",
    "429-no-reset": "the limit, without the header that says when it ends",
    "402": "out of credits (X only)",
    "401": "the token is no longer accepted",
    "403": "not allowed",
    "transient": "status 500 or 503 in the platform's own error form",
    "close": "the connection closed without an answer, nothing done",
    "swallow": "the write done, then the connection closed without an answer (waits for a write)",
    "delay": "the right answer, `seconds` late",
    "since_too_old": "since_id refused as older than seven days (X only; waits for a request with since_id)",
    "line-close": "the open line closed without a word (X only; waits for an open line)",
    "line-goodbye": "the open line ended with X's own notice (X only; waits for an open line)",
    "line-silent": "an open line on which nothing comes any more (X only; waits for an open line)",
    "job-failed": "a compliance job that fails (X only; waits for the upload of its ids)",
    "empty_page": "an empty page that still has a next one (Facebook only; waits for a list)",
}
PLATFORMS = ("x", "facebook")
_WAITS_FOR = {"since_too_old": "since_id", "empty_page": "list", "job-failed": "upload"}
_WAITS_FOR |= dict.fromkeys(("line-close", "line-goodbye", "line-silent"), "line")
_ONE_PLATFORM = {"402": "x", **dict.fromkeys(_WAITS_FOR, "x"), "empty_page": "facebook"}


@dataclass(slots=True)
class Fault:
    """One switch. `only` is "read", "write" or "any"; `seconds` is the delay, or how far off the limit's end is."""

    platform: str
    kind: str
    times: int = 1
    only: str = "any"
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.platform not in PLATFORMS:
            raise ValueError(f"platform is one of {', '.join(PLATFORMS)}")
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        if _ONE_PLATFORM.get(self.kind, self.platform) != self.platform:
            raise ValueError(f"{self.kind} does not exist on {self.platform}")
        if self.only not in ("any", "read", "write"):
            raise ValueError("only is any, read or write")


@dataclass(slots=True)
class Faults:
    """All switches that are on, in the order in which they were set."""

    waiting: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> None:
        with self._lock:
            self.waiting.append(fault)

    def clear(self) -> None:
        with self._lock:
            self.waiting.clear()

    def take(self, platform: str, *, write: bool, traits: frozenset[str]) -> Fault | None:
        """The first switch that fits this request, counted down. `traits`: what a kind may wait for."""
        with self._lock:
            for fault in self.waiting:
                if fault.platform == platform and _fits(fault, write, traits):
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                    return fault
        return None


def _fits(fault: Fault, write: bool, traits: frozenset[str]) -> bool:
    if fault.kind == "swallow" and not write:
        return False
    if fault.kind in _WAITS_FOR:
        return _WAITS_FOR[fault.kind] in traits
    if {"line", "upload"} & traits:
        return False  # asked in the middle of a request, for which the other faults have had their turn
    return fault.only in ("any", "write" if write else "read")
