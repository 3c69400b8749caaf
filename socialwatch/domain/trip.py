"""What a step reports about its subject; steps/line alone says where that leads."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Event(StrEnum):
    READ = "read"
    KNOWN = "known"
    OPENED = "opened"
    ESCALATED = "escalated"
    ADVISED = "advised"
    AGAIN = "again"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Moved:
    """`subject` is the id of the mention, case, reply or person; `priority` 0..9; `after` seconds from now."""

    event: Event
    brand: str
    subject: int
    priority: float = 0
    after: float = 0.0
    detail: dict[str, Any] = field(default_factory=dict)
