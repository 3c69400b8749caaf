"""Words of strangers: whatever they hold, the page around them stands; and Dutch as we write it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.assessment import Span
from socialwatch.web import dutch
from socialwatch.web.marks import pieces
from socialwatch.web.words import readable, sentence, snippet, web_address

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


@given(st.text(max_size=300))
def test_readable_text_holds_no_hidden_direction_and_no_towers(text: str) -> None:
    seen = readable(text)
    assert not set(seen) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b")
    assert readable(seen) == seen


def test_a_sentence_begins_with_a_capital() -> None:
    assert (sentence("één paar extra"), sentence("ALLES"), sentence("")) == ("Één paar extra", "ALLES", "")


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(-5, 210), st.integers(-5, 210)), max_size=6))
def test_cutting_at_any_spans_keeps_every_word(text: str, places: list[tuple[int, int]]) -> None:
    cut = pieces(text, [Span(start, end, 0.5) for start, end in places])
    whole = "".join(each.text for each in cut)
    # Cutting may fall inside a tower of accents, which then keeps a few more of them.
    assert readable(whole) == readable(text) or len(whole) >= len(readable(text))


def test_towers_of_accents_are_cut_and_family_emoji_are_not() -> None:
    assert readable("z" + "\u0301" * 50) == "z" + "\u0301" * 3
    assert readable("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"


@given(st.text(max_size=2000))
def test_a_snippet_is_short_and_on_one_line(text: str) -> None:
    made = snippet(text)
    assert len(made) <= 150
    assert "\n" not in made


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "x", None, "", "https://a\nb", " https://a"]
)
def test_only_the_web_is_an_address(url: str | None) -> None:
    assert web_address(url) == ""


def test_dates_and_amounts() -> None:
    assert dutch.moment(NOW, NOW) == "vandaag 14:05"
    assert dutch.moment(NOW - timedelta(days=1), NOW) == "gisteren 14:05"
    assert dutch.moment(NOW - timedelta(days=5), NOW) == "wo 18 nov 14:05"
    assert dutch.on_day(date(2025, 12, 5), NOW) == "vr 5 dec 2025"
    assert dutch.euros(Decimal("14.95")) == "€ 14,95"
    assert dutch.euros(Decimal("1234.5")) == "€ 1.234,50"
    assert [dutch.span(timedelta(minutes=each)) for each in (-3, 59, 60, 47 * 60, 48 * 60)] == [
        "0 min",
        "59 min",
        "1 uur",
        "47 uur",
        "2 dagen",
    ]
    assert dutch.listed(["a", "b", "c"]) == "a, b en c"
    assert dutch.listed([]) == ""


def test_why_here_names_what_tells_this_case_apart_first() -> None:
    reasons = [
        {"ground": "frustration", "points": 27.0, "figure": 0.86},
        {"ground": "needs_human", "points": 7.0, "figure": 0.9},
        {"ground": "earlier_rejection", "points": 6.0, "figure": 1.0},
        {"ground": "chance", "points": 0.8, "figure": 0.2},
    ]
    case = SimpleNamespace(reasons=reasons, level=3, due_since=NOW - timedelta(hours=2))
    assert dutch.why_here(case, [], NOW) == [
        "hoge frustratie",
        "kreeg al eens nee",
        "vraagt iemand die mag beslissen",
        "wacht al 2 uur",
    ]


@pytest.mark.parametrize(
    ("volume", "angry", "says"),
    [
        ((0, 4), (0, 1), "geen bericht"),
        ((10, 0), (2, 0), "20 % is flink"),
        (
            (12, 10),
            (0, 5),
            "20 % meer dan de periode ervoor, vooral door X: niemand is echt gefrustreerd (dat was 50 %)",
        ),
        ((10, 10), (1, 1), "ongeveer evenveel"),
        ((5, 10), (1, 1), "50 % minder"),
    ],
)
def test_one_sentence_says_how_we_stand(volume: tuple[int, int], angry: tuple[int, int], says: str) -> None:
    assert says in dutch.standing(volume, angry, "pers", "X")
