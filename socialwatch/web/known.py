"""Known: how one thing we know reads on the page, with its source and age in a few muted words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from socialwatch.domain.brief import Brief, Known, Source, Topic, Why
from socialwatch.domain.brief.words import Tone, Waited
from socialwatch.web import dutch
from socialwatch.web.dutch import day, label, listed, local
from socialwatch.web.words import readable, snippet

TOPICS = {
    "name": "naam",
    "address": "adres",
    "email": "e-mailadres",
    "phone": "telefoon",
    "order_number": "bestelnummer",
    "which_order": "welke bestelling",
    "product": "product",
    "size": "maat",
    "wished_size": "wil graag maat",
    "purpose": "voor wie",
    "purchase_date": "gekocht",
    "delivery_status": "bezorging",
    "tracking": "volgcode",
    "warranty_end": "garantie",
    "returned": "retour",
    "refunded": "terugbetaald",
    "tried": "al geprobeerd",
    "promise": "beloofd",
    "earlier_rejection": "kreeg eerder nee",
    "menu_typed": "koos in het menu",
    "minutes_waited": "wachttijd",
}
TOPIC_SOURCES = {
    "customer": "klantgegevens",
    "order": "bestelling",
    "contact": "eerder contact",
    "mention": "schreef het zelf",
    "author": "van de afzender zelf",
    "reply": "ons antwoord",
    "promise": "toegezegd",
    "earlier": "dossier",
}
_COPIED = frozenset(
    {Topic.NAME, Topic.ADDRESS, Topic.EMAIL, Topic.PHONE, Topic.ORDER_NUMBER, Topic.TRACKING, Topic.SIZE}
)
_IN_WORDS = frozenset({Topic.TRIED, Topic.PROMISE, Topic.EARLIER_REJECTION})
_AGED = frozenset({Topic.ADDRESS, Topic.PURCHASE_DATE})


@dataclass(frozen=True, slots=True)
class Told:
    """`text` as we would say it, `note` its source and age, `doubt` why to check it in private; `copied` is what goes
    to the clipboard, "" for a sentence; `label` is the topic.
    """

    label: str
    text: str
    note: str
    doubt: str = ""
    copied: str = ""


def by_topic(told: Brief, now: datetime) -> list[tuple[str, list[Told]]]:
    """What we know, each topic once with all that was found of it; the minutes waited stand with the feelings."""
    shown = [each for each in told.known if each.topic is not Topic.MINUTES_WAITED]
    topics = dict.fromkeys(each.topic for each in shown)
    return [(label(TOPICS)(topic), [_told(each, now) for each in shown if each.topic is topic]) for topic in topics]


def shown(known: Known, now: datetime) -> str:
    """As it reads on the page; what goes to the clipboard, as it goes there."""
    return readable(known.value if known.topic in _COPIED - {Topic.ADDRESS} else _text(known, now))


def _told(known: Known, now: datetime) -> Told:
    name = label(TOPICS)(known.topic)
    return Told(
        name,
        readable(_text(known, now)),
        _note(known, now),
        _doubt(known, now),
        readable(known.value.split(" ")[-1] if known.topic is Topic.TRACKING else known.value)
        if known.topic in _COPIED
        else "",
    )


def _text(known: Known, now: datetime) -> str:
    value, about = known.value, f"{snippet(known.about, 60)}: " if known.about else ""
    if known.topic in _IN_WORDS:
        return _in_words(known, now)
    match known.topic:
        case Topic.PURCHASE_DATE if known.source is Source.ORDER:
            return day(local(datetime.fromisoformat(value)).date(), local(now).date())
        case Topic.DELIVERY_STATUS:
            return _delivery(known, now)
        case Topic.WARRANTY_END:
            return about + _warranty(date.fromisoformat(value), local(now).date())
        case Topic.RETURNED:
            return about + label(dutch.ORDER_STATES)(value)
        case Topic.REFUNDED:
            return dutch.euros(Decimal(value.split()[0]), value.split()[1])
        case Topic.ADDRESS:
            return value.removesuffix(", NL")
    return value


def _in_words(known: Known, now: datetime) -> str:
    """What somebody said stands between quotation marks; what an agent noted as a promise has its day."""
    if known.due is None:
        return f"“{snippet(known.value)}”"
    late = ", dat is voorbij" if known.due < now else ""
    return f"{snippet(known.value)} (voor {dutch.moment(known.due, now)}{late})"


def _delivery(known: Known, now: datetime) -> str:
    arrived, _, parcels = known.value.partition("/")
    if parcels.isdigit():
        return f"{arrived} van de {parcels} pakketten bezorgd"
    state = label(dutch.ORDER_STATES)(known.value)
    moved = known.value in ("delivered", "shipped") and known.as_of is not None
    return f"{state}, {dutch.moment(known.as_of, now)}" if moved and known.as_of else state


def _warranty(until: date, today: date) -> str:
    return f"verlopen op {day(until, today)}" if until < today else f"tot en met {day(until, today)}"


def ago(at: datetime, now: datetime) -> str:
    """vandaag, gisteren, 5 dagen geleden, 3 weken geleden, 14 maanden geleden, 2 jaar geleden."""
    days = max(0, (local(now).date() - local(at).date()).days)
    near = {0: "vandaag", 1: "gisteren"}.get(days)
    if near:
        return near
    for most, size, name in ((14, 1, "dagen"), (61, 7, "weken"), (730, 30.44, "maanden")):
        if days < most:
            return f"{int(days / size)} {name} geleden"
    return f"{int(days / 365.25)} jaar geleden"


def _note(known: Known, now: datetime) -> str:
    """The source, and when it was said or last true."""
    source = label(TOPIC_SOURCES)(known.source)
    if known.source is Source.EARLIER and known.reference:
        source = f"{source} {known.reference}"
    aged = known.source not in (Source.CUSTOMER, Source.ORDER) or known.topic in (Topic.RETURNED, Topic.REFUNDED)
    rejected = known.topic is Topic.EARLIER_REJECTION
    if known.as_of is None or not (aged or rejected or known.topic in _AGED):
        return source
    on = day(local(known.as_of).date(), local(now).date())
    return f"{source}, {on}" if rejected or known.source is Source.CONTACT else f"{source}, {ago(known.as_of, now)}"


def _doubt(known: Known, now: datetime) -> str:
    match known.confirm:
        case Why.OLD if known.as_of is not None:
            return f"{label(TOPICS)(known.topic)} van {ago(known.as_of, now)}: bevestig privé"
        case Why.OLD:
            return "hoe oud dit is, weten we niet: bevestig privé"
        case Why.MOVED:
            return "klant is verhuisd: vraag privé naar het nieuwe adres"
        case Why.TYPED_OTHERWISE:
            return "de klant typte één teken anders: bevestig privé"
        case Why.NOT_THEIRS:
            return "niet gevonden bij deze klant: kijk het privé na"
    return ""


def tone(told: Tone) -> str:
    """grapt zelf · je · Vlaams"""
    words = ("grapt zelf" if told.joking else "", told.address or "", "Vlaams" if told.flemish else "",
             "kort van stof" if told.short else "")  # fmt: skip
    return " · ".join(each for each in words if each)


def waited(told: Waited | None) -> str:
    """wacht al 20 min (klant) · 21 min (centrale)"""
    if told is None:
        return ""
    waits = "wacht al" if told.still else "wachtte"
    mine = f"{waits} {told.by_customer} min (klant)" if told.by_customer is not None else ""
    theirs = f"{told.by_exchange} min (centrale)" if told.by_exchange is not None else ""
    return " · ".join(each for each in (mine, theirs if mine else theirs and f"wachtte {theirs}") if each)


def asked(told: Brief) -> str:
    """What is missing, as one sentence for *Nog niet bekend*; "" when nothing is."""
    if not told.linked and told.missing == (Topic.ORDER_NUMBER,):
        return "Niet gekoppeld: vraag alleen het bestelnummer, privé."
    words = listed(_questions(told.missing))
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _questions(missing: Sequence[Topic]) -> list[str]:
    return [_ASKED.get(each, label(TOPICS)(each)) for each in missing]


_ASKED = {
    Topic.WHICH_ORDER: "om welke bestelling het gaat",
    Topic.WISHED_SIZE: "welke maat het wel moet zijn",
    Topic.ADDRESS: "het adres, privé",
    Topic.ORDER_NUMBER: "het bestelnummer, privé",
}
