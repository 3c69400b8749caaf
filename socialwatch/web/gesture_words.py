"""Dutch for what the owner does: names of gestures, what became of them, and how long something can still be done."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from socialwatch.domain.deadline import END_OF_DAY
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import Band, Hours
from socialwatch.domain.menu import Usual, still_today
from socialwatch.web import dutch_people
from socialwatch.web.dutch import AMSTERDAM, euros, label, listed, local, span

NAMES = {
    "repair": "reparatie",
    "replacement": "vervanging",
    "refund": "geld terug",
    "return_label": "terug voor onderzoek",
    "courier": "koerier vandaag",
    "double": "dubbel aantal",
    "voucher": "tegoedbon",
    "flowers": "bloemen",
    "thought": "meegedacht",
    "other": "iets anders, namelijk",
}
STATES = {
    "asked": "gevraagd: mag dit?",
    "declined": "nee",
    "prepared": "onderweg",
    "sending": "onderweg",
    "sent": "gedaan",
    "failed": "niet gelukt",
    "unknown": "onzeker",
    "done": "gedaan",
}
CARRIERS = {"webhook": "de webhook", "woocommerce": "WooCommerce", "shopify": "Shopify", "magento": "Magento"}
NOT_AN_AMOUNT = "Dat bedrag lees ik niet. Schrijf het als 12,50."
NOT_MINUTES = "De minuten zijn een heel getal, of laat het vak leeg."
NO_SUCH_ITEM = "Dit artikel staat niet (meer) bij deze klant. Vernieuw de pagina."
NO_RULE = "Schrijf in een paar woorden welke regel je opzij zet."
NOT_YOURS = "Hierover beslist een teamleider, of wie die vervangt."
NOT_YOUR_OWN = "Over wat je zelf vroeg, beslist iemand anders."


def cut_off(usual: Usual, now: datetime) -> str:
    """*kan nog tot 15:00 (55 min)*, or that it is too late for today; "" when there is no such moment."""
    if usual.until is None:
        return ""
    left = still_today(usual, now)
    if left is None:
        return f"kon vandaag tot {usual.until:%H:%M}, nu wordt het morgen"
    return f"kan vandaag nog tot {usual.until:%H:%M} (nog {span(left)})"


def deed(band: Band, lead: str) -> str:
    """What the button says: do it, do it and tell, or ask."""
    return {Band.DO: "Doen", Band.REPORT: f"Doen, en {lead} hoort het", Band.ASK: f"Vraag {lead}: mag dit?"}[band]


def plain_euros(amount: Any) -> str:
    """12,50 for in a field."""
    return euros(amount).removeprefix("€ ") if amount else ""


def field_moment(at: datetime) -> str:
    """A moment for a datetime-local field, in Amsterdam."""
    return f"{local(at):%Y-%m-%dT%H:%M}"


def title(kind: str) -> str:
    """Vervanging; Iets anders."""
    return NAMES[str(kind)].removesuffix(", namelijk").capitalize()


def named(kinds: Iterable[Kind]) -> str:
    """bloemen en tegoedbon"""
    return listed(NAMES[each].removesuffix(", namelijk") for each in kinds)


def deciding_hours(hours: Hours) -> str:
    """op maandag en dinsdag van 09:00 tot 17:30; for a mandate that holds all week only the hours"""
    from_till = f"van {hours.start:%H:%M} tot {hours.till:%H:%M}"
    days = listed(dutch_people.WEEKDAYS[each] for each in hours.days)
    return from_till if len(hours.days) == len(dutch_people.WEEKDAYS) else f"op {days} {from_till}"


def tomorrow(now: datetime) -> datetime:
    """The end of the next working day: a friendly first guess."""
    return datetime.combine(local(now).date() + timedelta(days=1), END_OF_DAY, AMSTERDAM)


def a_day_later(due: datetime, now: datetime) -> datetime:
    """The same hour a day later, and never in the past."""
    later = local(due) + timedelta(days=1)
    return later if later > now else tomorrow(now)


FILTERS: dict[str, Callable[..., Any]] = {
    "gesture": label(NAMES),
    "gesture_state": label(STATES),
    "carrier": label(CARRIERS),
    "cut_off": cut_off,
    "deed": deed,
    "plain_euros": plain_euros,
    "field_moment": field_moment,
    "gesture_title": title,
    "gestures_named": named,
    "deciding_hours": deciding_hours,
    "tomorrow": tomorrow,
    "a_day_later": a_day_later,
}
