"""The red line of cases that nobody takes, alone, for a page that heard that a case changed."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from socialwatch.web.auth import Signed
from socialwatch.web.render import page

router = APIRouter()


@router.get("/alarm")
def alarm(request: Request, visitor: Signed) -> Response:
    return page(request, "alarm.html")
