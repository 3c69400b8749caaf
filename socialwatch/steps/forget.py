"""Forget: a customer asked to be forgotten; what names them is emptied, in one transaction.

Their mails and private messages lose their words, orders stay without person, what they published elsewhere follows its
platform. The order system of the shop is its own: what it still tells of them is not taken in again here.
"""

from collections.abc import Sequence
from datetime import datetime

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.title import without_person
from socialwatch.domain.trip import Moved
from socialwatch.store import cases, forgetting
from socialwatch.store.queue import Job, NewJob
from socialwatch.store.unit import Unit

PRIORITY = 5
DONE = "Op verzoek van de klant is hier vergeten wie het was."
OTHERWISE = "Er is niets vergeten: dit dossier hoort inmiddels bij een andere klant."


def job(brand: str, case_id: int, customer_id: str | None) -> NewJob:
    """The wish, of the customer whom the lead saw on the page."""
    return NewJob(brand, "forget", case_id, PRIORITY, detail={"customer": customer_id})


def write(unit: Unit, jobs: Sequence[Job], now: datetime) -> list[Moved]:
    """Forget the customer of each of these cases; when the case belongs to another one by now, only say so."""
    for each in jobs:
        if cases.by_id(unit, each.subject).customer_id != each.detail.get("customer"):
            _say(unit, each.subject, OTHERWISE, now)
        else:
            _forget(unit, each.subject, now)
    return []


def _forget(unit: Unit, number: int, now: datetime) -> None:
    forgetting.overwrite(unit)
    found = forgetting.whose(unit, number)
    titles = forgetting.titles(unit, found)
    forgetting.letters(unit, found, now)
    forgetting.dossiers(unit, found, {each: without_person(title) for each, title in titles.items()})
    forgetting.person(unit, found, now)
    forgetting.forget_words(unit)
    for each in found.cases:
        _say(unit, each, DONE, now)


def _say(unit: Unit, number: int, words: str, now: datetime) -> None:
    cases.write(unit, number, Line(LineKind.NOTE, now, detail={"text": words}))
