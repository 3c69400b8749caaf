"""The desk as one application: guard, headers, pages, friendly errors."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from socialwatch.errors import OutsideMandate, Refused, Unavailable
from socialwatch.web import dutch
from socialwatch.web.auth import Forged, SignInFirst, guard
from socialwatch.web.body import BodyLimit, TooLarge
from socialwatch.web.desk import Desk as Desk
from socialwatch.web.headers import Headers, put_headers
from socialwatch.web.live import Live
from socialwatch.web.pages import (
    acts,
    addresses,
    alarm,
    answer,
    around,
    asking,
    blocks,
    call,
    case,
    chances,
    channels,
    coach,
    correct,
    forget,
    gestures,
    handing,
    inbox,
    later,
    lines,
    mend,
    merging,
    posts,
    presence,
    protocol,
    reputation,
    sign_in,
    situations,
    stories,
    stream,
    stuck,
    survey,
    team,
    thanks,
    today,
    vitals,
    webhooks,
    who,
)
from socialwatch.web.render import environment, page
from socialwatch.web.returning import came_from, page_of, place
from socialwatch.web.shared import Shared

log = logging.getLogger(__name__)

ROSTER = (presence, handing, protocol, team, alarm, addresses)
REPLYING = (answer, coach, mend, blocks)
DOSSIER = (case, around, *REPLYING, correct, call, who, gestures, asking, later, forget, lines, merging)
AFTERWARDS = (thanks, stories, survey)
LISTS = (today, situations, inbox, acts, chances)
MACHINERY = (channels, stuck, stream, vitals, webhooks)
PAGES = (*ROSTER, *LISTS, *DOSSIER, *AFTERWARDS, sign_in, reputation, posts, *MACHINERY)


def create_app(desk: Desk) -> FastAPI:
    """The desk. `app.state.live` holds the streams: stop them before waiting for open connections (web/serve does)."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(guard)], lifespan=_lifespan)
    app.state.desk = desk
    app.state.live = Live(desk.database)
    app.state.templates = environment()
    app.state.touched = {}
    app.state.figures = {}
    app.state.goals = {}
    app.state.ready = {}
    app.state.said = {}
    app.state.shared = Shared()
    app.add_middleware(BodyLimit)
    app.add_middleware(Headers, secure=desk.secure_cookies)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for each in PAGES:
        app.include_router(each.router)
    _add_errors(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    live: Live = app.state.live
    live.start()
    yield
    live.stop()
    live.join()


def _add_errors(app: FastAPI) -> None:
    app.add_exception_handler(SignInFirst, _sign_in)
    app.add_exception_handler(Forged, lambda request, _: _problem(request, 403, dutch.FORGED))
    app.add_exception_handler(TooLarge, lambda request, _: _problem(request, 413, dutch.TOO_LARGE))
    app.add_exception_handler(OutsideMandate, lambda request, problem: _problem(request, 403, str(problem)))
    app.add_exception_handler(Refused, lambda request, problem: _problem(request, 422, str(problem)))
    app.add_exception_handler(Unavailable, lambda request, _: _problem(request, 503, dutch.DATABASE_AWAY))
    app.add_exception_handler(RequestValidationError, lambda request, _: _problem(request, 422, dutch.FORM_WRONG))
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)


def _sign_in(request: Request, _: Exception) -> Response:
    """To the sign-in page; a fragment says so in its header, because htmx would paste the page into a pane."""
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": _to_sign_in(page_of(request))})
    if request.headers.get("accept", "").startswith("text/event-stream"):
        return Response(status_code=204)  # tells an EventSource to stop trying
    return RedirectResponse(_to_sign_in(place(request) if request.method == "GET" else "/"), 303)


def _to_sign_in(back: str) -> str:
    return "/inloggen" if back == "/" else f"/inloggen?{urlencode({'next': back})}"


def _http(request: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    return _problem(request, status, dutch.ABSENT if status == 404 else dutch.FORM_WRONG)


def _broken(request: Request, problem: Exception) -> Response:
    # This answer passes outside the middleware, so it brings its own headers.
    route = getattr(request.scope.get("route"), "path", request.url.path)  # a path may hold a customer's token
    log.error("%s %s failed", request.method, route, exc_info=problem)
    answered = _problem(request, 500, dutch.BROKEN)
    put_headers(answered.headers, secure=request.app.state.desk.secure_cookies)
    return answered


def _problem(request: Request, status: int, sentence: str) -> Response:
    return page(request, "problem.html", status=status, sentence=sentence, code=status, back=came_from(request))
