"""What is typed into the search box is taken apart, whatever it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.sought import MOST, Sought, Term, fit, sought
from socialwatch.store.search import for_postgresql, for_sqlite


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Gat in sok", [Term(("gat",)), Term(("in",)), Term(("sok",))]),
        ('"gat in" sok', [Term(("gat", "in"), exact=True), Term(("sok",))]),
        ("„gat in” CAFÉ", [Term(("gat", "in"), exact=True), Term(("cafe",))]),
        ("SOK-20418", [Term(("sok", "20418"))]),
        ("marieke@example.nl", [Term(("marieke", "example", "nl"))]),
        ("🤬 !! * ( ) ' _", []),
        ('"', []),
        ("", []),
    ],
)
def test_words_phrases_and_nothing(typed: str, terms: list[Term]) -> None:
    assert sought(typed) == Sought(tuple(terms))


def test_whole_words_fit_better_than_beginnings() -> None:
    assert fit(sought("gat sok"), "Een gat in mijn sokken") == 0.5
    assert fit(sought("crème"), "CREME!") == 1.0
    assert fit(sought(""), "alles") == 0.0


@given(st.text(max_size=300))
def test_nothing_that_is_typed_can_leave_its_quotes(typed: str) -> None:
    found = sought(typed)
    assert len(found.terms) <= MOST
    for word in found.words:
        assert not set(word) & set("\"'&|!():*<>\\ \x00")
    if found.terms:
        assert for_sqlite(found, "sokkerij").count('"') == 2 + 2 * len(found.terms)
        assert for_postgresql(found).count("'") == 2 * len(found.words)


def test_the_brand_cannot_be_left_either() -> None:
    said: Any = for_sqlite(sought("gat"), 'a" OR "b')
    assert said == 'brand : "a OR b" AND - brand : ("gat" *)'
