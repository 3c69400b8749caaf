"""What went wrong beside how it felt, in the words of people who write as people do."""

from datetime import UTC, datetime, timedelta

import pytest

from socialwatch.domain.assessment import Kind
from socialwatch.domain.brief.sides import sides
from socialwatch.domain.brief.words import Said
from socialwatch.domain.facts import facts

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def heard(*posts: str | tuple[str, Kind]) -> tuple[list[str], list[str], list[str]]:
    """Facts, feeling and the second grievance of these posts, complaints unless told otherwise."""
    told = [each if isinstance(each, tuple) else (each, Kind.COMPLAINT) for each in posts]
    said = [Said(text, NOW + timedelta(hours=n), facts(text), kind) for n, (text, kind) in enumerate(told)]
    wrong, felt, second = sides(said)
    return [each.text for each in wrong], [each.text for each in felt], [each.text for each in second]


def test_a_cry_is_a_feeling_and_what_happened_a_fact() -> None:
    wrong, felt, _ = heard(
        "LET OP OUDERS!! In een kindersokje zat een SPELD. Mijn dochter van 2 heeft hem in haar voetje gehad, bloed,"
        " huisarts, hele ochtend overstuur. Hoe kan zoiets in godsnaam?????"
    )
    assert wrong == [
        "In een kindersokje zat een SPELD.",
        "Mijn dochter van 2 heeft hem in haar voetje gehad, bloed, huisarts, hele ochtend overstuur.",
    ]
    assert felt == ["LET OP OUDERS!!", wrong[1], "Hoe kan zoiets in godsnaam?????"]


@pytest.mark.parametrize(
    "words",
    [
        "Ik tril helemaal.",
        "Ik zal dat niet langer doen.",
        "Dit kan toch niet.",
        "ik heb twee kinderen en geen idee hoe ik deze week door moet.",
        "een half uur werk voor niks bedankt hoor",
        "dat voelt niet als een foutje meer",
        "Ik kan er niet nog een keer om bellen.",
        "lezen jullie wel iets??",
        "we zijn het zat",
        "daar sta ik dan in mijn roze onderhemd",
    ],
)
def test_how_it_felt_is_heard_without_the_word_for_it(words: str) -> None:
    assert heard(f"Gat in mijn sok. {words}")[:2] == (["Gat in mijn sok."], [words])


@pytest.mark.parametrize(
    "words",
    [
        "Er zat een briefje van een vreemde in mijn doos",
        "Ik ontving de verkeerde sterkte",
        "Op de chat zegt ge 'nog even geduld'.",
        "Waar blijft mijn pakket???",
        "Amai, mijn broodrooster geeft het al op.",
        "Die wandelsokken passen nu mijn petekind 😡",
    ],
)
def test_what_is_told_with_a_cry_stays_a_fact(words: str) -> None:
    assert heard(words)[0] == [words]


def test_greetings_thanks_names_and_handles_are_neither() -> None:
    text = "@sokkerij Hallo! De naad is los. Gehoord van H.J. Kamp in de winkel. Alvast bedankt. Groetjes Thea"
    assert heard(text) == (["De naad is los.", "Gehoord van H.J. Kamp in de winkel."], [], [])
    assert heard("De naad is los.\nMet vriendelijke groet,\nHanneke Vroegop")[0] == ["De naad is los."]


def test_thanks_that_follow_tell_how_it_feels_and_when_they_are_at_home() -> None:
    thanks = "Petje af. Daar zit ik met een brok in mijn keel. Woensdag ben ik thuis tot 12 uur. Geen mail meer nodig."
    wrong, felt, second = heard("Gat in mijn sok.", (thanks, Kind.THANKS))
    assert wrong == ["Gat in mijn sok.", "Woensdag ben ik thuis tot 12 uur."]
    assert felt == ["Daar zit ik met een brok in mijn keel."]
    assert second == []
    assert heard(("Wat een zachte sok", Kind.PRAISE))[0] == ["Wat een zachte sok"]


def test_how_often_it_was_worn_is_no_treatment() -> None:
    text = "Na TWEE keer dragen zakken ze op mijn enkels. 31 minuten gewacht. Drie keer hetzelfde gevraagd."
    wrong, _, second = heard(text)
    assert wrong == ["Na TWEE keer dragen zakken ze op mijn enkels."]
    assert second == ["31 minuten gewacht.", "Drie keer hetzelfde gevraagd."]


def test_a_quotation_keeps_its_closing_mark() -> None:
    assert heard("Antwoord van één regel: 'Dit is slijtage.' Geen naam eronder.")[0] == ["Geen naam eronder."]
    assert heard("Antwoord van één regel: 'Dit is slijtage.' Geen naam eronder.")[2] == [
        "Antwoord van één regel: 'Dit is slijtage.'"
    ]
