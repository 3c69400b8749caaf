"""Situation: what is alike by words and meaning, what flares up against what is usual, and who stands apart."""

from array import array
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.assessment import Hazard, Stake
from socialwatch.domain.situation import (
    Post,
    Rule,
    alike,
    cause,
    flares,
    lifted,
    likeness,
    nearness,
    rule,
    stems,
    usual,
)
from socialwatch.errors import Misconfigured

OUTAGE = (
    "Weer geen internet hier in Ede. Wat is er aan de hand?",
    "Storing in Ede? Mijn wifi ligt er al uren uit",
    "Hallo, geen verbinding sinds vanochtend. Is er een storing?",
    "Internet doet het niet, modem al drie keer gereset",
    "Heel de straat zit zonder internet, doe er eens iets aan",
    "wifi weg, is er een storing?",
)
DAILY = (
    "Waar blijft mijn bestelling met de blauwe trui?",
    "Hebben jullie deze sokken ook in maat 47?",
    "Mijn geld van de retour is nog niet terug",
    "Er zit een gat in mijn nieuwe muts",
)


def meaning(*numbers: int) -> bytes:
    return array("b", numbers).tobytes()


def posts(texts: tuple[str, ...], first: int, where: bytes) -> list[Post]:
    return [Post(first + place, text, where, "m") for place, text in enumerate(texts)]


THERE, ELSEWHERE = meaning(100, 20, 0), meaning(-10, 30, 120)


def test_an_outage_flares_up_among_other_things() -> None:
    (found,) = flares([*posts(DAILY, 1, ELSEWHERE), *posts(OUTAGE, 100, THERE)], (), Rule())
    assert set(found.cases) <= set(range(100, 106))
    assert len(found.cases) >= 5
    assert found.title.split()[0] in ("Internet", "Storing")


def test_too_few_is_no_situation() -> None:
    assert flares(posts(OUTAGE[:4], 100, THERE), (), Rule()) == []
    assert len(flares(posts(OUTAGE[:4], 100, THERE), (), Rule(least=3))) == 1
    assert flares([], (), Rule()) == []


def test_what_a_brand_hears_on_any_day_does_not_flare_up() -> None:
    always = tuple(f"Mijn internet is traag vandaag nummer {number}" for number in range(60))
    assert flares(posts(OUTAGE, 100, THERE), always, Rule()) == []
    quiet = tuple(f"Vraag over factuur {number}" for number in range(60))
    assert len(flares(posts(OUTAGE, 100, THERE), quiet, Rule())) == 1
    assert "intern" not in usual(quiet)
    assert usual(always[:5]) == frozenset()


def test_two_causes_are_two_situations() -> None:
    recall = tuple(f"Terugroepactie van de babyfles, wat nu? {word}" for word in ("a", "b", "c", "d", "e"))
    found = flares([*posts(OUTAGE, 100, THERE), *posts(recall, 200, ELSEWHERE)], (), Rule())
    assert {min(each.cases) // 100 for each in found} == {1, 2}
    assert not set(found[0].cases) & set(found[1].cases)


def test_alike_is_ranked_and_the_same_words_are_certain() -> None:
    chosen = posts(OUTAGE[:1], 1, THERE)
    others = [*posts((OUTAGE[0], OUTAGE[3]), 10, THERE), *posts(DAILY[:1], 20, ELSEWHERE)]
    found = alike(chosen, others)
    assert found[10] == 1.0
    assert found[10] > found[11] > 0.5 > found[20]


def test_meanings_of_two_models_are_not_compared() -> None:
    found = cause(posts(OUTAGE, 1, THERE))
    same, other = Post(9, OUTAGE[0], THERE, "m"), Post(9, OUTAGE[0], THERE, "n")
    assert likeness(found, same) > likeness(found, other) > 0
    assert likeness(found, Post(9, OUTAGE[0], meaning(1, 2), "m")) == likeness(found, other)
    assert likeness(found, Post(9, "", b"", "m")) == 0.0


@given(st.binary(min_size=3, max_size=3), st.binary(min_size=3, max_size=3), st.text(max_size=300))
def test_likeness_stays_between_nothing_and_one(one: bytes, other: bytes, text: str) -> None:
    found = cause([Post(1, text, one, "m")])
    assert 0.0 <= likeness(found, Post(2, text, other, "m")) <= 1.0 + 1e-9
    assert 0.0 <= nearness(array("b", one), other) <= 1.0 + 1e-9


def test_words_that_mean_one_thing_count_as_one() -> None:
    assert set(stems("Mijn WIFI!")) == set(stems("modem")) == {"internet"}
    assert stems("Ik heb een vraag over 12345 en het is niet goed") == {}


@pytest.mark.parametrize(
    ("hazards", "stakes", "distress", "apart"),
    [
        ({Hazard.SAFETY: 0.9}, (), 0.0, True),
        ({Hazard.VULNERABLE: 0.6}, (), 0.0, True),
        ({Hazard.SAFETY: 0.2}, (), 0.1, False),
        ({Hazard.CHURN: 0.9, Hazard.STAFF_ABUSE: 0.8}, (), 0.1, False),
        ({}, (Stake("verjaardag", None, "text"),), 0.0, True),
        ({}, (), 0.7, True),
    ],
)
def test_who_stands_apart(
    hazards: dict[Hazard, float], stakes: tuple[Stake, ...], distress: float, apart: bool
) -> None:
    assert lifted(hazards, stakes, distress) is apart


def test_the_rule_is_read_strictly() -> None:
    assert rule({}) == Rule()
    assert rule({"least": 8, "within": 6, "likeness": 60}) == Rule(8, timedelta(hours=6), 0.6)
    with pytest.raises(Misconfigured, match=r"situations\.hoeveel"):
        rule({"hoeveel": 3})
    with pytest.raises(Misconfigured, match="least"):
        rule({"least": 1})
