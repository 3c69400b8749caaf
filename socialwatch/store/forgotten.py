"""Forgotten: whoever asked to be forgotten is known by a keyed fingerprint alone, so that no import and no order system
brings them back.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.customer import Contact, Customer, Order
from socialwatch.store.tables import forgotten, installation
from socialwatch.store.unit import Unit

NOBODY = "vergeten"  # whose the orders are from then on
# What is left out of an order: the books need its lines, dates and amounts only.
BARE: Mapping[str, Any] = {"customer_id": NOBODY} | dict.fromkeys(
    ("recipient", "card_text", "ship_to", "tracking", "shipments", "returns", "refunds")
)


@dataclass(frozen=True, slots=True)
class Gone:
    """Whom one brand forgot, by fingerprint, and when."""

    key: bytes = b""
    since: Mapping[str, datetime] = field(default_factory=dict)

    def knows(self, customer: Customer) -> bool:
        """Whether this is one of them: by the order system's number, or by e-mail when the account is not a new one."""
        if not self.since:
            return False
        told = marks(self.key, customer)
        forgot = self.since.get(told["mail_mark"] or "")
        made = customer.created_at
        return told["mark"] in self.since or (forgot is not None and (made is None or made <= forgot))


def gone(unit: Unit, brand: str) -> Gone:
    rows = unit.run(select(forgotten.c.mark, forgotten.c.at).where(forgotten.c.brand == brand)).all()
    return Gone(secret(unit), {row.mark: row.at for row in rows}) if rows else Gone()


def secret(unit: Unit) -> bytes:
    """The key of this installation."""
    found: str = unit.run(select(installation.c.secret)).scalar_one()
    return bytes.fromhex(found)


def marks(key: bytes, told: Customer | Order | Contact) -> dict[str, str | None]:
    """The fingerprint of whom this is about; of a customer also that of the e-mail address."""
    if not isinstance(told, Customer):
        return {"mark": _mark(key, told.brand, "id", told.customer_id)}
    mail = _mark(key, told.brand, "mail", told.email.strip().lower()) if told.email else None
    return {"mark": _mark(key, told.brand, "id", told.id), "mail_mark": mail}


def _mark(key: bytes, brand: str, kind: str, value: str) -> str:
    return hmac.digest(key, f"{brand}\x00{kind}\x00{value}".encode(), "sha256").hex()


def note(unit: Unit, brand: str, who: tuple[str, str | None], now: datetime) -> None:
    """Keep this customer away from now on; `who` is (id in the order system, e-mail address)."""
    number, email = who
    found = marks(secret(unit), Customer(number, "", email, brand=brand)).values()
    keep(unit, [{"brand": brand, "mark": each, "at": now} for each in found if each])


def keep(unit: Unit, rows: Iterable[Mapping[str, Any]]) -> None:
    """Fingerprints to keep; one that is there stays as it was."""
    found = sorted((dict(each) for each in rows), key=lambda each: str(each["mark"]))
    made = postgresql.insert(forgotten) if unit.postgresql else sqlite.insert(forgotten)
    if found:
        unit.run(made.on_conflict_do_nothing(index_elements=["brand", "mark"]), found)


def lines(unit: Unit, staged: Table) -> list[int]:
    """The lines of an import that are about who was forgotten, by number and, of customers, by address. Who comes back
    under another number is known by that one too from now on; an account made after the forgetting is a new one.
    """
    same = forgotten.c.mark == staged.c.mark
    if "mail_mark" in staged.c:
        older = or_(staged.c.created_at.is_(None), staged.c.created_at <= forgotten.c.at)
        same = or_(same, and_(forgotten.c.mark == staged.c.mail_mark, older))
    joined = staged.join(forgotten, and_(forgotten.c.brand == staged.c.brand, same))
    rows = unit.run(select(staged.c.line, staged.c.brand, staged.c.mark, forgotten.c.at).select_from(joined)).all()
    keep(unit, [{"brand": row.brand, "mark": row.mark, "at": row.at} for row in rows])
    return [row.line for row in rows]


def make_bare(unit: Unit, staged: Table) -> None:
    """The orders of an import that are of who was forgotten lose their person."""
    known = select(forgotten.c.brand, forgotten.c.mark)
    unit.run(update(staged).where(tuple_(staged.c.brand, staged.c.mark).in_(known)).values(dict(BARE)))
