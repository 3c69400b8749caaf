"""What an answer of a WooCommerce shop means: later, never, nobody knows, or stop until a human acts."""

import json

from socialwatch.errors import Halted, Refused, SocialwatchError
from socialwatch.outgoing import Answer, json_error, status_error, unreadable

NAME = "WooCommerce"
_NO_ROUTE = ("rest_no_route", "rest_disabled")


class NotThere(Refused):
    """No such customer, order or product, or it was deleted."""


class NotDone(Refused):
    """The shop tried what we asked, could not, and took it back."""


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer stands for; None when it may be used. Errors are {"code", "message", "data"}."""
    if 200 <= answer.status < 300:
        return None if _is_json(answer) else unreadable(answer)
    code = answer.fields().get("code")
    if not isinstance(code, str):
        return _keyless(answer) or json_error(answer)
    if answer.status in (401, 403):
        return Halted(_refused_key(answer, code))
    if code in _NO_ROUTE:
        return Refused("Op base_url staat geen WooCommerce-API: controleer base_url en zet permalinks aan")
    if answer.status in (404, 410):
        return NotThere("Dit staat niet (meer) in WooCommerce")
    if code == "woocommerce_rest_cannot_create_order_refund":  # status 500, though the shop took it back itself
        return NotDone("WooCommerce kon deze terugbetaling niet boeken")
    return status_error(answer)


def _is_json(answer: Answer) -> bool:
    try:
        return isinstance(json.loads(answer.body), list | dict)
    except (ValueError, RecursionError):
        return False


def _keyless(answer: Answer) -> SocialwatchError | None:
    """A refusal without a code still names the setting; a page of a firewall stays what json_error makes of it."""
    if answer.status == 401:
        return Halted(_refused_key(answer, ""))
    return None


def _refused_key(answer: Answer, code: str) -> str:
    rights = "Lezen/Schrijven" if answer.method not in ("GET", "HEAD") else "Lezen"
    said = f" ({code[:80]})" if code else ""
    return (
        f"WooCommerce weigert de sleutel ({answer.status}){said}: controleer consumer_key en consumer_secret "
        f"en geef ze het recht {rights}"
    )
