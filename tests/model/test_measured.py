"""The published figures are those of the model that is shipped, and its test is the frozen one."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.recipe.card import CARD, figures, hazards
from models.recipe.evaluate import parts
from models.recipe.measures import auc, precision_area, rank
from socialwatch.domain.assessment import Hazard, Reading
from socialwatch.sentiment.transformer import connect

MODELS = Path(__file__).resolve().parents[2] / "models"
MEASURED = json.loads((MODELS / "measured.json").read_text(encoding="utf-8"))
# Another processor multiplies in another order, or without bf16.
ROOM = 0.005


@pytest.fixture(scope="module")
def held() -> list[dict[str, Any]]:
    _, frozen = parts("frozen")
    return list(frozen)


@pytest.fixture(scope="module")
def readings(held: list[dict[str, Any]]) -> list[Reading]:
    return connect({"path": MODELS / "dutch"}).read([post["text"] for post in held])


def published(name: str) -> float:
    return float(MEASURED["seeds"][MEASURED["shipped"]]["figures"][name]["value"])


def test_the_figures_are_of_the_shipped_model_and_of_three_seeds() -> None:
    config = json.loads((MODELS / "dutch" / "config.json").read_text(encoding="utf-8"))
    assert MEASURED["seeds"][MEASURED["shipped"]]["model"] == config["model"]
    assert len(MEASURED["seeds"]) >= 3
    assert len({seed["model"] for seed in MEASURED["seeds"].values()}) == len(MEASURED["seeds"])


def test_the_card_tells_what_was_measured() -> None:
    card = CARD.read_text(encoding="utf-8")
    for line in (*figures(MEASURED), *hazards(MEASURED), *MEASURED["checklist"]):
        assert line in card


def test_the_published_figures_come_back(held: list[dict[str, Any]], readings: list[Reading]) -> None:
    levels = np.array([post["frustration"] for post in held])
    scores = np.array([reading.frustration for reading in readings])
    assert auc(levels >= 2, scores) == pytest.approx(published("frustrated, AUC"), abs=ROOM)
    assert rank(levels, scores) == pytest.approx(published("frustration, Spearman"), abs=ROOM)
    areas = [
        precision_area(
            np.array([hazard.value in post["hazards"] for post in held]),
            np.array([reading.hazards[hazard] for reading in readings]),
        )
        for hazard in Hazard
    ]
    assert np.mean(areas) == pytest.approx(published("hazards, mean average precision"), abs=2 * ROOM)
