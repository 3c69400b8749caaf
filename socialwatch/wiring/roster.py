"""A roster is filled in: from rows of words to shifts, absences and who takes over for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from socialwatch.domain.agent import Agent
from socialwatch.store import agents, people
from socialwatch.store.unit import Database, Unit
from socialwatch.web import entrusting


def plan(database: Database, rows: Sequence[Mapping[str, Any]], brand: str) -> None:
    """Each row has name, and perhaps `deputy` (a name), `shifts` ([day, from, till] by the clock on the wall) and
    `absences` ([first day, last day, deputy]). Everybody named works here already. Raises Refused when a shift or an
    absence makes no sense.
    """
    with database.write() as unit:
        known = {each.name: each for each in agents.everyone(unit, brand)}
        for row in rows:
            _one(unit, known, row)


def _one(unit: Unit, known: Mapping[str, Agent], row: Mapping[str, Any]) -> None:
    who = known[row["name"]]
    if row.get("deputy"):
        agents.entrust(unit, replace(who, deputy_id=known[row["deputy"]].id))
    shifts = [entrusting.shifts(date.fromisoformat(day), start, till, 1) for day, start, till in row.get("shifts", ())]
    people.plan(unit, who, [each for planned in shifts for each in planned])
    for first, last, deputy in row.get("absences", ()):
        days = date.fromisoformat(first), date.fromisoformat(last)
        people.be_absent(unit, who, entrusting.absence(*days, known[deputy].id))
