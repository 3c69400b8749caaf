"""Dutch of the dossier as it is read: why a stretch is marked, who sees a line, how long is left, the mood."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from socialwatch.domain.assessment import Fact
from socialwatch.domain.correction import What
from socialwatch.domain.insults import insults
from socialwatch.domain.mood import Step
from socialwatch.web import dutch
from socialwatch.web.dutch import AMSTERDAM, label, local, several

CORRECTIONS = {
    "lower": "frustratie te hoog",
    "higher": "frustratie te laag",
    "no_complaint": "geen klacht",
    "wrong_customer": "verkeerde klant",
}
NOTHING_TO_CORRECT = {
    What.LOWER: "Lager dan geen frustratie kan niet.",
    What.HIGHER: "Hoger dan hoog kan niet; het dossier staat al bovenaan.",
    What.NO_COMPLAINT: "Hier valt niets aan te passen.",
    What.WRONG_CUSTOMER: "Er is nog geen klant gekoppeld aan dit dossier.",
}
NOTHING_TO_TAKE_BACK = "Er is geen inschatting om terug te draaien."
OUTCOMES = {
    "spoken": "gesproken",
    "call_back": "gesproken, we bellen terug",
    "voicemail": "voicemail ingesproken",
    "no_answer": "geen gehoor",
}
AUDIENCES = {"public": "openbaar", "private": "privé", "team": "team"}
HEARD_BY = {"public": "iedereen kan dit lezen", "private": "alleen de klant en wij", "team": "alleen het team"}
REMARKS = {
    "rejection": "een eerder nee",
    "duration": "hoe lang het al duurt",
    "count": "hoe vaak het al gebeurde",
    "amount": "om welk bedrag het gaat",
}
MUCH, SOME = 0.2, 0.08


def why_marked(weight: float, about: Sequence[str]) -> str:
    """Why a stretch is marked: how far the score falls without it, and what it tells."""
    how = "Vooral hierdoor" if weight >= MUCH else "Mede hierdoor" if weight >= SOME else "Ook hierdoor een beetje"
    told = f" Het zegt {dutch.listed(about)}." if about else ""
    return f"{how} viel de eerste indruk zwaarder uit.{told}"


def remarks(facts: Sequence[Fact], start: int, end: int) -> list[str]:
    """What the rules found between two places in a text, in our words, each once."""
    inside = (REMARKS.get(each.kind) for each in facts if each.start < end and start < each.end)
    return list(dict.fromkeys(each for each in inside if each))


def left(on: date, now: datetime) -> str:
    """How long until a day: *vandaag, nog 9 uur*, *over 9 uur*, *over 3 dagen*."""
    begins = datetime.combine(on, time(), AMSTERDAM)
    today = local(now).date()
    if on < today:
        return "voorbij"
    if on == today:
        return f"nog {_hours(begins + timedelta(days=1) - now)}"
    days = (on - today).days
    return f"over {_hours(begins - now)}" if days == 1 else f"over {several(days, 'dag', 'dagen')}"


def _hours(length: timedelta) -> str:
    minutes = max(0, int(length.total_seconds() // 60))
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} uur"


def mood_words(steps: Sequence[Step], now: datetime) -> str:
    """hoog 10:02 → geen 14:30 → bedankt"""
    days = {local(each.at).date() for each in steps}
    alone = len(days) == 1 and local(now).date() in days
    return " → ".join(_turn(each, alone, now) for each in steps)


def _turn(step: Step, alone: bool, now: datetime) -> str:
    if step.level is None:
        return "bedankt"
    return f"{dutch.LEVELS[step.level]} {f'{local(step.at):%H:%M}' if alone else dutch.moment(step.at, now)}"


WIDTH, HEIGHT, EDGE = 140, 30, 6


def mood_points(steps: Sequence[Step]) -> list[tuple[float, float, str]]:
    """Where each turn lies in a picture of WIDTH by HEIGHT: (x, y, "0".."3" or "thanks"), the calmest at the bottom."""
    apart = (WIDTH - 2 * EDGE) / max(1, len(steps) - 1)
    high = (HEIGHT - 2 * EDGE) / 3
    found = []
    for place, each in enumerate(steps):
        level = each.level or 0
        found.append((round(EDGE + apart * place, 1), round(HEIGHT - EDGE - high * level, 1), _turned(each)))
    return found


def _turned(step: Step) -> str:
    return "thanks" if step.level is None else str(step.level)


def softened(text: str) -> str:
    """For a list beside the thread: names that somebody is called are left to the thread, where they unfold."""
    told = text
    for start, end in reversed(insults(text)):
        told = f"{told[:start]}(scheldwoord){told[end:]}"
    return told


def phone_link(number: str) -> str:
    """A number as a telephone dials it: +31612345678; "" when it is none."""
    plain = "".join(letter for letter in number.replace("(0)", "") if letter.isascii() and letter.isdigit())
    if not 6 <= len(plain) <= 15:
        return ""
    return f"+{plain}" if number.strip().startswith("+") else plain


FILTERS: dict[str, Callable[..., Any]] = {
    "correction": label(CORRECTIONS),
    "call_outcome": label(OUTCOMES),
    "audience": label(AUDIENCES),
    "heard_by": label(HEARD_BY),
    "left_until": left,
    "mood_words": mood_words,
    "mood_points": mood_points,
    "phone_link": phone_link,
    "softened": softened,
}
