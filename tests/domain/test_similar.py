"""Almost the same text by two profiles."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.similar import SAME_TEXT, near_identical, normal

STORY = "Na drie maanden zit er al een gat in mijn sokken"


@pytest.mark.parametrize(
    "other",
    [
        STORY,
        STORY.upper() + "!!! 😡",
        f"@sokkerij {STORY} https://t.co/abc",
        STORY.replace("maanden", "maandn"),
        f"  {STORY}\n\u200b",
    ],
)
def test_the_same_story_in_other_clothes(other: str) -> None:
    assert near_identical(STORY, other) >= SAME_TEXT


@pytest.mark.parametrize(
    "other",
    [
        "Na drie weken zit er nog steeds niets in mijn brievenbus",
        "Waar blijft mijn pakje, al een week te laat",
        "",
        "😡😡😡",
    ],
)
def test_another_story(other: str) -> None:
    assert near_identical(STORY, other) < SAME_TEXT


def test_short_texts_are_never_the_same() -> None:
    assert near_identical("Slechte service!", "Slechte service!") == 0.0


def test_normal_keeps_bare_words() -> None:
    assert normal("@Sokkerij  Héél érg_slecht!! 😡 https://t.co/x") == "heel erg slecht"


@given(st.text(max_size=200), st.text(max_size=200))
def test_alikeness_is_mutual_and_bounded(a: str, b: str) -> None:
    assert 0.0 <= near_identical(a, b) <= 1.0
    assert near_identical(a, b) == pytest.approx(near_identical(b, a), abs=1e-9)
    assert normal(normal(a)) == normal(a)


def test_long_texts_take_no_time() -> None:
    start = time.thread_time()
    near_identical("a b c " * 2000, "b c d " * 2000)
    assert time.thread_time() - start < 0.2
