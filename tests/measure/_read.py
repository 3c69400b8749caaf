"""What a model would have read in the mentions of a filled database: every head says something, and little is grave."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from random import Random
from typing import Any

from socialwatch.domain.assessment import Feeling, Hazard, Kind
from socialwatch.domain.risk import LIKELY
from socialwatch.playground.volume import Volume

GRAVE = {  # one mention in so many, as the shipped corpus has them in about this order
    Hazard.CHURN: 12,
    Hazard.CONDUCT: 40,
    Hazard.STAFF_ABUSE: 60,
    Hazard.LEGAL: 150,
    Hazard.SAFETY: 200,
    Hazard.MEDIA_THREAT: 250,
    Hazard.VULNERABLE: 250,
    Hazard.PRIVACY: 400,
    Hazard.FRAUD_VICTIM: 400,
    Hazard.DISCRIMINATION: 1000,
    Hazard.PRESS: 2000,
}
EMBEDDING = 384  # bytes


def readings(volume: Volume, brand: str, before: int, at: datetime) -> Iterator[dict[str, Any]]:
    """A row of `assessment` for every mention of a brand, the first of which has the number before + 1."""
    pick = Random(f"{volume.seed}/readings/{brand}")
    for place in range(1, volume.share(volume.mentions, brand) + 1):
        yield _reading(pick, {"mention_id": before + place, "brand": brand, "assessed_at": at})


def _reading(pick: Random, row: dict[str, Any]) -> dict[str, Any]:
    frustration = round(pick.random(), 4)
    return row | {
        "model": "v0",
        "kind": Kind.COMPLAINT.value,
        "frustration": frustration,
        "level": min(3, int(frustration * 4)),
        "distress": round(pick.random() ** 4, 4),
        "feelings": {each.value: round(pick.random(), 4) for each in Feeling},
        "hazards": {each.value: _hazard(pick, often) for each, often in GRAVE.items()},
        "risk": 0.1,
        "answer": 1,
        "needs_human": round(pick.random() ** 2, 4),
        "chance": 0.9 if pick.random() < 0.001 else round(pick.random() / 2, 4),
        "confidence": 0.9,
        "language": "nl",
        "embedding": pick.randbytes(EMBEDDING),
        "stakes": [],
        "facts": [],
        "behalf": None,
        "earlier_rejection": False,
    }


def likely(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of `hazard` that follow from those of `assessment`."""
    for row in found:
        for name, probability in row["hazards"].items():
            if probability >= LIKELY:
                yield {"mention_id": row["mention_id"], "brand": row["brand"], "name": name}


def _hazard(pick: Random, often: int) -> float:
    return round(0.6 + pick.random() * 0.4 if pick.random() < 1 / often else pick.random() * 0.2, 4)
