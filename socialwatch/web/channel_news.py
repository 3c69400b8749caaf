"""What we say of a channel: one quiet line above the Inbox for everybody, whole sentences and amounts under Beheer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from socialwatch.domain.health import Condition
from socialwatch.store import health
from socialwatch.store.health import Seen
from socialwatch.store.unit import Unit
from socialwatch.web import dutch
from socialwatch.web.desk import Desk

GAP_SHOWN = timedelta(days=7)  # above the Inbox; under Beheer it stays
CONDITIONS = {
    "halted": "staat stil",
    "failing": "lukt even niet",
    "paused": "dagbudget op",
    "late": "loopt achter",
    "slowed": "rustiger aan",
    "well": "loopt",
    "unused": "niet meer ingesteld",
}
MISSING = {
    "owner_untold": "de eigenaar weet het nog niet",
    "nobody_told": "het dringt, en niemand weet ervan",
    "later_passed": "later is voorbij",
    "nobody_takes": "niemand pakt het, en iedereen is gevraagd",
    "nobody_there": "er is niemand die klanten antwoordt",
}
STEPS = {
    "assess": "eerste indruk lezen",
    "identify": "klant erbij zoeken",
    "reidentify": "klant erbij zoeken, nog eens",
    "seek": "klant zoeken op naam",
    "route": "dossier en eigenaar kiezen",
    "notify": "eigenaar laten weten",
    "refresh": "bestellingen ophalen",
    "advise": "meelezer laten weten",
    "trial": "proefbericht sturen",
    "tell": "collega een bericht sturen",
    "explain": "eerste indruk uitleggen",
    "say": "antwoord plaatsen",
    "perform": "gebaar uitvoeren",
    "forget": "klant vergeten",
    "like": "een like geven",
}


@dataclass(frozen=True, slots=True)
class News:
    """One line: what is the matter in bold, then what that means. `grave` asks for a person."""

    head: str
    text: str
    grave: bool = False


def told(unit: Unit, desk: Desk, brand: str, waiting: int) -> list[News]:
    """What everybody of this brand should know about the channels now; `waiting` mentions have no place yet."""
    now = desk.clock()
    seen = gravest_first(health.seen(unit, now, desk.vitals.sources, brand))
    found = [each for each in seen if each.condition is not Condition.UNUSED]
    news = [line for each in found if (line := _trouble(each, now)) is not None]
    news += [_gap(each, now) for each in found if _fresh_gap(each, now)]
    if any(each.source.slowed > 1 for each in found):
        waits = "er wacht 1 bericht" if waiting == 1 else f"er wachten {dutch.number(waiting)} berichten"
        news.append(News(f"We lezen even langzamer: {waits}.", "Het ergste gaat voor, je antwoorden wachten niet mee."))
    return sorted(news, key=lambda each: not each.grave)


def gravest_first(found: Iterable[Seen]) -> list[Seen]:
    """Whoever looks at the channels comes for what is wrong with them."""
    order = list(Condition)
    return sorted(found, key=lambda each: (order.index(each.condition), each.source.name))


def channel_name(kind: str) -> str:
    """X, Facebook, Mail: as it opens a sentence."""
    name = str(dutch.label(dutch.CHANNELS)(kind))
    return name[:1].upper() + name[1:]


def _trouble(seen: Seen, now: datetime) -> News | None:
    name, source = channel_name(seen.source.kind), seen.source
    until = f" Bijgewerkt tot {dutch.moment(source.last_success_at, now)}." if source.last_success_at else ""
    match seen.condition:
        case Condition.HALTED:
            # The reason names settings and keys: that is for Beheer.
            text = f"Er komt niets nieuws binnen tot iemand van beheer dit herstelt.{until}"
            return News(f"{name} staat stil.", text, grave=True)
        case Condition.FAILING:
            return News(f"{name} lukt even niet.", f"We proberen het vanzelf opnieuw.{until}")
        case Condition.PAUSED:
            return News(f"{name} wacht.", whole(source.last_error or paused(seen, now)))
        case Condition.LATE:
            return News(f"{name} loopt achter.", f"Waarom weten we nog niet; iemand van beheer kan het nagaan.{until}")
    return None


def _gap(seen: Seen, now: datetime) -> News:
    return News(f"Van {channel_name(seen.source.kind)} missen we iets.", gap(seen, now))


def _fresh_gap(seen: Seen, now: datetime) -> bool:
    return seen.source.gap_to is not None and now - seen.source.gap_to < GAP_SHOWN


def gap(seen: Seen, now: datetime) -> str:
    """Wat er gisteren van 09:00 tot 11:30 verscheen, kregen we niet binnen."""
    start, end = seen.source.gap_from, seen.source.gap_to
    if start is None or end is None:
        return ""
    first, last = dutch.local(start), dutch.local(end)
    if first.date() == last.date():
        when = f"{dutch.on_day(first.date(), now)} van {first:%H:%M} tot {last:%H:%M}"
    else:
        when = f"tussen {dutch.moment(start, now)} en {dutch.moment(end, now)}"
    return f"Wat er {when} verscheen, kregen we niet binnen."


def whole(text: str) -> str:
    """A reason as a whole sentence: what platforms say and what we put before it often ends without a full stop."""
    said = text.strip()
    return said if not said or said[-1] in ".?!…" else f"{said}."


def paused(seen: Seen, now: datetime) -> str:
    """Het dagbudget van $ 5,00 is op. We gaan verder morgen 01:00."""
    again = now + timedelta(seconds=seen.wait)
    return f"Het dagbudget van {dollars(seen.source.budget or 0)} is op. We gaan verder {dutch.moment(again, now)}."


def dollars(amount: int) -> str:
    """Millionths of a dollar as $ 1,23; what is less than a cent says so."""
    return "minder dan $ 0,01" if 0 < amount < 10_000 else f"$ {dutch.number(amount / 1_000_000, 2)}"


def billed_day(name: str, now: datetime) -> str:
    """A UTC day, as platforms bill, by its own name."""
    return dutch.day(date.fromisoformat(name), now.astimezone(UTC).date())


def soon(seconds: float, now: datetime) -> str:
    """nu, binnen een minuut, vandaag 14:20: a page stays open for hours, so nothing in it counts down."""
    if seconds < 1:
        return "nu"
    return "binnen een minuut" if seconds < 60 else dutch.moment(now + timedelta(seconds=seconds), now)


def past(seconds: float) -> str:
    """How long ago that should have been: 20 min geleden."""
    return f"{dutch.span(timedelta(seconds=-seconds))} geleden"


FILTERS: dict[str, Callable[..., Any]] = {
    "dollars": dollars,
    "billed_day": billed_day,
    "soon": soon,
    "past": past,
    "condition": dutch.label(CONDITIONS),
    "step": dutch.label(STEPS),
    "missing": dutch.label(MISSING),
    "gap": gap,
    "whole": whole,
    "paused": paused,
    "channel_name": channel_name,
}
