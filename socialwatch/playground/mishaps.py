"""How a switched-on fault looks on the wire of each platform."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from socialwatch.playground.faults import Fault
from socialwatch.playground.graph import errors
from socialwatch.playground.living import World
from socialwatch.playground.wire import Answer, Request
from socialwatch.playground.x import problems
from socialwatch.playground.x.pages import since_too_old

_HTML = b"<!DOCTYPE html><html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>"
_AFTER_THE_WORK = ("half", "swallow", "delay")


def traits(request: Request) -> frozenset[str]:
    """What about a request decides whether a fault waits for it."""
    is_list = request.method == "GET" and request.path.rsplit("/", 1)[-1] in ("feed", "tagged", "posts", "comments")
    found = {"since_id"} if "since_id" in request.query else set()
    return frozenset(found | ({"list"} if is_list else set()))


def mishap(fault: Fault, request: Request, world: World, work: Callable[[], Answer]) -> Answer:
    """The answer under a fault; `work` is the right one, asked for only where the fault lets the work be done."""
    if fault.kind in _AFTER_THE_WORK:
        return _after(fault, work())
    if fault.kind == "since_too_old":
        answer: Answer = since_too_old(request.query["since_id"], world.now())
        return answer
    return {**_ANY, **(_X if fault.platform == "x" else _GRAPH)}[fault.kind](fault)


def _after(fault: Fault, answer: Answer) -> Answer:
    if fault.kind == "swallow":
        return replace(answer, ending="hang up")
    if fault.kind == "half":
        return replace(answer, body=answer.body[: max(1, len(answer.body) // 2)])
    return replace(answer, wait=fault.seconds)


def _limit(fault: Fault) -> Answer:
    end = int(time.time() + fault.seconds)
    headers = {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(end)}
    answer = problems.too_many()
    return replace(answer, headers={**answer.headers, **headers})


def _transient(_: Fault) -> Answer:
    return problems.problem(503, "Service Unavailable", "Service Unavailable")


_Maker = Callable[[Fault], Answer]
_ANY: Mapping[str, _Maker] = {
    "html": lambda fault: Answer(503, _HTML, {"content-type": "text/html; charset=utf-8"}),
    "empty": lambda fault: Answer(200, b"", {"content-type": "application/json; charset=utf-8"}),
    "close": lambda fault: Answer(200, ending="hang up"),
}
_X: Mapping[str, _Maker] = {
    "429": _limit,
    "429-no-reset": lambda fault: problems.too_many(),
    "402": lambda fault: problems.out_of_credits(),
    "401": lambda fault: problems.unauthorized(),
    "403": lambda fault: problems.forbidden("You are not permitted to perform this action."),
    "transient": _transient,
}
_GRAPH: Mapping[str, _Maker] = {
    "429": lambda fault: errors.page_limit(),
    "429-no-reset": lambda fault: errors.app_limit(),
    "401": lambda fault: errors.expired_token(),
    "403": lambda fault: errors.not_allowed(),
    "transient": lambda fault: errors.transient(),
}
