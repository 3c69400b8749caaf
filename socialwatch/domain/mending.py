"""Mending: what can be done about an answer of ours that stands there already, by what its platform allows.

Facebook: POST /{comment-id} with a message. Mastodon: PUT /api/v1/statuses/:id. Bluesky shows no edits, so the record
goes and another comes. X edits only for people with a subscription, and not by API: delete, then post anew.
"""

from enum import StrEnum

from socialwatch.domain.reply import heard_by


class Way(StrEnum):
    EDIT = "edit"
    ANEW = "anew"  # the old one goes, the new one comes in its place
    SECOND = "second"  # it stays, and a second answer puts it right


_PUBLIC = {"facebook": Way.EDIT, "mastodon": Way.EDIT, "bluesky": Way.ANEW, "x": Way.ANEW}
_PRIVATE = {"mastodon": Way.EDIT}


def way(channel: str, asked: str, mention: str) -> Way:
    """How an answer on this channel is mended, by its own audience and that of the post it answers; a mail is out."""
    if asked == "mail":
        return Way.SECOND
    return (_PUBLIC if heard_by(asked, mention) == "public" else _PRIVATE).get(channel, Way.SECOND)
