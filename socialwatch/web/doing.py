"""Doing: one deed in one or many cases, in one transaction: each case its line, what cannot be is said, and for ten
seconds it can be taken back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from socialwatch.domain.case import State
from socialwatch.store import agents, cases, undoing
from socialwatch.store.cases import Case
from socialwatch.web import dutch
from socialwatch.web.acting import Act
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import desk_of

MOST = 200  # cases at once
ABSENT, CLOSED = "niet (meer) te zien voor jou", "al afgerond"
THEIRS = "een collega heeft het; overnemen doe je in het dossier zelf"


@dataclass(frozen=True, slots=True)
class Deed:
    """`what` is its name in the audit log; `perform` does it, or says in half a sentence why it cannot be."""

    what: str
    perform: Callable[[Act], str]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """`refused` are pairs of a title, None for what may not be seen, and why. `undo` is how to take it back."""

    cases: Sequence[Case]
    refused: Sequence[tuple[str | None, str]]
    undo: int | None


def do(request: Request, visitor: Visitor, numbers: Sequence[int], deed: Deed) -> Done:
    at = desk_of(request)
    now, done, refused = at.clock(), list[Case](), list[tuple[str | None, str]]()
    wanted = list(dict.fromkeys(numbers))[:MOST]
    with at.database.write() as unit:
        stood = undoing.before(unit, wanted)
        for number in wanted:
            known = cases.seen_by(unit, visitor.agent, number)
            why = ABSENT if known is None else deed.perform(Act(unit, known, now))
            if known is None or why:
                refused.append((None if known is None else known.title, why))
                continue
            done.append(known)
            agents.note(unit, visitor.agent, deed.what, f"case:{number}", now)
        undo = undoing.keep(unit, visitor.agent, stood, done, at.wall(), deed.tag) if done else None
    return Done(done, refused, undo)


def unless_closed(known: Case) -> str:
    return CLOSED if known.state is State.CLOSED else ""


def told(done: Done, one: str, more: str) -> str:
    """One sentence on what was done, and one on what was not. `more` holds {} for how many."""
    # No format string: what people wrote, a tag for instance, may stand in it, braces and all.
    said = one if len(done.cases) == 1 else more.replace("{}", dutch.number(len(done.cases)), 1)
    left = _left(done.refused)
    if not done.cases:
        return left or "Er is niets gekozen."
    return f"{said} {left}".strip()


def _left(refused: Sequence[tuple[str | None, str]]) -> str:
    if not refused:
        return ""
    reasons = dutch.listed(dict.fromkeys(why for _, why in refused))
    if len(refused) == 1:
        title = refused[0][0]
        return f"‘{title}’ bleef zoals het was: {reasons}." if title else f"Eén dossier bleef zoals het was: {reasons}."
    return f"{len(refused)} dossiers bleven zoals ze waren: {reasons}."
