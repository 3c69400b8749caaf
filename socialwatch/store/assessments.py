"""What was read in the mentions, and the stretches that drove it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.assessment import Assessment, Fact, Feeling, Hazard, Kind, Reading, Span, Stake
from socialwatch.domain.risk import LIKELY
from socialwatch.domain.wording import filled
from socialwatch.store.tables import assessment, hazard
from socialwatch.store.unit import Unit


def keep(unit: Unit, found: Mapping[int, tuple[str, Assessment]], now: datetime) -> None:
    """Store what was read, per mention id with its brand; a second reading replaces the first."""
    if not found:
        return
    rows = [_assessed(key, brand, each, now) for key, (brand, each) in sorted(found.items())]
    insert = postgresql.insert(assessment) if unit.postgresql else sqlite.insert(assessment)
    fresh = {name: insert.excluded[name] for name in rows[0] if name != "mention_id"}
    unit.run(insert.on_conflict_do_update(index_elements=["mention_id"], set_=fresh | {"why": None}), rows)
    _keep_hazards(unit, rows)


def _keep_hazards(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> None:
    """Those that are more likely than not, in rows of their own."""
    unit.run(delete(hazard).where(hazard.c.mention_id.in_([row["mention_id"] for row in rows])))
    likely = [
        {"mention_id": row["mention_id"], "name": name, "brand": row["brand"]}
        for row in rows
        for name, probability in row["hazards"].items()
        if probability >= LIKELY
    ]
    if likely:
        unit.run(_LIKELY, likely)


def _assessed(key: int, brand: str, each: Assessment, now: datetime) -> dict[str, Any]:
    reading = each.reading
    return {
        "mention_id": key,
        "brand": brand,
        "model": reading.model,
        "kind": reading.kind.value,
        "frustration": reading.frustration,
        "level": reading.level,
        "distress": reading.distress,
        "feelings": {name.value: score for name, score in reading.feelings.items()},
        "hazards": {name.value: score for name, score in reading.hazards.items()},
        "risk": each.risk,
        "answer": reading.answer,
        "needs_human": reading.needs_human,
        "chance": reading.chance,
        "confidence": reading.confidence,
        "language": reading.language,
        "embedding": reading.embedding,
        "stakes": [asdict(stake) | {"on": stake.on.isoformat() if stake.on else None} for stake in each.stakes],
        "facts": [asdict(fact) for fact in each.facts],
        "behalf": each.behalf,
        "earlier_rejection": each.earlier_rejection,
        "assessed_at": now,
    }


# Every mention asks these, so they are built once: building a statement takes as long as asking it.
_LIKELY = plain_insert(hazard)
_OF = select(assessment).where(assessment.c.mention_id.in_(bindparam("ids", expanding=True)))


def of(unit: Unit, ids: Iterable[int]) -> dict[int, Assessment]:
    """What was read, per mention id; mentions that still wait are not in it."""
    return {row.mention_id: _read(row) for row in _rows(unit, ids)}


def _rows(unit: Unit, ids: Iterable[int]) -> Sequence[Row[Any]]:
    wanted = sorted(ids)
    return unit.run(_OF, {"ids": wanted}).all() if wanted else ()


def explained(unit: Unit, ids: Iterable[int]) -> dict[int, tuple[Assessment, tuple[Span, ...] | None]]:
    """As `of`, each with the stretches that drove it, where they were computed."""
    return {row.mention_id: (_read(row), _spans(row)) for row in _rows(unit, ids)}


def _spans(row: Row[Any]) -> tuple[Span, ...] | None:
    return None if row.why is None else tuple(Span(**each) for each in row.why)


def _read(row: Row[Any]) -> Assessment:
    reading = Reading(
        kind=Kind(row.kind),
        frustration=row.frustration,
        level=row.level,
        distress=row.distress,
        feelings={Feeling(name): score for name, score in row.feelings.items()},
        hazards={Hazard(name): score for name, score in row.hazards.items()},
        answer=row.answer,
        needs_human=row.needs_human,
        chance=row.chance,
        confidence=row.confidence,
        language=row.language,
        embedding=row.embedding or b"",
        model=row.model,
        by_rules=filled(row.model),
    )
    stakes = tuple(
        Stake(each["what"], date.fromisoformat(each["on"]) if each["on"] else None, each["source"])
        for each in row.stakes
    )
    facts = tuple(Fact(**each) for each in row.facts)
    return Assessment(reading, row.risk, stakes, facts, row.behalf, row.earlier_rejection)


def explain(unit: Unit, key: int, spans: Sequence[Span]) -> None:
    """Keep the stretches that drove the frustration."""
    unit.gather(_explain, [{"number": key, "why": [asdict(each) for each in spans]}])


def _explain(unit: Unit, rows: list[dict[str, Any]]) -> None:
    unit.apart(update(assessment).where(assessment.c.mention_id == bindparam("number")), rows)
