"""What an answer of X means: later, never, nobody knows, or stop until a human acts."""

from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import Answer, json_error, retry_after

# Last parts of a problem's `type`; its host moved from api.twitter.com to api.x.com once already.
_NO_READING = ("client-forbidden", "unsupported-authentication", "oauth1-permissions")
_SPENT = "usage-capped"
_TAKEN = "TooManyConnections"


class TooOld(Refused):
    """since_id or start_time lies before the seven days that X still knows."""


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer of X stands for; None when it may be used."""
    problem = answer.fields()
    kind = str(problem.get("type", "")).rpartition("/")[2]
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
