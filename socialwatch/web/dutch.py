"""Dutch: labels for the words of the domain, dates and amounts as we write them, and sentences that code composes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
READ_ONLY = "Jij leest mee; antwoorden en beslissen doet een collega van webcare."
GONE = "Dit dossier is er niet, of het is niet van jouw merk."
NOT_OURS = "Dit bericht hoort niet (meer) bij dit dossier. Kies een ander bericht om op te antwoorden."
NOT_PRIVATELY = "Privé antwoorden kan op dit bericht niet (meer). Wat je nu verstuurt, leest iedereen."
DECIDED = "Hier heeft iemand anders net al over besloten."
TAKEN = "{} was je net voor. Wil je dit dossier toch, kies dan in het dossier voor Neem over."
WRONG_SIGN_IN = "Dit e-mailadres en wachtwoord horen niet bij elkaar."
TOO_MANY_GUESSES = "Er is te vaak geprobeerd. Probeer het over een kwartier nog eens."
FORGED = "Deze pagina was te oud, of de vraag kwam ergens anders vandaan. Ga terug, vernieuw en probeer het opnieuw."
TOO_LARGE = "Dat is te veel tekst voor één keer."
DATABASE_AWAY = (
    "De database doet het even niet. Je antwoord of notitie is bewaard; ga terug en probeer het zo nog eens."
)
FORM_WRONG = "Dit kwam niet goed door. Ga terug en probeer het nog eens."
ABSENT = "Deze pagina is er niet, of niet voor jouw merk."
BROKEN = "Hier ging iets mis, en dat ligt aan ons. Het staat in het logboek; ga terug en probeer het nog eens."
NOT_YOUR_ROOM = "Beheer is voor teamleiders en beheerders. Vraag het een van hen."
ADMINISTRATORS = "Adressen stelt een beheerder in. Vraag het aan wie socialwatch beheert."
NO_ADDRESS = "Deze collega heeft nog geen adres. Bewaar er eerst een."
TOO_LATE = "Je antwoord is al weg. Met *herstel mijn antwoord* kun je er nog iets aan doen."
NOT_YOUR_WORDS = "Dit antwoord haalt alleen terug wie het schreef."
TAKEN_BACK = "Dit antwoord had je teruggehaald. Je woorden staan er nog; verstuur ze opnieuw als je wilt."
NOT_MENDED = "Dit antwoord kun je niet (meer) herstellen. Schrijf een nieuw antwoord."
SEND_PRIVATELY = "Zet de tik aan bij Privé, of laat het weg: dan kan het meteen weg."
LEAVE_IT_OUT = "Laat het weg, en stuur het zo nodig langs een weg die alleen de klant leest."
NOTE_EMPTY = "Je notitie is nog leeg."

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LEVELS = ("geen", "licht", "flink", "hoog")

CHANNELS = {"x": "X", "facebook": "Facebook", "mail": "mail", "file": "bestand", "phone": "telefoon", "chat": "chat",
            "bluesky": "Bluesky", "mastodon": "Mastodon", "telephone": "telefoon", "email": "mail",
            "checkout": "bij het bestellen"}  # fmt: skip
KINDS = {"complaint": "klacht", "question": "vraag", "request": "verzoek", "report": "melding", "thanks": "bedankje",
         "praise": "compliment", "other": "overig", "spam": "spam"}  # fmt: skip
HAZARDS = {
    "safety": "veiligheid",
    "vulnerable": "kwetsbaar persoon",
    "discrimination": "discriminatie",
    "privacy": "privacy",
    "press": "pers",
    "media_threat": "dreigt met media",
    "legal": "juridisch",
    "fraud_victim": "slachtoffer van fraude",
    "conduct": "gedrag van ons",
    "churn": "dreigt te vertrekken",
    "staff_abuse": "grof tegen collega's",
}
FEELINGS = {
    "angry": "boos",
    "disappointed": "teleurgesteld",
    "worried": "bezorgd",
    "sad": "verdrietig",
    "joking": "met een knipoog",
}
STATES = {"new": "nieuw", "open": "open", "waiting": "wacht op klant", "later": "later", "closed": "afgerond"}
TONES = {"green": "", "orange": "bijna langer dan we willen", "red": "langer dan we willen", "stopped": ""}
REPLY_STATES = {
    "prepared": "onderweg",
    "sending": "onderweg",
    "sent": "geplaatst",
    "failed": "niet geplaatst",
    "unknown": "onzeker",
    "taken_back": "teruggehaald",
    "gone": "weggehaald",
}
STREAMS = {
    "all": "Alles",
    "mine": "Van mij",
    "nobody": "Nog van niemand",
    "team": "Van collega's",
    "later": "Later",
    "waiting": "Wacht op klant",
    "chances": "Kansen",
    "done": "Afgerond",
    "aside": "Opzij gelegd",
}
ORDER_STATES = {
    "pending": "wacht op betaling",
    "processing": "in behandeling",
    "on-hold": "in de wacht",
    "completed": "afgehandeld",
    "refunded": "terugbetaald",
    "failed": "betaling mislukt",
    "packed": "ingepakt",
    "shipped": "onderweg",
    "delivered": "bezorgd",
    "returned": "retour",
    "cancelled": "geannuleerd",
    "lost": "kwijt",
    "requested": "aangevraagd",
    "received": "ontvangen",
    "accepted": "goedgekeurd",
    "rejected": "afgewezen",
    "refused": "afgewezen",
}
OUTCOMES = {"rejected": "afgewezen", "solved": "opgelost", "open": "nog open"}
DISMISSED = {"spam": "spam", "repost": "alleen doorgeplaatst", "own_post": "van onszelf", "news": "nieuws zonder vraag",
             "praise": "compliment zonder vraag", "thanks": "bedankje", "no_need": "vraagt geen antwoord"}  # fmt: skip
BASES = {
    "handle_given": "gaf deze naam zelf op bij een bestelling",
    "confirmed_before": "door een collega bevestigd",
    "order_number": "noemde het bestelnummer",
    "email": "noemde het e-mailadres",
    "phone": "noemde het telefoonnummer",
    "name": "heet bijna zo",
}
OWNER_WHY = {
    "knows_the_customer": "kent deze klant al",
    "lightest_load": "had de meeste ruimte",
    "lead": "niemands beslisruimte dekt dit",
    "press": "doet de pers",
    "deputy": "neemt waar",
    "fresh_eyes": "een frisse blik",
    "nobody_present": "er was niemand aan het werk",
}
ROLES = {"agent": "webcare", "lead": "teamleider", "brand": "merkmanager", "admin": "beheer"}
LANGUAGES = {"nl": "Nederlands", "nl-BE": "Vlaams", "en": "Engels", "other": "andere taal"}


def label(names: Mapping[str, str]) -> Callable[[Any], str]:
    """A filter that says a code in Dutch; a word we do not know is shown as it came."""
    return lambda code: names.get(str(code), str(code).replace("_", " "))


def local(at: datetime) -> datetime:
    return at.astimezone(AMSTERDAM)


def day(on: date, today: date) -> str:
    """vandaag, gisteren, morgen, or "ma 23 nov"; another year is named."""
    near = {0: "vandaag", -1: "gisteren", 1: "morgen"}.get((on - today).days)
    year = "" if on.year == today.year else f" {on.year}"
    return near or f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}{year}"


def moment(at: datetime, now: datetime) -> str:
    """vandaag 14:05, or ma 23 nov 14:05."""
    return f"{day(local(at).date(), local(now).date())} {local(at):%H:%M}"


def on_day(on: date, now: datetime) -> str:
    return day(on, local(now).date())


def span(length: timedelta) -> str:
    """12 min, 3 uur, 2 dagen: rounded down, as people say it."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} uur"
    return f"{minutes // (24 * 60)} dagen"


def age(at: datetime, now: datetime) -> str:
    return span(now - at)


def iso(at: datetime) -> str:
    return local(at).isoformat(timespec="seconds")


def euros(amount: Decimal | None, currency: str = "EUR") -> str:
    """€ 14,95"""
    if amount is None:
        return ""
    figure = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"€ {figure}" if currency == "EUR" else f"{currency} {figure}"


def number(value: float, places: int = 0) -> str:
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def share(value: float) -> str:
    return f"{number(100 * value)} %"


def several(count: int, one: str, more: str) -> str:
    return f"{number(count)} {one if count == 1 else more}"


def listed(words: Iterable[str]) -> str:
    """a, b en c"""
    known = [each for each in words if each]
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} en {known[-1]}" if known else ""


def why_here(case: Any, hazards: Sequence[Any], now: datetime) -> list[str]:
    """*Waarom hier*, heaviest first, at most four."""
    named = [label(HAZARDS)(each) for each in hazards]
    # That somebody must decide holds for most of the top: it comes last, what tells this case apart comes first.
    reasons = sorted(case.reasons, key=lambda each: each["ground"] == "needs_human")
    said = [_ground(each, case.level, named) for each in reasons if each["ground"] != "waiting"]
    if case.due_since is not None and now - case.due_since >= timedelta(minutes=30):
        said.append(f"wacht al {age(case.due_since, now)}")
    return list(dict.fromkeys(each for each in said if each))[:4]


def _ground(reason: Mapping[str, Any], level: int, hazards: Sequence[str]) -> str:
    figure = float(reason.get("figure", 0.0))
    if reason["ground"] in _MUST_BE_LIKELY and figure < 0.5:
        return ""
    match reason["ground"]:
        case "grave":
            return "iemands veiligheid kan in het geding zijn"
        case "frustration":
            return ("", "lichte frustratie", "flinke frustratie", "hoge frustratie")[level]
        case "risk":
            return listed(hazards[:2]) or "kan snel rondgaan"
        case "deadline":
            return {0: "het gaat om vandaag", 1: "het gaat om morgen"}.get(int(figure), f"nog {int(figure)} dagen")
    return _GROUNDS.get(str(reason["ground"]), "")


_MUST_BE_LIKELY = frozenset({"distress", "needs_human", "chance"})
_GROUNDS = {
    "distress": "iemand zit in de knel",
    "earlier_rejection": "kreeg al eens nee",
    "needs_human": "vraagt iemand die mag beslissen",
    "chance": "een mooie kans",
}


def standing(volume: tuple[int, int], angry: tuple[int, int], hazard: str | None, grew: str | None) -> str:
    """How we stand: this period against the one before (volume and furious posts of each), what worries most, and which
    channel grew most; one sentence."""
    now, before = volume
    if now == 0:
        return "Er kwam in deze periode geen bericht binnen."
    said = several(now, "bericht", "berichten")
    said += f", {_against(now, before, grew)}" if before else ", nog zonder eerdere periode om mee te vergelijken"
    furious = f"{share(angry[0] / now)} is flink of hoog gefrustreerd" if angry[0] else "niemand is echt gefrustreerd"
    if before:
        furious += f" (dat was {share(angry[1] / before)})"
    worry = f", en de meeste zorg zit bij ‘{hazard}’" if hazard else ""
    return f"{said}: {furious}{worry}."


def _against(now: int, before: int, grew: str | None) -> str:
    change = (now - before) / before
    if abs(change) < 0.05:
        return "ongeveer evenveel als de periode ervoor"
    more = f"{share(abs(change))} {'meer' if change > 0 else 'minder'} dan de periode ervoor"
    return f"{more}, vooral door {grew}" if grew and change > 0 else more


def series(kind: str, name: str) -> str:
    """What one line or bar of a chart is called."""
    match kind:
        case "volume":
            return CHANNELS.get(name, name)
        case "hazards":
            return HAZARDS.get(name, name)
    return {"mean": "gemiddelde frustratie", "minutes": "minuten tot eerste antwoord", "thanks": "bedankjes"}[name]


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "on_day": on_day,
    "age": age,
    "span": span,
    "iso": iso,
    "euros": euros,
    "number": number,
    "share": share,
    "listed": listed,
    "channel": label(CHANNELS),
    "kind": label(KINDS),
    "hazard": label(HAZARDS),
    "feeling": label(FEELINGS),
    "state": label(STATES),
    "reply_state": label(REPLY_STATES),
    "order_state": label(ORDER_STATES),
    "outcome": label(OUTCOMES),
    "dismissed": label(DISMISSED),
    "owner_why": label(OWNER_WHY),
    "role": label(ROLES),
    "language": label(LANGUAGES),
}
