"""Assess: the model reads up to 64 mentions at once; the rules read the same words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain import impression, triage
from socialwatch.domain.assessment import Assessment, Assessor
from socialwatch.domain.trip import Event, Moved
from socialwatch.store import assessments, mentions
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, Job
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Waiting:
    job: Job
    found: Stored


@dataclass(frozen=True, slots=True)
class Read:
    waiting: Waiting
    assessment: Assessment


def load(unit: Unit, held: Claim) -> list[Waiting]:
    found = {each.id: each for each in mentions.by_id(unit, [job.subject for job in held.jobs])}
    return [Waiting(job, found[job.subject]) for job in held.jobs if job.subject in found]


def ask(waiting: Sequence[Waiting], assessor: Assessor) -> list[Read]:
    """Read all texts in one go. No unit is open here."""
    readings = assessor.read([each.found.mention.text for each in waiting])
    return [
        Read(each, impression.assessment(reading, each.found.mention.text, each.found.mention.created_at))
        for each, reading in zip(waiting, readings, strict=True)
    ]


def write(unit: Unit, found: Sequence[Read], now: datetime) -> list[Moved]:
    """Store what was read, gravest first in the queue; a text that was edited meanwhile is read again."""
    fresh = {each.id: each.mention.text for each in mentions.by_id(unit, [read.waiting.found.id for read in found])}
    moved, keep = [], {}
    for read in found:
        brand, number = read.waiting.job.brand, read.waiting.found.id
        if fresh.get(number) != read.waiting.found.mention.text:
            again = triage.unread(fresh.get(number, ""), bool(read.waiting.found.mention.in_reply_to))
            moved.append(Moved(Event.AGAIN, brand, number, again))
            continue
        keep[number] = (brand, read.assessment)
        moved.append(
            Moved(Event.READ, brand, number, triage.read(read.assessment), detail=dict(read.waiting.job.detail))
        )
    assessments.keep(unit, keep, now)
    return moved
