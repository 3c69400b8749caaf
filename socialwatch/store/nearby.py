"""Cases near a mention: which it may belong to, and which another profile opened with almost the same words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.case import State
from socialwatch.domain.identity import handle_keys
from socialwatch.domain.join import FOR_WANT_OF_A_CASE, OpenCase
from socialwatch.domain.mention import Mention
from socialwatch.store.cases import OPEN_STATES, Case, by_ids, mentions, surviving
from socialwatch.store.mentions import Stored, stored
from socialwatch.store.tables import case, mention, offer, reply
from socialwatch.store.unit import Unit

ROUTING = 72617  # held by who decides where a post belongs; any number, as long as nothing else holds it
MOST = 50  # cases, or posts put aside, that one mention is held against


# Every mention asks these, so they are built once: building a statement takes as long as asking it. Where an author, a
# conversation or an answered post is the way in, nothing is said of brand or state: SQLite would take an index on those
# and read all that a brand has.
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_SINCE: BindParameter[Any] = bindparam("since")
_BY_AUTHOR = (
    select(mention.c.author_id.label("who"), mention.c.brand, mention.c.case_id.label("number"))
    .join(case, case.c.id == mention.c.case_id)
    .where(mention.c.channel == bindparam("channel"), mention.c.author_id.in_(_PEOPLE), case.c.last_at >= _SINCE)
    .distinct()
)
_BY_CUSTOMER = (
    select(case.c.customer_id.label("who"), case.c.brand, case.c.id.label("number"), case.c.merged_into)
    .where(case.c.brand == bindparam("brand"), case.c.customer_id.in_(_PEOPLE), case.c.last_at >= _SINCE)
    .distinct()
)
_LATELY = (
    select(case.c.id, case.c.last_at, mention.c.text)
    .join(mention, mention.c.case_id == case.c.id)
    .where(case.c.brand == bindparam("brand"), case.c.state == bindparam("state"), case.c.last_at >= _SINCE)
    .where(mention.c.own.is_(False), mention.c.gone_at.is_(None))
    .order_by(case.c.last_at.desc())
    .limit(bindparam("most"))
)


def _put_aside(way: ColumnElement[str | None]) -> Select[Any]:
    authors: BindParameter[Any] = bindparam("authors", expanding=True)
    return (
        select(mention)
        .where(mention.c.channel == bindparam("channel"), way.in_(bindparam("ways", expanding=True)))
        .where(or_(mention.c.own.is_(True), mention.c.author_id.in_(authors)), mention.c.gone_at.is_(None))
        .where(mention.c.dismissed.in_([each.value for each in FOR_WANT_OF_A_CASE]))
    )


_IN_CONVERSATION, _ANSWERING = _put_aside(mention.c.conversation_id), _put_aside(mention.c.in_reply_to)


def neighbours(unit: Unit, found: Sequence[Stored], within: timedelta) -> dict[int, list[OpenCase]]:
    """Per mention the cases of late that it may belong to, latest first: those of the same author or linked customer,
    and for our own posts those in the same conversation.
    """
    numbers, also = _of_same_person(unit, found, within)
    for each in found:
        if each.mention.own:
            numbers[each.id] |= _in_conversation(unit, each)
    known = _known(unit, set().union(*numbers.values()), also)
    return {each.id: _of_late(each, [known[number] for number in numbers[each.id]], within) for each in found}


def _of_late(found: Stored, cases: Iterable[OpenCase], within: timedelta) -> list[OpenCase]:
    since = found.mention.created_at - within
    late = [each for each in cases if each.last_at >= since]
    return sorted(late, key=lambda each: each.last_at, reverse=True)[:MOST]


def _of_same_person(
    unit: Unit, found: Sequence[Stored], within: timedelta
) -> tuple[dict[int, set[int]], dict[int, set[str]]]:
    """The cases per mention; and per case the customers who came along when theirs was merged into it."""
    numbers: dict[int, set[int]] = {each.id: set() for each in found}
    also: dict[int, set[str]] = {}
    for (brand, channel), group in _by_home(found).items():
        since = min(each.mention.created_at for each in group) - within
        wrote, bought = _grouped(group, _author), _grouped(group, lambda each: each.customer_id)
        values = {"brand": brand, "channel": channel, "since": since}
        for row in unit.run(_BY_AUTHOR, values | {"people": sorted(wrote)}).all() if wrote else []:
            for each in wrote[row.who] if row.brand == brand else ():
                numbers[each].add(row.number)
        for row in unit.run(_BY_CUSTOMER, values | {"people": sorted(bought)}).all() if bought else []:
            home = _home(unit, row, also)
            for each in bought[row.who]:
                numbers[each].add(home)
    return numbers, also


def _home(unit: Unit, row: Row[Any], also: dict[int, set[str]]) -> int:
    """The case, or the one it was merged into, which from then on is this customer's too."""
    if row.merged_into is None:
        return int(row.number)
    home = surviving(unit, row.merged_into)
    also.setdefault(home, set()).add(row.who)
    return home


def _author(found: Stored) -> str | None:
    """Our own account has written in all our cases, so it leads to none."""
    author = found.mention.author
    return author.id if author is not None and not found.mention.own else None


def _grouped(found: Sequence[Stored], key: Callable[[Stored], str | None]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for each in found:
        named = key(each)
        if named is not None:
            groups.setdefault(named, []).append(each.id)
    return groups


def _by_home(found: Sequence[Stored]) -> dict[tuple[str, str], list[Stored]]:
    homes: dict[tuple[str, str], list[Stored]] = {}
    for each in found:
        homes.setdefault((each.mention.brand, each.mention.channel), []).append(each)
    return homes


def _in_conversation(unit: Unit, found: Stored) -> set[int]:
    seen, threads = found.mention, _threads(found)
    answered = select(reply.c.mention_id).where(reply.c.platform_id.in_(threads))
    same = or_(mention.c.conversation_id.in_(threads), mention.c.native_id.in_(threads), mention.c.id.in_(answered))
    query = (
        select(mention.c.case_id)
        .join(case, case.c.id == mention.c.case_id)
        .where(mention.c.channel == seen.channel, mention.c.brand == seen.brand, same)
        .order_by(case.c.last_at.desc())
        .limit(MOST)
    )
    return set(unit.run(query).scalars())


def _known(unit: Unit, numbers: Iterable[int], also: Mapping[int, set[str]]) -> dict[int, OpenCase]:
    wanted = sorted(numbers)
    if not wanted:
        return {}
    posts, ours = mentions(unit, wanted), _our_answers(unit, wanted)
    return {
        number: replace(
            _as_neighbour(known, posts[number], ours.get(number, ())), also=tuple(sorted(also.get(number, ())))
        )
        for number, known in by_ids(unit, wanted).items()
    }


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


def left_aside(unit: Unit, found: Sequence[Stored]) -> dict[int, list[Stored]]:
    """Per mention what we or its author wrote in the same conversation and was put aside before, oldest first."""
    aside: dict[int, list[Stored]] = {}
    for (_, channel), group in _by_home(found).items():
        conversations = {_conversation(each.mention) for each in group}
        answered = {version for each in group for version in _versions(each.mention)}
        authors = {each.mention.author.id for each in group if each.mention.author is not None}
        put_aside: dict[int, Stored] = {}
        for query, ways in ((_IN_CONVERSATION, conversations), (_ANSWERING, answered)):
            values = {"channel": channel, "ways": sorted(ways), "authors": sorted(authors)}
            put_aside |= {row.id: stored(row) for row in unit.run(query, values)}
        ordered = sorted(put_aside.values(), key=lambda each: (each.mention.created_at, each.id))
        for each in group:
            aside[each.id] = [one for one in ordered if _hangs_on(one.mention, each.mention)][:MOST]
    return aside


def _conversation(seen: Mention) -> str:
    return seen.conversation_id or seen.id


def _hangs_on(aside: Mention, seen: Mention) -> bool:
    together = aside.conversation_id == _conversation(seen) or aside.in_reply_to in _versions(seen)
    same_author = seen.author is not None and aside.author is not None and aside.author.id == seen.author.id
    return together and aside.brand == seen.brand and (aside.own or same_author)


def lately(unit: Unit, brand: str, since: datetime, limit: int = 200) -> list[OpenCase]:
    """Open cases of late by what opened them, latest first: another profile may have written the same."""
    found = [each for state in OPEN_STATES for each in _lately(unit, brand, state, since, limit)]
    return sorted(found, key=lambda each: each.last_at, reverse=True)[:limit]


def _lately(unit: Unit, brand: str, state: str, since: datetime, limit: int) -> Iterator[OpenCase]:
    """Those in one state: an index has them in this order, and of several states together it has not."""
    for row in unit.run(_LATELY, {"brand": brand, "state": state, "since": since, "most": limit}):
        yield OpenCase(row.id, row.last_at, text=row.text)


def offer_join(unit: Unit, number: int, mention_id: int, likeness: float, now: datetime) -> None:
    """Near-identical words by another profile: offered to the owner for joining, never joined silently."""
    insert_ = postgresql.insert(offer) if unit.postgresql else sqlite.insert(offer)
    brand = select(case.c.brand).where(case.c.id == number).scalar_subquery()
    values = {"brand": brand, "case_id": number, "mention_id": mention_id, "likeness": likeness, "at": now}
    unit.run(insert_.values(values).on_conflict_do_nothing(index_elements=["case_id", "mention_id"]))
