"""The ranked list of cases for the command line, as text or JSON."""

import json
from typing import Any

from socialwatch.store import agents, mentions, standings
from socialwatch.store.cases import Case
from socialwatch.store.unit import Database

LEVELS = ("geen", "licht", "flink", "hoog")


def cases_json(database: Database) -> str:
    """`{"waiting": N, "cases": [...]}`, heaviest first."""
    found, owners, waiting = _read(database)
    rows = [_row(each, owners) for each in found]
    return json.dumps({"waiting": waiting, "cases": rows}, ensure_ascii=False, indent=2)


def cases_text(database: Database) -> str:
    """One line per case, and how many mentions still wait."""
    found, owners, waiting = _read(database)
    lines = [
        f"{each.id:>5}  {LEVELS[each.level]:<5}  risico {each.risk:.2f}  {each.channel:<9}"
        f"  {owners.get(each.owner_id, 'Nog van niemand'):<16}  {each.title}"
        for each in found
    ]
    open_now = "1 dossier" if len(found) == 1 else f"{len(found)} dossiers"
    waits = "1 bericht wacht" if waiting == 1 else f"{waiting} berichten wachten"
    return "\n".join([*lines, f"{open_now} open, {waits} nog"])


def _read(database: Database) -> tuple[list[Case], dict[int | None, str], int]:
    with database.read() as unit:
        owners: dict[int | None, str] = {each.id: each.name for each in agents.everyone(unit)}
        return standings.ranked(unit), owners, mentions.waiting(unit)


def _row(each: Case, owners: dict[int | None, str]) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "channel": each.channel,
        "state": each.state.value,
        "owner": owners.get(each.owner_id),
        "customer": each.customer_id,
        "frustration": round(each.frustration, 4),
        "level": each.level,
        "risk": round(each.risk, 4),
        "needs_human": each.needs_human,
        "opened_at": each.opened_at.isoformat(),
        "due_since": each.due_since.isoformat() if each.due_since else None,
        "reasons": each.reasons,
    }
