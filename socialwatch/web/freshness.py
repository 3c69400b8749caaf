"""How old the orders on the screen are, said in one sentence; and the order system asked anew when they are too old."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from socialwatch.domain.freshness import Copy, Trouble, is_old
from socialwatch.steps import refresh
from socialwatch.store import cases, copies, queue
from socialwatch.store.dossier import Dossier
from socialwatch.web.auth import Visitor
from socialwatch.web.desk import Desk, desk_of
from socialwatch.web.dutch import local, moment, span


def ask_anew(request: Request, visitor: Visitor, number: int) -> None:
    """Somebody opened this case: when its copy is old, a job asks the order system; the page hears of it by event."""
    at = desk_of(request)
    brand, now = visitor.agent.brand, at.clock()
    if brand not in at.copies:
        return
    with at.database.read() as unit:
        known = cases.seen_by(unit, visitor.agent, number)
        if known is None or known.customer_id is None:
            return
        old = is_old(copies.of(unit, brand, known.customer_id), now, at.copies[brand].within)
    if old:
        with at.database.write() as unit:
            queue.put(unit, [refresh.job(brand, number)])


@dataclass(frozen=True, slots=True)
class AsOf:
    """How old the orders on the screen are; `trouble` is True when the order system could not be asked anew."""

    words: str = ""
    trouble: bool = False


def as_of(at: Desk, found: Dossier) -> AsOf:
    """The sentence with the orders; empty without a customer."""
    brand, customer, now = found.case.brand, found.case.customer_id, at.clock()
    if customer is None or (brand not in at.copies and found.file is None):
        return AsOf()
    with at.database.read() as unit:
        copy = copies.of(unit, brand, customer)
    trouble = copy is not None and copy.trouble is not None
    if brand in at.copies:
        return AsOf(sentence(copy, at.copies[brand].name, now), trouble)
    if trouble:
        return AsOf(sentence(copy, "het bestelsysteem", now), trouble)
    return AsOf(f"Uit het bestelsysteem, bijgewerkt {moment(found.file.as_of, now)}" if found.file else "")


def sentence(copy: Copy | None, name: str, now: datetime) -> str:
    """*Bestellingen van 3 uur geleden; Shopify antwoordt nu niet*, or of another day *gezien gisteren 14:10*."""
    if copy is None or (copy.fetched_at is None and copy.trouble is None):
        return f"Bestellingen worden nu opgehaald uit {name}"
    if copy.fetched_at is None:
        return f"Nog geen bestellingen: {_why(copy.trouble, name)}"
    if copy.trouble and local(copy.fetched_at).date() < local(now).date():
        return f"Bestellingen gezien {moment(copy.fetched_at, now)}; {_why(copy.trouble, name)}"
    age = span(now - copy.fetched_at)
    said = "Bestellingen van zojuist" if age == "0 min" else f"Bestellingen van {age} geleden"
    return f"{said}; {_why(copy.trouble, name)}" if copy.trouble else f"{said}, uit {name}"


def _why(trouble: Trouble | None, name: str) -> str:
    match trouble:
        case Trouble.REFUSED:
            return f"{name} laat ons er nu niet in, geef het even door aan beheer"
        case Trouble.GONE:
            return f"{name} kent deze klant niet meer"
    return f"{name} antwoordt nu niet"
