"""What Meta's webhooks would tell of posts in the world: signed bodies, for whoever plays Meta to send."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from socialwatch.playground.graph.shapes import top_comment
from socialwatch.playground.living import World
from socialwatch.playground.scene import Post, Scene


def delivery(world: World, keys: Sequence[str], secret: str, verb: str = "add") -> tuple[dict[str, str], bytes]:
    """Headers and body of one delivery about these posts, in that order; KeyError for one that does not exist (yet).

    Posts elsewhere that tag the page come as the field `mention`, all others as `feed`.
    """
    made = world.scene()
    changes = [_change(made, made.posts[key], verb) for key in keys]
    entry = {"id": made.script.shop.facebook.id, "time": int(made.now.timestamp()), "changes": changes}
    body = json.dumps({"object": "page", "entry": [entry]}).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}, body


def _change(made: Scene, post: Post, verb: str) -> dict[str, Any]:
    value: dict[str, Any] = {
        "verb": verb,
        "post_id": made.posts[post.root].first_id,
        "message": post.text,
        "created_time": int(post.created_at.timestamp()),
    }
    if post.place == "tagged":
        return {"field": "mention", "value": {**value, "item": "post"}}
    if not post.author.hidden:
        value["from"] = {"id": post.author.id, "name": post.author.name}
    if post.parent is None:
        return {"field": "feed", "value": {**value, "item": "status", "published": 1}}
    top = top_comment(made, post)
    above = made.posts[post.root] if top is None or top.key == post.key else top
    return {
        "field": "feed",
        "value": {**value, "item": "comment", "comment_id": post.first_id, "parent_id": above.first_id},
    }
