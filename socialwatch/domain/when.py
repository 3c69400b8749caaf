"""When: the day words of Dutch and Flemish posts ("12 november", "morgen", "vorige week dinsdag") and the day they
mean."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
NUMBERS = {
    "een": 1, "één": 1, "eén": 1, "n": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8,
    "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "twintig": 20,
    "dertig": 30, "veertig": 40, "vijftig": 50,
}  # fmt: skip
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted((word for word in NUMBERS if word != "n"), key=len, reverse=True)) + ")"

_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
_MONTH = (
    r"(?:januari|jan|februari|feb|maart|mrt|april|apr|mei|juni|jun|juli|jul|augustus|aug|september|sept|sep|oktober|okt"
    r"|november|nov|december|dec)"
)
_NAMED = re.compile(
    rf"(?<![\d.,])(\d{{1,2}})(?:e|ste|de)?[ ]?({_MONTH})\b\.?(?:[ ]?(?:'(\d\d)|(\d{{4}})))?(?!\d)", re.I
)
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_FIGURES = re.compile(
    r"(?P<cue>\b(?:op|dd|d\.d\.|van|tot|voor|sinds|vanaf|uiterlijk|datum|per|is)[ :]{1,2})?(?<![\d/.,€-])"
    r"(?P<day>\d{1,2})(?P<mark>[-/])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|'?\d\d))?(?![\d/-]|[.,]\d)",
    re.I,
)
_MEASURED = re.compile(
    r"[ ]?(?:werkdag|dag|week|weken|maand|uur|uren|min|stuks|paar|keer|x\b|jaar|cm|mm|euro|€|%)", re.I
)
_SIZE = re.compile(r"(?:maat|maten|mt|schoenmaat)[ :.]{1,2}$", re.I)
_RELATIVE = re.compile(
    rf"\b(?:"
    rf"(?:vorige|afgelopen|volgende|komende|deze)[ ](?:week[ ])?{_WEEKDAY}"
    rf"|(?:aanstaande|a\.s\.|eerstvolgende)[ ]{_WEEKDAY}|{_WEEKDAY}[ ](?:aanstaande|a\.s\.|over[ ]een[ ]week)"
    rf"|{_WEEKDAY}|eergisteren|gisteren|overmorgen|vandaag|vanavond|vanmiddag|vannacht|vanmorgen|vanochtend"
    rf"|morgen(?:ochtend|middag|avond|vroeg|namiddag|voormiddag)?"
    rf"|(?:vorig|afgelopen|dit|komend|volgend)[ ]weekend|(?:vorige|volgende|komende)[ ](?:week|maand)"
    rf"|over[ ]{NUMBER}[ ](?:dagen|dag|weken|week|maanden|maand)"
    rf")(?:avond|middag|ochtend|voormiddag|namiddag)?\b",
    re.I,
)
_POLITE = re.compile(r"(?:\bgoede|\bgoeie|\bgoeden|'s|\bde|\bgoei)[ ]?$", re.I)
_AT_START = re.compile(r"^\W*(?:@\w{1,50}\W+)*$")
_ADDRESSED = re.compile(
    r"\s*(?:$|[!,.;:@#]|(?:allemaal|allen|beste|lieve|team|mensen|mag|kan|kun|ik|jullie|wanneer|hoe|wat)\b)", re.I
)
_OVER = re.compile(rf"over ({NUMBER}) (dag|week|weken|maand)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written, at `start`..`end`. `value` is "2026-11-12", "--11-12" when no year was given, or the relative
    words in lower case; `resolve` turns it into a date.
    """

    start: int
    end: int
    text: str
    value: str


def local_day(now: datetime) -> date:
    """The calendar day in Amsterdam and Brussels at this moment."""
    return now.astimezone(AMSTERDAM).date()


def number(word: str) -> int | None:
    """The value of "3" or "drie"; None for any other word."""
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower())


def days(text: str) -> tuple[Day, ...]:
    """Every day named in the text, in its order; a day inside a longer one is not named twice."""
    found = [*_named(text), *_iso(text), *_figures(text), *_relative(text)]
    found.sort(key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if kept and kept[-1].value in WEEKDAYS and 0 < day.start - kept[-1].end <= 2 and "-" in day.value:
            weekday = kept.pop()  # "woensdag 2 december" is one day
            day = _day(weekday.start, text[weekday.start : day.end], day.value)
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def may_name_day(text: str) -> bool:
    """Whether `days` could find anything in this text or a part of it; a quick look."""
    return any(pattern.search(text) for pattern in (_NAMED, _ISO, _FIGURES, _RELATIVE))


def resolve(value: str, today: date) -> date | None:
    """The date that `Day.value` means on `today`. A day without a year is the one nearest to today; a bare weekday is
    the coming one, never today; a week or month stands for its first day. None when no such day exists.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return _date(int(value[:4]), int(value[5:7]), int(value[8:]))
    if value.startswith("--"):
        return nearest(int(value[2:4]), int(value[5:]), today)
    return _resolve_words(value, today)


def nearest(month: int, day: int, today: date) -> date | None:
    """The occurrence of this day and month that lies closest to `today`."""
    options = [_date(year, month, day) for year in (today.year - 1, today.year, today.year + 1)]
    real = [option for option in options if option]
    return min(real, key=lambda option: abs(option - today), default=None)


def _named(text: str) -> list[Day]:
    found = []
    for match in _NAMED.finditer(text):
        month = match[2].lower()
        index = 3 if month == "mrt" else MONTHS.index(month[:3]) + 1
        year = int(match[4]) if match[4] else 2000 + int(match[3]) if match[3] else None
        found.append(_day(match.start(), match.group(), _value(year, index, int(match[1]))))
    return [day for day in found if day.value]


def _iso(text: str) -> list[Day]:
    found = [_day(m.start(), m.group(), _value(int(m[1]), int(m[2]), int(m[3]))) for m in _ISO.finditer(text)]
    return [day for day in found if day.value]


def _figures(text: str) -> list[Day]:
    """Days in figures ("12-11"); without a year a slash or a single figure needs a cue, since "24/7" and "1-2 dagen"
    are no days.
    """
    found = []
    for match in _FIGURES.finditer(text):
        year, start = match["year"], match.start("day")
        if not year and not match["cue"] and (match["mark"] == "/" or len(match["day"] + match["month"]) < 4):
            continue
        if _MEASURED.match(text, match.end()) or _SIZE.search(text[max(0, start - 14) : start]):
            continue
        full = None if not year else int(year) if len(year) == 4 else 2000 + int(year[-2:])
        found.append(_day(start, text[start : match.end()], _value(full, int(match["month"]), int(match["day"]))))
    return [day for day in found if day.value]


def _relative(text: str) -> list[Day]:
    found = []
    for match in _RELATIVE.finditer(text):
        said = match.group().lower()
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 20]
        if said == "morgen" and _greets(before, after):
            continue
        found.append(_day(match.start(), match.group(), said))
    return found


def _greets(before: str, after: str) -> bool:
    """Whether this "morgen" wishes a good morning: "goede morgen", or at the very start "Morgen! ..." and "Morgen
    @merk".
    """
    return _POLITE.search(before) is not None or bool(_AT_START.search(before) and _ADDRESSED.match(after))


def _day(start: int, text: str, value: str) -> Day:
    return Day(start, start + len(text), text, value)


def _value(year: int | None, month: int, day: int) -> str:
    """The normalised value, or "" when this day does not exist."""
    if not _date(year or 2024, month, day):
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def _date(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


_OFFSETS = {
    "eergisteren": -2, "gisteren": -1, "vandaag": 0, "vanavond": 0, "vanmiddag": 0, "vannacht": 0, "vanmorgen": 0,
    "vanochtend": 0, "morgen": 1, "overmorgen": 2,
}  # fmt: skip


def _resolve_words(value: str, today: date) -> date | None:
    for word, offset in _OFFSETS.items():
        if value.startswith(word):
            return today + timedelta(days=offset)
    monday = today - timedelta(days=today.weekday())
    if over := _OVER.match(value):
        return _later(today, number(over[1]) or 0, over[2])
    named = next((index for index, name in enumerate(WEEKDAYS) if name in value), None)
    if named is not None:
        return _weekday(value, named, today)
    if value.endswith("weekend"):
        return monday + timedelta(
            days=5 + (-7 if value.startswith(("vorig", "afgelopen")) else 7 if value.startswith("volgend") else 0)
        )
    if value.endswith("maand"):
        return _later(today.replace(day=1), -1 if value.startswith("vorig") else 1, "maand")
    return monday + timedelta(days=-7 if value.startswith("vorig") else 7)


def _weekday(value: str, weekday: int, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    if "week" in value and "over een week" not in value:
        weeks = -7 if value.startswith(("vorig", "afgelopen")) else 0 if value.startswith("deze") else 7
        return monday + timedelta(days=weeks + weekday)
    ahead = (weekday - today.weekday()) % 7 or 7
    if value.startswith(("vorig", "afgelopen")):
        return today + timedelta(days=ahead - 7 if ahead < 7 else -7)
    return today + timedelta(days=ahead + (7 if "over een week" in value else 0))


def _later(start: date, count: int, unit: str) -> date:
    if unit != "maand":
        return start + timedelta(days=count * (7 if unit.startswith("we") else 1))
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
