"""Situatie: many cases with one cause as one card: made in a click, offered by itself, kept up, and closed."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from socialwatch.domain import situation as domain
from socialwatch.errors import OutsideMandate, Refused
from socialwatch.store import agents, alike, cases, situations
from socialwatch.store.situations import Member, Situation
from socialwatch.store.unit import Unit
from socialwatch.web import dutch_today as words
from socialwatch.web import upkeep
from socialwatch.web.auth import Signed, Visitor
from socialwatch.web.desk import desk_of
from socialwatch.web.dutch import READ_ONLY
from socialwatch.web.render import page
from socialwatch.web.upkeep import Upkeep

router = APIRouter()

HOURS = (3, 12, 24, 72)
MOST = 500  # cases in one form
UNLIKE = 30  # cases shown that are less alike
SHOWN = 100  # rows of one kind on the page of a situation
Line = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True, slots=True)
class Found:
    """One case that may belong to the situation being made; `ticked` beforehand when it is alike enough."""

    case: cases.Case
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """How alike cases are looked for: from which case, over how many hours, with which words besides; `picked` are
    cases that somebody chose themselves, however little they are alike.
    """

    case: int
    hours: int
    words: str
    picked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed in the form of a new situation, and why it was not accepted."""

    title: str = ""
    fact: str = ""
    problem: str = ""


@router.get("/situatie/nieuw")
def propose(
    request: Request,
    visitor: Signed,
    dossier: int,
    id: Annotated[list[int] | None, Query()] = None,
    uren: int = HOURS[1],
) -> Response:
    """The cases that are alike, ticked beforehand, with those (`id`) that were chosen in the Inbox; nothing is made."""
    if not visitor.answers:
        raise OutsideMandate(READ_ONLY)
    return _form(request, visitor, _sought(dossier, uren, "", id), Typed())


@router.post("/situatie/nieuw")
def again(
    request: Request,
    visitor: Signed,
    dossier: Annotated[int, Form()],
    id: Annotated[list[int] | None, Form(max_length=MOST)] = None,
    uren: Annotated[int, Form()] = HOURS[1],
    woorden: Annotated[str, Form(max_length=100)] = "",
    title: Line = "",
    named: Line = "",
    fact: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Looked for once more: what somebody typed stays, a title that we thought of (`named`) may become another."""
    typed = Typed("" if title == named else title, fact)
    return _form(request, visitor, _sought(dossier, uren, woorden, id), typed)


def _sought(dossier: int, hours: int, words: str, chosen: list[int] | None) -> Sought:
    picked = tuple(dict.fromkeys(each for each in chosen or () if each != dossier))[:MOST]
    return Sought(dossier, hours if hours in HOURS else HOURS[1], words, picked)


def _form(request: Request, visitor: Visitor, sought: Sought, typed: Typed) -> Response:
    at = desk_of(request)
    with at.database.read() as unit:
        known = cases.seen_by(unit, visitor.agent, sought.case)
        if known is None:
            raise HTTPException(404)
        standing = situations.of_case(unit, visitor.agent.brand, sought.case)
        if standing is not None and sought.picked:
            first, *others = sought.picked
            return _form(request, visitor, replace(sought, case=first, picked=tuple(others)), typed)
        if standing is not None:
            return RedirectResponse(f"/situatie/{standing[0].id}", 303)
        since = at.clock() - timedelta(hours=sought.hours)
        picked = situations.seen(unit, visitor.agent, sought.picked)
        chosen = alike.posts_of(unit, [known.id, *picked])
        ours = {known.id, *picked}
        posts = [each for each in alike.open_posts(unit, visitor.agent.brand, since) if each.case_id not in ours]
        usual = domain.usual(alike.before(unit, visitor.agent.brand, since))
        rated = _rated(chosen, posts, sought.words, usual)
        found = _found(unit, visitor, *_sorted(posts, rated, at.situations.likeness))
    if typed.problem:  # what somebody unticked stays unticked
        found = [replace(each, ticked=False) for each in found]
    named = typed.title or domain.title(domain.cause([*chosen, *_alike(posts, found)], usual))
    values: dict[str, Any] = {"known": known, "chosen": chosen, "sought": sought, "choices": HOURS, "typed": typed}
    texts = {each.case_id: each.text for each in chosen}
    values["picked"] = [Found(each, texts.get(each.id, ""), ticked=True) for each in picked.values()]
    values |= {"likely": [each for each in found if each.ticked], "unlike": [each for each in found if not each.ticked]}
    return page(request, "situation_new.html", status=422 if typed.problem else 200, **values, title=named)


def _rated(chosen: list[domain.Post], posts: list[domain.Post], sought: str, usual: frozenset[str]) -> dict[int, float]:
    """How alike each is; what holds a word that a person named is alike by their word."""
    rated = domain.alike(chosen, posts, usual) if chosen else dict.fromkeys((each.case_id for each in posts), 0.0)
    wanted = set(domain.stems(sought))
    return rated | {each.case_id: 1.0 for each in posts if wanted & set(domain.stems(each.text))}


def _sorted(
    posts: list[domain.Post], rated: dict[int, float], enough: float
) -> tuple[list[domain.Post], list[domain.Post]]:
    """Those that are alike enough, and the likeliest of the others."""
    ordered = sorted(posts, key=lambda each: (-rated[each.case_id], -each.case_id))
    ticked = [each for each in ordered if rated[each.case_id] >= enough]
    return ticked[:MOST], ordered[len(ticked) :][:UNLIKE]


def _found(unit: Unit, visitor: Visitor, ticked: list[domain.Post], unlike: list[domain.Post]) -> list[Found]:
    seen = situations.seen(unit, visitor.agent, [each.case_id for each in (*ticked, *unlike)])
    shown = [(each, True) for each in ticked] + [(each, False) for each in unlike]
    return [Found(seen[each.case_id], each.text, is_ticked) for each, is_ticked in shown if each.case_id in seen]


def _alike(posts: list[domain.Post], found: list[Found]) -> list[domain.Post]:
    ticked = {each.case.id for each in found if each.ticked}
    return [each for each in posts if each.case_id in ticked][:100]


@router.post("/situatie")
def make(
    request: Request,
    visitor: Signed,
    dossier: Annotated[int, Form()],
    title: Line = "",
    fact: Annotated[str, Form(max_length=300)] = "",
    chosen: Annotated[list[int] | None, Form(max_length=MOST)] = None,
    uren: Annotated[int, Form()] = HOURS[1],
) -> Response:
    """All that was ticked becomes one situation; whoever makes it leads it until somebody else does."""
    at, who = desk_of(request), visitor.agent
    numbers = sorted({dossier, *(chosen or ())})
    wrong = words.NO_TITLE if not title.split() else words.NO_CASES if len(numbers) < 2 else ""
    if wrong:
        return _form(request, visitor, _sought(dossier, uren, "", numbers), Typed(title, fact, wrong))
    with at.database.write() as unit:
        if cases.seen_by(unit, who, dossier) is None:
            raise HTTPException(404)
        number = situations.begin(unit, who.brand, " ".join(title.split()), who.id, at.clock())
        made = _one(unit, visitor, number)
        if " ".join(fact.split()):
            situations.change(unit, made, fact=" ".join(fact.split()))
        joined = situations.add(unit, made, numbers, at.clock(), who.id)
        if len(joined) < 2:
            raise Refused(words.TAKEN)
        agents.note(unit, who, "situation", f"situation:{number}", at.clock())
    stayed = len(numbers) - len(joined)
    return RedirectResponse(f"/situatie/{number}" + (f"?bleven={stayed}" if stayed else ""), 303)


def _one(unit: Unit, visitor: Visitor, number: int) -> Situation:
    known = situations.by_id(unit, visitor.agent.brand, number)
    if known is None:
        raise HTTPException(404)
    return known


@router.get("/situatie/{number}")
def show(request: Request, visitor: Signed, number: int, bleven: Annotated[int, Query(ge=0, le=MOST)] = 0) -> Response:
    """`bleven` is how many of those that were ticked stayed in another situation."""
    return page(request, "situation.html", **_card(request, visitor, number) | {"stayed": bleven})


@router.get("/situatie/{number}/kaart")
def card(request: Request, visitor: Signed, number: int) -> Response:
    """The card alone, for a page that heard that something changed."""
    return page(request, "situation_card.html", **_card(request, visitor, number))


@router.get("/situatie/{number}/rijen")
def rows(request: Request, visitor: Signed, number: int) -> Response:
    return page(request, "situation_rows.html", **_card(request, visitor, number))


def _card(request: Request, visitor: Visitor, number: int) -> dict[str, Any]:
    who = visitor.agent
    with desk_of(request).database.read() as unit:
        known = _one(unit, visitor, number)
        apart: list[Member] = situations.rows(unit, who, situations.apart(who, number), SHOWN)
        rest: list[Member] = situations.rows(unit, who, situations.ordinary(who, number), SHOWN)
        size = situations.sizes(unit, [number])[number]
        names = situations.names(unit, who.brand)
        able = [each for each in agents.everyone(unit, who.brand) if each.role.value != "brand"]
    values: dict[str, Any] = {"situation": known, "apart": apart, "rest": rest, "size": size, "able": able}
    values |= {"form": upkeep.filled(known), "stands": upkeep.stands(known), "problem": "", "stayed": 0}
    return values | {"lead": names.get(known.lead_id or 0), "words": words}


@router.post("/situatie/{number}")
def keep_up(request: Request, visitor: Signed, number: int, given: Annotated[Upkeep, Form()]) -> Response:
    """What people know, say and do not know yet. When a colleague was first, their words stand and these are kept."""
    at, who = desk_of(request), visitor.agent
    with at.database.write() as unit:
        found = _one(unit, visitor, number)
        if not found.running:
            raise Refused(words.ENDED)
        if not upkeep.crossed(found, given):
            chosen = agents.by_id(unit, given.lead)
            leads = chosen.id if chosen is not None and chosen.brand == who.brand else found.lead_id
            named = " ".join(given.title.split()) or found.title
            situations.change(unit, found, **upkeep.told(given), title=named, lead_id=leads)
            agents.note(unit, who, "situation_kept", f"situation:{number}", at.clock())
            return RedirectResponse(f"/situatie/{number}", 303)
    values = _card(request, visitor, number) | {"form": given, "problem": words.CROSSED}
    return page(request, "situation.html", status=422, **values)


@router.post("/situatie/{number}/oordeel")
def decide(
    request: Request, visitor: Signed, number: int, verdict: Annotated[Literal["yes", "no", "over"], Form()]
) -> Response:
    """An offer is taken up (*yes*) or waved away (*no*); a situation that runs is closed (*over*)."""
    at, who = desk_of(request), visitor.agent
    with at.database.write() as unit:
        found = _one(unit, visitor, number)
        if verdict == "yes":
            done = situations.take_up(unit, found, who.id, at.clock())
        else:
            done = found.running is (verdict == "over") and situations.end(unit, found, at.clock())
        if not done:
            raise Refused(words.DECIDED)
        agents.note(unit, who, f"situation_{verdict}", f"situation:{number}", at.clock())
    return RedirectResponse("/vandaag" if verdict == "no" else f"/situatie/{number}", 303)


@router.post("/situatie/{number}/dossier")
def place(
    request: Request,
    visitor: Signed,
    number: int,
    dossier: Annotated[int, Form()],
    where: Annotated[Literal["out", "apart", "among"], Form()],
) -> Response:
    """A person knows better where one case belongs: out of it, apart, or among the rest."""
    at, who = desk_of(request), visitor.agent
    with at.database.write() as unit:
        found = _one(unit, visitor, number)
        if where == "out":
            done = situations.take_out(unit, found, dossier, at.clock(), who.id)
        else:
            done = situations.lift(unit, found, dossier, apart=where == "apart")
        if not done:
            raise Refused(words.NOT_IN_IT)
        agents.note(unit, who, f"situation_{where}", f"case:{dossier}", at.clock())
    return RedirectResponse(f"/situatie/{number}", 303)


@router.get("/dossier/{number}/situatie")
def fact(request: Request, visitor: Signed, number: int) -> Response:
    """What the situation of this case is, as one line above the reply box."""
    with desk_of(request).database.read() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
    if known is None:
        raise HTTPException(404)
    return page(request, "situation_line.html", case=known)
