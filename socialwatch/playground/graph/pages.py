"""Graph's pages: limit, cursors, since and until, and the links that lead on."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from socialwatch.playground.graph.errors import Refusal, bad_parameter
from socialwatch.playground.graph.wishes import Field
from socialwatch.playground.scene import Post

Shape = dict[str, Any]
_MOST = 100
_USUAL = 25


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list came from, so that `next` can lead there again. `blank` makes its first page empty."""

    url: str
    path: str
    parameters: Mapping[str, str]
    blank: bool = False

    def link(self, more: Mapping[str, str]) -> str:
        kept = {
            name: value for name, value in self.parameters.items() if name not in ("after", "before", "appsecret_proof")
        }
        return f"{self.url}/{self.path}?{urlencode({**kept, **more})}"

    def under(self, object_id: str, edge: str, one: Field) -> "Source":
        """The list below one object that came nested in another answer."""
        token = self.parameters.get("access_token", "")
        version = self.path.split("/")[0]
        parameters = {"access_token": token, **dict(one.modifiers)}
        if one.inner is not None:
            parameters["fields"] = _written(one.inner)
        return replace(self, path=f"{version}/{object_id}/{edge}", parameters=parameters, blank=False)


def collection(
    posts: Sequence[Post], asked: Mapping[str, str], source: Source, shape: Callable[[Post], Shape]
) -> Shape:
    """`data` and `paging` for the part of `posts` that `asked` names by limit, after, before, since and until."""
    limit = _limit(asked.get("limit"))
    found = _within(posts, asked)
    begin = _position(found, asked, limit)
    shown = [] if source.blank else found[begin : begin + limit]
    body: Shape = {"data": [shape(post) for post in shown]}
    paging: Shape = {}
    if shown:
        paging["cursors"] = {"before": _cursor(shown[0]), "after": _cursor(shown[-1])}
    if source.blank:
        paging["next"] = source.link({name: asked[name] for name in ("after", "before") if name in asked})
    elif limit and begin + limit < len(found):
        paging["next"] = source.link({"limit": str(limit), "after": _cursor(shown[-1])})
    if shown and begin > 0:
        paging["previous"] = source.link({"limit": str(limit), "before": _cursor(shown[0])})
    return {**body, "paging": paging} if paging else body


def _limit(given: str | None) -> int:
    if given is None:
        return _USUAL
    if not given.isdigit():
        raise Refusal(bad_parameter("Param limit must be an integer"))
    if int(given) > _MOST:
        raise Refusal(bad_parameter(f"Param limit must be at most {_MOST}"))
    return int(given)


def _within(posts: Sequence[Post], asked: Mapping[str, str]) -> list[Post]:
    since, until = _time(asked, "since"), _time(asked, "until")
    return [
        post
        for post in posts
        if (since is None or post.created_at >= since) and (until is None or post.created_at <= until)
    ]


def _time(asked: Mapping[str, str], name: str) -> datetime | None:
    """A Unix time, or anything ISO; a time without a zone is read as UTC."""
    given = asked.get(name)
    if given is None:
        return None
    try:
        at = datetime.fromtimestamp(int(given), UTC) if given.isdigit() else datetime.fromisoformat(given)
    except (ValueError, OverflowError):
        raise Refusal(bad_parameter(f"Param {name} must be a valid date/time")) from None
    return at if at.utcoffset() is not None else at.replace(tzinfo=UTC)


def _position(found: Sequence[Post], asked: Mapping[str, str], limit: int) -> int:
    if "after" in asked:
        return _index(found, asked["after"]) + 1
    if "before" in asked:
        return max(0, _index(found, asked["before"]) - limit)
    return 0


def _index(found: Sequence[Post], cursor: str) -> int:
    """Cursors point at one post; when it is gone they are worth nothing, as the documents warn."""
    try:
        wanted = base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, UnicodeError):
        wanted = ""
    for at, post in enumerate(found):
        if post.first_id == wanted:
            return at
    raise Refusal(bad_parameter("Invalid cursor"))


def _cursor(post: Post) -> str:
    return base64.urlsafe_b64encode(post.first_id.encode()).decode()


def _written(wanted: Sequence[Field]) -> str:
    parts = []
    for one in wanted:
        modifiers = "".join(f".{name}({value})" for name, value in one.modifiers.items())
        parts.append(f"{one.name}{modifiers}" + (f"{{{_written(one.inner)}}}" if one.inner is not None else ""))
    return ",".join(parts)
