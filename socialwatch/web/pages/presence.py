"""Aanwezig: an agent says whether they are here; no reason is asked, and no history kept."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.agent import Presence
from socialwatch.steps import present
from socialwatch.web.auth import Signed, local_path
from socialwatch.web.desk import desk_of

router = APIRouter()


@router.post("/aanwezig")
def be(
    request: Request,
    visitor: Signed,
    presence: Annotated[Presence, Form()],
    back: Annotated[str, Form(max_length=500)] = "/inbox",
) -> Response:
    at = desk_of(request)
    with at.database.write() as unit:
        present.be(unit, visitor.agent, presence, at.clock())
    return RedirectResponse(local_path(back), 303)
