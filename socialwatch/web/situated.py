"""Situated: what other pages show of situations: the cards in the Inbox, the offers, and the fact in a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass

from socialwatch.store import situations
from socialwatch.store.situations import Member, Situation, Size
from socialwatch.store.unit import Unit
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import Desk

UNFOLDED = 20  # rows in a card of the Inbox; the page of the situation has them all


@dataclass(frozen=True, slots=True)
class Card:
    """One situation as a list shows it; `rows` are the cases in it that are not lifted out, heaviest first."""

    situation: Situation
    size: Size
    lead: str | None
    rows: Sequence[Member] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a dossier says of the situation it is in."""

    situation: Situation
    lead: str | None
    lifted: bool


def offers(found: Sequence[Card]) -> list[Card]:
    return [each for each in found if each.situation.offered_at is not None]


def running(found: Sequence[Card]) -> list[Card]:
    return [each for each in found if each.situation.running]


def cards(unit: Unit, visitor: Visitor, rows: int = 0) -> list[Card]:
    """What is not over, the offers too, each with at most so many of its rows."""
    who = visitor.agent
    standing = situations.standing(unit, who.brand)
    if not standing:
        return []
    sizes, names = situations.sizes(unit, [each.id for each in standing]), situations.names(unit, who.brand)
    found = []
    for each in standing:
        inside = situations.ordinary(who, each.id)
        shown = situations.rows(unit, who, inside, rows) if rows and each.running else ()
        found.append(Card(each, sizes[each.id], names.get(each.lead_id or 0), shown))
    return found


def in_inbox(desk: Desk, visitor: Visitor, stream: str) -> list[Card]:
    """The cards above the queue; only the stream of everything has them, and offers are for whoever leads."""
    if stream != "all":
        return []
    with desk.database.read() as unit:
        found = cards(unit, visitor, UNFOLDED)
    return [each for each in found if each.situation.running or visitor.leads]


def told(desk: Desk, visitor: Visitor, number: int) -> Told | None:
    """The situation of this case, when it is in one that runs."""
    with desk.database.read() as unit:
        known = situations.of_case(unit, visitor.agent.brand, number)
        if known is None:
            return None
        found, lifted = known
        return Told(found, situations.names(unit, visitor.agent.brand).get(found.lead_id or 0), lifted)
