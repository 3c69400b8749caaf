"""The checkable details in a customer's own words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.facts import facts, values

EXAMPLES = [
    ("Bestelling SK-204817 is nog niet binnen", {"order_number": ("SK-204817",)}),
    ("sk204817 kwijt, lekker dan", {"order_number": ("SK204817",)}),
    ("bestelnr 204817 al 3 weken weg", {"order_number": ("204817",), "duration": ("P3W",)}),
    ("ordernummer: 12345678", {"order_number": ("12345678",)}),
    ("Ordernr is SK 204817", {"order_number": ("SK204817",)}),
    ("ordernummer 2026-00123!", {"order_number": ("2026-00123",)}),
    ("het gaat om #204817", {"order_number": ("204817",)}),
    ("mijn bestelling 2026 paar sokken", {}),
    ("mijn order 1500 euro kwijt", {"amount": ("1500",)}),
    ("bestelling van 12 november", {"date": ("--11-12",)}),
    ("@sk204817 jij ook al? www.sokkerij.nl/SK-204817", {}),
    ("Ik woon in B-9000 Gent, 1012 AB telt niet", {}),
    ("IBAN NL91ABNA0417164300 of BE68539007547034", {}),
    ("code 3SABCD1234567 zegt bezorgd", {"tracking_code": ("3SABCD1234567",)}),
    ("track & trace 12345678901234 doet niks", {"tracking_code": ("12345678901234",)}),
    ("PS1234567890123 en RR123456789NL", {"tracking_code": ("PS1234567890123", "RR123456789NL")}),
    ("psychologisch gezien onverantwoordelijk", {}),
    ("mail naar Jan.Jansen@voorbeeld.nl.", {"email": ("jan.jansen@voorbeeld.nl",)}),
    ("bel 06-12345678", {"phone": ("+31612345678",)}),
    ("bel +32 475 12 34 56 of 020 123 4567", {"phone": ("+32475123456", "+31201234567")}),
    ("gsm 0475/12.34.56", {"phone": ("+32475123456",)}),
    ("012345 en 0000000000 zijn niks", {}),
    ("besteld op 12-11, 3/11 niet, op 3/11 wel", {"date": ("--11-12", "--11-03")}),
    ("12 nov. '26 en 2026-11-03", {"date": ("2026-11-12", "2026-11-03")}),
    ("31 februari, 24/7, een 8/10, maat 10-12, 1-2 dagen", {"duration": ("P2D",)}),
    ("vorige week dinsdag gebeld", {"date": ("vorige week dinsdag",)}),
    ("Goedemorgen! goede morgen @sokkerij", {}),
    ("Morgen! Waar blijft het", {}),
    ("Morgen is de bruiloft", {"date": ("morgen",)}),
    ("kost € 14,95 of 20 euro of 5,- of EUR 1.234,50", {"amount": ("14.95", "20", "5", "1234.50")}),
    ("er is 27,50 af en 2x 54,85, maar 1,95 m en 12,50% niet", {"amount": ("27.50", "54.85")}),
    ("al 20 minuten in de wacht", {"duration": ("PT20M",)}),
    ("drie weken en anderhalf uur", {"duration": ("P3W", "PT90M")}),
    ("al een kwartier, na een half jaar, al een paar weken", {"duration": ("PT15M", "P6M", "een paar weken")}),
    ("om 14 uur, 14:30 uur, op een dag", {}),
    ("binnen 24 uur", {"duration": ("PT24H",)}),
    ("voor de vierde keer, 2x sokken", {"count": ("4",)}),
    ("3x gebeld", {"count": ("3",), "rejection": ("3x gebeld",)}),
    ("voor de 2e keer kapot, al 5x", {"count": ("2", "5")}),
    ("voor de zoveelste keer, nog een keer", {"count": ("zoveelste",)}),
    ("slijtage, kunnen we niks aan doen", {"rejection": ("slijtage", "kunnen we niks aan doen")}),
    ("", {}),
    ("🧦🧦🧦", {}),
]
HOSTILE = (
    "1",
    "a",
    "a@",
    "a.",
    "€ ",
    "SK-20481 ",
    "0612345678 ",
    "bestelnr ",
    "1-",
    "12-11 ",
    "+31 6 ",
    "kan niks ",
    "drie keer ",
    "3x al ",
    " ",
    "een paar ",
    "kunnen er er er ",
    "0",
    "(0",
    "0 ",
    "morgen ",
    "3S",
    "@a ",
    "http://",
    "3 keer aa aa ",
    "gebeld aa aa ",
    "valt a a a ",
    "A1",
    "\u00a0",
    "order nr nr ",
    "\n",
    "1.000",
    "over drie ",
)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_finds_what_a_reader_would_find(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    found = facts(text)
    assert {kind: values(found, kind) for kind in {fact.kind for fact in found}} == expected


@given(st.text(alphabet=st.sampled_from("3SKsk-204817 €,.@x:/\n\u200b🧦éa") | st.characters(), max_size=200))
def test_places_point_into_the_original_text(text: str) -> None:
    found = facts(text)
    assert all(text[fact.start : fact.end] == fact.text and fact.text for fact in found)
    assert list(found) == sorted(found, key=lambda fact: (fact.start, fact.end))


def test_places_hold_after_emoji_and_line_breaks() -> None:
    text = "🧦🧦\nbestelnr\n204817 €\u00a014,95"
    assert [(fact.text, fact.start) for fact in facts(text)] == [("204817", 12), ("€\u00a014,95", 19)]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert fastest(text) < 0.05


def fastest(text: str) -> float:
    """The best of a few runs: a busy machine may slow one of them."""
    best = 9.0
    for _ in range(5):
        start = time.thread_time()
        facts(text)
        best = min(best, time.thread_time() - start)
        if best < 0.05:
            break
    return best


def test_one_kind_is_never_a_flood() -> None:
    assert len(facts("SK-204817 en " * 500)) == 40
