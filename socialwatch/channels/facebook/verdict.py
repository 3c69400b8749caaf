"""What an answer of the Graph API means: later, never, nobody knows, or stop; and how full the limit is."""

import json
import math
from collections.abc import Mapping
from typing import Any

from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import Answer, doubt, json_error, retry_after

PAUSE = 300.0  # seconds, when Meta does not say how long
APP, PAGE, BUSINESS = "x-app-usage", "x-page-usage", "x-business-use-case-usage"
USAGE = (APP, PAGE, BUSINESS)
_LARGEST = 10**9  # no code, percentage or number of minutes comes near

# https://developers.facebook.com/docs/graph-api/guides/error-handling and .../overview/rate-limiting
_LIMITS = {4, 17, 32, 341, 368, 613, *range(80000, 80015)}
_TRANSIENT = {
    1,
    2,
    1200,
}  # 1200: a private message, https://developers.facebook.com/docs/messenger-platform/error-codes
_SIGN_IN = {102, 104, 190}
_SIGN_IN_SUBCODES = {458, 459, 460, 463, 464, 467}
_PERMISSION = {3, 10, *range(200, 300)}
_DUPLICATE, _ANSWERED = 506, 10900
_NOT_THERE = {(100, 33), (803, None)}


class NotAllowed(Refused):
    """The page token lacks a permission, for this object or at all."""


class AnsweredBefore(Refused):
    """A post or comment can be answered in private once; a colleague did, or we did and never heard."""


class TooMuch(Unavailable):
    """One page of a list would hold too much: ask for a shorter one."""


class NotThere(Refused):
    """The object does not exist (any more), or is hidden from us: Meta does not say which."""


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer of Graph stands for; None when it may be used. Without a code the HTTP status decides."""
    error = answer.fields().get("error")
    if not isinstance(error, dict):
        return json_error(answer)
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    said = f"{str(error.get('message') or 'zonder uitleg')[:300]} (code {code}, spoor {error.get('fbtrace_id')})"
    wait = regain(answer.headers) or retry_after(answer.headers)
    if code in _LIMITS:
        return Unavailable(f"Facebook vraagt om te wachten: {said}", retry_after=wait)
    if code in _SIGN_IN or subcode in _SIGN_IN_SUBCODES:
        return Halted(f"Facebook weigert page_token, koppel de pagina opnieuw: {said}")
    if "appsecret_proof" in said:
        return Halted(f"Facebook weigert het bewijs met app_secret, controleer die sleutel: {said}")
    if code in _PERMISSION:
        return NotAllowed(f"Facebook staat dit niet toe: {said}")
    if (code, subcode) in _NOT_THERE or code == 803:
        return NotThere(f"Facebook vindt dit niet: {said}")
    return _other(answer, error, said)


def _other(answer: Answer, error: Mapping[str, Any], said: str) -> SocialwatchError:
    code = _number(error.get("code"))
    if code == _ANSWERED:
        return AnsweredBefore(f"Facebook zegt dat hier al privé op geantwoord is: {said}")
    if code == _DUPLICATE and answer.method == "POST":
        return Unanswered(f"Facebook heeft deze tekst al van ons; kijk of het antwoord er staat: {said}")
    if code == 1 and answer.method == "GET" and "reduce the amount of data" in said:
        return TooMuch(f"Facebook vindt dit te veel in een keer: {said}")
    if code in _TRANSIENT or error.get("is_transient") is True or answer.status >= 500:
        return doubt(answer, f"Facebook is in storing: {said}")
    if answer.status == 429:
        return Unavailable(f"Facebook vraagt om te wachten: {said}", retry_after=retry_after(answer.headers))
    if answer.status == 401:
        return Halted(f"Facebook weigert page_token: {said}")
    return Refused(f"Facebook weigert dit: {said}")


def fullness(headers: Mapping[str, str]) -> int:
    """The fullest of all limits that the headers tell of, in per cent; 0 when they tell nothing."""
    counted = [_read(headers, APP), _read(headers, PAGE), *_business(headers)]
    names = ("call_count", "total_cputime", "total_time")
    return max((_number(one.get(name)) or 0 for one in counted for name in names), default=0)


def regain(headers: Mapping[str, str]) -> float | None:
    """Seconds until access comes back; Meta counts in minutes. None when the headers do not say."""
    minutes = [_number(one.get("estimated_time_to_regain_access")) or 0 for one in _business(headers)]
    return max(minutes, default=0) * 60.0 or None


def _business(headers: Mapping[str, str]) -> list[dict[str, Any]]:
    listed = _read(headers, BUSINESS).values()
    return [one for uses in listed if isinstance(uses, list) for one in uses if isinstance(one, dict)]


def _read(headers: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        content = json.loads(headers.get(name, "{}"))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return int(min(max(value, -_LARGEST), _LARGEST))
