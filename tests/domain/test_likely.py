"""What solving a case will probably cost."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from socialwatch.domain import impression
from socialwatch.domain.assessment import Assessment, Kind
from socialwatch.domain.likely import UNKNOWN, Bought, Ground, Told, likely

WOOL, GIFT, BOOT = (
    Bought("SOK-20002", "Wandelsok merino", Decimal("12.95")),
    Bought("SOK-20002", "Cadeaudoos warme voeten", Decimal("34.50")),
    Bought("SOK-10001", "Laarssokken wol", Decimal("19.95")),
)
BOUGHT = [WOOL, GIFT, BOOT]


@pytest.fixture
def told(fakes: Any) -> Any:
    def make(words: str, level: int = 1, kind: Kind = Kind.COMPLAINT) -> Told:
        reading = replace(fakes.reading("klacht"), kind=kind)
        read: Assessment = impression.assessment(reading, words, datetime(2026, 11, 23, tzinfo=UTC))
        return Told(words, [read], level)

    return make


@pytest.mark.parametrize(
    ("words", "level", "euros", "product"),
    [
        ("gat in mijn wandelsokken", 1, "12.95", "Wandelsok merino"),
        ("ze zijn kapot", 1, "34.50", "Cadeaudoos warme voeten"),
        ("bestelling SOK-10001 deugt niet", 2, "19.95", "Laarssokken wol"),
        ("gat in mijn wandelsokken", 3, "22.95", "Wandelsok merino"),
    ],
)
def test_the_piece_it_is_about(told: Any, words: str, level: int, euros: str, product: str) -> None:
    found = likely(told(words, level), BOUGHT)
    assert (found.euros, found.ground, found.product) == (Decimal(euros), Ground.ORDER, product)


def test_without_an_order_the_amount_they_name(told: Any) -> None:
    assert likely(told("25 euro voor een paar sokken"), ()).euros == Decimal(25)
    assert likely(told("dit kostte mij 500.000 euro"), ()) == UNKNOWN
    assert likely(told("kapot"), ()) == UNKNOWN


def test_a_question_needs_an_answer_and_no_money_unless_it_is_furious(told: Any) -> None:
    assert likely(told("heb je ze in maat 47?", 0, Kind.QUESTION), BOUGHT).ground is Ground.ANSWER
    assert likely(told("waar blijven ze?", 3, Kind.QUESTION), BOUGHT).euros == Decimal("44.50")
