"""Dutch for Vandaag and the situations: what a person would say when you come in, in short sentences."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from socialwatch.store.situations import Situation, Size
from socialwatch.store.today import SHOWN, Due, Load, Mine
from socialwatch.web import dutch

ENDED = "Deze situatie is al gesloten."
DECIDED = "Hier heeft iemand anders net al over besloten."
NO_CASES = "Vink ten minste twee dossiers aan; met één is het geen situatie."
NO_TITLE = "Geef de situatie een naam, dan weet iedereen waar het over gaat."
TAKEN = "Deze dossiers zitten al in een andere situatie. Kijk op Vandaag welke dat is."
CROSSED = (
    "Een collega werkte dit net bij: hierboven staat het nieuwste. Jouw woorden staan er nog; bewaar ze als ze kloppen."
)
NOT_IN_IT = "Dit dossier zit niet (meer) in deze situatie."
TOO_MANY = "Kies een korter tijdvak; meer dan 500 dossiers tegelijk gaat niet."
_NUMBERS = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")


def _word(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else dutch.number(count)


def at_least(count: int, shown: int) -> str:
    """*zeven*, or *minstens acht* when no more than eight were looked up."""
    return f"minstens {_word(count)}" if count >= shown else _word(count)


def counted(count: int, one: str, more: str) -> str:
    """*één belofte*, *drie beloftes*, *14 beloftes*"""
    return f"{_word(count)} {one if count == 1 else more}"


def _sentence(said: str) -> str:
    """With a capital; of *één* only the first letter loses its accent, as we write it."""
    return f"E{said[1:]}" if said.startswith("é") else said[:1].upper() + said[1:]


def greeting(name: str, now: datetime) -> str:
    """Goedemorgen, Freek"""
    hour = dutch.local(now).hour
    part = "nacht" if hour < 6 else "morgen" if hour < 12 else "middag" if hour < 18 else "avond"
    return f"Goede{part}, {name}"


def opening(found: Mine, now: datetime) -> str:
    """What there is for somebody, in at most three short sentences, the most pressing first; empty without any."""
    said = [each for each in (_promises(found.due, now), _moves(len(found.moved))) if each]
    return " ".join([*said, *filter(None, [_asked(found, alone=not said)])])


def of_shift(breaking: Sequence[Due], asked: int, now: datetime) -> str:
    """The same for who has nothing of their own: what the team needs."""
    late = sum(1 for each in breaking if each.promise.due_at <= now)
    said = [counted(late, "belofte van het team is", "beloftes van het team zijn") + " over tijd." if late else ""]
    said.append(counted(asked, "vraag wacht", "vragen wachten") + " op jouw ja of nee." if asked else "")
    return " ".join(_sentence(each) for each in said if each) or "Er is niets blijven liggen sinds gisteren."


def _promises(due: Sequence[Due], now: datetime) -> str:
    if not due:
        return ""
    late = sum(1 for each in due if each.promise.due_at <= now)
    if late:
        return _sentence(f"{counted(late, 'belofte is', 'beloftes zijn')} over tijd.")
    first = dutch.local(due[0].promise.due_at)
    if len(due) == 1:
        return f"Je beloofde iets voor {first:%H:%M}."
    return _sentence(f"{at_least(len(due), SHOWN)} beloftes voor vandaag, de eerste om {first:%H:%M}.")


def _moves(moved: int) -> str:
    waits = "klant wacht" if moved == 1 else "klanten wachten"
    return _sentence(f"{at_least(moved, SHOWN)} {waits} op jou.") if moved else ""


def _asked(found: Mine, *, alone: bool) -> str:
    if found.beckoned:
        looks = any(each.asks for each in found.beckoned)
        return "Een collega vraagt of je meekijkt." if looks else "Een collega schreef je iets."
    thanked = "is een bedankje" if len(found.thanked) == 1 else "zijn bedankjes"
    return f"{'Er' if alone else 'En er'} {thanked} voor je." if found.thanked else ""


def until(due_at: datetime, now: datetime) -> str:
    """*nog 25 min*, *2 uur te laat*"""
    if due_at <= now:
        return f"{dutch.span(now - due_at)} te laat"
    return f"nog {dutch.span(due_at - now)}"


def urgency(due_at: datetime, now: datetime) -> str:
    """The colour of a promise's clock: red when late, orange in its last hour."""
    if due_at <= now:
        return "red"
    return "orange" if (due_at - now).total_seconds() < 3600 else "green"


def load(found: Load) -> str:
    """*vijf dossiers, waarvan twee met hoge frustratie*: what lies there, and nothing about how it is done."""
    said = counted(found.cases, "dossier", "dossiers")
    high = found.by_level[3]
    if not high:
        return said
    return f"{said}, {'waarvan ' if high < found.cases else ''}{counted(high, 'met', 'met')} hoge frustratie"


def size(found: Size) -> str:
    """*214 dossiers, 180 wachten op antwoord, 3 staan apart*"""
    said = [dutch.several(found.cases, "dossier", "dossiers")]
    waits = "wacht" if found.waiting == 1 else "wachten"
    said.append(f"{dutch.number(found.waiting)} {waits} op antwoord" if found.waiting else "niemand wacht nog")
    if found.lifted:
        said.append(f"{dutch.number(found.lifted)} {'staat' if found.lifted == 1 else 'staan'} apart")
    return ", ".join(said)


def offer(found: Size) -> str:
    """*7 berichten lijken over hetzelfde te gaan*"""
    return f"{dutch.several(found.cases, 'bericht lijkt', 'berichten lijken')} over hetzelfde te gaan"


def stayed(count: int) -> str:
    """What was ticked and is in another situation: *2 dossiers zaten al in een andere situatie en bleven daar.*"""
    were, remained = ("zat", "bleef") if count == 1 else ("zaten", "bleven")
    said = dutch.several(count, "dossier", "dossiers")
    return f"{said} {were} al in een andere situatie en {remained} daar."


def after(known: Situation, found: Size) -> str:
    """What a closed situation leaves behind."""
    if known.offered_at is not None:
        return "Dit was geen situatie; de dossiers staan gewoon in de Inbox."
    if not found.waiting:
        return "Deze situatie is gesloten en iedereen heeft antwoord."
    waits = dutch.several(found.waiting, "dossier wacht", "dossiers wachten")
    return f"Deze situatie is gesloten. {waits} nog op een eigen antwoord."


FILTERS: dict[str, Callable[..., Any]] = {"until": until, "urgency": urgency, "load": load}
