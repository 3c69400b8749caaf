"""Mentions as they came in, their versions, and what was read in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.assessment import Assessment, Fact, Feeling, Hazard, Kind, Reading, Span, Stake
from socialwatch.domain.case import State
from socialwatch.domain.mention import Author, Mention, Metrics, clean
from socialwatch.domain.wording import filled
from socialwatch.store.tables import assessment, case, mention, mention_version
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Stored:
    """A mention with its row: `state` is waiting, joined, dismissed, thanks or ours (a reply of ours coming back)."""

    id: int
    mention: Mention
    state: str
    dismissed: str | None
    customer_id: str | None
    case_id: int | None
    received_at: datetime
    edited_at: datetime | None
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page brought: rows that are new, and rows whose text changed."""

    new: tuple[Stored, ...]
    edited: tuple[Stored, ...]


def take(unit: Unit, found: Sequence[Mention], now: datetime) -> Taken:
    """Store a page. What we have already is not doubled; a newer version of it replaces the text and keeps the old one.

    Rows go in sorted by their unique key: two pollers with shuffled pages would deadlock PostgreSQL otherwise.
    """
    unique = {(each.channel, each.id): each for each in found}
    rows = [_values(unique[key], now) for key in sorted(unique)]
    if not rows:
        return Taken((), ())
    insert = postgresql.insert(mention) if unit.postgresql else sqlite.insert(mention)
    statement = insert.on_conflict_do_nothing(index_elements=["channel", "native_id"]).returning(mention.c.id)
    fresh = sorted(unit.run(statement, rows).scalars())
    edited = _renew(unit, unique, set(fresh), now)
    return Taken(by_id(unit, fresh), by_id(unit, edited))


def _values(each: Mention, now: datetime) -> dict[str, Any]:
    author = each.author
    return {
        "brand": each.brand,
        "channel": each.channel,
        "native_id": each.id,
        "version_id": each.version_id or each.id,
        "text": clean(each.text),
        "created_at": each.created_at,
        "received_at": now,
        "author_id": author.id if author else None,
        "author_handle": _cleaned(author.handle) if author else None,
        "author_name": _cleaned(author.name) if author else None,
        "followers": author.followers if author else None,
        "url": _cleaned(each.url),
        "conversation_id": _cleaned(each.conversation_id),
        "in_reply_to": _cleaned(each.in_reply_to),
        "likes": each.metrics.likes,
        "reposts": each.metrics.reposts,
        "replies": each.metrics.replies,
        "own": each.own,
        "repost": each.repost,
        "may_train": each.may_train,
        "can_reply": each.can_reply,
        "audience": each.audience,
        "state": "waiting",
    }


def _cleaned(words: str | None) -> str | None:
    return clean(words) if words is not None else None


def _renew(unit: Unit, found: Mapping[tuple[str, str], Mention], fresh: set[int], now: datetime) -> list[int]:
    """Update text and counters of mentions that we had already; gives back the ids whose text changed."""
    edited = []
    known = unit.run(select(mention).where(tuple_(mention.c.channel, mention.c.native_id).in_(sorted(found)))).all()
    for row in known:
        seen = found[row.channel, row.native_id]
        if row.id in fresh or row.gone_at is not None:
            continue
        version, words = seen.version_id or seen.id, clean(seen.text)
        values: dict[str, Any] = {k: v for k, v in asdict(seen.metrics).items() if v is not None}
        if words != row.text and _newer(version, row.version_id):
            values |= {"text": words, "version_id": version, "edited_at": now}
            _keep_version(unit, row, now)
            edited.append(row.id)
        if values:
            unit.run(update(mention).where(mention.c.id == row.id).values(values))
    return edited


def _newer(seen: str, known: str) -> bool:
    """Ids of X grow with time, so an old version that arrives late does not overwrite a newer one."""
    if seen.isdigit() and known.isdigit():
        return int(seen) >= int(known)
    return True


def _keep_version(unit: Unit, row: Row[Any], now: datetime) -> None:
    insert = postgresql.insert(mention_version) if unit.postgresql else sqlite.insert(mention_version)
    values = {
        "brand": row.brand,
        "mention_id": row.id,
        "version_id": row.version_id if row.edited_at is None else f"{row.version_id}@{row.edited_at.timestamp():.0f}",
        "text": row.text,
        "seen_at": now,
    }
    unit.run(insert.values(values).on_conflict_do_nothing(index_elements=["mention_id", "version_id"]))


def by_id(unit: Unit, ids: Iterable[int]) -> tuple[Stored, ...]:
    """Mentions by their row's id, in that order."""
    rows = unit.run(select(mention).where(mention.c.id.in_(sorted(ids))).order_by(mention.c.id))
    return tuple(stored(row) for row in rows)


def by_native(unit: Unit, channel: str, native_ids: Sequence[str]) -> tuple[Stored, ...]:
    """Mentions by the platform's id of any version we know as first or latest."""
    mine = mention.c.native_id.in_(native_ids) | mention.c.version_id.in_(native_ids)
    rows = unit.run(select(mention).where(mention.c.channel == channel, mine).order_by(mention.c.id))
    return tuple(stored(row) for row in rows)


def stored(row: Row[Any]) -> Stored:
    """A row of `mention` in the domain's words."""
    author = None
    if row.author_id is not None:
        author = Author(row.author_id, row.author_handle, row.author_name, row.followers)
    seen = Mention(
        channel=row.channel,
        id=row.native_id,
        text=row.text,
        created_at=row.created_at,
        author=author,
        url=row.url,
        conversation_id=row.conversation_id,
        in_reply_to=row.in_reply_to,
        metrics=Metrics(row.likes, row.reposts, row.replies),
        version_id=row.version_id,
        own=row.own,
        repost=row.repost,
        may_train=row.may_train,
        can_reply=row.can_reply,
        audience=row.audience,
        brand=row.brand,
    )
    return Stored(
        row.id,
        seen,
        row.state,
        row.dismissed,
        row.customer_id,
        row.case_id,
        row.received_at,
        row.edited_at,
        row.gone_at,
    )


def empty_gone(unit: Unit, channel: str, native_ids: Sequence[str], now: datetime) -> list[Stored]:
    """Posts that were deleted on the platform: text and versions are emptied, the row stays as a mark. Gives the
    newly gone.
    """
    mine = mention.c.native_id.in_(native_ids) | mention.c.version_id.in_(native_ids)
    lost = unit.run(select(mention).where(mention.c.channel == channel, mine, mention.c.gone_at.is_(None))).all()
    ids = [row.id for row in lost]
    if ids:
        unit.run(update(mention).where(mention.c.id.in_(ids)).values(text="", gone_at=now))
        unit.run(update(mention_version).where(mention_version.c.mention_id.in_(ids)).values(text=""))
        unit.run(update(assessment).where(assessment.c.mention_id.in_(ids)).values(facts=[], stakes=[], why=None))
    return [stored(row) for row in lost]


def assess(unit: Unit, found: Mapping[int, tuple[str, Assessment]], now: datetime) -> None:
    """Store what was read, per mention id with its brand; a second reading replaces the first."""
    if not found:
        return
    rows = [_assessed(key, brand, each, now) for key, (brand, each) in sorted(found.items())]
    insert = postgresql.insert(assessment) if unit.postgresql else sqlite.insert(assessment)
    fresh = {name: insert.excluded[name] for name in rows[0] if name != "mention_id"}
    unit.run(insert.on_conflict_do_update(index_elements=["mention_id"], set_=fresh | {"why": None}), rows)


def _assessed(key: int, brand: str, each: Assessment, now: datetime) -> dict[str, Any]:
    reading = each.reading
    return {
        "mention_id": key,
        "brand": brand,
        "model": reading.model,
        "kind": reading.kind.value,
        "frustration": reading.frustration,
        "level": reading.level,
        "distress": reading.distress,
        "feelings": {name.value: score for name, score in reading.feelings.items()},
        "hazards": {name.value: score for name, score in reading.hazards.items()},
        "risk": each.risk,
        "answer": reading.answer,
        "needs_human": reading.needs_human,
        "chance": reading.chance,
        "confidence": reading.confidence,
        "language": reading.language,
        "embedding": reading.embedding,
        "stakes": [asdict(stake) | {"on": stake.on.isoformat() if stake.on else None} for stake in each.stakes],
        "facts": [asdict(fact) for fact in each.facts],
        "behalf": each.behalf,
        "earlier_rejection": each.earlier_rejection,
        "assessed_at": now,
    }


def assessments(unit: Unit, ids: Iterable[int]) -> dict[int, Assessment]:
    """What was read, per mention id; mentions that still wait are not in it."""
    rows = unit.run(select(assessment).where(assessment.c.mention_id.in_(sorted(ids))))
    return {row.mention_id: _read(row) for row in rows}


def _read(row: Row[Any]) -> Assessment:
    reading = Reading(
        kind=Kind(row.kind),
        frustration=row.frustration,
        level=row.level,
        distress=row.distress,
        feelings={Feeling(name): score for name, score in row.feelings.items()},
        hazards={Hazard(name): score for name, score in row.hazards.items()},
        answer=row.answer,
        needs_human=row.needs_human,
        chance=row.chance,
        confidence=row.confidence,
        language=row.language,
        embedding=row.embedding or b"",
        model=row.model,
        by_rules=filled(row.model),
    )
    stakes = tuple(
        Stake(each["what"], date.fromisoformat(each["on"]) if each["on"] else None, each["source"])
        for each in row.stakes
    )
    facts = tuple(Fact(**each) for each in row.facts)
    return Assessment(reading, row.risk, stakes, facts, row.behalf, row.earlier_rejection)


def explain(unit: Unit, key: int, spans: Sequence[Span]) -> None:
    """Keep the stretches that drove the frustration."""
    unit.run(update(assessment).where(assessment.c.mention_id == key).values(why=[asdict(each) for each in spans]))


def reasons(unit: Unit, ids: Iterable[int]) -> dict[int, tuple[Span, ...]]:
    """The stretches per mention id, where they were computed."""
    rows = unit.run(select(assessment.c.mention_id, assessment.c.why).where(assessment.c.mention_id.in_(sorted(ids))))
    return {row.mention_id: tuple(Span(**each) for each in row.why) for row in rows if row.why is not None}


def settle(unit: Unit, key: int, state: str, *, case_id: int | None = None, dismissed: str | None = None) -> None:
    """What became of a mention: joined to a case, dismissed with its reason, or a thank-you."""
    unit.run(update(mention).where(mention.c.id == key).values(state=state, case_id=case_id, dismissed=dismissed))


def link(unit: Unit, key: int, customer_id: str | None) -> None:
    unit.run(update(mention).where(mention.c.id == key).values(customer_id=customer_id))


def waiting(unit: Unit) -> int:
    """How many mentions still wait for their place."""
    return int(unit.run(select(func.count()).where(mention.c.state == "waiting")).scalar_one())


def to_follow(unit: Unit, brand: str, channel: str, before: datetime, limit: int = 100) -> list[Stored]:
    """Customers' posts in open cases that were last looked up (or received) before this moment, longest ago first."""
    last = func.coalesce(mention.c.looked_at, mention.c.received_at)
    query = (
        select(mention)
        .join(case, case.c.id == mention.c.case_id)
        .where(mention.c.brand == brand, mention.c.channel == channel, mention.c.gone_at.is_(None))
        .where(mention.c.own.is_(False), case.c.state != State.CLOSED.value, last < before)
        .order_by(last)
        .limit(limit)
    )
    return [stored(row) for row in unit.run(query)]


def looked_up(unit: Unit, ids: Iterable[int], now: datetime) -> None:
    unit.run(update(mention).where(mention.c.id.in_(sorted(ids))).values(looked_at=now))
