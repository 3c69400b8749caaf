"""What an agent says about who an author is: it changes the case at once, stays as history, and the machine obeys."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, insert, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases
from socialwatch.store.tables import case, identity, mention
from socialwatch.store.unit import Unit


def confirm(unit: Unit, who: Agent, which: tuple[int, int], now: datetime) -> bool:
    """This customer it is; `which` is (case, identity). Also what was undone before may be confirmed after all. False
    when it is no matter of this case, or was confirmed already.
    """
    number, chosen = which
    row = _of_case(unit, who, number, chosen)
    if row is None or (row.undone_at is None and row.confirmed_by is not None):
        return False
    said = {"confirmed_by": who.id, "confirmed_at": now, "offered": False}
    kept = row.id
    if row.undone_at is None:
        unit.run(update(identity).where(identity.c.id == row.id).values(said))
    else:
        again = {k: v for k, v in row._mapping.items() if k not in ("id", "undone_at", "undone_by")}
        kept = unit.run(insert(identity).values(again | said | {"at": now}).returning(identity.c.id)).scalar_one()
    others = _same_author(row) & (identity.c.id != kept) & identity.c.undone_at.is_(None)
    unit.run(update(identity).where(others, identity.c.customer_id != row.customer_id).values(undone_at=now))
    theirs = _posts(row) & (mention.c.case_id == number)
    unit.run(update(mention).where(theirs).values(customer_id=row.customer_id))
    unit.run(update(case).where(case.c.id == number).values(customer_id=row.customer_id))
    _write(unit, number, LineKind.LINKED, (who, row, now))
    return True


def undo(unit: Unit, who: Agent, which: tuple[int, int], now: datetime) -> bool:
    """This customer it is not; `which` is (case, identity). Every case of this author lets go of the customer, since
    also in a closed one a stranger's orders would stand; this one and the open ones tell of it. False when it is no
    matter of this case, or was undone already.
    """
    number, chosen = which
    row = _of_case(unit, who, number, chosen)
    if row is None or row.undone_at is not None:
        return False
    same = _same_author(row) & (identity.c.customer_id == row.customer_id) & identity.c.undone_at.is_(None)
    unit.run(update(identity).where(same).values(undone_at=now, undone_by=who.id))
    wrong = _posts(row) & (mention.c.customer_id == row.customer_id)
    touched = set(unit.run(select(mention.c.case_id).where(wrong, mention.c.case_id.is_not(None))).scalars())
    unit.run(update(mention).where(wrong).values(customer_id=None))
    for each in sorted(touched | {number}):
        _let_go(unit, each, row.customer_id)
        if each == number or _is_open(unit, each):
            _write(unit, each, LineKind.UNLINKED, (who, row, now))
    return True


def _of_case(unit: Unit, who: Agent, number: int, chosen: int) -> Row[Any] | None:
    """The identity, when it is about an author or a post of this case and this person may see the case."""
    if cases.seen_by(unit, who, number) is None:
        return None
    row = unit.run(select(identity).where(identity.c.id == chosen, identity.c.brand == who.brand)).one_or_none()
    if row is None:
        return None
    inside = _posts(row) & (mention.c.case_id == number)
    return row if unit.run(select(mention.c.id).where(inside).limit(1)).one_or_none() else None


def _same_author(row: Row[Any]) -> ColumnElement[bool]:
    here: ColumnElement[bool] = (identity.c.brand == row.brand) & (identity.c.channel == row.channel)
    if row.author_id is None:
        return and_(here, identity.c.mention_id == row.mention_id)
    return and_(here, identity.c.author_id == row.author_id)


def _posts(row: Row[Any]) -> ColumnElement[bool]:
    """The posts it is about: all of the author, or the one."""
    here: ColumnElement[bool] = (
        (mention.c.brand == row.brand) & (mention.c.channel == row.channel) & mention.c.own.is_(False)
    )
    if row.author_id is None:
        return and_(here, mention.c.id == row.mention_id)
    return and_(here, mention.c.author_id == row.author_id)


def _is_open(unit: Unit, number: int) -> bool:
    return cases.by_id(unit, number).state.value != "closed"


def _let_go(unit: Unit, number: int, wrong: str) -> None:
    """The case is no longer this customer's, unless somebody else in it is; another who is linked in it takes over."""
    linked = select(mention.c.customer_id).where(mention.c.case_id == number, mention.c.customer_id.is_not(None))
    left = unit.run(linked.order_by(mention.c.created_at.desc()).limit(1)).scalar_one_or_none()
    unit.run(update(case).where(case.c.id == number, case.c.customer_id == wrong).values(customer_id=left))


def _write(unit: Unit, number: int, kind: LineKind, said: tuple[Agent, Row[Any], datetime]) -> None:
    who, row, now = said
    cases.write(
        unit, number, Line(kind, now, agent_id=who.id, detail={"customer": row.customer_id, "basis": row.basis})
    )
