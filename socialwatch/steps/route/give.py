"""Give: to whom a case goes that needs somebody who may act, who reads along, and which card lies beside it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from socialwatch.domain import owner, protocol
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.likely import Ground, Likely, Told, likely
from socialwatch.domain.mandate import READS_ALONG
from socialwatch.domain.owner import Need, Why
from socialwatch.domain.trip import Event, Moved
from socialwatch.steps.route import sight
from socialwatch.steps.route.sight import FURIOUS, Sight
from socialwatch.steps.route.weigh import LIKELY
from socialwatch.store import care, cases, people, standings


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case that may want somebody; `owner_id` has it already; one that was `opened` just now has no adviser yet."""

    number: int
    brand: str
    customer_id: str | None
    language: str
    told: Told
    owner_id: int | None = None
    opened: bool = False

    @property
    def scores(self) -> dict[Hazard, float]:
        """How likely each hazard is in the post that tells most of it."""
        highest: dict[Hazard, float] = {}
        for each in self.told.read:
            for hazard, score in each.reading.hazards.items():
                highest[hazard] = max(score, highest.get(hazard, 0.0))
        return highest

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        return tuple(sorted(hazard for hazard, score in self.scores.items() if score >= LIKELY))


def escalate(around: Sight, wanted: Wanted, now: datetime) -> list[Moved]:
    """A case that needs somebody who may act gets one owner, once; the rest waits in the Inbox for anyone."""
    unit, brand = around.unit, wanted.brand
    cost = likely(wanted.told, sight.bought_by(around, brand, wanted.customer_id))
    need = _need(around, wanted, cost)
    choice = owner.choose(sight.seats(around, brand, now), need, now)
    if choice.agent_id is None:
        cases.uncover(unit, wanted.number, choice.uncovered)
        return []
    detail = {"why": choice.why.value, "uncovered": choice.uncovered, **_told(cost)}
    return _assign(around, wanted, choice.agent_id, (now, detail))


def _need(around: Sight, wanted: Wanted, cost: Likely) -> Need:
    """Who helped this customer before helps again, unless the answer was no: then somebody else looks."""
    unit, brand = around.unit, wanted.brand
    helped = standings.previous_owner(unit, brand, wanted.customer_id)
    no_from = None if wanted.opened else care.of(unit, wanted.number).not_again_id
    if no_from is None and helped is not None and any(each.earlier_rejection for each in wanted.told.read):
        no_from = helped
        care.not_again(unit, wanted.number, helped)
    return Need(
        brand=brand,
        language=wanted.language,
        hazards=wanted.hazards,
        furious=wanted.told.level >= FURIOUS,
        previous_owner_id=helped,
        fresh_eyes_from=no_from,
        likely=cost.euros,
    )


def _told(cost: Likely) -> dict[str, Any]:
    if cost.ground in (Ground.ANSWER, Ground.UNKNOWN):
        return {}
    return {"likely": {"euros": str(cost.euros), "ground": cost.ground.value, "product": cost.product}}


def to_deputy(around: Sight, wanted: Wanted, now: datetime) -> list[Moved]:
    """Something new in a case whose owner is absent: it goes to who takes over, when that one is here."""
    away = sight.absent(around, wanted.brand, now)
    if wanted.owner_id is None or wanted.owner_id not in away:
        return []
    deputy = owner.stand_in(sight.seats(around, wanted.brand, now), wanted.owner_id, wanted.brand)
    if deputy is None:
        return []
    return _assign(around, wanted, deputy, (now, {"why": Why.DEPUTY.value, "from": wanted.owner_id}))


def _assign(around: Sight, wanted: Wanted, to: int, how: tuple[datetime, dict[str, Any]]) -> list[Moved]:
    now, detail = how
    cases.assign(around.unit, wanted.number, to, now, detail)
    people.assigned(around.unit, to, now, wanted.told.level)
    sight.taken(around, wanted.brand, to, wanted.told.level, now)
    return [Moved(Event.ESCALATED, wanted.brand, wanted.number, 9)]


def care_for(around: Sight, wanted: Wanted, now: datetime) -> list[Moved]:
    """Lay the card beside it that belongs there; find somebody who reads along with a threat."""
    card = protocol.which(around.protocols, wanted.scores, [wanted.told.words])
    if card is not None:
        care.lay_out(around.unit, wanted.number, card)
    return _advised(around, wanted, now) if READS_ALONG & set(wanted.hazards) else []


def _advised(around: Sight, wanted: Wanted, now: datetime) -> list[Moved]:
    """The owner stays; the adviser is asked along once."""
    unit = around.unit
    if not wanted.opened and care.of(unit, wanted.number).adviser_id is not None:
        return []
    mine = cases.by_id(unit, wanted.number).owner_id
    who = owner.adviser(sight.seats(around, wanted.brand, now), wanted.brand, wanted.hazards, mine)
    if who is None:
        return []
    care.advise(unit, wanted.number, who)
    cases.write(unit, wanted.number, Line(LineKind.ADVISED, now, agent_id=who))
    return [Moved(Event.ADVISED, wanted.brand, wanted.number, 8, detail={"adviser": who})]
