"""The calls of the Graph API that a webcare product makes, each with what it reads or does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from socialwatch.playground.graph.errors import Refusal, aliases_gone, bad_parameter, gone, not_allowed
from socialwatch.playground.graph.messages import Messages
from socialwatch.playground.graph.pages import Source, collection
from socialwatch.playground.graph.shapes import PAGE_DEFAULT, View, comments_under, object_shape, page_shape
from socialwatch.playground.graph.wishes import Field, fields
from socialwatch.playground.living import World
from socialwatch.playground.scene import Post

Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Turn:
    """One request to Graph, its credentials already accepted. `asked` holds query and form together."""

    world: World
    method: str
    asked: Asked
    source: Source
    messages: Messages = field(default_factory=Messages)

    @property
    def view(self) -> View:
        return View(self.world.scene(), self.world.hidden, self.source)

    @property
    def wanted(self) -> tuple[Field, ...] | None:
        return fields(self.asked["fields"]) if self.asked.get("fields") else None


def node(turn: Turn, object_id: str) -> Any:
    """GET, POST or DELETE on one object."""
    if turn.method == "DELETE":
        return _delete(turn, object_id)
    if turn.method == "POST":
        return _edit(turn, object_id) if "message" in turn.asked else _hide(turn, object_id)
    if _is_page(turn, object_id):
        return page_shape(turn.view, turn.wanted or PAGE_DEFAULT)
    return object_shape(turn.view, _object(turn, object_id), turn.wanted)


def several(turn: Turn) -> dict[str, Any]:
    """GET /?ids=: all of them, or an error when one is gone."""
    wanted = [part for part in turn.asked["ids"].split(",") if part]
    found: dict[str, Any] = {}
    for one in wanted:
        if _is_page(turn, one):
            found[one] = page_shape(turn.view, turn.wanted or PAGE_DEFAULT)
        else:
            post = turn.world.scene().find("facebook", one)
            if post is None:
                raise Refusal(aliases_gone(one))
            found[one] = object_shape(turn.view, post, turn.wanted)
    return found


def feed(turn: Turn, page_id: str) -> Any:
    """Posts by the page, by visitors on it, and public ones that tag it; newest first."""
    return _posts(turn, page_id, lambda post: True)


def tagged(turn: Turn, page_id: str) -> Any:
    """Posts elsewhere that tag the page; newest first."""
    return _posts(turn, page_id, lambda post: post.place == "tagged" and not post.author.own)


def own_posts(turn: Turn, page_id: str) -> Any:
    """Posts by the page itself; newest first."""
    return _posts(turn, page_id, lambda post: post.author.own)


def comments(turn: Turn, object_id: str) -> Any:
    """The comments below an object, or a new one by the page."""
    post = _object(turn, object_id)
    if turn.method == "POST":
        return _comment(turn, post, object_id)
    view = turn.view
    below = comments_under(view.made, post, turn.asked)
    body = collection(below, turn.asked, turn.source, lambda other: object_shape(view, other, turn.wanted))
    if turn.asked.get("summary") in ("true", "1"):
        body["summary"] = {
            "order": turn.asked.get("order", "chronological"),
            "total_count": len(below),
            "can_comment": True,
        }
    return body


def likes(turn: Turn, object_id: str) -> dict[str, bool]:
    """The page likes an object; a second like changes nothing."""
    turn.world.like(_object(turn, object_id))
    return {"success": True}


def messages(turn: Turn, page_id: str) -> dict[str, str]:
    """An answer in private."""
    if not _is_page(turn, page_id):
        raise Refusal(gone(turn.method, page_id))
    return turn.messages.send(turn.world, turn.asked)


def _posts(turn: Turn, page_id: str, fits: Any) -> Any:
    if not _is_page(turn, page_id):
        raise Refusal(gone(turn.method, page_id))
    view = turn.view
    found = [post for post in view.made.on("facebook") if post.parent is None and fits(post)]
    found.sort(key=lambda post: (post.created_at, post.number), reverse=True)
    return collection(found, turn.asked, turn.source, lambda post: object_shape(view, post, turn.wanted))


def _comment(turn: Turn, post: Post, object_id: str) -> dict[str, str]:
    message = turn.asked.get("message", "")
    if not message.strip():
        raise Refusal(bad_parameter("The parameter message is required"))
    return {"id": turn.world.reply(post, object_id, message).id}


def _hide(turn: Turn, object_id: str) -> dict[str, bool]:
    post = _object(turn, object_id)
    if post.parent is None or "is_hidden" not in turn.asked:
        raise Refusal(not_allowed())
    turn.world.hide(post, turn.asked["is_hidden"] in ("true", "1"))
    return {"success": True}


def _edit(turn: Turn, object_id: str) -> dict[str, bool]:
    """Other words for a comment, which only who wrote it may give it."""
    post = _object(turn, object_id)
    if not post.author.own:
        raise Refusal(not_allowed())
    turn.world.rewrite(post, turn.asked["message"])
    return {"success": True}


def _delete(turn: Turn, object_id: str) -> dict[str, bool]:
    post = _object(turn, object_id)
    if post.place == "tagged" and not post.author.own:
        raise Refusal(not_allowed("The user hasn't authorized the application to perform this action"))
    turn.world.delete(post)
    return {"success": True}


def _object(turn: Turn, object_id: str) -> Post:
    post = turn.world.scene().find("facebook", object_id)
    if post is None:
        raise Refusal(gone(turn.method, object_id))
    return post


def _is_page(turn: Turn, object_id: str) -> bool:
    return object_id in ("me", turn.world.script.shop.facebook.id)
