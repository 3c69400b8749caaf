"""Which card belongs to a case, and what the configuration may change in it."""

import time
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.protocol import DEFAULTS, MOST_READ, bereaved, read, which
from socialwatch.errors import Misconfigured


@pytest.mark.parametrize(
    ("hazards", "text", "expected"),
    [
        ((), "gat in mijn sok", None),
        ((Hazard.CHURN,), "nooit meer", None),
        ((Hazard.PRIVACY,), "mijn adres staat open", "privacy"),
        ((Hazard.PRIVACY, Hazard.SAFETY), "het brandt", "safety"),
        ((), "Mijn man is vorige week overleden en jullie blijven mailen", "bereavement"),
        ((Hazard.SAFETY,), "mijn moeder is overleden", "safety"),
    ],
)
def test_the_gravest_card_first(hazards: tuple[Hazard, ...], text: str, expected: str | None) -> None:
    assert which(DEFAULTS, hazards, [text]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mijn vader is overleden, kan de bestelling geannuleerd worden?",
        "het pakje is voor de begrafenis van mijn oma",
        "Ik regel de zaken van mijn moeder, zij is er niet meer",
        "na de dood van mijn man kreeg ik nog steeds reclame",
        "wij zijn de nabestaanden van mevrouw Jansen",
        "ik heb mijn zoontje vorige maand verloren",
        "de sokken van mijn overleden moeder",
        "het account van mijn man, die is overleden",
        "De uitvaart is vrijdag en de rouwkaarten zijn er nog niet",
    ],
)
def test_a_death_is_heard(text: str) -> None:
    assert bereaved(text)


@pytest.mark.parametrize(
    "text",
    [
        "mijn telefoon is overleden",
        "jullie website is alweer overleden haha",
        "ik ben doodmoe van dit gedoe",
        "wat een dooie boel, man man man",
        "mijn sokken zijn na twee weken overleden",
        "ik lach me dood",
    ],
)
def test_things_that_die_are_no_bereavement(text: str) -> None:
    assert not bereaved(text)


def test_a_hostile_text_takes_no_time() -> None:
    for piece in ("mijn man is ", "overleden ", "website ", "ma a a a a ", "is  "):
        began = time.process_time()
        bereaved(piece * (MOST_READ // len(piece) + 100))
        assert time.process_time() - began < 1.0


def test_the_configuration_changes_a_card_adds_one_and_takes_one_away() -> None:
    found = read(
        {
            "safety": {"call": "kwaliteit, 030 123 45 67"},
            "bereavement": {"show": False},
            "fraude": {"title": "Opgelicht", "steps": ["Geloof de klant."], "hazards": ["fraud_victim"]},
        }
    )
    assert list(found) == ["safety", "privacy", "fraude"]
    assert (found["safety"].call, found["safety"].steps) == ("kwaliteit, 030 123 45 67", DEFAULTS["safety"].steps)
    assert found["privacy"].clock == timedelta(hours=72)
    assert which(found, (Hazard.FRAUD_VICTIM,), []) == "fraude"
    assert read({}) == DEFAULTS


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ({"titel": "x"}, "titel"),
        ({"hazards": ["brand"]}, "hazards"),
        ({"clock_hours": -1}, "clock_hours"),
        ({"steps": ["x"] * 13}, "steps"),
    ],
)
def test_what_is_wrong_is_named(section: dict[str, Any], key: str) -> None:
    with pytest.raises(Misconfigured, match=key):
        read({"safety": section})
    with pytest.raises(Misconfigured, match="title"):
        read({"eigen": {"steps": ["x"]}})
