"""How far each folder was read: UIDVALIDITY and the last UID, as the cursor that the store keeps."""

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """UIDs count only under their own `validity`; when the server changes it, everything of late is read again."""

    validity: int
    uid: int


def load(cursor: str | None) -> dict[str, Position]:
    """By folder; empty for a cursor that nobody can read."""
    try:
        kept = json.loads(cursor or "{}")
        return {str(name): Position(int(each[0]), int(each[1])) for name, each in kept.items()}
    except (ValueError, TypeError, LookupError, AttributeError):
        return {}


def dump(positions: Mapping[str, Position]) -> str:
    return json.dumps({name: [each.validity, each.uid] for name, each in positions.items()}, sort_keys=True)
