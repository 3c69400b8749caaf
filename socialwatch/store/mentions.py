"""Mentions as they came in, and their versions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.mention import Author, Mention, Metrics, clean
from socialwatch.store.tables import assessment, mention, mention_version
from socialwatch.store.unit import Unit

SHOWN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Stored:
    """A mention with its row: `state` is waiting, joined, dismissed, thanks, ours (a reply of ours coming back)
    or gone (deleted before it came in)."""

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
        "state": "dismissed" if each.aside else "waiting",
        "dismissed": each.aside[:40] or None,
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
        if words and words != row.text and _newer(version, row.version_id):
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


# Every mention asks these, so they are built once: building a statement takes as long as asking it.
_BY_ID = select(mention).where(mention.c.id.in_(bindparam("ids", expanding=True))).order_by(mention.c.id)
_SETTLE = update(mention).where(mention.c.id == bindparam("key"))


def by_id(unit: Unit, ids: Iterable[int]) -> tuple[Stored, ...]:
    """Mentions by their row's id, in that order."""
    wanted = sorted(ids)
    return tuple(stored(row) for row in unit.run(_BY_ID, {"ids": wanted})) if wanted else ()


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


def gone_before(unit: Unit, brand: str, channel: str, native_ids: Sequence[str], now: datetime) -> None:
    """Posts that were deleted before they came in: an empty row each, so that a late delivery does not revive them."""
    known = set()
    for each in by_native(unit, channel, native_ids):
        known |= {each.mention.id, each.mention.version_id}
    missing = [Mention(channel, each, "", now, brand=brand) for each in sorted(set(native_ids) - known)]
    rows = [_values(each, now) | {"state": "gone", "gone_at": now} for each in missing]
    if rows:
        insert = postgresql.insert(mention) if unit.postgresql else sqlite.insert(mention)
        unit.run(insert.on_conflict_do_nothing(index_elements=["channel", "native_id"]), rows)


def settle(unit: Unit, key: int, state: str, *, case_id: int | None = None, dismissed: str | None = None) -> None:
    """What became of a mention: joined to a case, dismissed with its reason, or a thank-you."""
    unit.gather(_settle, [{"key": key, "state": state, "case_id": case_id, "dismissed": dismissed}])


def _settle(unit: Unit, rows: list[dict[str, Any]]) -> None:
    unit.apart(_SETTLE, rows)


def link(unit: Unit, key: int, customer_id: str | None) -> None:
    """Whose mention this is in the order system; None: nobody's that we know."""
    unit.gather(_link, [{"key": key, "customer_id": customer_id}])


def _link(unit: Unit, rows: list[dict[str, Any]]) -> None:
    unit.apart(_SETTLE, rows)


def waiting(unit: Unit) -> int:
    """How many mentions still wait for their place."""
    return int(unit.run(select(func.count()).where(mention.c.state == "waiting")).scalar_one())


def not_lately_shown(unit: Unit, ids: Iterable[int], now: datetime) -> list[int]:
    """Which of these `shown` would write."""
    return list(unit.run(select(mention.c.id).where(_due_to_note(ids, now))).scalars())


def shown(unit: Unit, ids: Iterable[int], now: datetime) -> None:
    """These posts are on somebody's screen; written at most once an hour per post."""
    unit.run(update(mention).where(_due_to_note(ids, now)).values(shown_at=now))


def _due_to_note(ids: Iterable[int], now: datetime) -> Any:
    old = or_(mention.c.shown_at.is_(None), mention.c.shown_at < now - SHOWN_EVERY)
    return mention.c.id.in_(sorted(ids)) & old
