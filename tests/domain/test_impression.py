"""The model's reading together with the rules."""

from datetime import UTC, date, datetime

from socialwatch.domain.assessment import Hazard, Kind, Reading, Stake
from socialwatch.domain.facts import values
from socialwatch.domain.impression import assessment

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def reading(**changes: object) -> Reading:
    given = {
        "kind": Kind.COMPLAINT,
        "frustration": 0.7,
        "level": 2,
        "distress": 0.1,
        "feelings": {},
        "hazards": {},
        "answer": 2,
        "needs_human": 0.8,
        "chance": 0.0,
        "confidence": 0.9,
        "language": "nl",
        "embedding": b"",
        "model": "test",
    }
    return Reading(**{**given, **changes})  # type: ignore[arg-type]


def test_reading_and_rules_come_together() -> None:
    text = "Mijn oma wacht al 3 weken op haar bestelling SK-204817. Morgen is de bruiloft! 'Slijtage' zei men"
    read = reading(hazards={Hazard.VULNERABLE: 0.8})
    found = assessment(read, text, NOW)
    assert found.reading is read
    assert found.risk == 0.75 * 0.8
    assert found.stakes == (Stake("bruiloft", date(2026, 11, 19), "text"),)
    assert values(found.facts, "order_number") == ("SK-204817",)
    assert values(found.facts, "behalf") == (found.behalf,) == ("mijn oma",)
    assert found.earlier_rejection


def test_an_empty_text_has_no_rules_to_add() -> None:
    found = assessment(reading(), "", NOW)
    assert (found.risk, found.stakes, found.facts, found.behalf, found.earlier_rejection) == (0.0, (), (), None, False)
