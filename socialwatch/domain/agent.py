"""An agent (medewerker): who may sign in, what they may see and decide, whether they are here."""

from dataclasses import dataclass, field
from enum import StrEnum

from socialwatch.domain.mandate import NO_MANDATE, Mandate


class Role(StrEnum):
    AGENT = "agent"
    LEAD = "lead"
    BRAND = "brand"
    ADMIN = "admin"


class Presence(StrEnum):
    AVAILABLE = "available"
    QUIET = "quiet"
    BREAK = "break"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Agent:
    """One person; `notify` are addresses for their notifiers (kind → address), never shown to others. `deputy_id` takes
    over while they are absent, unless the absence names somebody else.
    """

    id: int
    brand: str
    name: str
    email: str
    role: Role
    presence: Presence = Presence.AWAY
    mandate: Mandate = NO_MANDATE
    languages: tuple[str, ...] = ("nl",)
    notify: dict[str, str] = field(default_factory=dict)
    deputy_id: int | None = None


def answers_customers(agent: Agent) -> bool:
    """Brand managers read; agents, leads and administrators answer."""
    return agent.role is not Role.BRAND
