"""What people put on one dossier: tags, who was asked to look along, the signs of closing, its history."""

from collections.abc import Sequence
from typing import Any

from socialwatch.domain.case import last_word
from socialwatch.domain.heard import NOTHING_SAID, Guess, heard
from socialwatch.store import beckoning, merging, notifications, tags
from socialwatch.store.dossier import Dossier
from socialwatch.store.mentions import Stored
from socialwatch.store.unit import Unit
from socialwatch.web import dutch_history, thread
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import Desk


def marked(unit: Unit, visitor: Visitor, at: Desk, found: Dossier) -> dict[str, Any]:
    """The values of one dossier that this file is about."""
    number, who = found.case.id, visitor.agent
    told = notifications.of_case(unit, number)
    return {
        "tags": tags.of(unit, who, [number]).get(number, ()),
        "brand_tags": tags.known(unit, who.brand),
        "looks": beckoning.looks(unit, who, number),
        "called_by_name": [name for agent, name in found.names.items() if agent != who.id],
        "undo": merging.undoable(unit, number, found.lines),
        "guess": guess(found, thread.theirs(found)),
        "history": dutch_history.rows(found.lines, found.names, told, at.clock()),
    }


def looks_for(at: Desk, visitor: Visitor | None) -> list[beckoning.Look]:
    """What this visitor is asked to look at, for the head of the Inbox."""
    if visitor is None:
        return []
    with at.database.read() as unit:
        return beckoning.looks(unit, visitor.agent)


def guess(found: Dossier, theirs: Sequence[Stored]) -> Guess:
    """What the customer wrote after our last answer says; before it, it is the complaint that speaks."""
    answered = last_word(found.lines)
    last = theirs[0] if theirs else None
    if answered is None or last is None or last.mention.created_at <= answered or last.gone_at is not None:
        return NOTHING_SAID
    return heard(last.mention.text)
