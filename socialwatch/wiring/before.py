"""Before: what lies in the demo's shop when the doors open: a customer of whom the order system was last heard
yesterday, and a complaint that a colleague turned down last week.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.freshness import Trouble
from socialwatch.domain.mention import Author, Mention
from socialwatch.steps.parts import Parts
from socialwatch.store import agents, cases, copies, customers, mentions
from socialwatch.store.case_rows import Weight
from socialwatch.store.mentions import Stored
from socialwatch.store.unit import Unit

UNHEARD = "K-1023"  # she waits for a parcel, and comes back to us
LAST_HEARD = datetime(2026, 11, 22, 13, 10, tzinfo=UTC)
REFUSED = "K-1160"  # her white washing came out pink
ASKED = datetime(2026, 11, 19, 14, 22, tzinfo=UTC)
ANSWERED = ASKED + timedelta(hours=1)
SAID_NO = "samira@sokkerij.example"
HER_MAIL = "De rode sokken hebben mijn witte was roze gemaakt. Apart wassen stond nergens. Bestelling SK-205091."
OUR_NO = "Afgeven bij de eerste was is geen fabrieksfout."
LIGHT = Weight(static=1.0, reasons=(), frustration=0.4, risk=0.1, level=1, needs_human=True)


def furnish(made: Parts, brand: str) -> None:
    """Both of them, as they would stand there on a Monday morning."""
    with made.database.write() as unit:
        _out_of_reach(unit, brand, made.clock())
        _turned_down(unit, brand)


def _out_of_reach(unit: Unit, brand: str, now: datetime) -> None:
    """What was known then is shown, and when that was."""
    known = customers.file_of(unit, brand, UNHEARD, LAST_HEARD)
    if known is not None:
        copies.keep(unit, known, LAST_HEARD)
        copies.missed(unit, (brand, UNHEARD), Trouble.AWAY, now)


def _turned_down(unit: Unit, brand: str) -> None:
    """A mail and our answer to it, closed: who comes back after a no gets somebody else."""
    colleague = next((each for each in agents.everyone(unit, brand) if each.email == SAID_NO), None)
    known = customers.file_of(unit, brand, REFUSED, ASKED)
    if colleague is None or known is None:
        return
    hers = Author(known.customer.email or "", None, known.customer.name)
    theirs = _take(unit, Mention("mail", "<roze@postvak.example>", HER_MAIL, ASKED, hers, brand=brand))
    ours = _take(unit, Mention("mail", "<re-roze@sokkerij.example>", OUR_NO, ANSWERED, own=True, brand=brand))
    mentions.link(unit, theirs.id, REFUSED)
    (first,) = mentions.by_id(unit, [theirs.id])
    number = cases.open_case(unit, first, "Marga · wasproblemen", LIGHT, "nl")
    cases.assign(unit, number, colleague.id, ASKED + timedelta(minutes=20), {"by": colleague.id})
    cases.join(unit, number, ours)
    cases.write(unit, number, Line(LineKind.CLOSED, ASKED + timedelta(hours=2), agent_id=colleague.id))


def _take(unit: Unit, told: Mention) -> Stored:
    (found,) = mentions.take(unit, [replace(told, audience="private")], told.created_at).new
    return found
