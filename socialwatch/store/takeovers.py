"""Taking over: whoever had a case reads in their own list that a colleague has it now, and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from socialwatch.domain.agent import Agent
from socialwatch.store import cases
from socialwatch.store.cases import Case
from socialwatch.store.tables import beckon
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class TakeOver:
    """By whom and when; `note` is their word along, `told` the whole sentence for who had it."""

    by: Agent
    at: datetime
    note: str
    told: str


def take_over(unit: Unit, known: Case, taking: TakeOver) -> None:
    """The case is theirs, with the word along in it; who had it is told."""
    note = {"note": taking.note} if taking.note else {}
    detail = {"by": taking.by.id, "from": known.owner_id} | note
    cases.assign(unit, known.id, taking.by.id, taking.at, detail)
    if known.owner_id is None or known.owner_id == taking.by.id:
        return
    row = {
        "brand": known.brand,
        "case_id": known.id,
        "agent_id": known.owner_id,
        "by_id": taking.by.id,
        "kind": "note",
        "words": taking.told,
        "at": taking.at,
    }
    unit.run(insert(beckon).values(row))
