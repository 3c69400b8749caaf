"""Signing in and out."""

import secrets
import threading
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.agent import Agent
from socialwatch.steps import present
from socialwatch.store import agents
from socialwatch.web import dutch
from socialwatch.web.auth import cookie_name, form_cookie, local_path, session_key, set_cookie
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.passwords import verify
from socialwatch.web.render import page

router = APIRouter()

# One at a time: ten guesses at once must not all pass the count before one of them is written down.
_one_at_a_time = threading.Lock()


@router.get("/inloggen")
def ask(request: Request, next: str = "/") -> Response:
    if request.state.visitor is not None:
        return RedirectResponse(local_path(next), 303)
    return _form(request, next)


def _form(request: Request, wanted: str, problem: str = "", email: str = "", status: int = 200) -> Response:
    desk = desk_of(request)
    token = request.cookies.get(form_cookie(desk)) or secrets.token_urlsafe(32)
    shown = page(
        request, "sign_in.html", status=status, token=token, next=local_path(wanted), problem=problem, email=email,
        hint=desk.hint,
    )  # fmt: skip
    set_cookie(shown, desk, form_cookie(desk), token)
    return shown


@router.post("/inloggen")
def sign_in(
    request: Request,
    email: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    next: Annotated[str, Form()] = "/",
) -> Response:
    desk = desk_of(request)
    with _one_at_a_time:
        found, problem = _try(desk, email.strip(), password, _visitor_address(request))
    if found is None:
        status = 429 if problem == dutch.TOO_MANY_GUESSES else 401
        return _form(request, next, problem, email, status)
    old = request.cookies.get(cookie_name(desk))
    with desk.database.write() as unit:
        if old:
            agents.sign_off(unit, old)
        secret = agents.sign_on(unit, found, desk.wall())
        present.arrive(unit, found, desk.clock())
        agents.note(unit, found, "sign_in", f"agent:{found.id}", desk.clock())
    answered = RedirectResponse(local_path(next), 303)
    set_cookie(answered, desk, cookie_name(desk), secret, agents.LONGEST)
    answered.delete_cookie(form_cookie(desk), path="/", secure=desk.secure_cookies, httponly=True, samesite="lax")
    return answered


def _visitor_address(request: Request) -> str:
    return f"ip:{request.client.host if request.client else '?'}"


def _try(desk: Desk, email: str, password: str, address: str) -> tuple[Agent | None, str]:
    """The agent, or why not. A wrong guess counts against the account and against the address it came from."""
    account = f"account:{email.lower()}"
    with desk.database.read() as unit:
        free = agents.may_guess(unit, account) and agents.may_guess(unit, address)
        known = agents.by_email(unit, email) if free else None
    if not free:
        return None, dutch.TOO_MANY_GUESSES
    if verify(known[1] if known else None, password) and known:
        return known[0], ""
    with desk.database.write() as unit:
        agents.guessed(unit, account)
        agents.guessed(unit, address)
    return None, dutch.WRONG_SIGN_IN


@router.post("/uitloggen")
def sign_out(request: Request) -> Response:
    desk = desk_of(request)
    secret = request.cookies.get(cookie_name(desk))
    if secret:
        with desk.database.write() as unit:
            found = agents.signed_in(unit, secret, desk.wall())
            if found is not None:
                present.leave(unit, found.agent)
            agents.sign_off(unit, secret)
        request.app.state.live.drop(session_key(secret))
    answered = RedirectResponse("/inloggen", 303)
    answered.delete_cookie(cookie_name(desk), path="/", secure=desk.secure_cookies, httponly=True, samesite="lax")
    return answered
