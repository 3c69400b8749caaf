"""What an answer of a Mastodon server means: later, never, nobody knows, or stop until a human acts."""

import json
from dataclasses import replace
from datetime import datetime

from socialwatch.errors import Halted, Refused, SocialwatchError
from socialwatch.outgoing import Answer, json_error, status_error, unreadable


class NotThere(Refused):
    """It is not there (any more), or not for us to see."""


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer stands for; None when it may be used. A list is as sound as an object here."""
    if 200 <= answer.status < 300:
        return None if _is_json(answer) else unreadable(answer)
    said = answer.fields().get("error")
    if answer.status == 429:
        return status_error(replace(answer, headers=_with_reset(answer)))
    if not isinstance(said, str):
        return json_error(answer)
    if answer.status in (404, 410):
        return NotThere("Dit staat niet (meer) op Mastodon")
    if answer.status == 403 and ("scope" in said.lower() or "disabled" in said.lower()):
        return Halted(f"Mastodon geeft deze sleutel geen toegang: {said[:300]}")
    if answer.status in (400, 403, 422):
        return Refused(f"Mastodon weigert dit verzoek: {said[:300]}")
    return status_error(answer)


def _is_json(answer: Answer) -> bool:
    try:
        return isinstance(json.loads(answer.body), list | dict)
    except (ValueError, RecursionError):
        return False


def _with_reset(answer: Answer) -> dict[str, str]:
    """Mastodon says until when in ISO 8601 (docs.joinmastodon.org/api/rate-limits), X in Unix time."""
    headers = dict(answer.headers)
    try:
        until = datetime.fromisoformat(headers.get("x-ratelimit-reset", ""))
        headers["x-rate-limit-reset"] = str(int(until.timestamp()))
    except (ValueError, OverflowError):
        pass
    return headers
