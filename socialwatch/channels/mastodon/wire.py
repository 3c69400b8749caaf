"""Mastodon as it looks on the wire: how a status becomes a mention, and HTML plain text. No sockets here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from socialwatch.domain.mention import Author, Mention, Metrics, clean

Fields = Mapping[str, Any]

_HANDLES = re.compile(r"^(?:\s*@[\w.-]+(?:@[\w.-]+)?)+")


@dataclass(frozen=True, slots=True)
class Account:
    """The brand's account: its number on its own server, and its address there (without a host)."""

    brand: str
    id: str
    acct: str


def mention(status: Fields, account: Account) -> Mention:
    """One status as a mention. Raises ValueError when it has no id, text or moment.

    Mastodon keeps the id when a status is edited, so the version adds the moment of the edit.
    """
    number, author = text(status, "id"), _fields(status, "account")
    edited, shared = moment(status.get("edited_at")), _fields(status, "reblog")
    who = text(author, "id")
    created = moment(status.get("created_at"))
    if created is None:
        raise ValueError("created_at ontbreekt of is geen tijdstip")
    return Mention(
        channel="mastodon",
        id=number,
        version_id=number if edited is None else f"{number}@{edited.isoformat()}",
        text=clean(full_text(shared or status)),
        created_at=created,
        author=Author(
            who, _optional(author, "acct"), _optional(author, "display_name"), _count(author, "followers_count")
        ),
        url=_address(status),
        conversation_id=_optional(status, "in_reply_to_id") or number,
        in_reply_to=_optional(status, "in_reply_to_id"),
        metrics=Metrics(
            _count(status, "favourites_count"), _count(status, "reblogs_count"), _count(status, "replies_count")
        ),
        own=who == account.id,
        repost=bool(shared),
        may_train=False,  # the author was not asked, and many servers forbid it in their terms
        can_reply=who != account.id and not shared,
        audience=audience(status),
        brand=account.brand,
    )


def full_text(status: Fields) -> str:
    """The warning before the text, if any, and the text."""
    content = status.get("content")
    if not isinstance(content, str):
        raise ValueError("content ontbreekt")
    warning = status.get("spoiler_text")
    return "\n\n".join(part for part in (str(warning or "").strip(), plain(content)) if part)


def audience(status: Fields) -> str:
    """Only what everybody may read is public: followers-only and direct posts stay between us and their author."""
    return "public" if status.get("visibility") in ("public", "unlisted") else "private"


def visibility(status: Fields) -> str:
    """How an answer is posted: never for a wider circle than the post itself. Our followers are not the author's."""
    given = status.get("visibility")
    return str(given) if given in ("public", "unlisted") else "direct"


def addressed(text: str, acct: str) -> str:
    """The text with its reader named in front: Mastodon tells nobody else, and shows a direct post to nobody else."""
    named = re.search(rf"(?<![\w@])@{re.escape(acct)}(?![\w@.-])", text, re.IGNORECASE)
    return text if named else f"@{acct} {text}"


def bare(version: str) -> str:
    """The number of a status out of the id of a version."""
    return version.partition("@")[0]


def moment(given: Any) -> datetime | None:
    """A moment, whether the SDK has read it already or not; None when it is none."""
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else given
        return at.astimezone(UTC) if isinstance(at, datetime) and at.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def same_text(status: Fields, wanted: str) -> bool:
    """Whether a status says this, but for the names in front, spacing and case."""
    said = status.get("content")
    return isinstance(said, str) and _comparable(plain(said)) == _comparable(wanted)


def plain(html: str) -> str:
    """HTML as Mastodon sends it (paragraphs, line breaks, links) as text. Links stand in full, also where it hides part
    of them.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()


def text(fields: Fields, name: str) -> str:
    """A text or number that must be there. Raises ValueError."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise ValueError(f"{name} ontbreekt")
    return clean(str(value))


class _Reader(HTMLParser):
    """Collects the text; what a browser would start on a new line starts on one here."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "blockquote", "pre", "ul", "ol"):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _comparable(said: str) -> str:
    return " ".join(_HANDLES.sub("", said).split()).casefold()


def _address(status: Fields) -> str | None:
    """Where a person reads it; on another server that is another host. Nothing but http is ever shown as a link."""
    given = _optional(status, "url") or _optional(status, "uri")
    return given if given is not None and given.startswith(("https://", "http://")) else None


def _fields(outer: Fields, name: str) -> Fields:
    inner = outer.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _count(counts: Fields, name: str) -> int | None:
    value = counts.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _optional(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    return clean(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None
