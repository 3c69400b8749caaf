"""Which customer wrote this."""

from datetime import UTC, datetime

import pytest

from socialwatch.domain.customer import Customer
from socialwatch.domain.identity import (
    Basis,
    Candidate,
    Decision,
    Doubt,
    Linked,
    Nobody,
    Offered,
    candidate,
    decide,
    handle_keys,
    order_spellings,
)
from socialwatch.domain.mention import Author, Mention

ANNA, BEN = Customer("k1", "Anna de Vries"), Customer("k2", "Ben de Vries")
SHARED = (candidate(ANNA, Basis.EMAIL), candidate(BEN, Basis.EMAIL))


@pytest.mark.parametrize("basis", [each for each in Basis if each is not Basis.NAME])
def test_one_customer_on_any_basis_is_linked(basis: Basis) -> None:
    assert decide([candidate(ANNA, basis)], None) == Linked(candidate(ANNA, basis))


def test_nobody_fits() -> None:
    assert decide([], None) == decide([], "mijn oma") == Nobody()


def test_the_same_customer_twice_is_linked_by_the_best_basis() -> None:
    found = [candidate(ANNA, Basis.PHONE), candidate(ANNA, Basis.HANDLE_GIVEN), candidate(ANNA, Basis.ORDER_NUMBER)]
    assert decide(found, None) == Linked(found[1])


@pytest.mark.parametrize(
    ("candidates", "behalf", "doubt"),
    [
        (SHARED, None, Doubt.SEVERAL_FIT),
        ((candidate(ANNA, Basis.HANDLE_GIVEN), candidate(BEN, Basis.ORDER_NUMBER)), None, Doubt.SEVERAL_FIT),
        ((candidate(ANNA, Basis.HANDLE_GIVEN),), "mijn oma", Doubt.ON_BEHALF),
        ((candidate(ANNA, Basis.EMAIL),), "mijn oma", Doubt.ON_BEHALF),
        ((candidate(ANNA, Basis.CONFIRMED_BEFORE),), "mijn oma", Doubt.ON_BEHALF),
        ((candidate(ANNA, Basis.ORDER_NUMBER), candidate(BEN, Basis.ORDER_NUMBER)), "mijn oma", Doubt.SEVERAL_FIT),
        ((Candidate(ANNA, Basis.PHONE, 0.6),), None, Doubt.WEAK),
    ],
)
def test_in_doubt_customers_are_offered(candidates: tuple[Candidate, ...], behalf: str | None, doubt: Doubt) -> None:
    decision = decide(candidates, behalf)
    assert isinstance(decision, Offered)
    assert decision.doubt is doubt
    assert {each.customer for each in decision.candidates} == {each.customer for each in candidates}


def test_an_order_number_links_the_grandmother_and_not_the_author() -> None:
    found = [candidate(ANNA, Basis.HANDLE_GIVEN), candidate(BEN, Basis.ORDER_NUMBER)]
    assert decide(found, "mijn oma") == Linked(found[1])


def test_an_order_number_links_also_when_the_author_is_that_customer() -> None:
    found = [candidate(ANNA, Basis.HANDLE_GIVEN), candidate(ANNA, Basis.ORDER_NUMBER)]
    assert decide(found, "mijn oma") == Linked(found[1])


def test_a_far_weaker_fit_does_not_stand_in_the_way() -> None:
    sure: Decision = Linked(candidate(ANNA, Basis.HANDLE_GIVEN))
    assert decide([Candidate(BEN, Basis.PHONE, 0.5), candidate(ANNA, Basis.HANDLE_GIVEN)], None) == sure


def test_the_same_number_at_two_brands_is_two_customers() -> None:
    twin = Customer("k1", "Anna", brand="ander")
    assert isinstance(decide([candidate(ANNA, Basis.EMAIL), candidate(twin, Basis.EMAIL)], None), Offered)


@pytest.mark.parametrize(
    ("channel", "author", "keys"),
    [
        ("x", Author("42", "@Marieke_V"), ("x:marieke_v", "x:42")),
        ("facebook", Author("9001"), ("facebook:9001",)),
        ("mail", Author("A@b.nl", "a@B.nl"), ("mail:a@b.nl",)),
        ("x", Author(" ", "@"), ()),
        ("facebook", None, ()),
    ],
)
def test_keys_of_an_author(channel: str, author: Author | None, keys: tuple[str, ...]) -> None:
    assert handle_keys(Mention(channel, "1", "tekst", datetime(2026, 11, 18, tzinfo=UTC), author)) == keys


@pytest.mark.parametrize(
    ("written", "spellings"),
    [
        ("SK204817", ("SK204817", "SK-204817")),
        ("sk-204817", ("SK-204817", "SK204817")),
        ("#204817", ("204817",)),
        ("2026-00123", ("2026-00123",)),
    ],
)
def test_an_order_number_in_the_spellings_of_order_systems(written: str, spellings: tuple[str, ...]) -> None:
    assert order_spellings(written) == spellings
