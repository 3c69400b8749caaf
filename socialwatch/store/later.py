"""Cases that were put aside until a moment, and whether that moment has passed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from socialwatch.domain.case import State
from socialwatch.store.tables import case
from socialwatch.store.unit import Unit

RESUMING = 0x6C6174 << 32  # of whoever brings back: whoever comes second sees that it was done
MOST = 500  # per round; the rest follows in the next one


def passed(unit: Unit, brands: Iterable[str], now: datetime) -> list[tuple[int, datetime]]:
    """(case, the moment until which it was put aside), soonest first."""
    aside = (case.c.brand.in_(sorted(brands)), case.c.state == State.LATER.value, case.c.later_until <= now)
    query = select(case.c.id, case.c.later_until).where(*aside).order_by(case.c.later_until, case.c.id).limit(MOST)
    return [(row.id, row.later_until) for row in unit.run(query)]
