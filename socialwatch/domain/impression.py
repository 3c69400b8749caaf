"""First impression: what the model read, completed with what the rules find in the same text."""

from datetime import datetime

from socialwatch.domain.assessment import Assessment, Reading
from socialwatch.domain.behalf import behalf
from socialwatch.domain.facts import facts
from socialwatch.domain.rejection import earlier_rejection
from socialwatch.domain.risk import hazard_risk
from socialwatch.domain.stakes import stakes


def assessment(reading: Reading, text: str, now: datetime) -> Assessment:
    """One reading with the facts, stakes, behalf and earlier rejection of its text; risk is the hazard part alone.
    `now` is the moment the text was written, since "morgen" means the day after that.
    """
    return Assessment(
        reading=reading,
        risk=hazard_risk(reading.hazards),
        stakes=stakes(text, now),
        facts=facts(text),
        behalf=behalf(text),
        earlier_rejection=earlier_rejection(text),
    )
