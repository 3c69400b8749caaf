"""Deadlines as we write them in a reply ("voor vrijdag", "binnen een uur", "morgen om 10:00"), as moments in UTC."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from socialwatch.domain.when import AMSTERDAM, NUMBER, Day, days, local_day, number, resolve

# A promise without an hour is for the working day, so that who made it is still there when it is due.
END_OF_DAY, LATE = time(18), time(23)
PARTS = (
    ("ochtend", time(12)),
    ("morgenvroeg", time(10)),
    ("vroeg", time(10)),
    ("voormiddag", time(12)),
    ("namiddag", time(18)),
    ("vanmiddag", time(18)),
    ("middag", time(18)),
    ("vanavond", time(22)),
    ("avond", time(22)),
    ("vannacht", LATE),
)
HALF = {"half uur": 30, "halfuur": 30, "kwartier": 15, "halfuurtje": 30, "kwartiertje": 15, "uurtje": 60, "uur": 60}
_CLOCK = re.compile(
    rf"\b(?P<how>vóór|voor|om|rond|uiterlijk|tegen|morgen|vandaag)\s+"
    rf"(?:(?P<half>half)\s+(?P<word>\w+)|(?P<hour>{NUMBER})(?:[:.](?P<minute>\d\d))?"
    r"\s?(?:uur|u\b|(?<=:\d\d)|(?<=\.\d\d)))",
    re.I,
)
_WITHIN = re.compile(
    rf"\b(?P<how>binnen|over)\s+(?:nu en\s+)?(?:"
    rf"(?P<short>(?:een |'n |het )?(?:half ?uur(?:tje)?|kwartier(?:tje)?|uur(?:tje)?))"
    rf"|(?:{NUMBER}\s?(?:-|à|tot)\s?)?(?P<count>{NUMBER})\s+(?P<unit>minuten|minuut|uur|uren|werkdag(?:en)?|dag(?:en)?"
    rf"|week|weken))\b",
    re.I,
)
_WEEK = re.compile(
    r"\b(?P<before>voor|vóór)?\s*(?P<which>deze week|(?:het|dit) weekend|volgende week|eind(?:e)? van de week"
    r"|begin volgende week|eind volgende week)\b(?!\s+(?:maan|dins|woens|donder|vrij|zater|zon)dag)",
    re.I,
)
_SOON = re.compile(
    r"\b(?:bel|mail|app|stuur|laat|kom|hoor|krijg|zoek|kijk|check)\w*\b[^,.]{0,25}\b(?P<soon>zo(?:\s?(?:meteen|dadelijk|direct))?|straks"
    r"|dadelijk|zometeen)\b(?=\s*(?:$|[.,!;]|(?:even|terug|op|aan|door|weten|van|bij|een|het|alles|in|uit|na|voor)\b))",
    re.I,
)
_NOT_DUE = re.compile(r"\b(?:tot(?: en met| aan)?|t/m|vanaf|sinds|na|van|dan)\s+$", re.I)
_BEFORE = re.compile(r"\b(?:voor|vóór)\s+(?:a\.?s\.?\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class When:
    """One named moment: `today` when it lies on this day, `range` when another of the same clause may be later."""

    due_at: datetime
    today: bool
    range: bool = False


def moments(text: str, now: datetime) -> list[When]:
    """The moments that a piece of text names, in the order of its words; what has passed is none."""
    today = local_day(now)
    found = [*_of_days(text, today), *_of_weeks(text, today)] or [*_of_clock(text, today)]
    due = [*_within(text, now), *(_utc(on, at) for on, at in found), *_soon(text, now)]
    return [When(_later(each, now, today), local_day(each) == today) for each in due if _later(each, now, today) > now]


def _later(due: datetime, now: datetime, today: date) -> datetime:
    """What is for today and was promised after hours is for this evening."""
    if due <= now and due == _utc(today, END_OF_DAY):
        return _utc(today, LATE)
    return due


def _utc(on: date, at: time) -> datetime:
    return datetime.combine(on, at, AMSTERDAM).astimezone(UTC)


def _of_days(text: str, today: date) -> Iterator[tuple[date, time]]:
    for day in days(text):
        on = resolve(day.value, today)
        if (
            day.value.endswith(("week", "weekend", "maand"))
            or on is None
            or on < today
            or on > today + timedelta(days=90)
        ):
            continue
        if _NOT_DUE.search(text[: day.start]):
            continue
        if _BEFORE.search(text[: day.start]) and on > today and _part(day) is None:
            on -= timedelta(days=1)
        clock = _hour(text)
        yield on, clock or _part(day) or END_OF_DAY


def _part(day: Day) -> time | None:
    value = day.value if day.value != "morgen" else ""
    return next((at for word, at in PARTS if word in value), None)


def _hour(text: str) -> time | None:
    match = _CLOCK.search(text)
    return None if match is None else _clock(match)


def _clock(match: re.Match[str]) -> time | None:
    if match["half"]:
        hour = number(match["word"])
        return None if hour is None or not 1 <= hour <= 12 else _afternoon(hour - 1 or 12, 30)
    hour, minute = number(match["hour"]), int(match["minute"] or 0)
    if hour is None or hour > 24 or minute > 59:
        return None
    return time(0) if hour == 24 else _afternoon(hour, minute) if match["minute"] is None else time(hour, minute)


def _afternoon(hour: int, minute: int) -> time:
    """ "5 uur" said by a shop is five in the afternoon."""
    return time(hour + 12 if hour < 8 else hour, minute)


def _of_clock(text: str, today: date) -> Iterator[tuple[date, time]]:
    at = _hour(text)
    if at is not None:
        yield today, at


def _within(text: str, now: datetime) -> Iterator[datetime]:
    for match in _WITHIN.finditer(text):
        if match["short"]:
            words = re.sub(r"^(?:een |'n |het )", "", match["short"].lower())
            yield now + timedelta(
                minutes=HALF[words.replace("half uurtje", "half uur").replace("halfuurtje", "halfuur")]
            )
        else:
            yield _span(number(match["count"]) or 0, match["unit"].lower(), now)


def _span(count: int, unit: str, now: datetime) -> datetime:
    if unit.startswith("min"):
        return now + timedelta(minutes=count)
    if unit.startswith(("uur", "uren")):
        return now + timedelta(hours=count)
    today = local_day(now)
    if unit.startswith("werkdag"):
        return _utc(_working(today, count), END_OF_DAY)
    return _utc(today + timedelta(days=count * (7 if unit.startswith("we") else 1)), END_OF_DAY)


def _working(on: date, count: int) -> date:
    while count > 0:
        on += timedelta(days=1)
        count -= on.weekday() < 5
    return on


def _of_weeks(text: str, today: date) -> Iterator[tuple[date, time]]:
    friday = today + timedelta(days=(4 - today.weekday()) % 7 if today.weekday() < 5 else 0)
    monday = today + timedelta(days=7 - today.weekday())
    for match in _WEEK.finditer(text):
        which = match["which"].lower()
        if "weekend" in which:
            yield (friday if match["before"] else today + timedelta(days=6 - today.weekday())), END_OF_DAY
        elif "volgende" in which:
            yield monday + timedelta(days=1 if "begin" in which else 4), END_OF_DAY
        else:
            yield friday, END_OF_DAY


def _soon(text: str, now: datetime) -> Iterator[datetime]:
    match = _SOON.search(text)
    if match:
        yield now + timedelta(hours=2 if match["soon"].lower() == "straks" else 1)
