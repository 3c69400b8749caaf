"""Survey: after a case was closed, one question by mail, when asking is kind; looked at again when it goes out.

`due → sending (own commit) → SMTP → sent | unknown | due again | dropped`. What went out without an answer of the mail
server, or was left by a sender that died, is *unknown* and never sent again: no mail is better than two. The Message-ID
follows from the survey's number, so that even a repeat would be one mail.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from socialwatch.domain import survey, survey_mail
from socialwatch.domain.calendar import is_open
from socialwatch.domain.channel import Channel, Letter, Writes
from socialwatch.domain.survey import Rules, Surveys
from socialwatch.domain.survey_mail import Occasion
from socialwatch.domain.timing import Timing
from socialwatch.errors import SocialwatchError, Unanswered, Unavailable
from socialwatch.store import surveys
from socialwatch.store.surveys import Survey
from socialwatch.store.unit import Database, Unit

PATIENCE = timedelta(minutes=10)  # that sending one mail may take
AGAIN = timedelta(minutes=10)
PAGE = "/vraag/"


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of asking needs; `link` is the public address of the desk."""

    surveys: Surveys
    channels: Mapping[str, Channel]
    timing: Timing
    link: str

    def mailbox(self, brand: str) -> Writes | None:
        found = self.channels.get(f"{brand}/mail")
        return found if isinstance(found, Writes) else None


@dataclass(frozen=True, slots=True)
class Errand:
    """One mail that is about to go out."""

    survey: Survey
    letter: Letter


def run(database: Database, made: Round, now: datetime) -> list[str]:
    """Plan what was closed, send what is due; gives back what failed, without a name or address."""
    asking = {brand: rules for brand, rules in made.surveys.brands.items() if made.mailbox(brand)}
    with database.write() as unit:
        surveys.settle_old(unit, now, PATIENCE)
        for brand, rules in sorted(asking.items()):
            _plan(unit, made, (brand, rules), now)
        waiting = [each for each in surveys.due(unit, now) if each.brand in asking]
    failed = [_send(database, made, each, now) for each in waiting if is_open(made.timing.hours(each.brand), now)]
    return [each for each in failed if each]


def _plan(unit: Unit, made: Round, asking: tuple[str, Rules], now: datetime) -> None:
    brand, rules = asking
    for number in surveys.candidates(unit, brand, now - survey.LATEST):
        matter = surveys.matter(unit, number)
        if matter.closed_at is None:
            continue
        kind = survey.may_ask(matter, now)
        when = survey.due_at(rules, made.timing.hours(brand), matter.closed_at)
        surveys.plan(unit, number, matter.address if kind else None, when)


def _send(database: Database, made: Round, asked: Survey, now: datetime) -> str:
    with database.write() as unit:
        errand = _begin(unit, made, asked, now)
    mailbox = made.mailbox(asked.brand)
    if errand is None or mailbox is None:
        return ""
    state, again, reason = surveys.SENT, None, ""
    try:
        mailbox.write(errand.letter, f"survey-{asked.id}")
    except Unanswered as problem:
        state, reason = surveys.UNKNOWN, str(problem)
    except Unavailable as problem:
        state, again, reason = surveys.DUE, now + AGAIN, str(problem)
    except SocialwatchError as problem:
        state, reason = surveys.DROPPED, str(problem)
    with database.write() as unit:
        surveys.became(unit, asked.id, state, again)
    return reason


def _begin(unit: Unit, made: Round, asked: Survey, now: datetime) -> Errand | None:
    """Everything may have changed since it was planned, so everything is looked at again."""
    matter = surveys.matter(unit, asked.case_id)
    if matter.address is None or matter.closed_at is None or not survey.may_ask(matter, now):
        surveys.became(unit, asked.id, surveys.DROPPED)
        return None
    name = secrets.token_urlsafe(16)
    if not surveys.begin(unit, asked.id, name, now):
        return None
    rules, who = made.surveys.brands[asked.brand], surveys.people(unit, asked)
    agent = survey_mail.first_name(who.agent) or rules.name
    link = f"{made.link}{PAGE}{survey.sealed(made.surveys.secret, name)}"
    told = Occasion(who.customer, agent, link, matter.closed_at, now + survey.EXPIRES)
    sender = rules.name if agent == rules.name else f"{agent} van {rules.name}"
    return Errand(asked, Letter(matter.address, sender, survey_mail.subject(rules), survey_mail.body(rules, told, now)))
