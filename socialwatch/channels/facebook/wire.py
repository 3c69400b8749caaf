"""The Graph API as it looks on the wire: what we ask for, and how posts, comments and changes become mentions."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from socialwatch.domain.mention import Author, Mention, Metrics, clean

Fields = Mapping[str, Any]

POST = "id,message,story,created_time,from,permalink_url,shares"
COMMENT = "id,message,created_time,from,permalink_url,parent,can_comment,like_count,comment_count"
_PLACES = ("after", "until", "__paging_token", "offset")
NESTED = 25  # comments that come along with each post; the others are asked for under the post itself
FEED = f"{POST},comments.filter(stream).order(chronological).limit({NESTED}).summary(true){{{COMMENT}}}"
_POSTS = ("status", "post", "photo", "video", "share", "link", "album", "event", "note")
_TOLD, _TAKEN = ("add", "edit", "edited", "update"), ("remove", "delete")
_ID = re.compile(r"[A-Za-z0-9_:.=-]{1,200}")  # digits and underscores, and pfbid… where Meta hides the author


def post(row: Fields, page_id: str, brand: str) -> Mention:
    """A post on the page or one that names it. Raises ValueError when it has no id or moment."""
    number = _needed(row, "id")
    return Mention(
        channel="facebook",
        id=number,
        version_id=number,
        text=clean(str(row.get("message") or row.get("story") or "")),
        created_at=moment(row.get("created_time")),
        author=_author(row),
        url=_address(row.get("permalink_url")),
        conversation_id=number,
        metrics=Metrics(reposts=_count(row.get("shares") or {}, "count")),
        own=_written_by(row, page_id),
        can_reply=True,
        brand=brand,
    )


def comment(row: Fields, post_id: str, account: tuple[str, str]) -> Mention:
    """A comment, or a reply to one, under `post_id`; `account` is the page's id and the brand. Raises ValueError."""
    number, parent = _needed(row, "id"), row.get("parent") or {}
    return Mention(
        channel="facebook",
        id=number,
        version_id=number,
        text=clean(str(row.get("message") or "")),
        created_at=moment(row.get("created_time")),
        author=_author(row),
        url=_address(row.get("permalink_url")),
        conversation_id=post_id,
        in_reply_to=_id(parent.get("id")) or post_id,
        metrics=Metrics(likes=_count(row, "like_count"), replies=_count(row, "comment_count")),
        own=_written_by(row, account[0]),
        can_reply=row.get("can_comment") is not False,
        brand=account[1],
    )


def change(value: Fields, account: tuple[str, str]) -> Mention | str | None:
    """One change a webhook tells of: a mention (new or edited), the id of what was removed, or None.

    Unpublished posts, what the page hides, likes and reactions are None: hidden is not gone. A change may leave the
    text out; the mention then has none until it is looked up or polled. Raises ValueError when it cannot be read.
    """
    item, verb = str(value.get("item")), str(value.get("verb"))
    if item not in (*_POSTS, "comment") or value.get("published") in (0, False):
        return None
    number = _needed(value, "comment_id" if item == "comment" else "post_id")
    if verb in _TAKEN:
        return number
    if verb not in _TOLD:
        return None
    about = value.get("post")
    row = {
        "id": number,
        "message": value.get("message"),
        "created_time": value.get("created_time"),
        "from": value.get("from"),
        "permalink_url": about.get("permalink_url") if isinstance(about, Mapping) else None,
        "parent": {"id": value.get("parent_id")},
    }
    if item == "comment":
        return comment(row, _needed(value, "post_id"), account)
    return post(row, *account)


def is_post(number: str, page_id: str) -> bool:
    """Posts of a page are numbered page_post, comments post_comment."""
    return number.startswith(f"{page_id}_")


def next_place(paging: Any) -> dict[str, str] | None:
    """How to ask for the next page: None at the end, empty when Graph sends us to the same place again.

    The `next` address holds the access token, so it is not followed: its place is taken out and asked for ourselves.
    """
    if not isinstance(paging, Mapping) or not paging.get("next"):
        return None
    cursors = paging.get("cursors")
    if isinstance(cursors, Mapping) and cursors.get("after"):
        return {"after": str(cursors["after"])}
    return {name: value for name, value in parse_qsl(urlsplit(str(paging["next"])).query) if name in _PLACES}


def moment(given: Any) -> datetime:
    """Graph writes +0000 without a colon, webhooks whole seconds. Raises ValueError."""
    if isinstance(given, int) and not isinstance(given, bool):
        return datetime.fromtimestamp(given, UTC)
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        at = None  # its own sentence would show what was written there
    if at is None or at.utcoffset() is None:
        raise ValueError("created_time ontbreekt")
    return at.astimezone(UTC)


def comparable(text: str) -> str:
    """A text without differences of spacing and case."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def _author(row: Fields) -> Author | None:
    """Absent without the right permission, and always for people who tag the page in a post of their own."""
    given = row.get("from")
    number = _id(given.get("id")) if isinstance(given, Mapping) else ""
    if not number or not isinstance(given, Mapping):
        return None
    name = given.get("name")
    return Author(number, name=clean(str(name)) if name else None)


def _written_by(row: Fields, page_id: str) -> bool:
    given = row.get("from")
    return isinstance(given, Mapping) and str(given.get("id")) == page_id


def _address(given: Any) -> str | None:
    return clean(given) if isinstance(given, str) and given.startswith(("https://", "http://")) else None


def _needed(row: Fields, name: str) -> str:
    number = _id(row.get(name))
    if not number:
        raise ValueError(f"{name} ontbreekt")
    return number


def _id(given: Any) -> str:
    """A number of Graph as text; "" for all that can be none."""
    if isinstance(given, bool) or not isinstance(given, str | int):
        return ""
    return str(given) if _ID.fullmatch(str(given)) else ""


def _count(row: Fields, name: str) -> int | None:
    value = row.get(name)
    return value if isinstance(value, int) and value >= 0 else None
