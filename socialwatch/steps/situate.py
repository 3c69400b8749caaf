"""Situate: offer a situation when many cases have one cause, and let new ones join those that run."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from socialwatch.domain.situation import Post, Rule, cause, flares, likeness, usual
from socialwatch.store import alike, situations
from socialwatch.store.situations import Situation
from socialwatch.store.unit import Database

MEMBERS = 60  # cases by which a situation knows its cause
STALE = timedelta(hours=24)  # an offer that nobody looked at for so long is no news any more


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one round looked at for one brand; `joining` are situations with the cases that belong to them by now."""

    offers: tuple[tuple[str, tuple[int, ...]], ...]
    joining: tuple[tuple[Situation, tuple[int, ...]], ...]
    stale: tuple[Situation, ...]


def run(database: Database, rule: Rule, now: datetime) -> int:
    """One round over the freshest open cases of every brand; gives back how many situations were offered.

    It reads, thinks with no unit open, and writes only when there is something to say.
    """
    with database.read() as unit:
        brands = alike.brands(unit)
    return sum(_round(database, brand, rule, now) for brand in brands)


def _round(database: Database, brand: str, rule: Rule, now: datetime) -> int:
    with database.read() as unit:
        posts = alike.fresh(unit, brand, now - rule.within)
        standing = situations.standing(unit, brand)
        if not standing and len(posts) < rule.least:
            return 0
        before = alike.before(unit, brand, now - rule.within)
        known = {each.id: alike.posts_of(unit, situations.member_ids(unit, each.id, MEMBERS)) for each in standing}
        out = {each.id: alike.taken_out(unit, each.id, [post.case_id for post in posts]) for each in standing}
    seen = _look(standing, posts, before, (rule, known, out, now))
    return _write(database, brand, seen, now)


def _look(
    standing: list[Situation],
    posts: list[Post],
    before: list[str],
    beside: tuple[Rule, dict[int, list[Post]], dict[int, set[int]], datetime],
) -> _Seen:
    rule, known, out, now = beside
    daily, left, joining = usual(before), list(posts), []
    for each in standing:
        found = cause(known[each.id], daily)
        free = [post for post in left if post.case_id not in out[each.id]]
        theirs = tuple(post.case_id for post in free if likeness(found, post) >= rule.likeness)
        if theirs:
            joining.append((each, theirs))
            left = [post for post in left if post.case_id not in theirs]
    stale = tuple(each for each in standing if each.offered_at is not None and each.offered_at < now - STALE)
    offers = tuple((flare.title, flare.cases) for flare in flares(left, before, rule))
    return _Seen(offers, tuple(joining), stale)


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
        for title, numbers in seen.offers:
            made = situations.by_id(unit, brand, situations.begin(unit, brand, title, None, now))
            if made is not None:
                situations.add(unit, made, numbers, now)
    return len(seen.offers)
