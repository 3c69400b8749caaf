"""The way from a path of X's API to its call: who may ask, how often, and what the answer carries in its headers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from socialwatch.playground.keys import Keys
from socialwatch.playground.living import World
from socialwatch.playground.wire import Answer, Request
from socialwatch.playground.x import calls
from socialwatch.playground.x.auth import caller
from socialwatch.playground.x.compliance import Jobs
from socialwatch.playground.x.limits import Limits
from socialwatch.playground.x.problems import (
    Refusal,
    only_application,
    problem,
    too_many,
    unauthorized,
    unsupported_authentication,
)
from socialwatch.playground.x.rules import Rules
from socialwatch.playground.x.stream import Stream

API_VERSION = "2.167"


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint: its name in the documents, its path, its call, and who alone may use it."""

    name: str
    path: re.Pattern[str]
    call: calls.Call
    account_only: bool = False
    app_only: bool = False


def _route(name: str, call: calls.Call, *, account_only: bool = False, app_only: bool = False) -> Route:
    path = re.sub(r":id\b", r"([0-9]{1,19})", name.split(" ")[1])
    return Route(name, re.compile(re.sub(r":username", r"([A-Za-z0-9_]{1,15})", path)), call, account_only, app_only)


ROUTES = (
    _route("GET /2/users/me", calls.me, account_only=True),
    _route("GET /2/users/by/username/:username", calls.by_username),
    _route("GET /2/users/:id/mentions", calls.mentions),
    _route("GET /2/users/:id/tweets", calls.own_posts),
    _route("GET /2/tweets/search/recent", calls.search),
    _route("GET /2/tweets", calls.lookup),
    _route("GET /2/tweets/:id", calls.one_post),
    _route("POST /2/tweets", calls.create, account_only=True),
    _route("POST /2/users/:id/likes", calls.like, account_only=True),
    _route("DELETE /2/tweets/:id", calls.delete, account_only=True),
)


def _of_the_app(stream: Stream, rules: Rules, jobs: Jobs) -> tuple[Route, ...]:
    """What X opens to an app's bearer token only, and remembers from one request to the next."""
    found = {
        "GET /2/tweets/search/stream": stream.connect,
        "GET /2/tweets/search/stream/rules": rules.listed,
        "POST /2/tweets/search/stream/rules": rules.changed,
        "POST /2/compliance/jobs": jobs.create,
        "GET /2/compliance/jobs": jobs.listed,
        "GET /2/compliance/jobs/:id": jobs.one,
        "PUT /2/compliance/jobs/:id/upload": jobs.upload,
        "GET /2/compliance/jobs/:id/download": jobs.download,
        "GET /2/usage/tweets": calls.usage,
    }
    return tuple(_route(name, call, app_only=True) for name, call in found.items())


@dataclass(slots=True)
class X:
    """X's side of the playground."""

    world: World
    keys: Keys
    allowed: Mapping[str, int] = field(default_factory=dict)
    limits: Limits = field(init=False)
    stream: Stream = field(init=False)
    routes: tuple[Route, ...] = field(init=False)

    def __post_init__(self) -> None:
        rules, jobs = Rules(), Jobs()
        self.limits, self.stream = Limits(self.allowed), Stream(self.world, rules)
        self.routes = (*ROUTES, *_of_the_app(self.stream, rules, jobs))

    def answer(self, request: Request) -> Answer:
        """The answer to one request, before any fault."""
        who = caller(request, self.keys)
        if who is None:
            return unauthorized()
        for route in self.routes:
            found = route.path.fullmatch(request.path)
            if found and route.name.startswith(f"{request.method} "):
                fits, headers = self.limits.count(route.name, who)
                return _with(self._call(route, request, who, found) if fits else too_many(), headers)
        return problem(404, "Not Found", f"No endpoint {request.method} {request.path}")

    def _call(self, route: Route, request: Request, who: str, found: re.Match[str]) -> Answer:
        if route.account_only and who != "user":
            return unsupported_authentication()
        if route.app_only and who != "app":
            return only_application()
        try:
            return route.call(self.world, request, found[1] if found.re.groups else "")
        except Refusal as refusal:
            return refusal.answer


def _with(answer: Answer, headers: Mapping[str, str]) -> Answer:
    more = {**answer.headers, **headers, "api-version": API_VERSION}
    return replace(answer, headers=more)
