"""Bluesky as it looks on the wire: how a post becomes a mention, and an answer a record. No sockets here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from socialwatch.domain.mention import Author, Mention, Metrics, clean

Fields = Mapping[str, Any]

POSTS = "app.bsky.feed.post"
LIKES = "app.bsky.feed.like"
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"  # base32-sortable, atproto.com/specs/tid
_TID = 13  # letters: 53 bits of microseconds since 1970 and 10 bits that tell apart


@dataclass(frozen=True, slots=True)
class Account:
    """The brand's account: its lasting name."""

    brand: str
    did: str


def rows(document: Fields, name: str) -> list[Fields]:
    """The objects of a list in an answer; empty when there is none."""
    listed = document.get(name)
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def mention(view: Fields, account: Account) -> Mention:
    """One postView (app.bsky.feed.defs) as a mention. Raises ValueError when it has no address, text or moment.

    The version is the address with the record's hash: whoever rewrites a record gets a new one.
    """
    uri, cid, record, author = text(view, "uri"), text(view, "cid"), _fields(view, "record"), _fields(view, "author")
    did, parents = text(author, "did"), _fields(record, "reply")
    viewer = _fields(view, "viewer")
    return Mention(
        channel="bluesky",
        id=uri,
        version_id=f"{uri}#{cid}",
        text=clean(full_text(record)),
        created_at=moment(view),
        author=Author(did, _optional(author, "handle"), _optional(author, "displayName")),
        url=address(uri, str(author.get("handle") or did)),
        conversation_id=_optional(_fields(parents, "root"), "uri") or uri,
        in_reply_to=_optional(_fields(parents, "parent"), "uri"),
        metrics=Metrics(_count(view, "likeCount"), _count(view, "repostCount"), _count(view, "replyCount")),
        own=did == account.did,
        may_train=False,  # the author was not asked, and the network's terms leave the right with the author
        can_reply=did != account.did and not viewer.get("replyDisabled") and not _blocked(author),
        brand=account.brand,
    )


def full_text(record: Fields) -> str:
    """The text with its links in full: the apps shorten what is shown and keep the whole link beside it."""
    shown = record.get("text")
    if not isinstance(shown, str):
        raise ValueError("text ontbreekt")
    raw = shown.encode("utf-8", "replace")
    for start, end, link in sorted(_links(record, len(raw)), reverse=True):
        raw = raw[:start] + _linked(raw[start:end].decode("utf-8", "replace"), link).encode() + raw[end:]
    return raw.decode("utf-8", "replace")


def moment(view: Fields) -> datetime:
    """When it was written, by its author's word, but not after the network saw it (Bluesky sorts by this too)."""
    said, seen = _moment(_fields(view, "record").get("createdAt")), _moment(view.get("indexedAt"))
    known = [one for one in (said, seen) if one is not None]
    if not known:
        raise ValueError("createdAt en indexedAt ontbreken")
    return min(known)


def listed_at(entry: Fields, name: str = "indexedAt") -> datetime | None:
    """The moment by which a list is ordered."""
    return _moment(entry.get(name))


def address(uri: str, who: str) -> str:
    """Where a person reads the post; an account without a valid handle is found by its lasting name."""
    did, _, key = uri.removeprefix("at://").partition(f"/{POSTS}/")
    return f"https://bsky.app/profile/{who if who != 'handle.invalid' else did}/post/{key}"


def bare(version: str) -> str:
    """The address of a post out of the id of a version."""
    return version.partition("#")[0]


def reference(view: Fields) -> dict[str, str]:
    """A strong reference to a post: address and hash."""
    return {"uri": text(view, "uri"), "cid": text(view, "cid")}


def thread(view: Fields) -> dict[str, Any]:
    """The `reply` of an answer under this post: its parent, and the root of the conversation."""
    root = _fields(_fields(_fields(view, "record"), "reply"), "root")
    return {"root": reference(root) if root else reference(view), "parent": reference(view)}


def record_key(mention: Mention, key: str) -> str:
    """The name of the record that answers `mention`: the same for the same `key`, so that a repeat hits the first one.

    A valid TID whose second is that of the mention; the 30 bits below it come from `key`. All our answers to one
    mention therefore stand side by side in the repository.
    """
    second, bits = int(mention.created_at.timestamp()), int.from_bytes(sha256(key.encode()).digest()[:4])
    return _tid(second, bits % 1_000_000, (bits >> 20) % 1024)


def after_keys(mention: Mention) -> str:
    """The first name past all that `record_key` can give for this mention."""
    return _tid(int((mention.created_at + timedelta(seconds=1)).timestamp()), 0, 0)


def answers(row: Fields, uri: str, since: datetime) -> bool:
    """Whether a record of ours (com.atproto.repo.listRecords) answers that post and was written since then."""
    record = _fields(row, "value")
    at = _moment(record.get("createdAt"))
    parent = _fields(_fields(record, "reply"), "parent").get("uri")
    return parent == uri and at is not None and at >= since


def same_text(row: Fields, wanted: str) -> bool:
    """Whether a record says this, but for spacing and case."""
    said = _fields(row, "value").get("text")
    return isinstance(said, str) and _comparable(said) == _comparable(wanted)


def stamp(at: datetime) -> str:
    """A moment as the lexicons want it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def text(fields: Fields, name: str) -> str:
    """A text that must be there. Raises ValueError."""
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} ontbreekt")
    return clean(value)


def moment_or_none(view: Fields) -> datetime | None:
    """As `moment`, for a post that may be anything."""
    try:
        return moment(view)
    except ValueError:
        return None


def _comparable(text: str) -> str:
    return " ".join(text.split()).casefold()


def _tid(second: int, micro: int, clock: int) -> str:
    number = (max(0, second) * 1_000_000 + micro) << 10 | clock
    return "".join(_LETTERS[(number >> 5 * place) & 31] for place in reversed(range(_TID)))


def _links(record: Fields, length: int) -> Iterable[tuple[int, int, str]]:
    for facet in rows(record, "facets"):
        place = _fields(facet, "index")
        start, end = place.get("byteStart"), place.get("byteEnd")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
            continue
        for feature in rows(facet, "features"):
            if isinstance(feature.get("uri"), str):
                yield start, end, clean(feature["uri"])


def _linked(shown: str, link: str) -> str:
    """The whole link instead of its shortened form, or beside other words."""
    start = shown.rstrip(".…").removeprefix("https://").removeprefix("http://")
    bare_link = link.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return link if bare_link.startswith(start.removeprefix("www.")) else f"{shown} ({link})"


def _blocked(author: Fields) -> bool:
    between = _fields(author, "viewer")
    return bool(between.get("blockedBy") or between.get("blocking"))


def _moment(given: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else None
        return at.astimezone(UTC) if at is not None and at.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def _fields(outer: Fields, name: str) -> Fields:
    inner = outer.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _count(counts: Fields, name: str) -> int | None:
    value = counts.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _optional(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    return clean(value) if isinstance(value, str) and value else None
