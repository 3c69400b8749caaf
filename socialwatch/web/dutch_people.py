"""Dutch about people at work: presence, what somebody may decide, rosters; said as to a colleague."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from socialwatch.domain.agent import Agent
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.mandate import Hours, Mandate
from socialwatch.domain.presence import Stretch
from socialwatch.web import dutch

PRESENCES = {"available": "beschikbaar", "quiet": "rustig aan", "break": "pauze", "away": "weg"}
PRESENCE_MEANS = {
    "available": "je krijgt nieuwe dossiers",
    "quiet": "alleen als er niemand anders is",
    "break": "niets nieuws, je dossiers blijven van jou",
    "away": "niets nieuws tot je terug bent",
}
GESTURES = {
    "repair": "herstel",
    "replacement": "vervanging",
    "refund": "geld terug",
    "return_label": "terug voor onderzoek",
    "courier": "koerier vandaag",
    "double": "dubbel sturen",
    "voucher": "tegoedbon",
    "flowers": "bloemen",
    "thought": "meegedacht",
    "other": "iets anders",
}
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SPOKEN = {"nl": "Nederlands", "nl-BE": "Vlaams", "en": "Engels", "fr": "Frans", "de": "Duits"}
EXCEPTED = {  # where the name on a case is half a sentence
    Hazard.MEDIA_THREAT: "dreigen met de media",
    Hazard.CHURN: "dreigen met vertrek",
    Hazard.STAFF_ABUSE: "grofheid tegen collega's",
}
ADVISES = {Hazard.LEGAL: "juridische dreiging", Hazard.MEDIA_THREAT: "dreigen met de media"}

EUROS_WRONG = "Vul bij de bedragen een getal in, bijvoorbeeld 75 of 12,50."
ORDER_WRONG = "Melden begint niet pas boven het bedrag dat iemand zelf mag beslissen."
HOURS_WRONG = "Kies bij de uren ten minste één dag en twee verschillende tijden, of laat alles leeg."
SHIFT_WRONG = "Kies een dag, en een begin en een einde die verschillen."
ABSENCE_WRONG = "De laatste dag ligt voor de eerste."
OWN_DEPUTY = "Niemand kan zichzelf waarnemen. Kies een collega."


def mandate(given: Mandate) -> str:
    """*alles tot € 75,00 per dossier, behalve pers; …* in one sentence."""
    if given.euros_per_case <= 0:
        return "Vraagt het bij alles wat geld kost."
    said = f"Alles tot {dutch.euros(given.euros_per_case)} per dossier en {dutch.euros(given.euros_per_day)} per dag"
    excepted = [EXCEPTED.get(each, dutch.HAZARDS.get(each.value, each.value)) for each in given.not_hazards]
    excepted += [GESTURES[each.value] for each in given.not_gestures]
    said += f", behalve {dutch.listed(excepted)}" if excepted else ""
    said += (
        f"; boven {dutch.euros(given.report_above)} even melden" if given.report_above < given.euros_per_case else ""
    )
    said += f"; {hours(given.hours)}" if given.hours else ""
    return f"{said}."


def hours(given: Hours) -> str:
    """ma, di en wo van 09:00 tot 17:30"""
    return f"{dutch.listed(dutch.DAYS[each] for each in given.days)} van {given.start:%H:%M} tot {given.till:%H:%M}"


def weekdays() -> list[tuple[int, str]]:
    return list(enumerate(WEEKDAYS))


def duties(who: Agent) -> list[str]:
    """What somebody is besides a colleague."""
    said = ["doet de pers"] if who.mandate.press else []
    return said + [f"leest mee bij {ADVISES[each]}" for each in who.mandate.advises if each in ADVISES]


def shift(each: Stretch, now: Any) -> str:
    """ma 23 nov 09:00 tot 17:30; the second day is named when it is another."""
    start, end = dutch.local(each.start), dutch.local(each.end)
    till = f"{end:%H:%M}" if start.date() == end.date() else dutch.moment(each.end, now)
    return f"{dutch.moment(each.start, now)} tot {till}"


def days_off(each: Stretch, now: Any) -> str:
    """tot en met wo 25 nov; whole days, so that no clock stands there"""
    today, first = dutch.local(now).date(), dutch.local(each.start).date()
    last = dutch.day(dutch.local(each.end - timedelta(minutes=1)).date(), today)
    return f"tot en met {last}" if first <= today else f"van {dutch.day(first, today)} tot en met {last}"


def likely(given: Mapping[str, Any]) -> str:
    """What solving it will probably cost, and why we think so."""
    euros = dutch.euros(Decimal(str(given["euros"]))).replace(" ", "\N{NO-BREAK SPACE}")
    product = given.get("product")
    return (
        f"waarschijnlijk rond {euros} ({product})" if product else f"waarschijnlijk rond {euros} (noemt de klant zelf)"
    )


FILTERS: dict[str, Callable[..., Any]] = {
    "presence": dutch.label(PRESENCES),
    "presence_means": dutch.label(PRESENCE_MEANS),
    "mandate": mandate,
    "duties": duties,
    "shift": shift,
    "days_off": days_off,
}
