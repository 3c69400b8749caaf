"""A platform that speaks JSON, asked with patience: what failed for a moment is read once more, what is away rests."""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from socialwatch.errors import Unanswered, Unavailable
from socialwatch.outgoing import Answer, Door, Limited

PAUSE = 0.3  # seconds before a read is tried again
MOST_RESTS = 4
SLOW = 0.8  # seconds after which a failure was a silence


class Asker:
    """Through a door, with the same headers each time. Its addresses never stand in an error.

    After a read that failed twice, or a limit, reads are refused here for `rest` seconds (or as long as the platform
    said), twice as long after each further failure up to MOST_RESTS times: a platform that is away then costs a batch
    of work one wait and not one for each of its questions.
    """

    def __init__(self, door: Door, headers: Mapping[str, str], rest: float) -> None:
        self._door, self._headers, self._rest = door, dict(headers), rest
        self._rests_until, self._failures = 0.0, 0

    def __repr__(self) -> str:
        return f"Asker({self._door.site.name})"

    def read(self, path: str, query: Mapping[str, str | int] | None = None) -> Answer:
        """GET; `path` begins with a slash. Raises Unavailable, Refused or Halted."""
        asked = f"?{urlencode(query)}" if query else ""
        return self._patiently("GET", path + asked, b"")

    def inquire(self, path: str, content: Any) -> Answer:
        """A read that goes as POST, such as a GraphQL query. Raises as `read`."""
        return self._patiently("POST", path, json.dumps(content).encode())

    def write(self, path: str, content: Any) -> Answer:
        """POST, never repeated here. Raises Unavailable (nothing was done), Unanswered (nobody knows), Refused or
        Halted.
        """
        return self._ask("POST", path, json.dumps(content).encode())

    def _patiently(self, method: str, path: str, body: bytes) -> Answer:
        self._refuse_while_resting()
        try:
            answer = self._twice(method, path, body)
        except Unavailable as found:
            problem = found
        else:
            self._failures = 0
            return answer
        rest = self._rest * min(2**self._failures, MOST_RESTS)
        self._failures += 1
        wait = problem.retry_after if problem.retry_after is not None else rest
        self._rests_until = time.monotonic() + (wait if self._rest else 0.0)
        if isinstance(problem, Unanswered):  # a question changes nothing, whatever became of it
            problem = Unavailable(str(problem), retry_after=problem.retry_after)
        raise problem

    def _twice(self, method: str, path: str, body: bytes) -> Answer:
        """A silence is not waited for a second time, and who is told to wait waits."""
        begun = time.monotonic()
        try:
            return self._ask(method, path, body)
        except Unavailable as problem:
            slow = time.monotonic() - begun > SLOW
            if slow or isinstance(problem, Limited) or (problem.retry_after or 0) > 1:
                raise
        time.sleep(PAUSE)
        return self._ask(method, path, body)

    def _refuse_while_resting(self) -> None:
        left = self._rests_until - time.monotonic()
        if left > 0:
            raise Unavailable(f"{self._door.site.name} antwoordt nu niet", retry_after=max(1.0, left))

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        headers = self._headers | ({"Content-Type": "application/json"} if body else {})
        return self._door.ask(method, self._door.site.base_url.rstrip("/") + path, headers, body)
