"""What lies beside a dossier: the card whose steps come first, and who reads along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.protocol import NONE, Protocol
from socialwatch.domain.risk import LIKELY
from socialwatch.store.dossier import Dossier
from socialwatch.web.desk import Desk

SURE = 0.75  # below it a card lies folded: on the demo's world all that is not what the card is for lies there


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the card; `done` when somebody ticked it."""

    words: str
    done: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A protocol as it stands in this case; `since` is when its clock began, `until` when it ends. Not `sure` when only
    a faint suspicion laid it here and nobody began with its steps.
    """

    protocol: Protocol
    steps: tuple[Step, ...]
    sure: bool = True
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    card: Card | None
    adviser: str | None
    advising: int | None


def beside(at: Desk, found: Dossier) -> Beside:
    """For a case that the visitor may see."""
    care = found.care
    protocol = at.protocols.get(care.protocol or NONE)
    adviser = found.names.get(care.adviser_id) if care.adviser_id is not None else None
    return Beside(card(protocol, found) if protocol else None, adviser, care.adviser_id)


def card(protocol: Protocol, found: Dossier) -> Card:
    done = ticked(found.lines, protocol.name)
    steps = tuple(Step(words, words in done) for words in protocol.steps)
    sure = bool(done) or _suspicion(protocol, found) >= SURE
    if protocol.clock is None:
        return Card(protocol, steps, sure)
    since = _known_since(protocol, found)
    return Card(protocol, steps, sure, since, since + protocol.clock)


def _suspicion(protocol: Protocol, found: Dossier) -> float:
    """How likely the gravest of its hazards is in what the customer wrote; words that tell of a death are certain."""
    if not protocol.hazards:
        return 1.0
    read = [each.reading.hazards for each in found.assessments.values()]
    return max((hazards.get(each, 0.0) for hazards in read for each in protocol.hazards), default=1.0)


def ticked(lines: Sequence[Line], name: str) -> set[str]:
    """Which steps are done: the last word about each counts."""
    said: dict[str, bool] = {}
    for line in lines:
        if line.kind is LineKind.NOTE and line.detail.get("protocol") == name:
            said[str(line.detail.get("step"))] = bool(line.detail.get("done"))
    return {words for words, done in said.items() if done}


def _known_since(protocol: Protocol, found: Dossier) -> datetime:
    """The first moment we could have known: when the first post that tells of it came in to us."""
    telling = [
        each.received_at
        for each in found.posts.values()
        if not each.mention.own
        and each.id in found.assessments
        and any(found.assessments[each.id].reading.hazards.get(hazard, 0) >= LIKELY for hazard in protocol.hazards)
    ]
    return min(telling or [each.received_at for each in found.posts.values()], default=found.case.opened_at)
