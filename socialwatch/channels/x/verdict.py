"""What an answer of X means: later, never, nobody knows, or stop until a human acts."""

from collections.abc import Mapping

from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import Answer, json_error, retry_after

# Last parts of a problem's `type`; its host moved from api.twitter.com to api.x.com once already.
_NO_READING = ("client-forbidden", "unsupported-authentication", "oauth1-permissions")
_SPENT = "usage-capped"
_TAKEN = "TooManyConnections"
_DAILY = ("x-app-limit-24hour", "x-user-limit-24hour")


class TooOld(Refused):
    """since_id or start_time lies before the seven days that X still knows."""


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer of X stands for; None when it may be used."""
    problem = answer.fields()
    kind = str(problem.get("type", "")).rpartition("/")[2]
    if answer.status == 429 and kind != _SPENT:
        return Unavailable("X vraagt om te wachten (429)", retry_after=_limit_ends(answer.headers))
    if not problem:
        return json_error(answer)
    if answer.status == 403:
        return _forbidden(answer, kind, detail(problem))
    if answer.status == 400:
        said = detail(problem)
        return TooOld(said) if _names_since(problem) else Refused(f"X kan dit verzoek niet uitvoeren: {said}")
    if answer.status == 429 and kind == _SPENT:
        return Halted("De maandlimiet van X is bereikt")
    if answer.status == 409:
        return Unavailable(f"X is nog met iets anders bezig: {detail(problem)}")
    if answer.status == 404:
        return Refused(f"X vindt dit niet: {detail(problem)}")
    return json_error(answer)


def _limit_ends(headers: Mapping[str, str]) -> float | None:
    """Seconds until a request fits again: until the last of all limits that are used up has ended.

    Beside the quarter of an hour, posting has limits of a day for the app and for the account
    (docs.x.com/x-api/fundamentals/rate-limits); their headers are in no document, but in answers that others kept.
    """
    used_up = [name for name in _DAILY if headers.get(f"{name}-remaining", "").strip() == "0"]
    ends = [retry_after({"x-rate-limit-reset": headers.get(f"{name}-reset", "")}) for name in used_up]
    return max((end for end in (retry_after(headers), *ends) if end is not None), default=None)


def judge_line(answer: Answer) -> SocialwatchError | None:
    """As `judge`, for the open line and its rules: what X refuses there will be refused again."""
    problem = answer.fields()
    if answer.status == 429 and str(problem.get("connection_issue", "")) == _TAKEN:
        wait = retry_after(answer.headers)
        return Unavailable("X houdt nog een eerdere open lijn van deze app vast", retry_after=wait)
    if answer.status in (400, 403) and problem:
        return Halted(f"X weigert de open lijn: {detail(problem)}")
    return judge(answer)


def detail(problem: dict[str, object]) -> str:
    """X's own sentence out of either of its error forms."""
    errors = problem.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    for said in (first.get("message"), problem.get("detail"), first.get("detail"), problem.get("title")):
        if isinstance(said, str) and said:
            return said[:300]
    return "zonder uitleg"


def _forbidden(answer: Answer, kind: str, said: str) -> SocialwatchError:
    if answer.method != "GET":
        if "duplicate" in said.lower():
            # X has this very text from us already: perhaps from the attempt whose answer we never saw.
            return Unanswered("X heeft deze tekst al van ons; kijk of het antwoord er staat")
        return Refused(f"X neemt dit antwoord niet aan: {said}")
    if kind in _NO_READING:
        return Halted(f"X geeft deze app geen toegang: {said}")
    return Refused(f"X weigert dit verzoek: {said}")


def _names_since(problem: dict[str, object]) -> bool:
    errors = problem.get("errors")
    named = [one.get("parameters") for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    return any(isinstance(one, dict) and ("since_id" in one or "start_time" in one) for one in named)
