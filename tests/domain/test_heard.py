"""The second sign of closing: proposed from the last words, on labelled sets, and silent when nothing was said."""

import pytest

from socialwatch.domain.heard import NOTHING_SAID, Heard, heard
from tests.measure.heard import figures, labelled


@pytest.mark.parametrize("sign", [Heard.YES, Heard.NO])
def test_on_the_labelled_words_it_is_seldom_wrong_and_misses_little(sign: Heard) -> None:
    rows = labelled("heard.txt")
    found = figures(rows, sign)
    assert len(rows) >= 80
    assert found.precision >= 0.95
    assert found.recall >= 0.9


@pytest.mark.parametrize("sign", [Heard.YES, Heard.NO])
def test_on_words_it_was_not_made_with_it_would_rather_be_silent_than_wrong(sign: Heard) -> None:
    assert figures(labelled("heard_apart.txt"), sign).precision >= 0.85


@pytest.mark.parametrize("last", [None, "", "   ", "> dankjewel voor de sokken\nMaat 43", "Geen dank"])
def test_silence_a_quotation_and_a_courtesy_say_nothing(last: str | None) -> None:
    assert heard(last) == NOTHING_SAID


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("Nou dankjewel, maar laat maar", "laat maar"),
        ("Haha top opgelost", "Haha"),
        ("Ik wacht nog steeds", "wacht nog"),
    ],
)
def test_it_says_with_which_words_and_giving_up_weighs_more_than_thanks(last: str, words: str) -> None:
    assert words in heard(last).words
