"""Sight: what a batch of mentions sees around it, read once for all of them, and anew where one of them changed it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from socialwatch.domain import join
from socialwatch.domain.assessment import Assessment
from socialwatch.domain.identity import handle_keys
from socialwatch.domain.join import OpenCase
from socialwatch.domain.likely import Bought
from socialwatch.domain.mandate import AMSTERDAM
from socialwatch.domain.owner import Seat
from socialwatch.domain.protocol import DEFAULTS, Protocol
from socialwatch.store import assessments, bought, mentions, nearby, people
from socialwatch.store.mentions import Stored
from socialwatch.store.unit import Unit

FURIOUS = 3


@dataclass(slots=True)
class Sight:
    """`near` and `aside` per mention, `lately`, `seats` and `absent` (owner to deputy) per brand, `bought` per
    customer; `stirred` are the keys of what moved since.
    """

    unit: Unit
    fresh: dict[int, Stored]
    read: dict[int, Assessment]
    near: dict[int, list[OpenCase]]
    aside: dict[int, list[Stored]]
    lately: dict[str, list[OpenCase]] = field(default_factory=dict)
    seats: dict[str, list[Seat]] = field(default_factory=dict)
    absent: dict[str, dict[int, int | None]] = field(default_factory=dict)
    bought: dict[tuple[str, str], list[Bought]] = field(default_factory=dict)
    protocols: Mapping[str, Protocol] = field(default_factory=lambda: DEFAULTS)
    stirred: set[str] = field(default_factory=set)


def look(unit: Unit, ids: Sequence[int]) -> Sight:
    """What these mentions see. Call it where no other unit routes at the same time."""
    found = mentions.by_id(unit, ids)
    sight = Sight(unit, {each.id: each for each in found}, assessments.of(unit, ids), {}, {})
    _see(sight, found)
    first: dict[str, datetime] = {}
    for each in found:
        first[each.mention.brand] = min(each.mention.created_at, first.get(each.mention.brand, each.mention.created_at))
    for brand, at in first.items():
        sight.lately[brand] = nearby.lately(unit, brand, at - join.TOGETHER)
    return sight


def age(sight: Sight, number: int) -> tuple[float, int]:
    """What to sort mentions by, oldest first."""
    found = sight.fresh.get(number)
    return found.mention.created_at.timestamp() if found else 0.0, number


def _see(sight: Sight, found: Sequence[Stored]) -> None:
    sight.near |= nearby.neighbours(sight.unit, found, join.THANKS_WITHIN)
    sight.aside |= nearby.left_aside(sight.unit, found)


def turn(sight: Sight, number: int) -> Stored | None:
    """A mention as it is when its turn comes; None when there is no such."""
    found = sight.fresh.get(number)
    if found is None or found.mention.own or not sight.stirred.isdisjoint(_feels(sight, found)):
        return again(sight, number)
    return found


def again(sight: Sight, number: int) -> Stored | None:
    """Read anew what a mention is and sees."""
    found = mentions.by_id(sight.unit, [number])
    if not found:
        return None
    if number not in sight.read:
        sight.read |= assessments.of(sight.unit, [number])
    sight.fresh[number] = found[0]
    _see(sight, found)
    return found[0]


def stir(sight: Sight, found: Stored, cases: Sequence[int] = ()) -> None:
    """This mention found its place: who hangs together with it looks again before its own turn."""
    sight.stirred |= {f"case {number}" for number in cases}
    sight.stirred |= set(_person(found)) if not found.mention.own else set(_threads(found))


def _feels(sight: Sight, found: Stored) -> Iterator[str]:
    yield from _person(found)
    yield from _threads(found)
    for each in sight.near[found.id]:
        yield f"case {each.id}"


def _person(found: Stored) -> Iterator[str]:
    for key in handle_keys(found.mention):
        yield f"by {found.mention.brand} {key}"
    if found.customer_id is not None:
        yield f"from {found.mention.brand} {found.customer_id}"


def _threads(found: Stored) -> Iterator[str]:
    """Where our own posts of this batch lead to."""
    seen = found.mention
    for each in {seen.conversation_id, seen.in_reply_to, seen.id, seen.version_id} - {None}:
        yield f"in {seen.channel} {each}"


def told(sight: Sight, number: int, found: Stored) -> None:
    """A customer's words are in a case now: later ones are held against them."""
    case = OpenCase(number, found.mention.created_at, text=found.mention.text)
    sight.lately.setdefault(found.mention.brand, []).insert(0, case)


def seats(sight: Sight, brand: str, now: datetime) -> list[Seat]:
    """Everybody of a brand with what lies on their desk."""
    if brand not in sight.seats:
        midnight = datetime.combine(now.astimezone(AMSTERDAM).date(), time(), AMSTERDAM)
        sight.seats[brand] = people.seats(sight.unit, brand, now, midnight)
    return sight.seats[brand]


def absent(sight: Sight, brand: str, now: datetime) -> Mapping[int, int | None]:
    """Who of a brand is absent, and who takes over. It does not change within a batch, as loads do."""
    if brand not in sight.absent:
        sight.absent[brand] = {each.agent.id: each.deputy_id for each in seats(sight, brand, now) if each.absent}
    return sight.absent[brand]


def bought_by(sight: Sight, brand: str, customer_id: str | None) -> Sequence[Bought]:
    """What this customer bought lately; read at once for everybody of the batch."""
    if customer_id is None:
        return ()
    if (brand, customer_id) not in sight.bought:
        theirs = {each.customer_id for each in sight.fresh.values() if each.mention.brand == brand and each.customer_id}
        wanted = {each for each in theirs if (brand, each) not in sight.bought} | {customer_id}
        found = bought.of_customers(sight.unit, brand, wanted)
        sight.bought |= {(brand, each): found.get(each, []) for each in wanted}
    return sight.bought[brand, customer_id]


def taken(sight: Sight, brand: str, agent_id: int, level: int, now: datetime) -> None:
    """One of them got a case just now: it weighs on their desk as people.seats would say."""
    sight.seats[brand] = [
        replace(
            seat,
            open_weight=seat.open_weight + level / 3 + 1,
            furious_in_a_row=seat.furious_in_a_row + 1 if level >= FURIOUS else 0,
            last_assigned_at=now,
        )
        if seat.agent.id == agent_id
        else seat
        for seat in seats(sight, brand, now)
    ]
