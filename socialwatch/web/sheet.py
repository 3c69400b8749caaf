"""The sheet: everything the dossier page shows of one case, gathered in one reading unit."""

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from socialwatch.domain.brief import Brief, Topic, brief
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import Hours, Standing, covers, in_force
from socialwatch.domain.weight import LONGEST
from socialwatch.store import corrections, desk, dossier
from socialwatch.store.dossier import Dossier
from socialwatch.store.mentions import Stored
from socialwatch.store.streams import Stream, View
from socialwatch.web import crossing, giving, identity_words, known, thread
from socialwatch.web.auth import Visitor
from socialwatch.web.beside import beside
from socialwatch.web.box import box as made_box
from socialwatch.web.box import mended
from socialwatch.web.desk import desk_of
from socialwatch.web.dossier_words import phone_link
from socialwatch.web.dutch import AMSTERDAM
from socialwatch.web.freshness import as_of
from socialwatch.web.marked import marked
from socialwatch.web.matter import matter
from socialwatch.web.queued import queued
from socialwatch.web.render import page
from socialwatch.web.screen import on_screen

# Meta: one private reply per post or comment, within seven days. Mastodon sets no end.
PRIVATELY = {"facebook": timedelta(days=7), "mastodon": timedelta(days=3650)}


@dataclass(frozen=True, slots=True)
class Room:
    """What the visitor may still decide alone in this case. `covered` is False when the mandate does not reach it, or
    does not hold at this hour: then `hours` says when it does. `excepted` are the gestures it leaves to a lead.
    """

    in_case: Decimal
    today: Decimal
    report_above: Decimal
    covered: bool
    hours: Hours | None = None
    excepted: tuple[Kind, ...] = ()

    @property
    def left_today(self) -> Decimal:
        return max(Decimal(0), self.today)

    @property
    def left(self) -> Decimal:
        return max(Decimal(0), min(self.in_case, self.today))


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer being written: `mention` as in the form ("x:123"); `problem` is why it was not accepted.

    `private` must survive a refusal, or the second try would be public.
    """

    text: str = ""
    mention: str = ""
    problem: str = ""
    private: bool = False
    by_mail: bool = False
    mends: int = 0  # the answer of ours that this one stands in for


NO_DRAFT = Draft()


def sheet(request: Request, visitor: Visitor, number: int) -> dict[str, Any] | None:
    """The values of one dossier for its templates; None when this visitor may not see it."""
    at = desk_of(request)
    now = at.clock()
    with at.database.read() as unit:
        found = dossier.dossier(unit, visitor.agent, number, now)
        if found is None:
            return None
        spent = dossier.spent(unit, visitor.agent, number, _midnight(now))
        room = _room(visitor, found, spent, now)
        standing = Standing(room.covered, now, *spent)
        judged = corrections.latest(unit, number)
        given = giving.giving(unit, visitor.agent, found, at.menu, standing)
        marks = marked(unit, visitor, at, found)
    seen = thread.impression(found)
    theirs = thread.theirs(found)
    on_screen(request, [each.id for each in theirs])
    told = brief(matter(found, theirs), now)
    answerable = [each for each in theirs if each.mention.can_reply and each.gone_at is None]
    return marks | {
        "found": found,
        "seeking_for": thread.called(found),
        "identity_words": identity_words,
        "beside": beside(at, found),
        "case": found.case,
        "entries": thread.entries(found),
        "impression": seen,
        "stakes": told.stakes,
        "brief": told,
        "known": known.by_topic(told, now),
        "asked": known.asked(told),
        "tone": known.tone(told.tone),
        "waited": known.waited(told.waited),
        "room": room,
        "giving": given,
        "just": next((each for each in given.done if str(each.id) == request.query_params.get("gegeven")), None),
        "told_lead": "gemeld" in request.query_params,
        "menu": at.menu,
        "answerable": answerable,
        "by_hand": [each for each in theirs if not each.mention.can_reply and each.gone_at is None],
        "key": thread.key,
        "as_of": as_of(at, found),
        "limits": LONGEST,
        "judged": judged,
        "moods": thread.moods(found),
        "phones": phones(told),
        "seen": len(crossing.answers(found, visitor.agent)),
        "mended": mended(found),
        "privately": {thread.key(each) for each in answerable if privately(each, now)},
    }


def phones(told: Brief) -> list[str]:
    """The numbers we may call, the surest first; none of somebody else's file."""
    return [each.value for each in told.known if each.topic is Topic.PHONE and phone_link(each.value)]


def privately(post: Stored, now: datetime) -> bool:
    """Whether its platform takes a private answer to this public post at all, for as long as it does."""
    lasts = PRIVATELY.get(post.mention.channel)
    public = post.mention.audience == "public" and post.gone_at is None
    return public and lasts is not None and now - post.mention.created_at < lasts


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(AMSTERDAM).date(), time(), AMSTERDAM)


def _room(visitor: Visitor, found: Dossier, spent: tuple[Decimal, Decimal], now: datetime) -> Room:
    mandate, case = visitor.agent.mandate, found.case
    seen = thread.impression(found)
    covered = covers(mandate, case.brand, case.language, seen.hazards if seen else ())
    holds = in_force(mandate, now)
    return Room(
        in_case=mandate.euros_per_case - spent[0],
        today=mandate.euros_per_day - spent[1],
        report_above=mandate.report_above,
        covered=covered and holds,
        hours=mandate.hours if covered and not holds else None,
        excepted=mandate.not_gestures,
    )


def show(
    request: Request, visitor: Visitor, number: int, stream: Stream = Stream.ALL, draft: Draft = NO_DRAFT
) -> Response:
    """The whole dossier page with the queue beside it; with a refused draft it says why and keeps the words."""
    values = sheet(request, visitor, number)
    if values is None:
        raise HTTPException(404)
    with desk_of(request).database.read() as unit:
        queue = queued(request, unit, visitor, View(stream), number)
        colleagues = desk.colleagues(unit, visitor.agent)
        box = made_box(request, unit, visitor, values["found"], draft.mends)
    values |= queue | {
        "aside": [],
        "stream": stream.value,
        "colleagues": colleagues,
        "draft": draft,
        "box": box,
    }
    values |= {"current": number, "approval": str(uuid.uuid4())}
    return page(request, "dossier.html", status=422 if draft.problem else 200, **values)


def target(found: Dossier, wanted: str) -> Stored | None:
    """The customer's post that a form names, when it belongs to this case."""
    return next((each for each in thread.theirs(found) if thread.key(each) == wanted), None)
