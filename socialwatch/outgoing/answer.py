"""One answer from outside, and what its status says to the one who catches: later, never, or nobody knows."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable

DAY = 86_400.0
READS = ("GET", "HEAD")


class Limited(Unavailable):
    """We ask too often: whoever asks again at once makes it worse."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `headers` by lower-case name; `name` is how the other side is called in a sentence."""

    name: str
    method: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body as JSON. Raises Unavailable for a read and Unanswered for a write when it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            problem = unreadable(self)
        raise problem

    def fields(self) -> dict[str, Any]:
        """The body when it is a JSON object, else an empty dict: for error bodies, which may be anything."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}


Judge = Callable[[Answer], SocialwatchError | None]


def doubt(answer: Answer, sentence: str) -> Unavailable:
    """The error for an answer that does not say whether it was done: only a read may be repeated."""
    kind = Unavailable if answer.method in READS else Unanswered
    return kind(sentence, retry_after=retry_after(answer.headers))


def unreadable(answer: Answer) -> Unavailable:
    """HTML, nothing, or half a document where JSON should be."""
    return doubt(answer, f"{answer.name} gaf een onleesbaar antwoord (status {answer.status})")


def status_error(answer: Answer) -> SocialwatchError | None:
    """What the status alone says; None for 2xx. A 5xx after a write proves nothing, a 429 that nothing was done."""
    status, name = answer.status, answer.name
    if 200 <= status < 300:
        return None
    if status == 401:
        return Halted(f"{name} weigert de sleutel (401): die is onjuist of verlopen")
    if status == 402:
        return Halted(f"Het tegoed bij {name} is op (402)")
    if status in (425, 429):
        return Limited(f"{name} vraagt om te wachten ({status})", retry_after=retry_after(answer.headers))
    if status == 408 or status >= 500:
        return doubt(answer, f"{name} is in storing ({status})")
    if 300 <= status < 400:
        return doubt(answer, f"{name} antwoordt met een doorverwijzing ({status}); die volgen wij niet")
    return Refused(f"{name} weigert dit verzoek ({status})")


def json_error(answer: Answer) -> SocialwatchError | None:
    """As `status_error`, for a platform that speaks JSON only: a 2xx must carry an object.

    A refusal to read without one comes from something in between (a proxy, a firewall): no reason to give up.
    """
    problem, readable = status_error(answer), bool(answer.fields()) or answer.body.strip() == b"{}"
    if not readable and (problem is None or (type(problem) is Refused and answer.method in READS)):
        return unreadable(answer)
    return problem


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, between 1 second and a day; None when the headers do not say.

    `Retry-After` holds seconds or a date (RFC 9110 §10.2.3), X's `x-rate-limit-reset` a Unix time.
    """
    try:
        wait = _wait(headers)
    except (ValueError, TypeError, OverflowError):
        return None
    return None if wait is None else min(max(wait, 1.0), DAY)


def _wait(headers: Mapping[str, str]) -> float | None:
    said = headers.get("retry-after", "").strip()
    if said:
        return float(said) if said.isdigit() else parsedate_to_datetime(said).timestamp() - time.time()
    reset = headers.get("x-rate-limit-reset", "").strip()
    return float(reset) - time.time() if reset.isdigit() else None
