"""A correction holds above the model's reading, until we answered or the customer writes something worse."""

from datetime import UTC, datetime, timedelta

import pytest

from socialwatch.domain.correction import Felt, Judged, What, held, level
from socialwatch.domain.faceless import faceless
from socialwatch.domain.mood import Step, mood
from socialwatch.domain.priority import Grounds, otherwise, static
from socialwatch.web.dossier_words import left, mood_points, mood_words, phone_link

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("what", "was", "meant"),
    [
        (What.LOWER, 3, 2),
        (What.LOWER, 0, 0),
        (What.HIGHER, 1, 2),
        (What.HIGHER, 3, 3),
        (What.NO_COMPLAINT, 2, 0),
        (What.WRONG_CUSTOMER, 2, None),
    ],
)
def test_what_an_agent_means(what: What, was: int, meant: int | None) -> None:
    assert level(what, was) == meant


@pytest.mark.parametrize(
    ("judged", "model", "answered", "holds"),
    [
        (None, 2, None, 2),
        (Judged(1, 2, NOW), 2, None, 1),
        (Judged(1, 2, NOW), 1, None, 1),
        (Judged(1, 2, NOW), 3, None, 3),  # worse than what was waved aside
        (Judged(3, 2, NOW), 3, None, 3),
        (Judged(3, 2, NOW), 0, None, 3),
        (Judged(3, 2, NOW), 0, NOW + HOUR, 0),  # we answered since
        (Judged(3, 2, NOW), 0, NOW - HOUR, 3),
    ],
)
def test_what_holds(judged: Judged | None, model: int, answered: datetime | None, holds: int) -> None:
    assert held(judged, Felt(model, model / 3), answered).level == holds


def test_reading_otherwise_moves_the_stored_part_as_if_the_model_had_read_it() -> None:
    model, agent = Grounds(frustration=0.9, risk=0.4), Grounds(frustration=1 / 3, risk=0.4)
    assert otherwise(static(model, NOW), 0.9, 1 / 3) == pytest.approx(static(agent, NOW))


def test_a_mood_is_told_by_its_turns() -> None:
    at = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)
    seen = [Step(at + 3 * HOUR, 0), Step(at, 3), Step(at + HOUR, 3), Step(at + 4 * HOUR, None)]
    turns = mood(seen)
    assert mood_words(turns, NOW) == "hoog 10:02 → geen 13:02 → bedankt"
    assert [name for _, _, name in mood_points(turns)] == ["3", "0", "thanks"]
    heights = [y for _, y, _ in mood_points(turns)]
    assert heights[0] < heights[1] == heights[2]


@pytest.mark.parametrize(("days", "words"), [(0, "nog 9 uur"), (1, "over 9 uur"), (3, "over 3 dagen"), (-1, "voorbij")])
def test_how_long_is_left(days: int, words: str) -> None:
    assert left((NOW + timedelta(days=days)).date(), NOW) == words


def test_only_a_number_can_be_dialled() -> None:
    assert phone_link("06 1234 5678") == "0612345678"
    assert phone_link("+31 (0)6 12345678") == "+31612345678"
    assert [phone_link(each) for each in ("", "112", "bel me", "javascript:alert(1)")] == [""] * 4


def test_nobody_is_left_in_what_teaches() -> None:
    told = faceless("@noor mail jan.de.vries@post.nl of bel +31 6 12345678, NL91ABNA0417164300, 3511 AB 12")
    for each in ("noor", "vries", "12345678", "ABNA", "3511"):
        assert each not in told
