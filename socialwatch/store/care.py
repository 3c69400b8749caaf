"""What a case asks for beside an owner: somebody who reads along, somebody who did not say no before, and a card with
steps.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.protocol import NONE
from socialwatch.store.cases import visible_to
from socialwatch.store.tables import case
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Care:
    """`protocol` is the name of the card; "none" when an agent put it away."""

    adviser_id: int | None = None
    not_again_id: int | None = None
    protocol: str | None = None


def of(unit: Unit, number: int) -> Care:
    """For the steps, which act for nobody in particular."""
    columns = (case.c.adviser_id, case.c.not_again_id, case.c.protocol)
    return of_row(unit.run(select(*columns).where(case.c.id == number)).one())


def seen_by(unit: Unit, who: Agent, number: int) -> Care | None:
    """When this person may see the case."""
    row = unit.run(visible_to(who).where(case.c.id == number)).one_or_none()
    return None if row is None else of_row(row)


def of_row(row: Row[Any]) -> Care:
    return Care(row.adviser_id, row.not_again_id, row.protocol)


def advise(unit: Unit, number: int, adviser_id: int) -> None:
    """This colleague reads along."""
    unit.gather(_advise, [{"number": number, "adviser_id": adviser_id}])


def _advise(unit: Unit, rows: list[dict[str, Any]]) -> None:
    unit.apart(update(case).where(case.c.id == bindparam("number")), rows)


def not_again(unit: Unit, number: int, agent_id: int) -> None:
    """Who said no before does not get this case (again)."""
    unit.gather(_not_again, [{"number": number, "not_again_id": agent_id}])


def _not_again(unit: Unit, rows: list[dict[str, Any]]) -> None:
    unit.apart(update(case).where(case.c.id == bindparam("number")), rows)


def lay_out(unit: Unit, number: int, protocol: str) -> None:
    """This card belongs here, unless an agent put the card of this case away."""
    unit.gather(_lay_out, [{"number": number, "protocol": protocol}])


def _lay_out(unit: Unit, rows: list[dict[str, Any]]) -> None:
    wanted = or_(case.c.protocol.is_(None), case.c.protocol != NONE)
    unit.apart(update(case).where(case.c.id == bindparam("number"), wanted), rows)


def put_away(unit: Unit, number: int) -> None:
    unit.run(update(case).where(case.c.id == number).values(protocol=NONE))
