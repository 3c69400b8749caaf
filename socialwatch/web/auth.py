"""Who is at the desk: sessions, and the one guard through which every request passes.

The guard hangs on the whole application, so that a new route cannot forget it: every page asks for a signed-in agent
except the open paths, and every unsafe request must come from our own page (Origin or Sec-Fetch-Site) with the token of
its session. Somebody who has not signed in yet has a token too: a cookie that the sign-in form repeats.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from socialwatch.domain.agent import Agent, Role, answers_customers
from socialwatch.errors import OutsideMandate
from socialwatch.store import agents
from socialwatch.web.body import WEBHOOKS
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.dutch import NOT_YOUR_ROOM, READ_ONLY

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = frozenset({"/inloggen"})
# For machines: no session, no token, nothing personal in the answer. A webhook proves itself by its signature.
# For customers: the one question afterwards, known by the signed name in its path, as a webhook by its signature.
ASKED = "/vraag/"
MACHINE_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
SIGN_OUT = "/uitloggen"
TOUCH_AFTER = timedelta(minutes=5)
# Who reads along searches too, and keeps filters of their own: nothing of a customer changes by that.
LOOKING = "/inbox/"
# What a page asks by itself, as long as it is open: nobody need be behind it, so it keeps no session alive.
BY_ITSELF = ("/hier", "/wie-kijkt")


class SignInFirst(Exception):
    """Nobody is signed in; the page may come back to where it was."""


class Forged(Exception):
    """An unsafe request that did not come from our own page, or without its token."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The signed-in agent of this request. `key` names the session without being its secret."""

    agent: Agent
    csrf: str
    key: str

    @property
    def answers(self) -> bool:
        return answers_customers(self.agent)

    @property
    def leads(self) -> bool:
        """Whether Beheer is theirs: team leads and administrators."""
        return self.agent.role in (Role.LEAD, Role.ADMIN)


def for_machines(request: Request) -> bool:
    """Whether this request asks a route that knows no agents."""
    path = str(request.scope["path"])
    return path in MACHINE_PATHS or path.startswith((WEBHOOKS, ASKED))


async def given_token(request: Request) -> str | None:
    """The token that an unsafe request carries, in its header or its form."""
    if request.method in SAFE or for_machines(request):
        return None
    if header := request.headers.get("x-csrf-token"):
        return header
    given = (await request.form(max_files=0)).get("csrf")
    return given if isinstance(given, str) else None


def guard(request: Request, given: Annotated[str | None, Depends(given_token)]) -> None:
    """1. who is it · 2. an unsafe request must be ours · 3. who may come in · 4. who reads along changes nothing."""
    if for_machines(request):
        request.state.visitor = None
        return
    request.state.mark = request.app.state.live.mark  # before anything is read, so that the page shows at least this
    visitor = _visitor(request, desk_of(request))
    request.state.visitor = visitor
    unsafe = request.method not in SAFE
    if unsafe:
        _check_ours(request, visitor, given)
    if visitor is None and request.url.path not in OPEN_PATHS:
        raise SignInFirst
    free = request.url.path in {*OPEN_PATHS, SIGN_OUT} or request.url.path.startswith(LOOKING)
    if unsafe and visitor and not visitor.answers and not free:
        raise OutsideMandate(READ_ONLY)


def _visitor(request: Request, desk: Desk) -> Visitor | None:
    secret = request.cookies.get(cookie_name(desk))
    if not secret:
        return None
    now = desk.wall()
    with desk.database.read() as unit:
        session = agents.signed_in(unit, secret, now)
    if session is None:
        return None
    if not request.url.path.endswith(BY_ITSELF):
        _touch(request, secret, now)
    return Visitor(session.agent, session.csrf, session_key(secret))


def _touch(request: Request, secret: str, now: datetime) -> None:
    """Write down that a session is used, at most once in five minutes, so that reading a page is not a write."""
    touched: dict[str, datetime] = request.app.state.touched
    key = session_key(secret)
    if key in touched and touched[key] + TOUCH_AFTER > now:
        return
    if len(touched) > 10_000:
        touched.clear()
    touched[key] = now
    with desk_of(request).database.write() as unit:
        agents.seen(unit, secret, now)


def _check_ours(request: Request, visitor: Visitor | None, given: str | None) -> None:
    expected = visitor.csrf if visitor else request.cookies.get(form_cookie(desk_of(request)))
    if not same_site(request) or not given or not expected:
        raise Forged
    if not secrets.compare_digest(given.encode(), expected.encode()):
        raise Forged


def same_site(request: Request) -> bool:
    """Whether the browser says that this request came from our own pages; no word at all is a no."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is None:
        return site == "same-origin"
    return urlsplit(origin).netloc == request.headers.get("host") and site in (None, "same-origin")


def signed_in(request: Request) -> Visitor:
    """The visitor that the guard let in."""
    visitor: Visitor | None = request.state.visitor
    if visitor is None:
        raise SignInFirst
    return visitor


Signed = Annotated[Visitor, Depends(signed_in)]


def in_charge(request: Request) -> Visitor:
    """The visitor, when Beheer is theirs. Raises OutsideMandate for everybody else."""
    visitor = signed_in(request)
    if not visitor.leads:
        raise OutsideMandate(NOT_YOUR_ROOM)
    return visitor


InCharge = Annotated[Visitor, Depends(in_charge)]


def session_key(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def cookie_name(desk: Desk) -> str:
    return "__Host-socialwatch" if desk.secure_cookies else "socialwatch"


def form_cookie(desk: Desk) -> str:
    return "__Host-socialwatch-form" if desk.secure_cookies else "socialwatch-form"


def set_cookie(response: Response, desk: Desk, name: str, value: str, lasts: timedelta | None = None) -> None:
    """A cookie that no script can read and no other site can send along with a form."""
    seconds = None if lasts is None else int(lasts.total_seconds())
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=desk.secure_cookies, httponly=True, samesite="lax"
    )


def local_path(wanted: str | None) -> str:
    """Where to go after signing in: a path of our own, never another site."""
    if (
        not wanted
        or not wanted.startswith("/")
        or wanted.startswith("//")
        or "\\" in wanted
        or not wanted.isprintable()
    ):
        return "/"
    return wanted
