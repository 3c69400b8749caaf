"""Which card belongs to a case, and what the configuration may change in it."""

import time
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.protocol import DEFAULTS, MOST_READ, NONE, SAFETY, bereaved, read, which
from socialwatch.domain.risk import LIKELY
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
    assert which(DEFAULTS, dict.fromkeys(hazards, 0.9), [text]) == expected


@pytest.mark.parametrize(
    ("hazard", "score", "expected"),
    [
        (Hazard.SAFETY, LIKELY, None),
        (Hazard.SAFETY, 0.695, None),
        (Hazard.SAFETY, SAFETY.bar, "safety"),
        (Hazard.PRIVACY, LIKELY - 0.01, None),
        (Hazard.PRIVACY, LIKELY, "privacy"),
    ],
)
def test_steps_come_first_only_when_it_is_likely(hazard: Hazard, score: float, expected: str | None) -> None:
    assert SAFETY.bar > LIKELY, "a chip may be wrong, a card may not joke along"
    assert which(DEFAULTS, {hazard: score}, ["mijn grote teen zit al in de buitenlucht"]) == expected


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
        "Op de website van de uitvaart staat ons adres fout",
        "Mijn computer is stuk en mijn man is overleden",
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
        "Dacht dat mijn PlayStation overleden was. Bleek de stekker eruit.",
        "na het wassen is mijn trui overleden",
        "Mijn teen is vandaag overleden aan kou door het gat in mijn sok",
        "de begrafenis van mijn oude wasmachine is morgen",
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
    assert which(found, {Hazard.FRAUD_VICTIM: 0.5}, []) == "fraude"
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


@pytest.mark.parametrize("name", ["terugroep", NONE])
def test_a_card_that_could_never_be_shown_is_named(name: str) -> None:
    """Without a hazard it belongs to no case, and "none" is what a card that was put away is called."""
    section = {"title": "Terugroepactie", "steps": ["x"]} | ({"hazards": ["safety"]} if name == NONE else {})
    with pytest.raises(Misconfigured, match=f"protocols.{name}"):
        read({name: section})
