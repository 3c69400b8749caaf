"""The checklist of minimal pairs and invariances: what must differ differs, and who writes does not matter."""

from pathlib import Path

import pytest

from models.recipe.checklist import ROOM, Tally, invariant, outcomes, read_pairs, tallies
from socialwatch.sentiment.transformer import connect

MODEL = Path(__file__).resolve().parents[2] / "models" / "dutch"
# The share that held when this model was shipped, less one pair because processors differ: a later model may not do
# worse. It is not what we wish for: that is all of them, and the card says how far off it is.
FLOORS: dict[str, float] = {
    "name": 0.86,
    "gender": 0.80,
    "region": 0.85,
    "brand": 0.96,
    "dialect": 0.46,
    "neutral": 0.70,
    "age": 0.40,
    "form": 0.60,
    "negation": 0.90,
    "intensity": 0.73,
    "again": 0.90,
    "polite": 0.93,
    "sarcasm": 0.93,
    "solved": 0.80,
    "aim": 0.80,
    "idiom": 0.70,
    "emoji": 0.80,
    "hazard": 0.93,
    "kind": 0.75,
}


@pytest.fixture(scope="module")
def found() -> dict[str, Tally]:
    return tallies(outcomes(connect({"path": MODEL}), read_pairs()))


def test_the_checklist_is_long_enough() -> None:
    pairs = read_pairs()
    assert len(pairs) >= 300
    assert len({(pair.first, pair.second) for pair in pairs}) == len({pair.id for pair in pairs}) == len(pairs)
    assert {"name", "brand", "gender", "region", "dialect"} <= invariant(pairs)


@pytest.mark.parametrize("group", sorted(FLOORS))
def test_no_group_does_worse_than_when_it_was_shipped(found: dict[str, Tally], group: str) -> None:
    tally = found[group]
    assert tally.held / tally.pairs >= FLOORS[group]


def test_every_group_has_a_floor(found: dict[str, Tally]) -> None:
    assert set(found) == set(FLOORS)


@pytest.mark.parametrize("group", ["name", "gender", "region", "brand", "neutral", "age"])
def test_nobody_is_read_as_more_frustrated_on_the_whole_for_who_they_are(found: dict[str, Tally], group: str) -> None:
    assert abs(found[group].mean) <= ROOM
