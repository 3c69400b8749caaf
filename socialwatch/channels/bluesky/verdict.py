"""What an answer of a Bluesky server (XRPC) means: later, never, nobody knows, or stop until a human acts."""

from dataclasses import replace

from socialwatch.errors import Halted, Refused, SocialwatchError, Unavailable
from socialwatch.outgoing import Answer, json_error

_STALE = ("ExpiredToken", "InvalidToken")
_CLOSED = ("AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoTakendown", "RepoDeactivated")


class Stale(Unavailable):
    """The session is over: sign in again. Nothing was done."""


class Taken(Refused):
    """There is a record under this key already."""


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer stands for; None when it may be used. Names as in the lexicons of com.atproto."""
    problem = answer.fields()
    kind = str(problem.get("error") or "")
    if answer.status in (400, 401, 403) and kind:
        return _named(answer, kind, problem)
    if answer.status == 429:  # ratelimit-reset holds a Unix time, as X's x-rate-limit-reset does
        reset = answer.headers.get("ratelimit-reset", "")
        return json_error(replace(answer, headers={"x-rate-limit-reset": reset, **answer.headers}))
    return json_error(answer)


def _named(answer: Answer, kind: str, problem: dict[str, object]) -> SocialwatchError | None:
    if kind in _STALE:
        return Stale("De sessie bij Bluesky is verlopen")
    if kind in _CLOSED:
        return Halted("Bluesky heeft dit account gesloten of stilgezet")
    if kind == "AuthFactorTokenRequired":
        return Halted("Bluesky vraagt om een code per mail; maak een app-wachtwoord en zet dat in app_password")
    if kind == "InvalidSwap":
        return Taken("Onder deze sleutel staat bij Bluesky al iets")
    if answer.status == 401:
        return Halted("Bluesky weigert de aanmelding (401): handle of app_password is onjuist of ingetrokken")
    return Refused(f"Bluesky weigert dit verzoek: {_said(problem)}")


def _said(problem: dict[str, object]) -> str:
    said = problem.get("message") or problem.get("error")
    return said[:300] if isinstance(said, str) and said else "zonder uitleg"
