"""Correct (*jouw inschatting*): an agent corrects the first impression in one key, and may take that back."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.correction import What
from socialwatch.errors import Refused
from socialwatch.store import corrections
from socialwatch.web.acting import acting
from socialwatch.web.auth import Signed
from socialwatch.web.dossier_words import NOTHING_TO_CORRECT, NOTHING_TO_TAKE_BACK

router = APIRouter()


@router.post("/dossier/{number}/inschatting")
def correct(request: Request, visitor: Signed, number: int, correction: Annotated[What, Form()]) -> Response:
    with acting(request, visitor, number, "correct") as act:
        if not corrections.correct(act.unit, visitor.agent, act.case, correction, act.now):
            raise Refused(NOTHING_TO_CORRECT[correction])
    return _back(number)


@router.post("/dossier/{number}/inschatting/terug")
def take_back(request: Request, visitor: Signed, number: int) -> Response:
    with acting(request, visitor, number, "correct_undone") as act:
        if not corrections.take_back(act.unit, visitor.agent, act.case, act.now):
            raise Refused(NOTHING_TO_TAKE_BACK)
    return _back(number)


def _back(number: int) -> Response:
    return RedirectResponse(f"/dossier/{number}#indruk", 303)
