"""Questions over many cases: the heaviest, those that are nobody's, who helped somebody before, how many there are."""

from sqlalchemy import bindparam, func, or_, select

from socialwatch.store.cases import OPEN_STATES, Case, of_row
from socialwatch.store.tables import case, mention
from socialwatch.store.unit import Unit

_OWNERS = select(case.c.owner_id).where(case.c.brand == bindparam("brand"), case.c.owner_id.is_not(None))
_HELPED = _OWNERS.where(case.c.customer_id == bindparam("customer")).order_by(case.c.last_at.desc()).limit(1)


def ranked(unit: Unit, brand: str | None = None, limit: int = 200) -> list[Case]:
    """Open cases, heaviest first."""
    query = select(case).where(case.c.state.in_(OPEN_STATES)).order_by(case.c.rank.desc(), case.c.id).limit(limit)
    return [of_row(row) for row in unit.run(query if brand is None else query.where(case.c.brand == brand))]


def unowned(unit: Unit, brand: str, limit: int = 200) -> list[int]:
    """The customer's first post in each open case that needs somebody who may act and has nobody, heaviest first. By a
    thank-you, or a post of our own, a case is not given out.
    """
    needs = or_(case.c.needs_human.is_(True), case.c.level >= 3)
    query = (
        select(func.min(mention.c.id).label("first"))
        .join(mention, mention.c.case_id == case.c.id)
        .where(case.c.brand == brand, case.c.owner_id.is_(None), case.c.state.in_(OPEN_STATES), needs)
        .where(mention.c.own.is_(False), mention.c.state == "joined")
        .group_by(case.c.id, case.c.rank)
        .order_by(case.c.rank.desc())
        .limit(limit)
    )
    return list(unit.run(query).scalars())


def previous_owner(unit: Unit, brand: str, customer_id: str | None) -> int | None:
    """Who last helped this customer."""
    if customer_id is None:
        return None
    return unit.run(_HELPED, {"brand": brand, "customer": customer_id}).scalar_one_or_none()


def count(unit: Unit, brand: str | None = None) -> int:
    query = select(func.count()).select_from(case)
    return int(unit.run(query if brand is None else query.where(case.c.brand == brand)).scalar_one())
