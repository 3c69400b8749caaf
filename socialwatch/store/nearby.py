"""Cases near a mention: which it may belong to, and which another profile opened with almost the same words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.case import State
from socialwatch.domain.identity import handle_keys
from socialwatch.domain.join import FOR_WANT_OF_A_CASE, OpenCase
from socialwatch.domain.mention import Mention
from socialwatch.store.cases import OPEN_STATES, Case, mentions, of_row
from socialwatch.store.mentions import Stored, stored
from socialwatch.store.tables import case, mention, offer, reply
from socialwatch.store.unit import Unit


def neighbours(unit: Unit, found: Stored, since: datetime) -> list[OpenCase]:
    """Cases that this mention may belong to: same author, same linked customer, or the same conversation."""
    seen = found.mention
    here = mention.c.channel == seen.channel
    same: list[ColumnElement[bool]] = [here & mention.c.conversation_id.in_(_threads(found))]
    same.append(here & mention.c.native_id.in_(_threads(found)))
    answered = select(reply.c.mention_id).where(reply.c.platform_id.in_(_threads(found)))
    same.append(here & mention.c.id.in_(answered))
    # Our own account has written in all our cases, and those would push the one we look for off the list.
    if seen.author is not None and not seen.own:
        same.append(here & (mention.c.author_id == seen.author.id))
    by_mention = select(mention.c.case_id).where(mention.c.brand == seen.brand, mention.c.case_id.is_not(None))
    belongs: list[ColumnElement[bool]] = [case.c.id.in_(by_mention.where(or_(*same)))]
    if found.customer_id is not None:
        belongs.append(case.c.customer_id == found.customer_id)
    query = select(case).where(case.c.brand == seen.brand, case.c.last_at >= since, or_(*belongs))
    rows = unit.run(query.order_by(case.c.last_at.desc()).limit(50)).all()
    numbers = [row.id for row in rows]
    posts, ours = mentions(unit, numbers), _our_answers(unit, numbers)
    return [_as_neighbour(of_row(row), posts[row.id], ours.get(row.id, ())) for row in rows]


def _our_answers(unit: Unit, cases: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """Per case, what the platforms call our answers in it, as "channel:id"."""
    query = (
        select(reply.c.case_id, mention.c.channel, reply.c.platform_id)
        .join(mention, mention.c.id == reply.c.mention_id)
        .where(reply.c.case_id.in_(cases), reply.c.platform_id.is_not(None))
    )
    found: dict[int, list[str]] = {}
    for row in unit.run(query):
        found.setdefault(row.case_id, []).append(f"{row.channel}:{row.platform_id}")
    return found


def _threads(found: Stored) -> list[str]:
    seen = found.mention
    return sorted({each for each in (seen.conversation_id, seen.in_reply_to, seen.id) if each})


def _as_neighbour(known: Case, posts: Sequence[Stored], ours: Sequence[str]) -> OpenCase:
    theirs = [each.mention for each in posts if not each.mention.own]
    threads = {f"{post.channel}:{each}" for post in theirs for each in (post.id, post.version_id, post.conversation_id)}
    return OpenCase(
        id=known.id,
        last_at=known.last_at,
        author_keys=tuple(sorted({key for post in theirs for key in handle_keys(post)})),
        customer_id=known.customer_id,
        thread=tuple(sorted({*ours, *(each for each in threads if not each.endswith(":None"))})),
        posts=tuple(sorted({*ours, *_ids(posts)})),
        closed=known.state is State.CLOSED,
        answered=known.first_answer_at is not None,
        owner_id=known.owner_id,
        text=theirs[0].text if theirs else "",
        first_at=known.opened_at,
    )


def _ids(posts: Sequence[Stored]) -> Iterator[str]:
    for each in posts:
        yield f"{each.mention.channel}:{each.mention.id}"
        yield f"{each.mention.channel}:{each.mention.version_id}"


def _versions(seen: Mention) -> list[str]:
    return sorted({seen.id, seen.version_id or seen.id})


def left_aside(unit: Unit, found: Stored, limit: int = 50) -> list[Stored]:
    """What our brand or this author wrote in the same conversation and was put aside before, oldest first."""
    seen = found.mention
    same = mention.c.conversation_id == (seen.conversation_id or seen.id)
    mine: ColumnElement[bool] = mention.c.own.is_(True)
    if seen.author is not None:
        mine = mine | (mention.c.author_id == seen.author.id)
    query = (
        select(mention)
        .where(mention.c.channel == seen.channel, or_(same, mention.c.in_reply_to.in_(_versions(seen))))
        .where(mention.c.brand == seen.brand, mention.c.state == "dismissed", mention.c.gone_at.is_(None), mine)
        .where(mention.c.dismissed.in_([each.value for each in FOR_WANT_OF_A_CASE]))
        .order_by(mention.c.created_at, mention.c.id)
        .limit(limit)
    )
    return [stored(row) for row in unit.run(query)]


def lately(unit: Unit, brand: str, since: datetime, limit: int = 200) -> list[OpenCase]:
    """Open cases of late by what opened them, latest first: another profile may have written the same."""
    query = (
        select(case.c.id, case.c.last_at, mention.c.text)
        .join(mention, mention.c.case_id == case.c.id)
        .where(case.c.brand == brand, case.c.last_at >= since, case.c.state.in_(OPEN_STATES))
        .where(mention.c.own.is_(False), mention.c.gone_at.is_(None))
        .order_by(case.c.last_at.desc())
        .limit(limit)
    )
    return [OpenCase(row.id, row.last_at, text=row.text) for row in unit.run(query)]


def offer_join(unit: Unit, number: int, mention_id: int, likeness: float, now: datetime) -> None:
    """Near-identical words by another profile: offered to the owner for joining, never joined silently."""
    insert_ = postgresql.insert(offer) if unit.postgresql else sqlite.insert(offer)
    brand = select(case.c.brand).where(case.c.id == number).scalar_subquery()
    values = {"brand": brand, "case_id": number, "mention_id": mention_id, "likeness": likeness, "at": now}
    unit.run(insert_.values(values).on_conflict_do_nothing(index_elements=["case_id", "mention_id"]))
