"""What one dossier asks of the database, always for a person who may see it, and the decisions a person takes there.

They decide about an offered post, and about a reply of which nobody knows whether it went out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.assessment import Assessment, Span
from socialwatch.domain.case import Line, LineKind, put_aside
from socialwatch.domain.customer import File
from socialwatch.domain.reply import Reply, ReplyState, heard_by
from socialwatch.errors import Refused
from socialwatch.store import (
    assessments,
    care,
    cases,
    customers,
    gestures,
    identities,
    mentions,
    merging,
    promises,
    replies,
)
from socialwatch.store.care import Care
from socialwatch.store.cases import ANYBODY, Case, visible_to
from socialwatch.store.desk import owners
from socialwatch.store.identities import Link
from socialwatch.store.mentions import Stored
from socialwatch.store.past import Past, past
from socialwatch.store.tables import case, mention_version, offer, reply
from socialwatch.store.unit import Unit

DECIDED = "Hier heeft iemand anders net al over besloten."


@dataclass(frozen=True, slots=True)
class Offer:
    """A near-identical post by another profile that may belong to this case. `likeness` 0..1."""

    id: int
    likeness: float
    post: Stored


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything one case shows; dictionaries are by mention id."""

    case: Case
    care: Care
    lines: list[Line]
    posts: Mapping[int, Stored]
    versions: Mapping[int, list[str]]
    assessments: Mapping[int, Assessment]
    why: Mapping[int, tuple[Span, ...]]
    replies: list[Reply]
    names: Mapping[int, str]
    file: File | None
    links: list[Link]
    let_go: list[Link]
    offers: list[Offer]
    earlier: list[Case]
    past: Past


# Every dossier asks these, so they are built once: building a statement takes as long as asking it.
_THIS = visible_to(ANYBODY).where(case.c.id == bindparam("number"))
_EARLIER = (
    visible_to(ANYBODY)
    .where(case.c.customer_id == bindparam("customer"), case.c.id != bindparam("number"))
    .where(case.c.merged_into.is_(None))
    .order_by(case.c.last_at.desc())
    .limit(5)
)


def dossier(unit: Unit, who: Agent, number: int, now: datetime) -> Dossier | None:
    """One case with its whole thread, of a merged one the case in which it lives on; None when this person may not see
    it.
    """
    row = unit.run(_THIS, {"brand": who.brand, "number": number}).one_or_none()
    if row is None:
        return None
    if row.merged_into is not None:
        return dossier(unit, who, row.merged_into, now)
    known = cases.of_row(row)
    thread = cases.lines(unit, number)
    ids = {each.mention_id for each in thread if each.mention_id is not None}
    posts = {each.id: each for each in mentions.by_id(unit, ids) if each.mention.brand == who.brand}
    read = assessments.explained(unit, posts)
    links, earlier = identities.links(unit, who, posts.values()), _earlier(unit, who, known)
    return Dossier(
        case=known,
        care=care.of_row(row),
        lines=thread,
        posts=posts,
        versions=_versions(unit, [each.id for each in posts.values() if each.edited_at is not None]),
        assessments={each: assessed for each, (assessed, _) in read.items()},
        why={each: spans for each, (_, spans) in read.items() if spans is not None},
        replies=replies.of_cases(unit, [number]),
        names=owners(unit, who),
        file=customers.file_of(unit, who.brand, known.customer_id, now) if known.customer_id else None,
        links=links.alive,
        let_go=links.undone,
        offers=_offers(unit, who, number),
        earlier=earlier,
        past=past(unit, number, [each.id for each in earlier]),
    )


def _versions(unit: Unit, ids: Sequence[int]) -> dict[int, list[str]]:
    """Earlier texts per mention that was edited, oldest first."""
    if not ids:
        return {}
    query = select(mention_version.c.mention_id, mention_version.c.text).where(
        mention_version.c.mention_id.in_(sorted(ids))
    )
    found: dict[int, list[str]] = {}
    for row in unit.run(query.order_by(mention_version.c.id)):
        found.setdefault(row.mention_id, []).append(row.text)
    return found


_OFFERED = (
    select(offer.c.id, offer.c.mention_id, offer.c.likeness)
    .where(offer.c.brand == bindparam("brand"), offer.c.case_id == bindparam("number"), offer.c.decided.is_(None))
    .order_by(offer.c.likeness.desc())
    .limit(10)
)


def _offers(unit: Unit, who: Agent, number: int) -> list[Offer]:
    rows = unit.run(_OFFERED, {"brand": who.brand, "number": number}).all()
    posts = {each.id: each for each in mentions.by_id(unit, [row.mention_id for row in rows])}
    return [Offer(row.id, row.likeness, posts[row.mention_id]) for row in rows if row.mention_id in posts]


def _earlier(unit: Unit, who: Agent, known: Case) -> list[Case]:
    if known.customer_id is None:
        return []
    asks = {"brand": who.brand, "number": known.id, "customer": known.customer_id}
    return [cases.of_row(row) for row in unit.run(_EARLIER, asks)]


def spent(unit: Unit, who: Agent, number: int, since: datetime) -> tuple[Decimal, Decimal]:
    """As gestures.spent, for this person."""
    return gestures.spent(unit, who.id, number, since)


def decide_offer(unit: Unit, who: Agent, which: tuple[int, int], now: datetime, *, together: bool) -> bool:
    """Join the offered post to the case, or say that it stands apart; `which` is (case, offer).

    When it is all that its own case has, the two cases are merged: nothing that hung on it is lost, and nobody is said
    to have closed it. False when it was decided before.
    """
    number, offered = which
    mine = (
        (offer.c.id == offered) & (offer.c.case_id == number) & (offer.c.brand == who.brand) & offer.c.decided.is_(None)
    )
    row = unit.run(select(offer.c.mention_id).where(mine)).one_or_none()
    if row is None:
        return False
    unit.run(update(offer).where(offer.c.id == offered).values(decided="joined" if together else "apart"))
    if together:
        _move(unit, who, (mentions.by_id(unit, [row.mention_id])[0], number), now)
    return True


def _move(unit: Unit, who: Agent, what: tuple[Stored, int], now: datetime) -> None:
    post, number = what
    before = post.case_id
    if before is None or any(each.id != post.id for each in cases.mentions(unit, [before])[before]):
        cases.join(unit, number, post)
    else:
        merging.absorb(unit, who, (number, before), now)


def reply_of(unit: Unit, who: Agent, number: int) -> Reply | None:
    """One reply of this person's brand."""
    row = unit.run(select(reply).where(reply.c.id == number, reply.c.brand == who.brand)).one_or_none()
    return None if row is None else replies.of_row(row)


def decide_reply(unit: Unit, told: Reply, now: datetime, *, there: bool) -> None:
    """A person looked on the platform whether a doubtful reply stands there. Raises Refused when it was decided."""
    then = ReplyState.SENT if there else ReplyState.FAILED
    values: dict[str, object] = {"sent_at": now} if there else {}
    if told.state is not ReplyState.UNKNOWN or not replies.become(unit, told.id, then, reason=None, **values):
        raise Refused(DECIDED)
    if not there:
        promises.fall(unit, told.id, now)
    elif told.case_id is not None:
        (post,) = mentions.by_id(unit, [told.mention_id])
        aside = {"aside": True} if put_aside(cases.lines(unit, told.case_id), told.created_at) else {}
        audience = heard_by(told.audience, post.mention.audience)
        line = Line(LineKind.REPLY, now, audience, told.agent_id, told.mention_id, told.id, detail=aside)
        cases.write(unit, told.case_id, line)
