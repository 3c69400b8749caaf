"""Notice: the words in which somebody is called to a case. Never personal data: not even the case's title, which holds
the customer's first name, and no colleague's name beside the reader's own.
"""

from dataclasses import dataclass

from socialwatch.domain.agent import Agent
from socialwatch.domain.escalation import Matter, Rung
from socialwatch.domain.notifier import Notice

ALONG = 0  # the step of who reads along: no escalation has it, since theirs begin at 100
BURST = 3  # more than so many at once become one message
LEVELS = ("geen frustratie", "lichte frustratie", "flinke frustratie", "hoge frustratie")
TITLES = {
    (Matter.UNTAKEN, Rung.OWNER): "Nieuw dossier voor jou",
    (Matter.UNTAKEN, Rung.DEPUTY): "Kun jij even invallen?",
    (Matter.UNTAKEN, Rung.LEAD): "Een dossier wacht nog op iemand",
    (Matter.UNTAKEN, Rung.OTHERWISE): "Er wacht nog steeds een dossier op iemand",
    (Matter.SILENT, Rung.OWNER): "Een klant wacht nog op jou",
    (Matter.SILENT, Rung.DEPUTY): "Kun jij even invallen?",
    (Matter.PROMISE, Rung.OWNER): "Iets wat je toezegde, staat nog open",
    (Matter.PROMISE, Rung.DEPUTY): "Kun jij een toezegging overnemen?",
    (Matter.ASK, Rung.LEAD): "Een collega vraagt: mag dit?",
    (Matter.ASK, Rung.LEAD_DEPUTY): "Een collega vraagt: mag dit?",
    (Matter.ASK, Rung.OTHERWISE): "Een collega wacht nog op jouw ja of nee",
    (Matter.REPORT, Rung.LEAD): "Er is iets gedaan voor een klant",
}
WORDS = {
    Matter.UNTAKEN: "Dit dossier heeft nog niemand gepakt",
    Matter.SILENT: "Dit dossier wacht langer op antwoord dan we willen",
    Matter.PROMISE: "Het afgesproken moment is voorbij",
    Matter.ASK: "Jouw ja of nee is genoeg om verder te kunnen",
    Matter.REPORT: "Het viel binnen de beslisruimte en is al gedaan, je hoeft er niets mee",
}


@dataclass(frozen=True, slots=True)
class Called:
    """Why somebody is called: the matter, where on the ladder, and what of the case may be said."""

    matter: Matter
    rung: Rung
    case_id: int
    level: int
    channel: str
    uncovered: bool = False


def notice(to: str, who: Agent, why: Called, link: str) -> Notice:
    """One case."""
    text = f"{_needs(why)}, {who.name}: {LEVELS[why.level]}, {why.channel}."
    place = "mag-dit" if why.matter is Matter.ASK else f"dossier/{why.case_id}"  # where a thumb can answer
    return Notice(to, TITLES[why.matter, why.rung], text, f"{link}/{place}")


def _needs(why: Called) -> str:
    if why.matter is Matter.UNTAKEN and why.rung is Rung.OWNER:
        return "Niemands beslisruimte dekt dit, kijk jij mee" if why.uncovered else "Een dossier staat op jouw naam"
    return WORDS[why.matter]


def along(to: str, who: Agent, case_id: int, link: str) -> Notice:
    """To who reads along with a threat of the media or of a lawyer; the owner stays the owner."""
    text = f"{who.name}, een collega heeft een dossier waarin iemand dreigt met de media of een jurist. Denk je mee?"
    return Notice(to, "Lees je mee?", text, f"{link}/dossier/{case_id}")


def beckoned(to: str, who: Agent, case_id: int, link: str) -> Notice:
    """A colleague called them to a case: by name in a note, or to look along."""
    text = f"{who.name}, een collega vraagt je iets in een dossier. Kijk je even?"
    return Notice(to, "Kijk je even mee?", text, f"{link}/dossier/{case_id}")


def bundle(to: str, who: Agent, cases: int, link: str) -> Notice:
    """Many cases at once."""
    title = f"{cases} dossiers wachten op jou"
    text = f"Het is druk, {who.name}: er kwamen {cases} dossiers tegelijk. Begin bovenaan in de Inbox."
    return Notice(to, title, text, f"{link}/inbox")


def reported(to: str, who: Agent, cases: int, link: str) -> Notice:
    """Many gestures at once that were done and only have to be known."""
    text = f"Alles viel binnen de beslisruimte, {who.name}. Je hoeft er niets mee; je leest het onder Gedaan en gemeld."
    title = "Er is iets gedaan voor een klant" if cases == 1 else f"Er is iets gedaan in {cases} dossiers"
    return Notice(to, title, text, f"{link}/mag-dit")


def trial(to: str, who: Agent, link: str) -> Notice:
    """To see whether an address works."""
    return Notice(to, "Proefbericht", f"Dit adres werkt, {who.name}. Je hoeft niets te doen.", link)
