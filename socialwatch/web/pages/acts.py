"""What one does with one or many cases at once: take, hand over, later, tag, close, and take it back."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.agent import Role, answers_customers
from socialwatch.domain.case import LineKind, State
from socialwatch.domain.marks import Signs, tidy
from socialwatch.domain.presence import HERE
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.steps import hand_over
from socialwatch.steps.hand_over import Handing
from socialwatch.store import agents, cases, marks, tags, undoing
from socialwatch.web import doing, dutch
from socialwatch.web.acting import Act
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.doing import Deed, Done, unless_closed
from socialwatch.web.dutch_later import UNTIL_ANSWER, ahead
from socialwatch.web.render import page

router = APIRouter()

Chosen = Annotated[list[int], Form(alias="id", max_length=doing.MOST)]
Asked = Annotated[list[int], Query(alias="id", max_length=doing.MOST)]
TOO_LATE = "Dit kan niet meer terug: de tien seconden zijn om."
SIGNS = {"yes": True, "no": False, "": None}
Acts = Literal["overdragen", "later", "tag", "afronden"]
Sign = Annotated[Literal["", "yes", "no"], Form()]


@router.get("/dossiers/{act}")
def ask(request: Request, visitor: Signed, act: Acts, id: Asked) -> Response:
    """The inside of a dialog about these cases."""
    if not visitor.answers:
        raise OutsideMandate(dutch.READ_ONLY)
    at = desk_of(request)
    with at.database.read() as unit:
        known = [cases.seen_by(unit, visitor.agent, number) for number in dict.fromkeys(id)]
        seen = [each for each in known if each is not None]
        if not seen:
            raise Refused("Deze dossiers zijn er niet (meer). Kies er een uit de lijst.")
        values: dict[str, Any] = {"chosen": seen, "many": len(seen)}
        if act == "tag":
            values["known"] = tags.known(unit, visitor.agent.brand)
        if act == "overdragen":
            values |= _colleagues(hand_over.seats(unit, visitor.agent.brand, at.clock()), visitor)
    return page(request, TEMPLATES[act], **values)


TEMPLATES = {"overdragen": "act_assign.html", "later": "act_later.html", "tag": "act_tag.html"}
TEMPLATES["afronden"] = "act_close.html"


def _colleagues(found: list[Any], visitor: Visitor) -> dict[str, Any]:
    """Who is here first; the rest can be chosen too, and is told that way."""
    able = [each.agent for each in found if each.agent.id != visitor.agent.id and answers_customers(each.agent)]
    able.sort(key=lambda each: (each.role is Role.ADMIN, each.name))
    here = [each for each in able if each.presence in HERE]
    return {"here": here, "elsewhere": [each for each in able if each.presence not in HERE]}


@router.post("/dossiers/pak")
def take(request: Request, visitor: Signed, id: Chosen) -> Response:
    def perform(act: Act) -> str:
        if act.case.owner_id == visitor.agent.id:
            return "al van jou"
        if unless_closed(act.case):
            return doing.CLOSED
        if act.case.owner_id is not None:
            return doing.THEIRS
        cases.assign(act.unit, act.case.id, visitor.agent.id, act.now, {"by": visitor.agent.id})
        return ""

    done = doing.do(request, visitor, id, Deed("take", perform))
    return _answer(request, done, "Dit dossier is nu van jou.", "{} dossiers zijn nu van jou.")


@router.post("/dossiers/overdragen")
def assign(
    request: Request,
    visitor: Signed,
    id: Chosen,
    to: Annotated[int, Form()],
    note: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    def perform(act: Act) -> str:
        if act.case.owner_id == to:
            return "al van deze collega"
        hand_over.give(act.unit, act.case, visitor.agent, Handing(to, note), act.now)
        return ""

    with desk_of(request).database.read() as unit:
        receiver = agents.by_id(unit, to)
    done = doing.do(request, visitor, id, Deed("hand_over", perform))
    name = receiver.name if receiver and receiver.brand == visitor.agent.brand else ""
    return _answer(request, done, f"Dit dossier is nu van {name}.", f"{{}} dossiers zijn nu van {name}.")


@router.post("/dossiers/later")
def later(request: Request, visitor: Signed, id: Chosen, until: Annotated[str, Form(max_length=40)]) -> Response:
    """`until` is a moment that the page offers, "answer", or what a datetime-local field says, in Amsterdam."""
    now = desk_of(request).clock()
    moment = None if until == UNTIL_ANSWER else ahead(until, now)

    def perform(act: Act) -> str:
        if unless_closed(act.case):
            return doing.CLOSED
        act.line(LineKind.LATER, visitor, **({"until": moment.isoformat()} if moment else {}))
        return ""

    done = doing.do(request, visitor, id, Deed("later", perform))
    back = "terug zodra de klant schrijft"
    if moment:
        back = f"{dutch.on_day(dutch.local(moment).date(), now)} om {dutch.local(moment):%H:%M} terug"
    return _answer(request, done, f"Dit dossier komt {back}.", f"{{}} dossiers komen {back}.")


@router.post("/dossiers/tag")
def tag(request: Request, visitor: Signed, id: Chosen, tag: Annotated[str, Form(max_length=200)]) -> Response:
    word = tidy(tag)

    def perform(act: Act) -> str:
        return "" if tags.put(act.unit, visitor.agent, act.case.id, word, act.now) else "heeft deze tag al"

    done = doing.do(request, visitor, id, Deed("tag", perform, word))
    return _answer(request, done, f"Dit dossier heeft nu de tag ‘{word}’.", f"{{}} dossiers hebben nu de tag ‘{word}’.")


@router.post("/dossiers/afronden")
def close(request: Request, visitor: Signed, id: Chosen, gone: Sign = "", heard: Sign = "") -> Response:
    """The two signs may stay open."""
    signs = Signs(SIGNS[gone], SIGNS[heard])

    def perform(act: Act) -> str:
        if act.case.state is State.CLOSED:
            return doing.CLOSED
        marks.close(act.unit, visitor.agent, act.case.id, signs, act.now)
        return ""

    done = doing.do(request, visitor, id, Deed("close", perform))
    return _answer(request, done, "Dit dossier is afgerond.", "{} dossiers zijn afgerond.")


@router.post("/dossiers/terug")
def undo(request: Request, visitor: Signed, undo: Annotated[int, Form()]) -> Response:
    at = desk_of(request)
    with at.database.write() as unit:
        back = undoing.take_back(unit, visitor.agent, undo, at.wall())
        if back is None:
            raise Refused(TOO_LATE)
        for number in back:
            agents.note(unit, visitor.agent, "undo", f"case:{number}", at.clock())
    said = "Alles staat weer zoals het was." if back else "Er is intussen iets gebeurd, dus het bleef zoals het nu is."
    return _said(request, said, None)


def _answer(request: Request, done: Done, one: str, more: str) -> Response:
    return _said(request, doing.told(done, one, more), done.undo)


def _said(request: Request, words: str, undo: int | None) -> Response:
    """For the open page a word that goes away; without its script the Inbox anew."""
    if request.headers.get("hx-request"):
        return page(request, "act_done.html", words=words, undo=undo)
    return RedirectResponse("/inbox", 303)
