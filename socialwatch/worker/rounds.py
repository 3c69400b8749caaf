"""The rounds that whoever leads makes besides polling: what is looked up, ended, called, weighed, and offered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from socialwatch.steps import line, renew, resume, situate, survey
from socialwatch.steps.parts import Parts
from socialwatch.store import statistics

FOLLOW_EVERY = 300.0  # seconds between two rounds of looking; how old a look may be is a setting
STATISTICS_EVERY = 600.0  # seconds; a look takes some ten milliseconds


@dataclass(frozen=True, slots=True)
class Round:
    """One thing to do every so many seconds. `go` gives back what failed, which the log tells under `failed`."""

    every: float
    failed: str
    go: Callable[[Parts], Sequence[str]]
    at_once: bool = False


def rounds(parts: Parts, every: float) -> list[Round]:
    """All of them. `every` is how many seconds apart sources are polled; a lively desk is also looked after sooner."""
    asking = [Round(60.0, "survey_failed", _survey)] if parts.surveys.brands else []
    return [
        Round(min(FOLLOW_EVERY, every * 5), "follow_failed", line.follow_all),
        Round(5.0, "fetch_failed", line.fetch_all),
        Round(600.0, "glean_failed", line.glean_all, at_once=True),
        Round(60.0, "shifts_not_ended", _end_shifts),
        Round(5.0, "not_escalated", _escalate),
        Round(10.0, "not_resumed", _resume),
        Round(30.0, "not_situated", _situate),
        Round(60.0, "not_renewed", _renewing(), at_once=True),
        Round(STATISTICS_EVERY, "statistics_not_renewed", _renew_statistics, at_once=True),
        *asking,
    ]


def _end_shifts(parts: Parts) -> Sequence[str]:
    line.end_shifts(parts)
    return ()


def _escalate(parts: Parts) -> Sequence[str]:
    line.escalate_all(parts)
    return ()


def _resume(parts: Parts) -> Sequence[str]:
    resume.run(parts.database, parts.shops, parts.clock())
    return ()


def _situate(parts: Parts) -> Sequence[str]:
    situate.run(parts.database, parts.situations, parts.clock())
    return ()


def _renewing() -> Callable[[Parts], Sequence[str]]:
    """It remembers the last day it was done for; whoever begins to lead does it once more, which does no harm."""
    done: date | None = None

    def renewed(parts: Parts) -> Sequence[str]:
        nonlocal done
        done = renew.run(parts.database, parts.shops, done, parts.clock())
        return ()

    return renewed


def _renew_statistics(parts: Parts) -> Sequence[str]:
    with parts.database.write() as unit:
        statistics.renew(unit)
    return ()


def _survey(parts: Parts) -> Sequence[str]:
    made = survey.Round(parts.surveys, parts.channels, parts.timing, parts.link)
    return list(survey.run(parts.database, made, parts.clock()))
