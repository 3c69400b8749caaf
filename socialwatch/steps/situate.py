"""Situate: offer a situation when many cases have one cause, and let new ones join those that run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from socialwatch.domain.situation import Flare, Post, Rule, cause, flares, likeness, usual
from socialwatch.store import alike, situations
from socialwatch.store.situations import Situation
from socialwatch.store.unit import Database, Unit

MEMBERS = 60  # cases by which a situation knows its cause
STALE = timedelta(hours=24)  # an offer that nobody looked at for so long is no news any more


@dataclass(frozen=True, slots=True)
class _Read:
    """What one round reads for one brand: the freshest posts, what was usual before them, and per situation that is
    not over the posts by which it knows its cause, and the cases that a person took out of it.
    """

    posts: Sequence[Post]
    before: Sequence[str]
    standing: Sequence[Situation]
    known: Mapping[int, Sequence[Post]]
    out: Mapping[int, set[int]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What there is to write: new offers, the cases that join a situation, and offers that are no news any more."""

    offers: Sequence[Flare]
    joining: Sequence[tuple[Situation, Sequence[int]]]
    stale: Sequence[Situation]


def run(database: Database, rule: Rule, now: datetime) -> int:
    """One round over the freshest open cases of every brand; gives back how many situations were offered.

    It reads, thinks with no unit open, and writes only when there is something to say.
    """
    with database.read() as unit:
        brands = alike.brands(unit)
    return sum(_round(database, brand, rule, now) for brand in brands)


def _round(database: Database, brand: str, rule: Rule, now: datetime) -> int:
    with database.read() as unit:
        read = _load(unit, brand, now - rule.within)
    if not read.standing and len(read.posts) < rule.least:
        return 0
    stale = [each for each in read.standing if each.offered_at is not None and each.offered_at < now - STALE]
    joining, left = _joining(read, rule)
    seen = _Seen(flares(left, read.before, rule), joining, stale)
    return _write(database, brand, seen, now)


def _load(unit: Unit, brand: str, since: datetime) -> _Read:
    posts, standing = alike.fresh(unit, brand, since), situations.standing(unit, brand)
    numbers = [each.case_id for each in posts]
    return _Read(
        posts,
        alike.before(unit, brand, since),
        standing,
        {each.id: alike.posts_of(unit, situations.member_ids(unit, each.id, MEMBERS)) for each in standing},
        {each.id: alike.taken_out(unit, each.id, numbers) for each in standing},
    )


def _joining(read: _Read, rule: Rule) -> tuple[list[tuple[Situation, Sequence[int]]], list[Post]]:
    """Which cases belong to a situation that is not over, and the posts that are left."""
    daily, left = usual(read.before), list(read.posts)
    joining: list[tuple[Situation, Sequence[int]]] = []
    for each in read.standing:
        found = cause(read.known[each.id], daily)
        free = [post for post in left if post.case_id not in read.out[each.id]]
        theirs = [post.case_id for post in free if likeness(found, post) >= rule.likeness]
        if theirs:
            joining.append((each, theirs))
            left = [post for post in left if post.case_id not in theirs]
    return joining, left


def _write(database: Database, brand: str, seen: _Seen, now: datetime) -> int:
    if not (seen.offers or seen.joining or seen.stale):
        return 0
    with database.write() as unit:
        for each, numbers in seen.joining:
            known = situations.by_id(unit, brand, each.id)
            if known is not None and known.closed_at is None:  # somebody may have ended it meanwhile
                situations.add(unit, known, numbers, now)
        for each in seen.stale:
            situations.end(unit, each, now)
        for flare in seen.offers:
            made = situations.by_id(unit, brand, situations.begin(unit, brand, flare.title, None, now))
            if made is not None:
                situations.add(unit, made, flare.cases, now)
    return len(seen.offers)
