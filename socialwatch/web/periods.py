"""Periods: how the figures of a brand are cut into days, or hours while there is less than two days of data."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from socialwatch.store.figures import Figures, Period
from socialwatch.web.dutch import AMSTERDAM, local

CHOICES = (7, 28)
HOURLY_BELOW = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of a chart: a day or an hour in Amsterdam; `start` and `end` are aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Cut:
    """A period in its slots, oldest first."""

    period: Period
    slots: tuple[Slot, ...]
    hourly: bool


def cut(days: int, first: datetime | None, now: datetime) -> Cut:
    """The last so many days up to now; by the hour when everything we have is younger than two days."""
    tomorrow = local(now).date() + timedelta(days=1)
    if first is not None and now - first < HOURLY_BELOW:
        start = first.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        count = int((now - start) / timedelta(hours=1)) + 1
        slots = tuple(Slot(start + timedelta(hours=i), start + timedelta(hours=i + 1)) for i in range(count))
        return Cut(Period(slots[0].start, slots[-1].end), slots, True)
    edges = [datetime.combine(tomorrow - timedelta(days=days - i), time(), AMSTERDAM) for i in range(days + 1)]
    slots = tuple(Slot(a, b) for a, b in pairwise(edges))
    return Cut(Period(edges[0], edges[-1]), slots, False)


def before(made: Cut) -> Period:
    """The period of the same length just before."""
    return Period(made.period.start - (made.period.end - made.period.start), made.period.start)


@dataclass(frozen=True, slots=True)
class Table:
    """One chart and its table: per slot a row, per series a column. `kind` names it on screen and in links."""

    kind: str
    series: tuple[str, ...]
    rows: list[tuple[Slot, list[float | None]]]


def tables(found: Figures, made: Cut) -> list[Table]:
    return [
        _volume(found, made),
        _frustration(found, made),
        _hazards(found, made),
        _answers(found, made),
        _thanks(found, made),
    ]


def _place(at: datetime, made: Cut) -> int:
    """In which slot a moment falls."""
    low, high = 0, len(made.slots) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if made.slots[middle].start <= at else (low, middle - 1)
    return low


def _spread(counted: Counter[tuple[int, str]], made: Cut, kind: str, names: Sequence[str]) -> Table:
    rows = [(slot, [float(counted[i, name]) for name in names]) for i, slot in enumerate(made.slots)]
    return Table(kind, tuple(names), rows)  # type: ignore[arg-type]


def _volume(found: Figures, made: Cut) -> Table:
    counted: Counter[tuple[int, str]] = Counter()
    for each in found.volumes:
        counted[_place(each.hour, made), each.channel] += each.posts
    return _spread(counted, made, "volume", sorted({each.channel for each in found.volumes}))


def _frustration(found: Figures, made: Cut) -> Table:
    read: dict[int, int] = defaultdict(int)
    sums: dict[int, float] = defaultdict(float)
    for each in found.volumes:
        place = _place(each.hour, made)
        read[place] += each.read
        sums[place] += each.frustration
    rows: list[tuple[Slot, list[float | None]]] = [
        (slot, [round(sums[i] / read[i], 3) if read[i] else None]) for i, slot in enumerate(made.slots)
    ]
    return Table("frustration", ("mean",), rows)


def _hazards(found: Figures, made: Cut) -> Table:
    counted: Counter[tuple[int, str]] = Counter((_place(at, made), name) for at, name in found.hazards)
    most = [name for name, _ in Counter(name for _, name in found.hazards).most_common(6)]
    return _spread(counted, made, "hazards", most)


def _answers(found: Figures, made: Cut) -> Table:
    minutes: dict[int, list[float]] = defaultdict(list)
    for opened, answered in found.answered:
        minutes[_place(opened, made)].append((answered - opened).total_seconds() / 60)
    rows: list[tuple[Slot, list[float | None]]] = [
        (slot, [round(median(minutes[i]), 1) if minutes[i] else None]) for i, slot in enumerate(made.slots)
    ]
    return Table("answer", ("minutes",), rows)


def _thanks(found: Figures, made: Cut) -> Table:
    counted: Counter[tuple[int, str]] = Counter((_place(at, made), "thanks") for at in found.thanks)
    return _spread(counted, made, "thanks", ["thanks"])


def grew(found: Figures, earlier: Figures) -> str | None:
    """The channel on which most posts came in more than before."""
    change: Counter[str] = Counter()
    for each in found.volumes:
        change[each.channel] += each.posts
    for each in earlier.volumes:
        change[each.channel] -= each.posts
    most = change.most_common(1)
    return most[0][0] if most and most[0][1] > 0 else None


def totals(found: Figures) -> dict[str, Any]:
    """The handful of figures on top of the page."""
    posts = sum(each.posts for each in found.volumes)
    minutes = [(answered - opened).total_seconds() / 60 for opened, answered in found.answered]
    hazards = Counter(name for _, name in found.hazards).most_common(1)
    return {
        "posts": posts,
        "furious": sum(each.furious for each in found.volumes),
        "median": median(minutes) if minutes else None,
        "unanswered": found.unanswered,
        "thanks": len(found.thanks),
        "hazards": len(found.hazards),
        "worst": hazards[0][0] if hazards and hazards[0][1] > 1 else None,
    }
