"""The question afterwards, as the customer sees it: one page, no login, one answer; opening it changes nothing.

Mail programs and their scanners follow links, so a GET only reads. The link's name is signed and kept as a hash: who
has the link may answer once, and learns nothing else, so no session and no other token is asked.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.survey import EXPIRES, LONGEST, unsealed
from socialwatch.store import surveys
from socialwatch.store.surveys import Survey
from socialwatch.store.unit import Unit
from socialwatch.web.auth import ASKED
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.render import page

router = APIRouter()
NO_SCORE = "Kies eerst een cijfer van 0 tot en met 10."


@dataclass(frozen=True, slots=True)
class Asked:
    """The question behind a link. `over` is "" while it takes an answer, else "answered", "expired", or "unknown" for
    what is no link of ours (`survey` is None then).
    """

    survey: Survey | None
    over: str


def _asked(unit: Unit, at: Desk, token: str) -> Asked:
    name = unsealed(at.surveys.secret, token) if at.surveys.secret else None
    found = surveys.by_name(unit, name) if name else None
    if found is None:
        return Asked(None, "unknown")
    if found.answered_at is not None:
        return Asked(found, "answered")
    fresh = found.sent_at is not None and at.clock() < found.sent_at + EXPIRES
    return Asked(found, "" if fresh and found.state in surveys.OUT else "expired")


def _page(request: Request, token: str, asked: Asked, status: int = 200, **values: object) -> Response:
    at, brand = desk_of(request), asked.survey.brand if asked.survey else ""
    rules = at.surveys.brands.get(brand)
    status = 404 if asked.survey is None else status
    shown = {"problem": "", "words": ""} | values
    return page(
        request, "survey.html", status=status, token=token, over=asked.over, form=rules.form if rules else "je",
        brand_name=at.brand_names.get(brand, brand), longest=LONGEST, **shown,
    )  # fmt: skip


@router.get(ASKED + "{token}")
def ask(request: Request, token: str) -> Response:
    at = desk_of(request)
    with at.database.read() as unit:
        asked = _asked(unit, at, token)
    return _page(request, token, asked)


@router.post(ASKED + "{token}")
def answer(
    request: Request,
    token: str,
    score: Annotated[str, Form(max_length=4)] = "",
    words: Annotated[str, Form(max_length=4 * LONGEST)] = "",
) -> Response:
    """Keep one answer. A second one, or a late one, is told so; nothing is lost by pressing twice."""
    at = desk_of(request)
    said = words.replace("\r\n", "\n").strip()[:LONGEST]
    number = int(score) if score.isdecimal() and score.isascii() and int(score) <= 10 else None
    with at.database.write() as unit:
        asked = _asked(unit, at, token)
        if asked.survey and not asked.over and number is not None:
            surveys.answer(unit, asked.survey.id, number, said, at.clock())
    if asked.survey is None:
        return _page(request, token, asked)
    if not asked.over and number is None:
        return _page(request, token, asked, 422, problem=NO_SCORE, words=said)
    return RedirectResponse(f"{ASKED}{token}", 303)
