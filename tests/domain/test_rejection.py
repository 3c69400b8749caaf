"""Earlier rejection in the customer's own words."""

import pytest

from socialwatch.domain.rejection import earlier_rejection, rejections

TOLD = (
    "Krijg ik een mail: 'slijtage, kunnen we niks aan doen'",
    "volgens jullie is het normale slijtage",
    "dat is toch geen slijtage na drie maanden!",
    "klacht afgewezen zonder uitleg",
    "Volgens jullie niet onder garantie",
    "valt niet onder de garantie zeggen ze",
    "3x gebeld, niemand helpt",
    "al drie keer met de klantenservice gebeld",
    "voor de vierde keer contact opgenomen",
    "dit is de derde keer dat ik mail",
    "van het kastje naar de muur",
    "kastje-muur verhaal dit",
    "kan ik niks aan doen zei de medewerker",
    "ze konden er helaas niks aan doen",
    "jullie weigeren mijn geld terug te geven",
    "eigen schuld volgens de helpdesk",
    "ik werd gewoon afgescheept",
    "buiten de garantie, pech",
)
NOT_TOLD = (
    "Na twee jaar nog geen slijtage, top sokken!",
    "zonder enkele slijtage de vierdaagse gelopen",
    "wat zijn de slijtageplekken die onder garantie vallen?",
    "2x sokken besteld",
    "Eén keer gebeld en meteen geholpen",
    "wat een afwijzende blik haha",
    "Hoe lang heb ik garantie?",
    "Mijn pakket is niet geleverd",
    "jullie zijn de beste",
    "jullie kunnen er ook niks aan doen, het is de bezorger",
    "ze kunnen er niets aan doen dat het regent",
    "",
)


@pytest.mark.parametrize("text", TOLD)
def test_an_earlier_no_is_heard(text: str) -> None:
    assert earlier_rejection(text)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_no_earlier_no(text: str) -> None:
    assert not earlier_rejection(text)


def test_the_place_is_given() -> None:
    text = "mail:\nslijtage, kunnen we niks aan doen"
    assert [text[start:end] for start, end in rejections(text)] == ["slijtage", "kunnen we niks aan doen"]
