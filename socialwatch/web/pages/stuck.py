"""Vastgelopen, under Beheer: work that will not be tried again by itself, and a second life for it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.store import agents, audit, queue, stuck
from socialwatch.web.auth import InCharge
from socialwatch.web.desk import desk_of
from socialwatch.web.render import page

router = APIRouter()


@router.get("/beheer/vastgelopen")
def letters(
    request: Request,
    visitor: InCharge,
    number: Annotated[int, Query(alias="pagina", ge=1, le=100_000)] = 1,
    replayed: Annotated[int | None, Query(alias="opnieuw", ge=0)] = None,
) -> Response:
    return _show(request, visitor, number, replayed=replayed)


def _show(
    request: Request, visitor: InCharge, number: int, *, replayed: int | None = None, nothing: bool = False
) -> Response:
    at = desk_of(request)
    with at.database.read() as unit:
        total = stuck.count(unit, visitor.agent)
        last = max(1, -(-total // stuck.SHOWN))
        shown = min(number, last)
        found = stuck.stuck(unit, visitor.agent, at.clock(), (shown - 1) * stuck.SHOWN)
        loose = stuck.loose(unit, visitor.agent, at.clock(), at.vitals.untold)
        lost = audit.lost(unit, visitor.agent.brand)
    values = {"found": found, "total": total, "shown": shown, "last": last, "replayed": replayed, "nothing": nothing}
    values |= {"loose": loose[: stuck.SHOWN], "loose_count": len(loose), "lost": lost}
    return page(request, "stuck.html", status=422 if nothing else 200, **values)


@router.post("/beheer/vastgelopen/opnieuw")
def replay(
    request: Request,
    visitor: InCharge,
    which: Annotated[Literal["one", "chosen", "all"], Form()] = "one",
    only: Annotated[int | None, Form()] = None,
    job: Annotated[list[int] | None, Form(max_length=stuck.SHOWN)] = None,
) -> Response:
    """One letter (`only`), the ticked ones (`job`), or all of this brand."""
    wanted = None if which == "all" else [only] if which == "one" and only is not None else list(job or [])
    if wanted == []:
        return _show(request, visitor, 1, nothing=True)
    at = desk_of(request)
    with at.database.write() as unit:
        raised = queue.replay(unit, wanted, visitor.agent.brand)
        for each in ["all"] if wanted is None else wanted:
            agents.note(unit, visitor.agent, "replay", f"job:{each}", at.clock())
    return RedirectResponse(f"/beheer/vastgelopen?opnieuw={raised}", 303)
