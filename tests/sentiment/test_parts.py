"""The arithmetic beside the model: batches, cutting, occlusion windows, numbers into readings."""

import pytest

from socialwatch.domain.assessment import Hazard, Kind
from socialwatch.sentiment.batches import by_length, cut, pad
from socialwatch.sentiment.heads import HEADS, WIDTH, places
from socialwatch.sentiment.readings import falling, reading_of
from socialwatch.sentiment.spans import gravest, windows, without


def chances(**changed: list[float]) -> dict[str, list[float]]:
    even = {head.name: [1 / len(head.labels)] * len(head.labels) for head in HEADS}
    return even | changed


def test_the_heads_stand_side_by_side() -> None:
    assert places()["kind"] == slice(0, 8)
    assert max(place.stop for place in places().values()) == WIDTH


def test_a_long_post_keeps_its_head_its_tail_and_its_end_sign() -> None:
    ids = list(range(1000))
    short = cut(ids, 256)
    assert len(short) == 256
    assert short[0] == 0
    assert short[-1] == 999
    assert cut(ids[:256], 256) == ids[:256]


def test_batches_hold_every_row_once_and_equal_lengths_together() -> None:
    rows = [[0] * (1 + number % 7) for number in range(100)]
    batches = list(by_length(rows, 28))
    assert sorted(place for batch in batches for place in batch) == list(range(100))
    assert {len(rows[place]) for place in batches[0]} <= {6, 7}
    assert pad([[1], [2, 3]], 9) == [[1, 9], [2, 3]]


def test_the_steps_of_the_scale_never_rise() -> None:
    assert falling([0.4, 0.6, 0.1]) == [0.4, 0.4, 0.1]


def test_a_reading_takes_the_highest_and_tempers_confidence_by_language() -> None:
    sure = [0.93, *[0.01] * 7]
    dutch = reading_of(chances(kind=sure, language=[1.0, 0, 0, 0], frustration=[0.9, 0.8, 0.1]), b"", "m")
    other = reading_of(chances(kind=sure, language=[0, 0, 0, 1.0]), b"", "m")
    assert (dutch.kind, dutch.level, dutch.frustration, dutch.language) == (Kind.COMPLAINT, 2, 0.6, "nl")
    assert other.confidence < dutch.confidence == pytest.approx(0.93)
    assert set(dutch.hazards) == set(Hazard)
    assert reading_of(chances(kind=sure), b"", "m", sound=False).confidence == 0


def test_windows_lie_inside_the_text_and_are_few() -> None:
    text = "Eerst dit, dan dat. " * 60
    found = windows(text)
    assert 0 < len(found) <= 72
    assert all(0 <= start < end <= len(text) for start, end in found)
    covered = {place for start, end in found for place in range(start, end)}
    assert all(place in covered for place, sign in enumerate(text) if not sign.isspace())
    assert windows("") == windows("   ") == windows("woord") == []


def test_what_is_left_out_is_gone_and_the_rest_stays() -> None:
    text = "Goed begin, slecht eind."
    assert without(text, (12, 24)) == "Goed begin,"
    assert without(text, (0, 11)) == "slecht eind."


def test_the_gravest_stretches_do_not_overlap() -> None:
    text = "een twee drie vier"
    found = gravest(text, [(0, 8), (4, 8), (9, 13), (14, 18)], [0.5, 0.49, 0.2, 0.001])
    assert [span.text for span in found] == ["twee", "drie"]


def test_every_word_of_a_post_of_any_length_is_tried() -> None:
    for count in (2, 7, 24, 25, 60, 150, 400):
        text = " ".join(f"woord{number}" for number in range(count))
        covered = {place for start, end in windows(text) for place in range(start, end)}
        assert len(windows(text)) <= 72
        assert all(place in covered for place, sign in enumerate(text) if sign != " ")
