"""Pressing: the cases in which a day is at stake, by the words of the customer or by their orders."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Text, cast, func, or_, select

from socialwatch.domain.case import State
from socialwatch.store.tables import assessment, case, mention, order
from socialwatch.store.unit import Unit

STANDING = (State.NEW.value, State.OPEN.value, State.WAITING.value, State.LATER.value)
# How a day stands in the JSON of `stakes`; a stake without one has null there.
_WITH_A_DAY = '%"on": "%'
_TOLD = (
    select(assessment.c.mention_id)
    .join(mention, mention.c.id == assessment.c.mention_id)
    .where(mention.c.case_id == case.c.id, cast(assessment.c.stakes, Text).like(_WITH_A_DAY))
    .correlate(case)
    .exists()
)


def latest_posts(unit: Unit, brands: Iterable[str], today: date) -> list[tuple[str, int]]:
    """(brand, the customer's latest post) of each case that is not closed and in which a day is at stake."""
    ordered = (order.c.brand == case.c.brand, order.c.customer_id == case.c.customer_id, order.c.wished_date >= today)
    wished = select(order.c.number).where(*ordered).correlate(case).exists()
    query = (
        select(case.c.brand, func.max(mention.c.id).label("latest"))
        .join(mention, mention.c.case_id == case.c.id)
        .where(case.c.brand.in_(sorted(brands)), case.c.state.in_(STANDING), or_(_TOLD, wished))
        .where(mention.c.own.is_(False), mention.c.state == "joined")
        .group_by(case.c.id, case.c.brand)
    )
    return [(row.brand, row.latest) for row in unit.run(query)]
