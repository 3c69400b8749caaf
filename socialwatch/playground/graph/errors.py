"""Graph's error bodies and the HTTP status each travels with."""

import uuid
from collections.abc import Mapping
from typing import Any

from socialwatch.playground.wire import Answer, json_answer

_READ_ON = "Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api"


class Refusal(Exception):
    """Ends the handling of a request with this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def error(status: int, code: int, message: str, kind: str = "OAuthException", **more: Any) -> Answer:
    """One error; `more` is error_subcode and is_transient where they apply."""
    body = {"message": message, "type": kind, "code": code, **more, "fbtrace_id": f"A{uuid.uuid4().hex[:22]}"}
    headers: Mapping[str, str] = {
        "www-authenticate": f'OAuth "Facebook Platform" "invalid_request" "{_plain(message)}"'
    }
    return json_answer(status, {"error": body}, headers)


def bad_token() -> Answer:
    return error(400, 190, "Invalid OAuth access token - Cannot parse access token")


def expired_token() -> Answer:
    message = "Error validating access token: Session has expired on Saturday, 21-Nov-26 10:00:00 PST."
    return error(401, 190, message, error_subcode=463)


def no_token() -> Answer:
    return error(400, 104, "An access token is required to request this resource.")


def proof(message: str) -> Answer:
    return error(400, 100, message, "GraphMethodException")


def gone(method: str, object_id: str) -> Answer:
    """The object was deleted, never was, or is not for us: Graph does not say which."""
    message = (
        f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not exist, cannot be loaded "
        f"due to missing permissions, or does not support this operation. {_READ_ON}"
    )
    return error(400, 100, message, "GraphMethodException", error_subcode=33)


def aliases_gone(object_id: str) -> Answer:
    return error(404, 803, f"(#803) Some of the aliases you requested do not exist: {object_id}")


def bad_parameter(message: str) -> Answer:
    return error(400, 100, f"(#100) {message}")


def no_field(name: str, node: str) -> Answer:
    return bad_parameter(f"Tried accessing nonexisting field ({name}) on node type ({node})")


def not_allowed(message: str = "Permissions error") -> Answer:
    return error(403, 200, f"(#200) {message}")


def app_limit() -> Answer:
    return error(403, 4, "(#4) Application request limit reached", is_transient=True)


def page_limit() -> Answer:
    return error(403, 32, "(#32) Page request limit reached", is_transient=True)


def transient() -> Answer:
    message = "An unexpected error has occurred. Please retry your request later."
    return error(500, 2, message, is_transient=True)


def _plain(message: str) -> str:
    return message.replace('"', "'").encode("ascii", "replace").decode()
