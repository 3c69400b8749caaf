"""Cases and their lines. `visible_to` is the only door through which a person reaches a case."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, delete, insert, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import Line, LineKind, State, closing, due_since, later_until, merged_into, state, taken_at
from socialwatch.domain.priority import rank
from socialwatch.store.case_rows import Case as Case
from socialwatch.store.case_rows import Weight as Weight
from socialwatch.store.case_rows import of_row as of_row
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored, settle, stored
from socialwatch.store.tables import case, line, mention
from socialwatch.store.unit import Unit

OPEN_STATES = (State.NEW.value, State.OPEN.value)
# Every mention asks these, so they are built once: building a statement takes as long as asking it.
_THIS = case.c.id == bindparam("number")
_THESE: BindParameter[Any] = bindparam("numbers", expanding=True)
_ONE, _CHANGE, _LINE = select(case).where(_THIS), update(case).where(_THIS), insert(line)
_OPEN = insert(case).returning(case.c.id)
_KNOWN_BY = update(case).where(_THIS, case.c.customer_id.is_(None)).values(customer_id=bindparam("customer"))
_BRANDS = select(case.c.id, case.c.brand, case.c.merged_into).where(case.c.id.in_(_THESE))
_STATIC = select(case.c.id, case.c.brand, case.c.static, case.c.alarm_at).where(case.c.id.in_(_THESE))
_THREAD = select(line).where(line.c.case_id == bindparam("number")).order_by(line.c.at, line.c.id)
_TOLD = select(line.c.case_id, line.c.kind, line.c.at, line.c.agent_id, line.c.detail)
_THREADS = _TOLD.where(line.c.case_id.in_(_THESE)).order_by(line.c.at, line.c.id)
_MENTIONS = select(mention).where(mention.c.case_id.in_(_THESE)).order_by(mention.c.created_at, mention.c.id)


# Stands for whoever asks a question that is built once: {"brand": who.brand, "me": who.id} says who that is.
ANYBODY: Any = SimpleNamespace(brand=bindparam("brand"), id=bindparam("me"))


def visible_to(who: Agent) -> Select[Any]:
    """The cases this person may see: those of their own brand."""
    return select(case).where(case.c.brand == who.brand)


def among(who: Agent, numbers: Sequence[int] | Select[tuple[int]] | BindParameter[Any]) -> Select[Any]:
    """As `visible_to`, of these cases alone: those that this person may see. The brand is asked in a way for which no
    index is of use: of a brand and some ids together SQLite would take the brand, and read every case of it.
    """
    return select(case).where(case.c.id.in_(numbers), case.c.brand.concat("") == who.brand)


def seen_by(unit: Unit, who: Agent, number: int) -> Case | None:
    """One case, when this person may see it; of one that was merged, the case in which it lives on."""
    row = unit.run(visible_to(who).where(case.c.id == number)).one_or_none()
    if row is not None and row.merged_into is not None:
        return seen_by(unit, who, row.merged_into)
    return None if row is None else of_row(row)


def surviving(unit: Unit, number: int) -> int:
    """In which case a case lives on: itself, unless it was merged."""
    into = unit.apart(select(case.c.merged_into).where(_THIS), {"number": number}).scalar_one()
    return number if into is None else surviving(unit, into)


def by_id(unit: Unit, number: int) -> Case:
    """A case for the steps, which act for nobody in particular."""
    return of_row(unit.run(_ONE, {"number": number}).one())


def by_ids(unit: Unit, numbers: Iterable[int]) -> dict[int, Case]:
    """As `by_id`, for several."""
    return {row.id: of_row(row) for row in unit.run(select(case).where(case.c.id.in_(sorted(set(numbers)))))}


def open_case(unit: Unit, first: Stored, title: str, weight: Weight, language: str) -> int:
    """A new case around its first mention; gives back its id."""
    values: dict[str, Any] = {
        "brand": first.mention.brand,
        "title": title[:200],
        "channel": first.mention.channel,
        "customer_id": first.customer_id,
        "state": State.NEW.value,
        "opened_at": first.mention.created_at,
        "last_at": first.mention.created_at,
        "rank": weight.static,
        "language": language,
        **_weighed(weight),
    }
    number = int(unit.apart(_OPEN, values).scalar_one())
    write(unit, number, Line(LineKind.OPENED, first.mention.created_at))
    join(unit, number, first)
    return number


def join(unit: Unit, number: int, found: Stored) -> None:
    """A mention becomes a line of a case: the customer's, or our own when it is `own`."""
    kind = LineKind.OWN_POST if found.mention.own else LineKind.MENTION
    settle(unit, found.id, "joined", case_id=number)
    if found.customer_id is not None:
        unit.apart(_KNOWN_BY, {"number": number, "customer": found.customer_id})
    write(unit, number, Line(kind, found.mention.created_at, found.mention.audience, mention_id=found.id))


def weigh(unit: Unit, number: int, weight: Weight) -> None:
    """Store a new weight; the order of the Inbox follows from it and from how long we are due."""
    unit.apart(update(case).where(case.c.id == number).values(_weighed(weight)))
    unit.gather(_restate, [number])


def _weighed(weight: Weight) -> dict[str, Any]:
    return {
        "static": weight.static,
        "reasons": [asdict(each) if hasattr(each, "__dataclass_fields__") else each for each in weight.reasons],
        "frustration": weight.frustration,
        "risk": weight.risk,
        "level": weight.level,
        "needs_human": weight.needs_human,
    }


def write(unit: Unit, number: int, new: Line) -> None:
    """Add a line; state, clock and rank of the case follow from its lines. Tells the open pages."""
    unit.gather(_write, [(number, new)])
    unit.gather(_restate, [number])


def _write(unit: Unit, new: list[tuple[int, Line]]) -> None:
    numbers = sorted({number for number, _ in new})
    known = {row.id: row for row in unit.apart(_BRANDS, {"numbers": numbers})}
    # whoever began before a merge writes after it: nothing is lost in a case that nobody opens any more
    moved = {number: surviving(unit, number) for number, row in known.items() if row.merged_into is not None}
    unit.gather(_restate, moved.values())
    rows = [
        {
            "brand": known[number].brand,
            "case_id": number if each.kind is LineKind.MERGED else moved.get(number, number),
            "kind": each.kind.value,
            "at": each.at,
            "audience": each.audience,
            "agent_id": each.agent_id,
            "mention_id": each.mention_id,
            "reply_id": each.reply_id,
            "detail": each.detail,
        }
        for number, each in new
    ]
    unit.apart(_LINE, rows)


def leave(unit: Unit, number: int, mention_id: int) -> None:
    """A mention is no line of this case after all; what it becomes is for the caller to say."""
    unit.run(delete(line).where(line.c.case_id == number, line.c.mention_id == mention_id, line.c.kind == "mention"))
    unit.gather(_restate, [number])


def take_back(unit: Unit, gone: Sequence[int], numbers: Sequence[int]) -> None:
    """These lines of these cases were a slip: as if they had not been written."""
    unit.run(delete(line).where(line.c.id.in_(gone), line.c.case_id.in_(numbers)))
    if numbers:
        unit.gather(_restate, numbers)


def lines(unit: Unit, number: int) -> list[Line]:
    """The thread of a case in the order of its moments."""
    return [_line(row) for row in unit.run(_THREAD, {"number": number})]


def _line(row: Row[Any]) -> Line:
    return Line(LineKind(row.kind), row.at, row.audience, row.agent_id, row.mention_id, row.reply_id, dict(row.detail))


def _restate(unit: Unit, numbers: list[int]) -> None:
    wanted = sorted(set(numbers))
    threads: dict[int, list[Line]] = {number: [] for number in wanted}
    # `run`: what was gathered for these threads goes in first
    for row in unit.run(_THREADS, {"numbers": wanted}):
        told = Line(LineKind(row.kind), row.at, agent_id=row.agent_id, detail=row.detail)
        threads[row.case_id].append(told)
    known = unit.apart(_STATIC, {"numbers": wanted}).all()
    unit.apart(_CHANGE, [_restated(row, threads[row.id]) for row in known])
    for row in known:
        tell(unit, row.brand, "case", row.id)


def _restated(row: Row[Any], thread: Sequence[Line]) -> dict[str, Any]:
    now, since, taken = state(thread).value, due_since(thread), taken_at(thread)
    owed = taken is None and since is not None and now in OPEN_STATES
    closed = closing(thread)
    answers = [each.at for each in thread if each.kind in (LineKind.REPLY, LineKind.OWN_POST)]
    return {
        "number": row.id,
        "state": now,
        "due_since": since,
        "last_at": max((each.at for each in thread), default=None),
        "first_answer_at": min(answers, default=None),
        "rank": rank(row.static, since),
        "accepted_at": taken,
        "later_until": later_until(thread),
        "alarm_at": row.alarm_at if owed else None,
        "merged_into": merged_into(thread),
        "closed_at": closed.at if closed else None,
        "problem_gone": closed.detail.get("gone") if closed else None,
        "feels_heard": closed.detail.get("heard") if closed else None,
    }


def assign(unit: Unit, number: int, owner_id: int | None, now: datetime, detail: dict[str, Any]) -> None:
    """Give a case to its owner; `detail` says why, and by whom when a person did it."""
    uncovered = bool(detail.get("uncovered"))
    unit.gather(_own, [{"number": number, "owner_id": owner_id, "uncovered": uncovered, "alarm_at": None}])
    write(unit, number, Line(LineKind.ASSIGNED, now, "team", owner_id, detail=detail))


def _own(unit: Unit, rows: list[dict[str, Any]]) -> None:
    unit.apart(_CHANGE, rows)


def uncover(unit: Unit, number: int, uncovered: bool) -> None:
    """Nobody is there for this case; `uncovered` when no mandate would cover it either."""
    unit.gather(_uncover, [{"number": number, "uncovered": uncovered}])


def _uncover(unit: Unit, rows: list[dict[str, Any]]) -> None:
    unit.apart(_CHANGE, rows)


def mentions(unit: Unit, numbers: Iterable[int]) -> dict[int, list[Stored]]:
    """The mentions of cases, oldest first, per case."""
    wanted = sorted(set(numbers))
    found: dict[int, list[Stored]] = {number: [] for number in wanted}
    for row in unit.run(_MENTIONS, {"numbers": wanted}):
        found[row.case_id].append(stored(row))
    return found
