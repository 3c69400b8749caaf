"""Kansen: take on a post that could become something lovely, which makes it a case of yours, or let it go."""

from datetime import datetime

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain import title
from socialwatch.steps.route.weigh import Moment, weigh
from socialwatch.store import agents, assessments, cases, chances, takeovers
from socialwatch.store.chances import Chance
from socialwatch.store.takeovers import TakeOver
from socialwatch.store.unit import Unit
from socialwatch.web.auth import Signed
from socialwatch.web.desk import desk_of

router = APIRouter()


@router.post("/kansen/{number}/pak")
def take(request: Request, visitor: Signed, number: int) -> Response:
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        found = chances.of_post(unit, visitor.agent, number)
        if found is None:
            raise HTTPException(404)
        known = found.case or cases.by_id(unit, _open(unit, found, now))
        if known.owner_id != visitor.agent.id:
            told = f"Dit dossier ligt nu bij {visitor.agent.name}."
            takeovers.take_over(unit, known, TakeOver(visitor.agent, now, "", told))
        chances.decide(unit, visitor.agent.brand, [number], now, taken=True)
        agents.note(unit, visitor.agent, "take_chance", f"case:{known.id}", now)
    return RedirectResponse(f"/dossier/{known.id}?stream=chances", 303)


@router.post("/kansen/{number}/laat")
def leave(request: Request, visitor: Signed, number: int) -> Response:
    at = desk_of(request)
    with at.database.write() as unit:
        if chances.of_post(unit, visitor.agent, number) is None:
            raise HTTPException(404)
        chances.decide(unit, visitor.agent.brand, [number], at.clock(), taken=False)
        agents.note(unit, visitor.agent, "leave_chance", f"mention:{number}", at.clock())
    return RedirectResponse("/inbox?stream=chances", 303)


def _open(unit: Unit, found: Chance, now: datetime) -> int:
    """A case around this post, as if it had asked for one; gives its id."""
    post, read = found.post, assessments.of(unit, [found.post.id])
    weight = weigh([post], [post], read, Moment(None, now))
    known = read[post.id]
    name = title.title(post.mention.author, post.mention.text, known.facts)
    return cases.open_case(unit, post, name, weight, known.reading.language)
