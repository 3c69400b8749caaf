"""The question afterwards as a mail: short, in Dutch, from one person to another."""

from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.calendar import ZONE
from socialwatch.domain.survey import Rules

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
SUBJECTS = {"je": "Eén vraag over je contact met {brand}", "u": "Eén vraag over uw contact met {brand}"}
BODIES = {
    "je": """{hello},

{when} hadden wij contact over je vraag aan {brand}. Ik ben benieuwd hoe dat voor je was.

Zou je ons aanraden aan een vriend of collega? Het is één vraag, zonder inloggen:
{link}

De link werkt één keer, tot en met {until}. Liever niet? Dan hoef je niets te doen; ik vraag het niet nog eens.

Groet,
{agent}
{brand}
""",
    "u": """{hello},

{when} hadden wij contact over uw vraag aan {brand}. Ik ben benieuwd hoe dat voor u was.

Zou u ons aanraden aan een vriend of collega? Het is één vraag, zonder inloggen:
{link}

De link werkt één keer, tot en met {until}. Liever niet? Dan hoeft u niets te doen; ik vraag het niet nog eens.

Met vriendelijke groet,
{agent}
{brand}
""",
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """Whom we ask and who asks. `customer` is a full name, "" when unknown; `agent` a first name; `closed_at` when
    their case was closed, `until` when the link ends.
    """

    customer: str
    agent: str
    link: str
    closed_at: datetime
    until: datetime


def subject(rules: Rules) -> str:
    return SUBJECTS[rules.form].format(brand=rules.name)


def body(rules: Rules, asked: Occasion, now: datetime) -> str:
    """The mail as plain text."""
    return BODIES[rules.form].format(
        hello=_hello(rules, asked.customer),
        when=_when(asked.closed_at, now).capitalize(),
        brand=rules.name,
        link=asked.link,
        until=written_date(asked.until),
        agent=asked.agent,
    )


def first_name(name: str) -> str:
    """Marieke; "" for an initial, or for no name."""
    first = (name.split() or [""])[0]
    return first if len(first) > 1 and first.isalpha() else ""


def _hello(rules: Rules, customer: str) -> str:
    if rules.form == "u":
        return f"Beste {customer}" if customer else "Goedendag"
    first = first_name(customer)
    return f"Hoi {first}" if first else "Hoi"


def _when(at: datetime, now: datetime) -> str:
    """vandaag, gisteren, or *op maandag*."""
    ago = (now.astimezone(ZONE).date() - at.astimezone(ZONE).date()).days
    return {0: "vandaag", 1: "gisteren"}.get(ago) or f"afgelopen {_DAYS[at.astimezone(ZONE).weekday()]}"


def written_date(at: datetime) -> str:
    """7 december, in Amsterdam"""
    on = at.astimezone(ZONE)
    return f"{on.day} {_MONTHS[on.month - 1]}"
