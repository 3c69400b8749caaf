"""Dutch about putting a dossier aside: the moments that the page offers, and how a moment is written in a form."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from socialwatch.errors import Refused
from socialwatch.web.dutch import AMSTERDAM, local, moment

MORNING = time(9)
AFTERNOON = time(13)
NO_MOMENT = "Kies een dag en een tijd in de toekomst."
LONGEST = timedelta(days=366)
UNTIL_ANSWER = "answer"  # without a moment: it comes back when the customer writes


def offered(now: datetime) -> list[tuple[str, str]]:
    """(value, words) of the moments that lie ahead, soonest first; the next Monday is another than tomorrow."""
    here = local(now)
    monday = 7 - here.weekday()
    found = [("hour", "Over een uur")]
    if here.time() < time(12):
        found.append(("afternoon", "Vanmiddag 13:00"))
    found.append(("morning", "Morgen 09:00"))
    return found + ([("monday", "Maandag 09:00")] if monday > 1 else [])


def at_moment(written: str, now: datetime) -> datetime | None:
    """The moment that a value of `offered` or a datetime-local field means, in UTC; None when it is none, or more than
    a year ahead.
    """
    today = local(now).date()
    days = {"afternoon": (0, AFTERNOON), "morning": (1, MORNING), "monday": (7 - today.weekday(), MORNING)}
    if written == "hour":
        return now + timedelta(hours=1)
    if written in days:
        ahead, hour = days[written]
        return datetime.combine(today + timedelta(days=ahead), hour, AMSTERDAM).astimezone(UTC)
    try:
        at = datetime.fromisoformat(written).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at - now <= LONGEST else None


def ahead(written: str, now: datetime) -> datetime:
    """As `at_moment`. Raises Refused when that is no moment, or has passed."""
    at = at_moment(written, now)
    if at is None or at <= now:
        raise Refused(NO_MOMENT)
    return at


def stood_until(written: str, now: datetime) -> str:
    """The moment of a line, as we say it."""
    return moment(datetime.fromisoformat(written), now)


FILTERS: dict[str, Callable[..., Any]] = {"moments_offered": offered, "stood_until": stood_until}
