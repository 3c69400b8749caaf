"""Explain: which stretches of the text drove the first impression, computed once and kept."""

from collections.abc import Sequence

from socialwatch.domain.assessment import Assessor, Span
from socialwatch.domain.trip import Moved
from socialwatch.store import assessments, mentions
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim
from socialwatch.store.unit import Unit


def load(unit: Unit, held: Claim) -> list[Stored]:
    return [each for each in mentions.by_id(unit, [job.subject for job in held.jobs]) if each.gone_at is None]


def ask(found: Sequence[Stored], assessor: Assessor) -> list[tuple[Stored, list[Span]]]:
    return [(each, assessor.why(each.mention.text)) for each in found]


def write(unit: Unit, found: Sequence[tuple[Stored, list[Span]]]) -> list[Moved]:
    """Keep the stretches; here the trip ends."""
    for each, spans in found:
        assessments.explain(unit, each.id, spans)
        tell(unit, each.mention.brand, "case", each.case_id)
    return []
