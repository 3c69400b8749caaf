"""What an answer of Shopify means: GraphQL answers 200 to nearly everything and says in the body what went wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from socialwatch.domain.written import amount, fields, rows, text
from socialwatch.errors import Halted, Refused, SocialwatchError, Unavailable
from socialwatch.outgoing import Answer, Limited, doubt, json_error, status_error, unreadable
from socialwatch.shops.shopify.keys import OF

NAME = "Shopify"
_LONGEST = 120  # characters of a scope that Shopify names


class Denied(Refused):
    """A right is missing; `scope` as Shopify names it, "" when it does not."""

    def __init__(self, message: str, scope: str = "") -> None:
        super().__init__(message)
        self.scope = scope


class NotUnderstood(Refused):
    """A field or an argument that this version does not have."""


class TooCostly(Refused):
    """One question asks more than a question may cost; a smaller one may be answered."""


class OldKey(Halted):
    """The key is not accepted; one that lasts a day may simply be over."""


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer stands for; None when its `data` may be used."""
    if not 200 <= answer.status < 300:
        return _by_status(answer)
    content = answer.fields()
    errors = rows(content.get("errors"))
    if errors:
        return _by_errors(answer, errors, content)
    if "access_token" in content:
        return None
    return None if isinstance(content.get("data"), Mapping) else unreadable(answer)


def _by_status(answer: Answer) -> SocialwatchError | None:
    said = bool(answer.fields())
    match answer.status:
        case 401 if said:
            return OldKey(f"Shopify weigert access_token van {OF} (401): die is onjuist, ingetrokken of verlopen")
        case 400 if said and "error" in answer.fields():
            return Halted(f"Shopify weigert client_id of client_secret van {OF} (400)")
        case 402 if said:
            return Halted("Shopify heeft deze winkel stilgezet (402): er staat een rekening open")
        case 403 if said:
            return Halted(f"Shopify geeft access_token van {OF} geen toegang (403)")
        case 404 if said:
            return Halted(f"Op base_url van {OF} staat geen Shopify-winkel (404)")
        case 423 if said:
            return Halted("Shopify heeft deze winkel op slot gezet (423)")
        case 430:
            return Limited("Shopify houdt onze verzoeken tegen (430)")
    return status_error(answer) if said else json_error(answer)


def _by_errors(answer: Answer, errors: Sequence[Mapping[str, Any]], content: Mapping[str, Any]) -> SocialwatchError:
    """The gravest of a list. Without `data` nothing was begun (GraphQL specification, 7.1)."""
    codes = {str(fields(one.get("extensions")).get("code") or "") for one in errors}
    if "THROTTLED" in codes:
        return Limited("Shopify vraagt om te wachten: het tegoed aan vragen is op", retry_after=_wait(content))
    if "SHOP_INACTIVE" in codes:
        return Halted("Deze Shopify-winkel is gesloten")
    if "MAX_COST_EXCEEDED" in codes:
        return TooCostly(f"Shopify vindt deze vraag te groot; verlaag page_size van {OF}")
    denied = next((one for one in errors if _is_denial(one)), None)
    if denied is not None:
        return _denied(denied)
    if "data" in content or "INTERNAL_SERVER_ERROR" in codes:
        return doubt(answer, "Shopify kwam niet uit deze vraag")
    return NotUnderstood(f"Shopify begrijpt deze vraag niet; klopt version van {OF}?")


def _is_denial(error: Mapping[str, Any]) -> bool:
    said = str(error.get("message") or "").lower()
    code = fields(error.get("extensions")).get("code")
    return code == "ACCESS_DENIED" or "access denied" in said or "not approved to access" in said


def _denied(error: Mapping[str, Any]) -> Denied:
    if "not approved" in str(error.get("message") or "").lower():
        return Denied(
            "Shopify geeft deze app geen beschermde klantgegevens: vraag in het Dev Dashboard toegang aan tot naam, "
            "adres, e-mail en telefoon (Protected customer data)"
        )
    scope = text(fields(error.get("extensions")).get("requiredAccess")) or text(error.get("message")) or ""
    plain = "".join(sign for sign in scope[:_LONGEST] if sign.isalnum() or sign in "_`. ").replace("`", "")
    return Denied(f"Shopify geeft access_token van {OF} dit recht niet: {plain or 'onbekend'}", plain)


def _wait(content: Mapping[str, Any]) -> float | None:
    """Seconds until there is enough for the same question, from extensions.cost; None when it does not say."""
    cost = fields(fields(content.get("extensions")).get("cost"))
    status = fields(cost.get("throttleStatus"))
    numbers = [cost.get("requestedQueryCost"), status.get("currentlyAvailable"), status.get("restoreRate")]
    wanted, there, rate = (amount(number) for number in numbers)
    if wanted is None or there is None or not rate:
        return None
    return max(float((wanted - there) / rate), 0.1)


def as_read(problem: Unavailable) -> Unavailable:
    """A question that goes as POST is still a question: nothing was done."""
    if type(problem) in (Unavailable, Limited):
        return problem
    return Unavailable(str(problem), retry_after=problem.retry_after)
