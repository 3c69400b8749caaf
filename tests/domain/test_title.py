"""A case is called after a person and a matter."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.facts import facts
from socialwatch.domain.mention import Author
from socialwatch.domain.title import LONGEST_MATTER, matter, person, title

MARIEKE = Author("1", "marieke_v", "Marieke de Vries")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Na 3 maanden een gat in mijn sokken @sokkerij", "gat in sokken"),
        ("Lekker dan, gaten in allebei m'n nieuwe wandelsokken", "gat in wandelsokken"),
        ("Al 3 weken niks ontvangen SK-204817", "niet geleverd"),
        ("Waar blijft mijn pakje", "niet geleverd"),
        ("verkeerde maat gekregen", "verkeerde maat"),
        ("Ik wil mijn geld gewoon terug!", "geld terug"),
        ("al een uur in de wacht", "wachttijd telefoon"),
        ("van het kastje naar de muur", "klantenservice"),
        ("sokken kapot na één week", "kapot product"),
        ("twee keer afgeschreven voor één bestelling", "dubbel afgeschreven"),
        ("Hoi Sokkerij, hebben jullie ook sokken van alpaca voor in bed?", "hebben jullie ook sokken van alpaca…"),
        ("@sokkerij Goedemorgen!", "bericht"),
        ("", "bericht"),
        ("🧦🧦", "bericht"),
        ("order SK-204817 jan@voorbeeld.nl 0612345678", "order"),
    ],
)
def test_the_matter_in_a_few_words(text: str, expected: str) -> None:
    assert title(MARIEKE, text, facts(text)) == f"Marieke · {expected}"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (None, "Onbekend"),
        (Author("1"), "Onbekend"),
        (Author("1", "jan@voorbeeld.nl"), "Onbekend"),
        (Author("1", "0612345678", "0612345678"), "Onbekend"),
        (Author("1", "@piet", "✨✨"), "@piet"),
        (Author("1", "x", "dhr. J. Jansen"), "Jansen"),
        (Author("1", "x", "Anne-Marie Bos"), "Anne-Marie"),
        (Author("1", "kees1", "jan@voorbeeld.nl"), "@kees1"),
        (Author("1", "kees1", "Kees 🧦 (Utrecht)"), "Kees"),
    ],
)
def test_the_person(author: Author | None, expected: str) -> None:
    assert person(author) == expected


@given(st.text(max_size=150), st.sampled_from(["jan@voorbeeld.nl", "06-12345678", "SK-204817", "+32 475 12 34 56"]))
def test_never_a_number_or_an_address(text: str, secret: str) -> None:
    whole = f"{text} {secret} {text}"
    found = title(None, whole, facts(whole))
    assert secret not in found
    assert "@voorbeeld" not in found
    assert len(matter(whole, facts(whole))) <= LONGEST_MATTER


@pytest.mark.parametrize(
    "piece", ["a", "a@", "gat in mijn ", "1 ", "hallo ", "niet a a ", "geld a a ", "'", "pakket a "]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    start = time.thread_time()
    matter((piece * 10_000)[:10_000], ())
    assert time.thread_time() - start < 0.2
