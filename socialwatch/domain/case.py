"""A case (dossier): one grievance in the hands of one owner; its state follows from its lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class LineKind(StrEnum):
    """What can stand in a case. Each line has its moment and its audience."""

    OPENED = "opened"
    MENTION = "mention"
    REPLY = "reply"
    OWN_POST = "own_post"
    NOTE = "note"
    CALL = "call"
    GESTURE = "gesture"
    ASSIGNED = "assigned"
    ADVISED = "advised"
    LATER = "later"
    CLOSED = "closed"
    REOPENED = "reopened"
    LINKED = "linked"
    UNLINKED = "unlinked"
    SOUGHT = "sought"
    GONE = "gone"
    THANKS = "thanks"
    TAGGED = "tagged"
    BECKONED = "beckoned"
    CORRECTED = "corrected"
    MERGED = "merged"
    SPLIT = "split"
    SITUATED = "situated"
    MENDED = "mended"


NOT_DONE = frozenset({"failed", "unknown", "declined"})  # events of a gesture


class State(StrEnum):
    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    LATER = "later"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case. `audience` is "public", "team" or "private"; `detail` holds what the kind needs, by ids and
    words.
    """

    kind: LineKind
    at: datetime
    audience: str = "team"
    agent_id: int | None = None
    mention_id: int | None = None
    reply_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def standing(lines: Iterable[Line]) -> list[Line]:
    """Without the merges that were undone: what they said of state and clock holds no more."""
    kept: list[Line] = []
    for line in lines:
        undone = line.detail.get("undone") if line.kind is LineKind.MERGED else None
        if undone is not None:
            kept = [each for each in kept if each.kind is not LineKind.MERGED or _other(each) != undone]
        else:
            kept.append(line)
    return kept


def _other(line: Line) -> Any:
    return line.detail.get("from", line.detail.get("into"))


def merged_into(lines: Iterable[Line]) -> int | None:
    """The case that took this one over; None when none did, or when that was undone."""
    led = [line.detail["into"] for line in standing(lines) if line.kind is LineKind.MERGED and "into" in line.detail]
    return int(led[-1]) if led else None


def state(lines: Iterable[Line]) -> State:
    """The state that the lines, in the order of their moments, lead to.

    A mention after a close reopens; our answer means the customer is due; *later* holds until its moment (a line
    reopens it then), the next mention or our next answer (not one that was written before: `put_aside`). A merge
    leaves what was merged closed, and brings what we are still due along; so does an answer that went to be mended,
    when nothing came in its place. A gesture that came to nothing brings its case back to whoever has it.
    """
    now = State.NEW
    for line in standing(lines):
        now = _after(now, line)
    return now


def _after(now: State, line: Line) -> State:
    match line.kind:
        case LineKind.CLOSED:
            return State.CLOSED
        case LineKind.LATER:
            return State.LATER
        case LineKind.REPLY | LineKind.OWN_POST | LineKind.CALL:
            return now if now is State.CLOSED or line.detail.get("aside") else State.WAITING
        case LineKind.MENTION | LineKind.REOPENED:
            return State.NEW if now is State.NEW else State.OPEN
        case LineKind.GESTURE if _came_to_nothing(line):
            return State.NEW if now is State.NEW else State.OPEN
        case LineKind.ASSIGNED:
            return State.OPEN if now is State.NEW else now
        case LineKind.MERGED | LineKind.MENDED:
            return _owed(now, line)
        case _:
            return now


def _came_to_nothing(line: Line) -> bool:
    """What we were going to do did not happen, or nobody knows: the customer may have been told that it would."""
    return line.kind is LineKind.GESTURE and line.detail.get("event") in NOT_DONE


def _owed(now: State, line: Line) -> State:
    if "into" in line.detail:
        return State.CLOSED
    if "since" in line.detail:
        return State.NEW if now is State.NEW else State.OPEN
    return now


def due_since(lines: Iterable[Line]) -> datetime | None:
    """Since when we are due: the first mention, or gesture that came to nothing, after our last answer; None while the
    customer is due or all is done.
    """
    since: datetime | None = None
    for line in standing(lines):
        if line.kind in (LineKind.REPLY, LineKind.OWN_POST, LineKind.CALL, LineKind.CLOSED) or _left(line):
            since = None
        elif line.kind in (LineKind.MERGED, LineKind.MENDED) and "since" in line.detail:
            owed = datetime.fromisoformat(line.detail["since"])
            since = owed if since is None else min(owed, since)
        elif (line.kind in (LineKind.MENTION, LineKind.REOPENED) or _came_to_nothing(line)) and since is None:
            since = line.at
    return since


def _left(line: Line) -> bool:
    return line.kind is LineKind.MERGED and "into" in line.detail


def put_aside(lines: Sequence[Line], since: datetime) -> bool:
    """Whether it was put aside after this moment: then an answer written before it leaves it there when it goes out."""
    asides = [line.at for line in standing(lines) if line.kind is LineKind.LATER]
    return state(lines) is State.LATER and asides[-1] >= since


def later_until(lines: Iterable[Line]) -> datetime | None:
    """Until when it was put aside; None when it was not, when that is over, or when no moment was named."""
    now, until = State.NEW, None
    for line in standing(lines):
        now = _after(now, line)
        if line.kind is LineKind.LATER:
            named = line.detail.get("until")
            until = datetime.fromisoformat(named) if named else None
    return until if now is State.LATER else None


def closing(lines: Iterable[Line]) -> Line | None:
    """The line that closed it, with the signs that were given then; None when it is not closed, or lives on in
    another case.
    """
    now, last = State.NEW, None
    for line in standing(lines):
        now = _after(now, line)
        last = line if line.kind is LineKind.CLOSED else None if _left(line) else last
    return last if now is State.CLOSED else None


def taken_at(lines: Iterable[Line]) -> datetime | None:
    """When its present owner took it: by saying so, or by answering; None when they were given it and did neither. Of a
    merge its own line tells: the lines of two owners stand among each other.
    """
    taken: datetime | None = None
    for line in standing(lines):
        if line.kind is LineKind.ASSIGNED:
            taken = line.at if line.agent_id is not None and line.detail.get("by") == line.agent_id else None
        elif line.kind is LineKind.MERGED and "from" in line.detail:
            told = line.detail.get("taken")
            taken = datetime.fromisoformat(told) if told else None
        elif line.kind in (LineKind.REPLY, LineKind.OWN_POST, LineKind.CALL) and taken is None:
            taken = line.at
    return taken


def last_word(lines: Iterable[Line]) -> datetime | None:
    """When we last answered, wherever that was; None when we have not yet."""
    answers = (LineKind.REPLY, LineKind.OWN_POST, LineKind.CALL)
    return max((line.at for line in lines if line.kind in answers), default=None)
