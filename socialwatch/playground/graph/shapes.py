"""Pages, posts and comments as Graph's JSON, with only the fields that were asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from socialwatch.playground.graph import names
from socialwatch.playground.graph.errors import Refusal, bad_parameter, no_field
from socialwatch.playground.graph.pages import Source, collection
from socialwatch.playground.graph.wishes import Field, fields
from socialwatch.playground.scene import Post, Scene
from socialwatch.playground.script import Profile

Shape = dict[str, Any]
POST_DEFAULT = fields("id,message,created_time")
COMMENT_DEFAULT = fields("id,message,from,created_time")
PAGE_DEFAULT = fields("id,name")


@dataclass(frozen=True, slots=True)
class View:
    """What a shape is made from: the scene, which comments are hidden, and where `next` links must lead."""

    made: Scene
    hidden: frozenset[str]
    source: Source


def stamp(at: datetime) -> str:
    """A time as Graph writes it: seconds, and a zone without a colon."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


def page_shape(view: View, wanted: tuple[Field, ...]) -> Shape:
    shop = view.made.script.shop
    known: Shape = {
        "id": shop.facebook.id,
        "name": shop.facebook.name,
        "category": "Clothing store",
        "link": f"https://www.facebook.com/{shop.facebook.id}",
        "fan_count": shop.facebook.followers,
        "followers_count": shop.facebook.followers,
        "tasks": ["CREATE_CONTENT", "MANAGE", "MODERATE", "MESSAGING"],
    }
    for one in wanted:
        if one.name not in names.PAGE:
            raise Refusal(no_field(one.name, "Page"))
    return {"id": shop.facebook.id} | {one.name: known[one.name] for one in wanted if one.name in known}


def object_shape(view: View, post: Post, wanted: tuple[Field, ...] | None = None) -> Shape:
    """A post or a comment; `wanted` None gives Graph's default fields. Refusal (100) for an unknown field."""
    if post.parent is None:
        return _shape(view, post, wanted or POST_DEFAULT, _Kind("PagePost", names.POST, _POST))
    return _shape(view, post, wanted or COMMENT_DEFAULT, _Kind("Comment", names.COMMENT, _COMMENT))


Maker = Callable[[View, Post, Field], Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    known: frozenset[str]
    makers: Mapping[str, Maker]


def _shape(view: View, post: Post, wanted: tuple[Field, ...], kind: _Kind) -> Shape:
    shape: Shape = {}
    for one in wanted:
        if one.name not in kind.known:
            raise Refusal(no_field(one.name, kind.name))
        maker = kind.makers.get(one.name)
        shape[one.name] = maker(view, post, one) if maker else None
    return {name: value for name, value in {**shape, "id": post.first_id}.items() if value is not None}


def _author(view: View, post: Post, one: Field) -> Shape | None:
    """Graph leaves `from` out for people who did not allow the app, and for everybody on posts that tag the page."""
    tagged = post.parent is None and post.place == "tagged" and not post.author.own
    return None if post.author.hidden or tagged else _profile(post.author, one)


def _profile(author: Profile, one: Field) -> Shape:
    for inner in one.inner or ():
        if inner.name not in names.PROFILE:
            raise Refusal(no_field(inner.name, "User"))
    known: Shape = {"id": author.id, "name": author.name}
    if one.inner is None:
        return known
    return {"id": author.id} | {inner.name: known[inner.name] for inner in one.inner if inner.name in known}


def _comments(view: View, post: Post, one: Field) -> Shape | None:
    below = comments_under(view.made, post, one.modifiers)
    source = view.source.under(post.first_id, "comments", one)
    found = collection(below, one.modifiers, source, lambda other: object_shape(view, other, one.inner))
    if "summary" in one.modifiers:
        total = len(comments_under(view.made, post, {"filter": one.modifiers.get("filter", "toplevel")}))
        found["summary"] = {
            "order": one.modifiers.get("order", "chronological"),
            "total_count": total,
            "can_comment": True,
        }
    return found if found["data"] or "summary" in found else None


def comments_under(made: Scene, post: Post, modifiers: Mapping[str, str]) -> list[Post]:
    """The comments of a post or comment in the order asked for; Refusal for a filter or order that does not exist."""
    kind, order = modifiers.get("filter", "toplevel"), modifiers.get("order", "chronological")
    if kind not in ("toplevel", "stream"):
        raise Refusal(bad_parameter("Param filter must be one of {stream, toplevel}"))
    if order not in ("chronological", "reverse_chronological", "ranked"):
        raise Refusal(bad_parameter("Param order must be one of {chronological, reverse_chronological}"))
    found = [other for other in made.on("facebook") if _is_under(made, other, post, stream=kind == "stream")]
    found.sort(key=lambda other: (other.created_at, other.number), reverse=order == "reverse_chronological")
    return found


def _is_under(made: Scene, other: Post, post: Post, *, stream: bool) -> bool:
    if other.parent is None:
        return False
    if post.parent is not None:  # replies to a comment: Graph knows two levels only, deeper ones hang under the first
        top = top_comment(made, other)
        return top is not None and top.key == post.key and other.key != post.key
    return other.root == post.key and (stream or other.parent == post.key)


def top_comment(made: Scene, comment: Post) -> Post | None:
    """The comment of the first level that a comment belongs to: itself when it stands directly under the post."""
    while comment.parent is not None and comment.parent != comment.root:
        comment = made.posts[comment.parent]
    return comment if comment.parent is not None else None


def _parent(view: View, post: Post, one: Field) -> Shape | None:
    top = top_comment(view.made, post)
    if top is None or top.key == post.key or top.gone:
        return None
    return object_shape(view, top, one.inner or fields("id,message,from,created_time"))


def _tags(view: View, post: Post, _: Field) -> list[Shape] | None:
    shop = view.made.script.shop.facebook
    at = post.text.lower().find(shop.name.lower())
    if at < 0:
        return None
    return [{"id": shop.id, "name": shop.name, "type": "page", "offset": at, "length": len(shop.name)}]


def _count(number: int, *, one: Field) -> Shape | None:
    if "summary" not in one.modifiers:
        return None
    return {"data": [], "summary": {"total_count": number, "viewer_reaction": "NONE"}}


def _updated(view: View, post: Post, _: Field) -> str:
    below = [other.created_at for other in view.made.on("facebook") if other.root == post.key]
    return stamp(max([post.versions[-1].at, *below]))


def _permalink(view: View, post: Post, _: Field) -> str:
    owner, number = view.made.posts[post.root].first_id.split("_")
    link = f"https://www.facebook.com/{owner}/posts/{number}"
    return link if post.parent is None else f"{link}?comment_id={post.first_id.rpartition('_')[2]}"


_BOTH: dict[str, Maker] = {
    "id": lambda view, post, one: post.first_id,
    "message": lambda view, post, one: post.text,
    "from": _author,
    "created_time": lambda view, post, one: stamp(post.created_at),
    "permalink_url": _permalink,
    "message_tags": _tags,
    "comments": _comments,
    "likes": lambda view, post, one: _count(post.likes, one=one),
    "reactions": lambda view, post, one: _count(post.likes, one=one),
    "is_hidden": lambda view, post, one: post.key in view.hidden,
    "can_reply_privately": lambda view, post, one: not post.author.own,
}
_POST: dict[str, Maker] = {
    **_BOTH,
    "updated_time": _updated,
    "shares": lambda view, post, one: {"count": post.reposts} if post.reposts else None,
    "is_published": lambda view, post, one: True,
    "status_type": lambda view, post, one: "mobile_status_update" if post.author.own else "wall_post",
    "parent_id": lambda view, post, one: view.made.posts[post.repost_of].first_id if post.repost_of else None,
}
_COMMENT: dict[str, Maker] = {
    **_BOTH,
    "parent": _parent,
    "object": lambda view, post, one: {"id": view.made.posts[post.root].first_id},
    "like_count": lambda view, post, one: post.likes,
    "comment_count": lambda view, post, one: len(comments_under(view.made, post, {})),
    "can_comment": lambda view, post, one: True,
    "can_hide": lambda view, post, one: not post.author.own,
    "can_like": lambda view, post, one: True,
    "can_remove": lambda view, post, one: True,
    "is_private": lambda view, post, one: False,
    "user_likes": lambda view, post, one: False,
}
