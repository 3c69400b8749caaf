"""Insults: names that people are called are found; swearing at a thing, and an illness, stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.assessment import Fact, Span
from socialwatch.domain.insults import insults
from socialwatch.web.dossier_words import softened
from socialwatch.web.marks import pieces
from socialwatch.web.words import readable


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in insults(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Stelletje hufters dat jullie zijn", ["hufters"]),
        ("dat kutwijf aan de telefoon", ["kutwijf"]),
        ("Kankerlijers!", ["Kankerlijers"]),
        ("krijg de tering met je sokken", ["krijg de tering"]),
        ("wat een stelletje idioten", ["wat een stelletje idioten"]),
        ("die medewerker is een debiel, een echte sukkel", ["debiel", "sukkel"]),
        ("you absolute morons", ["morons"]),
        ("Vuile klootzakken, en die trut van de telefoon ook", ["klootzakken", "trut"]),
        ("kanker bedrijf", ["kanker bedrijf"]),
        ("stomme koe aan de lijn", ["stomme koe"]),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Wat een klotezooi met die sokken",
        "Mijn moeder heeft kanker en kreeg de verkeerde sokken",
        "Ik doneer aan kankeronderzoek, ook van de kankerstichting",
        "Verdomme, weer een gat",
        "Idioot duur voor zo'n sok",
        "Mijn hond eet sokken, de eikels vallen van de boom",
        "Ik sukkel al weken met deze retour",
        "Zijn bij jullie honden welkom in de winkel?",
        "Die koe op de sok is schattig",
        "Mijn teen kneuzen aan jullie doos, dank je wel",
        "Hij pest mensen op school, daarom de sokken",
        "Die idioot dure verzending ook nog",
        "@lul_de_behanger #hufter",
        "Flink balen hoor",
    ],
)
def test_what_calls_nobody_names_stays(text: str) -> None:
    assert found(text) == []


@given(st.text(max_size=300))
def test_the_text_stays_whole_around_what_is_folded(text: str) -> None:
    assert "".join(each.text for each in pieces(text, ())) == readable(text)


def test_a_marked_insult_is_one_button_that_says_why() -> None:
    text = "Jullie zijn hufters, al 3 keer gebeld"
    start = text.index("hufters")
    cut = pieces(text, [Span(start, start + 7, 0.3)], [Fact("count", "3", "al 3 keer", 21, 30)])
    assert [(each.text, each.insult, bool(each.why)) for each in cut] == [
        ("Jullie zijn ", False, False),
        ("hufters", True, True),
        (", al 3 keer gebeld", False, False),
    ]
    assert cut[1].why == "Vooral hierdoor viel de eerste indruk zwaarder uit."


def test_a_stretch_around_an_insult_is_marked_whole_and_says_why_once() -> None:
    text = "al 3 keer door die hufters opgehangen"
    cut = pieces(text, [Span(0, len(text), 0.1)], [Fact("count", "3", "al 3 keer", 0, 9)])
    assert all(each.marked for each in cut)
    assert [each.why for each in cut if each.why] == [
        "Mede hierdoor viel de eerste indruk zwaarder uit. Het zegt hoe vaak het al gebeurde."
    ]


def test_lists_beside_the_thread_leave_names_to_the_thread() -> None:
    assert softened("Die hufters, echt") == "Die (scheldwoord), echt"
