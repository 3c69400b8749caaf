"""What the owner does for the customer: gestures, promises, *Ik doe het anders*."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import Band
from socialwatch.domain.menu import euros
from socialwatch.domain.promise import promises as found_in
from socialwatch.errors import Refused
from socialwatch.steps import give
from socialwatch.store import agents, aside, cases, customers, dossier, gestures, promises
from socialwatch.store.aside import Done
from socialwatch.store.cases import Case
from socialwatch.store.gestures import Draft
from socialwatch.store.promises import Promise
from socialwatch.store.unit import Unit
from socialwatch.web import gesture_words as words
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.dutch import DECIDED
from socialwatch.web.dutch_later import ahead
from socialwatch.web.giving import Item, items_of
from socialwatch.web.render import page
from socialwatch.web.sheet import sheet

router = APIRouter()

Short = Annotated[str, Form(max_length=300)]
Key = Annotated[str, Form(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
MOST_MINUTES = 10_000


@contextmanager
def _case(request: Request, visitor: Visitor, number: int) -> Iterator[tuple[Unit, Case, datetime]]:
    """A writing unit around a deed in one case: of one that was merged while its page stood open, in the case in which
    it lives on. 404 when this visitor may not see it.
    """
    at = desk_of(request)
    with at.database.write() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None:
            raise HTTPException(404)
        yield unit, known, at.clock()


def _back(number: int, **said: object) -> Response:
    """To the panel; after a gesture to the line that says what came of the click."""
    asked, place = (f"?{urlencode(said)}", "net-gedaan") if said else ("", "gebaren")
    return RedirectResponse(f"/dossier/{number}{asked}#{place}", 303)


@router.get("/dossier/{number}/gebaren")
def done(request: Request, visitor: Signed, number: int) -> Response:
    values = sheet(request, visitor, number)
    if values is None:
        raise HTTPException(404)
    return page(request, "gestures_done.html", **values)


@router.post("/dossier/{number}/gebaar")
def gesture(
    request: Request,
    visitor: Signed,
    number: int,
    kind: Annotated[Kind, Form()],
    key: Key,
    cost: Annotated[str, Form(max_length=40)] = "",
    what: Short = "",
    item: Short = "",
    minutes: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Done at once inside the mandate; outside it the same click asks the lead. Nothing has to be filled in."""
    amount = euros(cost)
    if amount is None:
        raise Refused(words.NOT_AN_AMOUNT)
    with _case(request, visitor, number) as (unit, known, now):
        chosen = _item(unit, known, item, now) if item else None
        quantity = (2 if kind is Kind.DOUBLE else 1) * chosen.quantity if chosen else 0
        draft = Draft(
            known.brand,
            known.id,
            visitor.agent.id,
            kind,
            key,
            " ".join(what.split()),
            amount,
            chosen.order if chosen else None,
            ((chosen.sku or chosen.product, quantity),) if chosen else (),
            _minutes(minutes),
        )
        given, band = give.give(unit, visitor.agent, draft, now)
        agents.note(unit, visitor.agent, f"gesture_{band.value}", f"gesture:{given.id}", now)
    return _back(number, gegeven=given.id, **({"gemeld": 1} if band is Band.REPORT else {}))


def _item(unit: Unit, known: Case, wanted: str, now: datetime) -> Item:
    file = customers.file_of(unit, known.brand, known.customer_id, now) if known.customer_id else None
    for order in file.orders if file else ():
        for each in items_of(order):
            if each.key == wanted:
                return each
    raise Refused(words.NO_SUCH_ITEM)


def _minutes(written: str) -> int | None:
    if not written.strip():
        return None
    if not written.strip().isdecimal() or int(written) > MOST_MINUTES:
        raise Refused(words.NOT_MINUTES)
    return int(written)


@router.post("/gebaar/{number}/oordeel")
def verdict(
    request: Request,
    visitor: Signed,
    number: int,
    verdict: Annotated[Literal["there", "not", "again", "myself"], Form()],
) -> Response:
    """Somebody looked whether a doubtful gesture was carried out, or says what now with one that failed."""
    at = desk_of(request)
    with at.database.write() as unit:
        known = gestures.of_brand(unit, visitor.agent.brand, number)
        if known is None:
            raise HTTPException(404)
        give.settle_by_hand(unit, known, verdict, visitor.agent.id, at.clock())
        agents.note(unit, visitor.agent, f"gesture_{verdict}", f"gesture:{number}", at.clock())
    return _back(known.case_id)


@router.post("/dossier/{number}/anders")
def otherwise(request: Request, visitor: Signed, number: int, rule: Short = "", why: Short = "") -> Response:
    """*Ik doe het anders*: the rule is counted. Neither here nor in the audit log stands who did it."""
    named = " ".join(rule.split())[:80]
    if not named:
        raise Refused(words.NO_RULE)
    with _case(request, visitor, number) as (unit, known, now):
        aside.put(unit, known.brand, known.id, Done(named, " ".join(why.split())), now)
    return _back(number)


@router.post("/dossier/{number}/belofte")
def promise(
    request: Request,
    visitor: Signed,
    number: int,
    reply: Annotated[int, Form()],
    place: Annotated[int, Form(ge=0, le=50)],
    verdict: Annotated[Literal["yes", "no"], Form()],
) -> Response:
    """A promise found in a reply goes into the diary of who made it, or is waved away."""
    with _case(request, visitor, number) as (unit, known, now):
        told = dossier.reply_of(unit, visitor.agent, reply)
        found = found_in(told.text, told.created_at) if told and told.case_id == known.id else ()
        if told is None or place >= len(found):
            raise Refused(DECIDED)
        each = found[place]
        gone = None if verdict == "yes" else now
        made = told.created_at
        new = Promise(0, known.brand, known.id, told.agent_id, reply, each.what, made, each.due_at, None, gone)
        promises.make(unit, new)
    return _back(number)


@router.post("/dossier/{number}/afspraak")
def appointment(request: Request, visitor: Signed, number: int, due: Short, what: Short = "") -> Response:
    """A promise that was made elsewhere, by telephone for instance."""
    with _case(request, visitor, number) as (unit, known, now):
        said = " ".join(what.split()) or "afspraak met de klant"
        promises.make(unit, Promise(0, known.brand, known.id, visitor.agent.id, None, said, now, ahead(due, now)))
    return _back(number)


@router.post("/belofte/{number}")
def settle(
    request: Request,
    visitor: Signed,
    number: int,
    verdict: Annotated[Literal["kept", "drop", "move"], Form()],
    due: Short = "",
) -> Response:
    at = desk_of(request)
    now = at.clock()
    with at.database.write() as unit:
        known = promises.of_brand(unit, visitor.agent.brand, number)
        if known is None:
            raise HTTPException(404)
        if verdict == "move":
            settled = promises.move(unit, known, ahead(due, now), now)
        else:
            settled = (promises.keep if verdict == "kept" else promises.drop)(unit, known, now)
        if not settled:
            raise Refused(DECIDED)
        agents.note(unit, visitor.agent, f"promise_{verdict}", f"promise:{number}", now)
    return _back(known.case_id)
