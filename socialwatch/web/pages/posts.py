"""The posts below a figure."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from socialwatch.store import figures
from socialwatch.store.figures import Period, Wanted
from socialwatch.web.auth import Signed
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()

FAR = 4_000_000_000  # seconds since 1970, beyond which no calendar of ours goes
Seconds = Annotated[int, Query(ge=0, le=FAR)]


@router.get("/reputatie/berichten")
def posts(
    request: Request,
    visitor: Signed,
    start: Seconds,
    end: Seconds,
    channel: str | None = None,
    hazard: str | None = None,
) -> Response:
    period = Period(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
    wanted = Wanted(period, channel or None, hazard or None)
    with desk_of(request).database.read() as unit:
        found = figures.posts(unit, visitor.agent, wanted)
    return page(request, "posts.html", found=found, wanted=wanted)
