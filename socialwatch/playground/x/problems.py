"""X's error bodies: problem documents, and the partial errors that travel in an answer with status 200."""

from collections.abc import Mapping
from typing import Any

from socialwatch.playground.wire import Answer, json_answer

INVALID = "One or more parameters to your request was invalid."


class Refusal(Exception):
    """Ends the handling of a request with this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Answer:
    """A problem document; `kind` is the last part of its type, or about:blank."""
    named = kind if kind == "about:blank" else f"https://api.x.com/2/problems/{kind}"
    body = {"title": title, "detail": detail, "type": named, "status": status, **more}
    return json_answer(status, body, kind="problem+json")


def unauthorized() -> Answer:
    return problem(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str) -> Answer:
    return problem(403, "Forbidden", detail)


def unsupported_authentication() -> Answer:
    detail = (
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  "
        "Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    )
    return problem(403, "Unsupported Authentication", detail, "unsupported-authentication")


def only_application() -> Answer:
    detail = (
        "Authenticating with OAuth 1.0a User Context is forbidden for this endpoint.  "
        "Supported authentication types are [OAuth 2.0 Application-Only]."
    )
    return problem(403, "Unsupported Authentication", detail, "unsupported-authentication")


def invalid(parameters: Mapping[str, str], message: str) -> Answer:
    """400: `parameters` are the names and values at fault."""
    at_fault = {name: [value] for name, value in parameters.items()}
    errors = [{"parameters": at_fault, "message": message}]
    return problem(400, "Invalid Request", INVALID, "invalid-request", errors=errors)


def not_found(parameter: str, value: str, kind: str) -> dict[str, Any]:
    """A partial error: one thing that was asked for does not exist (any more). `kind` is user, tweet or post."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": "https://api.x.com/2/problems/resource-not-found",
    }


def too_many() -> Answer:
    return problem(429, "Too Many Requests", "Too Many Requests")


def out_of_credits() -> Answer:
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return problem(402, "CreditsDepleted", detail, "credits")
