"""Budget: what a source may cost per day, when it has to wait, and the sentence that says so.

A day is the platform's: UTC. A poll moves its cursor only with its last page, so one that is cut off halfway may have
to read (and pay for) the same pages again. Therefore a poll does not begin when what such a page usually costs no
longer fits, and one that runs may finish within OVERSHOOT. The first poll of a day always begins. Nothing is lost by a
cut: pages that were stored stay, and the next day goes on where this one was cut off (from a channel that gives
bookmarks) or reads from the old cursor again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from socialwatch.domain.when import AMSTERDAM, WEEKDAYS, local_day

MILLIONTHS = 1_000_000
OVERSHOOT = 1.2  # a running poll, and looks that the platform's terms ask of us, may go this far over


@dataclass(frozen=True, slots=True)
class Purse:
    """One source on one day, in millionths of a dollar. `limit` None means no limit; `usual` is what one page or look
    cost on average today.
    """

    limit: int | None
    spent: int = 0
    usual: int = 0


def may_begin(purse: Purse) -> bool:
    """Whether something new that costs money may begin."""
    return purse.limit is None or purse.spent == 0 or purse.spent + purse.usual <= purse.limit


def may_go_on(purse: Purse) -> bool:
    """Whether what runs may ask for more."""
    return purse.limit is None or purse.spent < purse.limit * OVERSHOOT


def resumes_at(now: datetime) -> datetime:
    """The beginning of the platform's next day."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), datetime.min.time(), UTC)


def used_up(limit: int, now: datetime, behind: datetime | None = None) -> str:
    """The sentence for whoever reads why a source waits; `behind` is since when not everything was read."""
    again = resumes_at(now).astimezone(AMSTERDAM)
    day = "morgen" if again.date() > local_day(now) else "vandaag"
    first = "" if behind is None else f", eerst met wat is blijven liggen sinds {_moment(behind)}"
    return f"Het dagbudget van {dollars(limit)} is op; {day} om {again:%H:%M} verder{first}."


def _moment(at: datetime) -> str:
    """As Dutch people write it: woensdag 18-11 om 09:00."""
    here = at.astimezone(AMSTERDAM)
    return f"{WEEKDAYS[here.weekday()]} {here.day}-{here.month} om {here:%H:%M}"


def dollars(amount: int) -> str:
    """Millionths of a dollar as they are written in Dutch: $ 5,00."""
    written = f"{amount / MILLIONTHS:,.2f}"
    return "$ " + written.translate(str.maketrans(",.", ".,"))


def of_dollars(amount: float) -> int:
    """Dollars in millionths."""
    return round(amount * MILLIONTHS)
