"""Posts and users as X's JSON, with only the fields that were asked for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from socialwatch.playground.ids import moment
from socialwatch.playground.scene import Post, Scene
from socialwatch.playground.script import Profile
from socialwatch.playground.x import text
from socialwatch.playground.x.problems import not_found
from socialwatch.playground.x.spelling import Wish

Shape = dict[str, Any]
_EDITABLE = timedelta(hours=1)
_MOST_EDITS = 5


def stamp(at: datetime) -> str:
    """A time as X writes it: UTC, milliseconds, Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def post_shape(made: Scene, post: Post, wish: Wish) -> Shape:
    """One post. `id`, `text` and the history of its versions always come along."""
    spelling = wish.spelling
    shape: Shape = {
        "id": post.id,
        "text": text.cut_text(made, post),
        spelling.history: [version.id for version in post.versions],
    }
    asked = wish.fields | wish.expansions
    for name, make in _FIELDS.items():
        if name in asked:
            shape[name] = make(made, post)
    if spelling.referenced in asked or any(name.startswith(spelling.referenced_expansion) for name in asked):
        shape[spelling.referenced] = _references(made, post)
    if "public_metrics" in asked:
        shape["public_metrics"] = _metrics(made, post, spelling.reposts)
    if spelling.note in asked and len(text.full_text(made, post)) > text.LONGEST:
        shape[spelling.note] = _note(made, post)
    return {name: value for name, value in shape.items() if value not in (None, [], {})}


def user_shape(profile: Profile, wish: Wish) -> Shape:
    """One user: id, name and username, and the fields asked for."""
    shape: Shape = {"id": profile.id, "name": profile.name, "username": profile.username}
    makers: dict[str, Callable[[], Any]] = {
        "created_at": lambda: _joined(profile),
        "description": lambda: "",
        "protected": lambda: False,
        "verified": lambda: profile.own,
        "verified_type": lambda: "business" if profile.own else "none",
        "public_metrics": lambda: {
            "followers_count": profile.followers,
            "following_count": profile.followers // 3 + 7,
            wish.spelling.count: profile.followers * 4 + 12,
            "listed_count": profile.followers // 200,
        },
    }
    return shape | {name: make() for name, make in makers.items() if name in wish.user_fields}


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of an answer beside its data."""

    includes: Shape
    errors: list[Shape]


def beside(made: Scene, posts: Sequence[Post], wish: Wish) -> Body:
    """The includes that the expansions ask for; a referenced post that is gone becomes a partial error."""
    users = {profile.id: profile for profile in _users(made, posts, wish)}
    others, errors = _referenced(made, posts, wish)
    if "referenced_tweets.id.author_id" in wish.expansions:
        users.update({other.author.id: other.author for other in others})
    includes: Shape = {}
    if users:
        includes["users"] = [user_shape(profile, wish) for profile in users.values()]
    if others:
        includes[wish.spelling.include] = [post_shape(made, other, wish) for other in others]
    return Body(includes, errors)


def _users(made: Scene, posts: Iterable[Post], wish: Wish) -> Iterable[Profile]:
    by_handle = {profile.username.lower(): profile for (on, _), profile in made.script.profiles.items() if on == "x"}
    for post in posts:
        if "author_id" in wish.expansions:
            yield post.author
        if "in_reply_to_user_id" in wish.expansions and post.parent is not None:
            yield made.posts[post.parent].author
        if "entities.mentions.username" in wish.expansions:
            yield from (by_handle[name] for name in text.mentioned(made, post) if name in by_handle)


def _referenced(made: Scene, posts: Iterable[Post], wish: Wish) -> tuple[list[Post], list[Shape]]:
    if not any(name.startswith(wish.spelling.referenced_expansion) for name in wish.expansions):
        return [], []
    found: dict[str, Post] = {}
    errors: list[Shape] = []
    for reference in (reference for post in posts for reference in _references(made, post)):
        other = made.find("x", reference["id"])
        if other is None:
            errors.append(not_found(wish.spelling.referenced_expansion, reference["id"], wish.spelling.noun))
        else:
            found[other.key] = other
    return list(found.values()), errors


def _references(made: Scene, post: Post) -> list[Shape]:
    found = [] if post.target_id is None else [{"type": "replied_to", "id": post.target_id}]
    if post.quote_of is not None:
        found.append({"type": "quoted", "id": made.posts[post.quote_of].id})
    if post.repost_of is not None:
        found.append({"type": "retweeted", "id": made.posts[post.repost_of].id})
    return found


def _metrics(made: Scene, post: Post, reposts: str) -> Shape:
    around = list(made.on("x"))
    return {
        reposts: post.reposts + sum(other.repost_of == post.key for other in around),
        "reply_count": sum(other.parent == post.key for other in around),
        "like_count": post.likes,
        "quote_count": sum(other.quote_of == post.key for other in around),
        "bookmark_count": 0,
        "impression_count": post.author.followers + 10 * post.likes,
    }


def _note(made: Scene, post: Post) -> Shape:
    whole = text.full_text(made, post)
    found = text.entities(made, post, whole)
    return {"text": whole, "entities": found} if found else {"text": whole}


def _edit_controls(_: Scene, post: Post) -> Shape:
    return {
        "edits_remaining": max(0, _MOST_EDITS - len(post.versions) + 1),
        "is_edit_eligible": post.parent is None,
        "editable_until": stamp(post.created_at + _EDITABLE),
    }


def _answered_user(made: Scene, post: Post) -> str | None:
    return None if post.parent is None else made.posts[post.parent].author.id


def _joined(profile: Profile) -> str:
    """Long ago, and steady: an account's number says nothing about its age here."""
    return f"20{10 + int(profile.id[-1:] or 0) % 10}-03-01T09:00:00.000Z"


_FIELDS: dict[str, Callable[[Scene, Post], Any]] = {
    "author_id": lambda made, post: post.author.id,
    "conversation_id": lambda made, post: made.posts[post.root].first_id,
    "created_at": lambda made, post: stamp(moment(post.id)),
    "edit_controls": _edit_controls,
    "entities": lambda made, post: text.entities(made, post, text.cut_text(made, post)),
    "in_reply_to_user_id": _answered_user,
    "lang": lambda made, post: text.language(post),
    "possibly_sensitive": lambda made, post: False,
    "reply_settings": lambda made, post: "everyone",
}
