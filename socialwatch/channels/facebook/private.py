"""Answering a post or comment in private: once, within seven days, through the page's own inbox.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/discovery/private-replies
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from socialwatch.channels.facebook import wire
from socialwatch.channels.facebook.verdict import AnsweredBefore
from socialwatch.domain.channel import Sent
from socialwatch.domain.mention import Mention
from socialwatch.errors import Refused, Unanswered

PERIOD = timedelta(days=7)
LONGEST = 2000  # characters of a message, https://developers.facebook.com/docs/messenger-platform/reference/send-api
_KIND = "facebook"


class Graph(Protocol):
    """What is needed of facebook-sdk."""

    def put_object(self, parent_object: str, connection_name: str, **data: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Inbox:
    """The page's side of its private conversations. `used` holds what was answered here since the start; Meta itself
    remembers the rest and refuses a second time.
    """

    graph: Graph
    page_id: str
    used: set[str] = field(default_factory=set)

    def open_to(self, mention: Mention, now: datetime) -> bool:
        """Whether Meta would take a private answer: to a customer's post or comment on our page, not a week old."""
        return (
            mention.channel == _KIND
            and not mention.own
            and mention.audience == "public"
            and wire.is_post(mention.conversation_id or mention.id, self.page_id)
            and mention.id not in self.used
            and now - mention.created_at <= PERIOD
        )

    def answer(self, mention: Mention, text: str) -> Sent:
        """One message. Raises Refused in Meta's own words, Unanswered when nobody knows; never asked twice after."""
        if len(text) > LONGEST:
            raise Refused(f"Een privébericht op Facebook is hoogstens {LONGEST} tekens lang")
        if mention.id in self.used:
            raise Refused("Dit bericht is al privé beantwoord; Facebook laat dat één keer toe")
        self.used.add(mention.id)
        try:
            made = self.graph.put_object(self.page_id, "messages", **_form(mention, text))
        except (Unanswered, AnsweredBefore):
            raise
        except Exception:
            self.used.discard(mention.id)  # nothing was done: another text, or a later moment, may do
            raise
        if not isinstance(made, dict) or not made.get("message_id"):
            raise Unanswered("Facebook nam het privébericht aan maar noemde geen nummer")
        return Sent(str(made["message_id"]))


def _form(mention: Mention, text: str) -> dict[str, str]:
    """facebook-sdk sends a form, so that what is nested is written as JSON."""
    name = "comment_id" if mention.in_reply_to else "post_id"
    recipient = {name: mention.version_id or mention.id}
    return {"recipient": json.dumps(recipient), "message": json.dumps({"text": text}, ensure_ascii=False)}
