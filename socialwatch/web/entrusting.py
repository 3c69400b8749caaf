"""From the forms of Beheer to what somebody may decide, and to their roster; what is wrong comes back as a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from socialwatch.domain.agent import Agent
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import Hours
from socialwatch.domain.menu import euros as as_written
from socialwatch.domain.presence import Stretch
from socialwatch.errors import Refused
from socialwatch.web import dutch_people as dutch
from socialwatch.web.dutch import AMSTERDAM
from socialwatch.web.dutch import euros as amount_in_dutch

MOST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Filled:
    """The form about one colleague; amounts and times as they are written in it."""

    per_case: str
    per_day: str
    report_above: str
    not_hazards: Sequence[Hazard]
    not_gestures: Sequence[Kind]
    decides_in: Sequence[str]
    speaks: Sequence[str]
    days: Sequence[int]
    start: str
    till: str
    press: bool
    advises: Sequence[Hazard]
    deputy_id: int


def filled_in(who: Agent) -> Filled:
    """The form as it opens: what holds now."""
    mandate, hours = who.mandate, who.mandate.hours
    return Filled(
        per_case=_written(mandate.euros_per_case),
        per_day=_written(mandate.euros_per_day),
        report_above=_written(mandate.report_above),
        not_hazards=mandate.not_hazards,
        not_gestures=mandate.not_gestures,
        decides_in=mandate.languages,
        speaks=who.languages,
        days=hours.days if hours else (),
        start=f"{hours.start:%H:%M}" if hours else "",
        till=f"{hours.till:%H:%M}" if hours else "",
        press=mandate.press,
        advises=mandate.advises,
        deputy_id=who.deputy_id or 0,
    )


def _written(amount: Decimal) -> str:
    return amount_in_dutch(amount).removeprefix("€ ")


def entrusted(who: Agent, filled: Filled) -> Agent:
    """The colleague with what the form says. Raises Refused with one sentence."""
    per_case, per_day = euros(filled.per_case), euros(filled.per_day)
    report_above = euros(filled.report_above) if filled.report_above.strip() else per_case
    if report_above > per_case:
        raise Refused(dutch.ORDER_WRONG)
    if filled.deputy_id == who.id:
        raise Refused(dutch.OWN_DEPUTY)
    mandate = replace(
        who.mandate,
        euros_per_case=per_case,
        euros_per_day=per_day,
        report_above=report_above,
        not_hazards=tuple(filled.not_hazards),
        not_gestures=tuple(filled.not_gestures),
        languages=tuple(each for each in filled.decides_in if each in dutch.SPOKEN),
        hours=_hours(filled),
        press=filled.press,
        advises=tuple(each for each in filled.advises if each in dutch.ADVISES),
    )
    speaks = tuple(each for each in filled.speaks if each in dutch.SPOKEN)
    return replace(who, mandate=mandate, languages=speaks, deputy_id=filled.deputy_id or None)


def euros(written: str) -> Decimal:
    """*12,50*, *1.250,00*, *1.250* or *75*; nothing is nothing. Raises Refused for what is no amount."""
    found = as_written(written)
    if found is None:
        raise Refused(dutch.EUROS_WRONG)
    return found


def _hours(filled: Filled) -> Hours | None:
    if not (filled.days or filled.start or filled.till):
        return None
    start, till = clock(filled.start), clock(filled.till)
    days = tuple(sorted({each for each in filled.days if 0 <= each <= 6}))
    if start is None or till is None or start == till or not days:
        raise Refused(dutch.HOURS_WRONG)
    return Hours(days, start, till)


def clock(written: str) -> time | None:
    try:
        return time.fromisoformat(written)
    except ValueError:
        return None


def shifts(on: date, start: str, till: str, weeks: int) -> list[Stretch]:
    """The same shift so many weeks in a row, by the clock on the wall; one that ends before it starts passes midnight.
    Raises Refused.
    """
    begin, end = clock(start), clock(till)
    if begin is None or end is None or begin == end:
        raise Refused(dutch.SHIFT_WRONG)
    nights = timedelta(days=1) if end < begin else timedelta()
    days = [on + timedelta(weeks=each) for each in range(min(weeks, MOST_WEEKS))]
    return [Stretch(_at(day, begin), _at(day + nights, end)) for day in days]


def absence(first: date, last: date, deputy_id: int | None) -> Stretch:
    """From the first day through the last. Raises Refused."""
    if last < first:
        raise Refused(dutch.ABSENCE_WRONG)
    return Stretch(_at(first, time()), _at(last + timedelta(days=1), time()), deputy_id)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment.replace(tzinfo=None), AMSTERDAM)
