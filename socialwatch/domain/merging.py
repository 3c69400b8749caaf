"""Merging: which of two cases goes on, what its line must say of both, and what may still be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from socialwatch.domain.case import Line, LineKind, standing

SAME = "Dit is hetzelfde dossier."
SENT = "Dit kan niet meer terug: er is intussen iets gestuurd of gedaan."
NOTHING = "Hier valt niets meer terug te draaien."
NO_POSTS = "Kies de berichten die een eigen dossier krijgen."
ALL_POSTS = "Laat minstens één bericht in dit dossier staan."


class Mergeable(Protocol):
    """What of a case the choice depends on."""

    @property
    def id(self) -> int: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def due_since(self) -> datetime | None: ...
    @property
    def accepted_at(self) -> datetime | None: ...


Some = TypeVar("Some", bound=Mergeable)


def older_first(one: Some, other: Some) -> tuple[Some, Some]:
    """The older goes on, the newer is taken over."""
    first, second = sorted((one, other), key=lambda each: (each.opened_at, each.id))
    return first, second


def told(keep: Mergeable, gone: Mergeable) -> dict[str, Any]:
    """What the line of a merge says beside ids: since when we are due in either, and when its owner took the one that
    goes on.
    """
    owed = [each.due_since for each in (keep, gone) if each.due_since is not None]
    since = {"since": min(owed).isoformat()} if owed else {}
    return since | ({"taken": keep.accepted_at.isoformat()} if keep.accepted_at is not None else {})


@dataclass(frozen=True, slots=True)
class Undo:
    """The latest merge or split of a case: the line that tells it, and the other case."""

    line: Line
    other: int
    merged: bool


def latest(lines: Iterable[Line]) -> Undo | None:
    """What of a case may be undone: its latest merge or split that stands."""
    standing_lines = standing(lines)
    undone = {each.detail["undone"] for each in standing_lines if _is(each, LineKind.SPLIT, "undone")}
    found = [
        Undo(each, int(each.detail["from"]), merged=True)
        for each in standing_lines
        if _is(each, LineKind.MERGED, "from")
    ]
    found += [
        Undo(each, int(each.detail["to"]), merged=False)
        for each in standing_lines
        if _is(each, LineKind.SPLIT, "to") and each.detail["to"] not in undone
    ]
    return max(found, key=lambda each: each.line.at, default=None)


def _is(line: Line, kind: LineKind, what: str) -> bool:
    return line.kind is kind and what in line.detail


def chosen(theirs: Sequence[int], wanted: Iterable[int]) -> tuple[list[int], str]:
    """The posts of a case that get a case of their own, in order, and why not (empty: they may)."""
    named = set(wanted)
    posts = [each for each in theirs if each in named]
    if not posts:
        return [], NO_POSTS
    return posts, ALL_POSTS if len(posts) == len(set(theirs)) else ""
