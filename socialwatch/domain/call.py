"""A call: what an agent notes after telephoning a customer; nobody reached is told, but stops no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from socialwatch.domain.case import Line, LineKind
from socialwatch.errors import Refused

LONGEST = 24 * 60
SINCE = timedelta(days=31)
AHEAD = timedelta(minutes=5)  # a clock on somebody's desk may run a little fast
WHEN_WRONG = "Kies wanneer je belde: niet in de toekomst, en hooguit een maand terug."
MINUTES_WRONG = "Vul bij de minuten een heel getal in van 0 tot en met 1440."


class Outcome(StrEnum):
    SPOKEN = "spoken"
    CALL_BACK = "call_back"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"


REACHED = frozenset({Outcome.SPOKEN, Outcome.CALL_BACK})


@dataclass(frozen=True, slots=True)
class Call:
    """One call: when, how many `minutes` (None: not noted), what was said, and how it ended."""

    at: datetime
    outcome: Outcome
    minutes: int | None = None
    words: str = ""


def line(call: Call, agent_id: int, now: datetime) -> Line:
    """How it stands in the case: a call that reached the customer is our answer, another a note of the try.

    Raises Refused naming what is wrong.
    """
    if not now - SINCE <= call.at <= now + AHEAD:
        raise Refused(WHEN_WRONG)
    if call.minutes is not None and not 0 <= call.minutes <= LONGEST:
        raise Refused(MINUTES_WRONG)
    detail = {"event": "call", "outcome": call.outcome.value, "minutes": call.minutes, "text": call.words.strip()}
    kept = {name: value for name, value in detail.items() if value not in (None, "")}
    if call.outcome in REACHED:
        return Line(LineKind.CALL, min(call.at, now), "private", agent_id, detail=kept)
    return Line(LineKind.NOTE, min(call.at, now), "team", agent_id, detail=kept)
