"""What changed, by id only, for the pages that are open; the page fetches it again through its own authorisation."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from socialwatch.store.tables import event
from socialwatch.store.unit import Unit

KEPT = 3600.0  # seconds
LATELY = 200  # events


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    brand: str
    kind: str
    subject: int | None


_NEW = insert(event)
_LATELY = select(event.c.id).order_by(event.c.id.desc()).limit(LATELY)


def tell(unit: Unit, brand: str, kind: str, subject: int | None) -> None:
    """Say in this transaction that a case, reply, thanks or source changed; said once, however often it did."""
    unit.gather(_tell, [(brand, kind, subject)])
    unit.wake()


def _tell(unit: Unit, changed: list[tuple[str, str, int | None]]) -> None:
    now = unit.stamp()
    once = dict.fromkeys(changed)
    rows = [{"brand": brand, "kind": kind, "subject": subject, "at": now} for brand, kind, subject in once]
    unit.apart(_NEW, rows)


def latest(unit: Unit) -> int:
    return int(unit.run(select(func.coalesce(func.max(event.c.id), 0))).scalar_one())


def mark(unit: Unit) -> tuple[int, int]:
    """Grows with every event, also with one that PostgreSQL shows later than its number says: the sum sees it."""
    numbers = unit.run(_LATELY).scalars().all()
    return max(numbers, default=0), sum(numbers)


def after(unit: Unit, number: int, limit: int = 1000) -> list[Event]:
    """Events after `number`, oldest first."""
    query = select(event.c.id, event.c.brand, event.c.kind, event.c.subject)
    rows = unit.run(query.where(event.c.id > number).order_by(event.c.id).limit(limit))
    return [Event(row.id, row.brand, row.kind, row.subject) for row in rows]


def sweep(unit: Unit) -> None:
    """Forget events older than an hour; a page that was away longer reloads anyway.

    The newest stays whatever its age: SQLite would give its number out again, and who reads on from it hears nothing.
    """
    newest = select(func.max(event.c.id)).scalar_subquery()
    unit.run(delete(event).where(event.c.at < unit.stamp() - KEPT, event.c.id < newest))
