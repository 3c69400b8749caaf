"""The page's private answers: one for each post or comment, within seven days, kept apart from what all may read."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from socialwatch.playground import ids
from socialwatch.playground.graph.errors import Refusal, bad_parameter, error, gone
from socialwatch.playground.living import World
from socialwatch.playground.scene import Post, Reply

_PERIOD = timedelta(days=7)
_LONGEST = 2000
_FIELDS = {"comment_id": True, "post_id": False}  # the name in `recipient`, and whether it is a comment's


@dataclass(slots=True)
class Messages:
    """What was sent in private, oldest first."""

    sent: list[Reply] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, world: World, asked: Mapping[str, str]) -> dict[str, str]:
        """POST /{page}/messages. Raises Refusal for whatever Meta would refuse."""
        text, post = _text(asked), _recipient(world, asked)
        with self._lock:
            if any(one.target == post.key for one in self.sent):
                raise Refusal(error(400, 10900, "(#10900) Activity already replied to"))
            number = len(self.sent) + 1
            message_id = f"m_{ids.graph_number(world.now(), number)}"
            reply = Reply("facebook", post.first_id, text, world.now(), message_id, message_id, post.key, number)
            self.sent.append(reply)
        return {"recipient_id": ids.stranger(post.author.id), "message_id": message_id}


def _text(asked: Mapping[str, str]) -> str:
    message = _json(asked, "message")
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refusal(bad_parameter("The parameter message is required"))
    if len(text) > _LONGEST:
        raise Refusal(bad_parameter(f"Length of param message[text] must be less than or equal to {_LONGEST}"))
    return text


def _recipient(world: World, asked: Mapping[str, str]) -> Post:
    recipient = _json(asked, "recipient")
    if len(recipient) != 1 or not set(recipient) <= set(_FIELDS):
        raise Refusal(bad_parameter("The parameter recipient is required"))
    name, number = next(iter(recipient.items()))
    post = world.scene().find("facebook", str(number))
    if post is None or (post.parent is not None) is not _FIELDS[name]:
        raise Refusal(gone("post", str(number)))
    if post.author.own or post.place == "tagged":
        raise Refusal(error(400, 10903, "(#10903) This user cannot reply to this activity"))
    if world.now() - post.created_at > _PERIOD:
        raise Refusal(error(400, 10, "(#10) This message is sent outside of allowed window.", error_subcode=2018278))
    return post


def _json(asked: Mapping[str, str], name: str) -> dict[str, Any]:
    """A nested parameter, which travels as JSON in a form."""
    try:
        content = json.loads(asked.get(name, ""))
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Refusal(bad_parameter(f"The parameter {name} is required"))
    return content
