"""X's limits per 15 minutes: real counting by real time, told in the headers of every answer."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

WINDOW = 900  # seconds

# Requests per window for the app and for the shop's account, as the documents list them.
ALLOWED: Mapping[str, tuple[int, int]] = {
    "GET /2/users/me": (75, 75),
    "GET /2/users/by/username/:username": (300, 900),
    "GET /2/users/:id/mentions": (450, 300),
    "GET /2/users/:id/tweets": (10_000, 900),
    "GET /2/tweets/search/recent": (450, 300),
    "GET /2/tweets": (3_500, 5_000),
    "GET /2/tweets/:id": (450, 900),
    "POST /2/tweets": (100, 100),
    "DELETE /2/tweets/:id": (50, 50),
    "GET /2/tweets/search/stream": (50, 50),
    "GET /2/tweets/search/stream/rules": (450, 450),
    "POST /2/tweets/search/stream/rules": (100, 100),
    "POST /2/compliance/jobs": (150, 150),
    "GET /2/compliance/jobs": (150, 150),
    "GET /2/compliance/jobs/:id": (150, 150),
    "GET /2/usage/tweets": (50, 50),
}


@dataclass(slots=True)
class Limits:
    """Counts per endpoint and kind of caller. `allowed` overrules the documents, per endpoint or "*" for all."""

    allowed: Mapping[str, int] = field(default_factory=dict)
    _windows: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, endpoint: str, caller: str) -> tuple[bool, dict[str, str]]:
        """Whether this request still fits, and the headers that say how much is left."""
        now, most = int(time.time()), self._most(endpoint, caller)
        with self._lock:
            end, used = self._windows.get((endpoint, caller), (0, 0))
            if now >= end:
                end, used = now + WINDOW, 0
            used += 1
            self._windows[endpoint, caller] = (end, used)
        headers = {
            "x-rate-limit-limit": str(most),
            "x-rate-limit-remaining": str(max(0, most - used)),
            "x-rate-limit-reset": str(end),
        }
        return used <= most, headers

    def _most(self, endpoint: str, caller: str) -> int:
        app, user = ALLOWED.get(endpoint, (300, 300))
        found = self.allowed.get(endpoint, self.allowed.get("*"))
        return found if found is not None else app if caller == "app" else user
