"""What a post tells beside its numbers, and what that means for a customer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from socialwatch.domain import clues as told
from socialwatch.domain.clues import Bought, clues
from socialwatch.domain.customer import Address, Customer, Order
from socialwatch.domain.identity import Basis, Candidate, Doubt, Offered, candidate, counts, decide, gave_id, weigh
from socialwatch.domain.mention import Author, Mention
from socialwatch.domain.names import Fit

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MARIEKE = Customer("k1", "Marieke de Vries", "m@example.nl", address=Address(city="'s-Gravenhage"), brand="sokkerij")
ORDER = Order("SK-1", "k1", datetime(2026, 11, 9, tzinfo=UTC), "shipped", ())


def post(text: str, name: str | None = None) -> Mention:
    return Mention("x", "1", text, NOW, Author("7", "sokfan", name), brand="sokkerij")


def weighed(text: str, name: str | None = None, basis: Basis = Basis.ORDER_NUMBER, **changes: Any) -> float:
    found = candidate(MARIEKE, basis)
    return weigh(found, clues(post(text, name), changes.pop("behalf", None)), replace(ORDER, **changes)).confidence


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SK-1 is stuk. Met vriendelijke groet, mevrouw Van Houten", ("Van Houten",)),
        ("SK-1 is stuk. Groetjes, Marjolein", ("Marjolein",)),
        ("Staat op naam van J. de Wit, denk ik", ("J. de Wit",)),
        ("Groeten uit Gouda", ()),
        ("bel de klantenservice", ()),
    ],
)
def test_names_in_the_text(text: str, names: tuple[str, ...]) -> None:
    assert clues(post(text), None).names == names


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("Groeten uit Gouda, order SK-1", ("Gouda",)),
        ("ik woon in Bergen op Zoom en", ("Bergen op Zoom",)),
        ("uit 's-Hertogenbosch: mist", ("'s-Hertogenbosch",)),
        ("ligt bij PostNL in Nieuwegein", ()),
        ("sokken uit Portugal", ()),
    ],
)
def test_towns_that_are_the_authors(text: str, towns: tuple[str, ...]) -> None:
    assert clues(post(text), None).towns == towns


@pytest.mark.parametrize(
    ("text", "bought"),
    [
        ("Op 2 november besteld", Bought(date(2026, 11, 2), 3)),
        ("ik bestelde gisteren", Bought(date(2026, 11, 19), 3)),
        ("drie weken geleden besteld", Bought(date(2026, 10, 30), 8)),
        ("gekocht een paar maanden geleden", Bought(date(2026, 8, 21), 25)),
        ("maandag gebeld, morgen jarig", None),
    ],
)
def test_days_of_purchase(text: str, bought: Bought | None) -> None:
    assert clues(post(text), None).bought == ((bought,) if bought else ())


@pytest.mark.parametrize(
    ("text", "name", "confidence"),
    [
        ("SK-1", "Marieke de Vries", 0.97),
        ("SK-1", "sokfan", 0.8),
        ("op 8 november besteld, SK-1", "sokfan", 0.8),
        ("vorige week besteld, SK-1", "sokfan", 0.8),
        ("SK-1", "Ben Hoekstra", 0.5),
        ("SK-1, ik woon in Den Haag", "sokfan", 0.97),
        ("SK-1, ik woon in Sneek", "sokfan", 0.5),
        ("SK-1, ik woon in Sneek", "Marieke de Vries", 0.5),
        ("op 9 november besteld, SK-1", "sokfan", 0.97),
        ("op 9 oktober besteld, SK-1", "sokfan", 0.5),
        ("op 9 oktober besteld, SK-1", "Marieke", 0.97),
        ("cadeau gekregen, SK-1", "sokfan", 0.5),
        ("pakket van iemand anders, SK-1", "Marieke", 0.5),
        ("SK-1. Groetjes, Ilse", "sokfan", 0.5),
    ],
)
def test_an_order_number_is_held_against_the_rest(text: str, name: str, confidence: float) -> None:
    assert weighed(text, name) == confidence


@pytest.mark.parametrize(
    ("handle", "name", "confidence"),
    [
        ("mariekedevries", None, 0.97),
        ("marieke_vries_83", "🧦", 0.97),
        ("devries.m", "sokfan", 0.97),
        ("wolfan", "🧦", 0.8),
        ("mariekedevries", "Ben Hoekstra", 0.5),
    ],
)
def test_a_handle_that_spells_the_name_is_a_name(handle: str, name: str | None, confidence: float) -> None:
    seen = replace(post("SK-1"), author=Author("7", handle, name))
    assert weigh(candidate(MARIEKE, Basis.ORDER_NUMBER), clues(seen, None), ORDER).confidence == confidence


def test_a_number_without_a_name_is_offered_also_when_somebody_else_is_known() -> None:
    """Whoever gave this handle may be asking about the order of a partner."""
    other = candidate(Customer("k2", "Ben", brand="sokkerij"), Basis.HANDLE_GIVEN)
    unsure = weigh(candidate(MARIEKE, Basis.ORDER_NUMBER), clues(post("SK-1"), None), ORDER)
    assert decide([other, unsure], None) == Offered((other, unsure), Doubt.SEVERAL_FIT)


def test_nobody_asks_where_a_parcel_of_long_ago_is_nor_about_one_to_come() -> None:
    assert weighed("waar blijft SK-1", delivered_at=NOW - timedelta(days=40)) == 0.5
    assert weighed("waar blijft SK-1", delivered_at=NOW - timedelta(days=4)) == 0.8
    assert weighed("waar blijft SK-1", "Marieke", delivered_at=NOW - timedelta(days=40)) == 0.97
    assert weighed("SK-1", "Marieke", ordered_at=NOW + timedelta(days=2)) == 0.5


def test_for_somebody_else_something_must_point_to_her() -> None:
    assert weighed("mijn oma heeft SK-1 besteld", "Lotte Pol", behalf="mijn oma") == 0.5
    assert weighed("mijn oma heeft SK-1 besteld", "Lotte de Vries", behalf="mijn oma") == 0.97
    assert weighed("mijn oma, mevrouw De Vries, heeft SK-1", "Lotte Pol", behalf="mijn oma") == 0.97


def test_where_an_order_went_counts_as_its_town() -> None:
    assert weighed("ik woon in Sneek, SK-1", ship_to=Address(city="Sneek")) == 0.97


@pytest.mark.parametrize(("basis", "confidence"), [(Basis.PHONE, 0.5), (Basis.EMAIL, 0.96), (Basis.HANDLE_GIVEN, 0.99)])
def test_a_town_speaks_against_what_can_be_mistyped(basis: Basis, confidence: float) -> None:
    assert weighed("ik woon in Sneek", None, basis) == confidence


def test_what_an_agent_confirmed_is_not_weighed() -> None:
    assert weighed("pakket van iemand anders", "Ben Hoekstra", Basis.CONFIRMED_BEFORE) == 0.98


def test_the_lasting_id_is_surer_than_the_handle() -> None:
    seen = post("klacht", "Ben Hoekstra")
    assert gave_id(replace(MARIEKE, handles=("x:7",)), seen)
    assert not gave_id(replace(MARIEKE, handles=("x:sokfan",)), seen)
    assert not gave_id(MARIEKE, replace(seen, author=None))


def test_an_account_of_the_company_is_nobodys() -> None:
    ours = replace(MARIEKE, email="Klantenservice@Sokkerij.example")
    assert not counts(Candidate(ours, Basis.EMAIL, 0.96), "sokkerij")
    assert counts(Candidate(ours, Basis.HANDLE_GIVEN, 0.99), "sokkerij")
    assert counts(candidate(MARIEKE, Basis.EMAIL), "sokkerij")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("heb gemaild naar a@b.nl", True),
        ("ik kreeg de bevestiging van a@b.nl", True),
        ("mail me op a@b.nl", False),
        ("stuur maar naar a@b.nl", False),
    ],
)
def test_whose_address_it_is(text: str, others: bool) -> None:
    assert told.of_somebody_else(text, text.index("a@b")) is others


def test_no_clue_says_nothing() -> None:
    nothing = clues(post("klacht"), None)
    assert told.town_fit(nothing, MARIEKE, ORDER) is told.day_fit(nothing, ORDER) is Fit.UNKNOWN
    assert told.day_fit(nothing, None) is Fit.UNKNOWN
