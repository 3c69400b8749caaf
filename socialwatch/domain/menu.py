"""The menu: what each gesture usually costs here, and until when it can still be done today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from socialwatch.domain.gesture import Kind
from socialwatch.domain.section import Section
from socialwatch.domain.when import AMSTERDAM
from socialwatch.errors import Misconfigured

MOST = Decimal(100_000)  # euros; more than this is a slip of the pen


@dataclass(frozen=True, slots=True)
class Usual:
    """`cost` in euros; `until` is the last moment of a day in Amsterdam at which it can be done that day."""

    cost: Decimal = Decimal(0)
    until: time | None = None


Menu = Mapping[Kind, Usual]
USUAL: Menu = {
    **{kind: Usual() for kind in Kind},
    Kind.RETURN_LABEL: Usual(Decimal("6.95")),
    Kind.COURIER: Usual(Decimal("12.50"), time(15)),
    Kind.VOUCHER: Usual(Decimal(10)),
    Kind.FLOWERS: Usual(Decimal(25)),
}


def menu(sections: Mapping[str, Mapping[str, Any]]) -> Menu:
    """The menu with what the sections named after a gesture say of it. Raises Misconfigured naming the key."""
    changed = {Kind(name): _usual(name, values) for name, values in sections.items() if name in set(Kind)}
    return {**USUAL, **changed}


def _usual(name: str, values: Mapping[str, Any]) -> Usual:
    section, before = Section(values, f"gebaar {name}"), USUAL[Kind(name)]
    unknown = sorted(set(values) - {"cost", "until"})
    if unknown:
        raise Misconfigured(f"{unknown[0]} van gebaar {name} bestaat niet")
    cost = euros(str(values.get("cost", before.cost)))
    if cost is None:
        raise Misconfigured(f"cost van gebaar {name} moet een bedrag in euro's zijn")
    try:
        until = time.fromisoformat(section.text("until")) if section.text("until") else before.until
    except ValueError:
        raise Misconfigured(f'until van gebaar {name} moet een tijd zijn, zoals "15:00"') from None
    return Usual(cost, until)


def euros(written: str) -> Decimal | None:
    """An amount as people write it ("12,50", "€ 1.250,-", "7"); nothing is 0, nonsense and more than MOST is None."""
    text = written.replace("€", "").replace(" ", "").replace("\xa0", "").removesuffix(",-").removesuffix(",--")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") > 1 or (text.count(".") == 1 and len(text.rsplit(".", 1)[1]) == 3):
        text = text.replace(".", "")  # 1.250 is twelve hundred and fifty
    if not text:
        return Decimal(0)
    try:
        amount = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= MOST else None


def still_today(usual: Usual, now: datetime) -> timedelta | None:
    """How long it can still be done today; None when that is over, or when there is no such moment."""
    if usual.until is None:
        return None
    here = now.astimezone(AMSTERDAM)
    left = datetime.combine(here.date(), usual.until, AMSTERDAM) - here
    return left if left > timedelta(0) else None
