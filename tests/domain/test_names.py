"""Whether a profile's name can be a customer's."""

import pytest

from socialwatch.domain.names import Fit, fit, is_real, same_surname, spells


@pytest.mark.parametrize(
    ("shown", "customer"),
    [
        ("Marieke de Vries", "Marieke de Vries"),
        ("Marieke 🧦", "Marieke de Vries"),
        ("M. de Vries", "Marieke de Vries"),
        ("Marieke de Vries", "M.A. de Vries"),
        ("de Vries", "Anna de Vries"),
        ("Joost v.d. Berg", "Joost van den Berg"),
        ("Thijs V.", "Thijs Vermeulen"),
        ("Claes Els", "Els Claes"),
        ("Lim, Dewi", "Dewi Lim"),
        ("Robert-Jan", "Robert-Jan Dijkstra"),
        ("Kees de Wit", "Cornelis de Wit"),
        ("Esra Yilmaz", "Esra Yılmaz"),
        ("Saskia de Groot-Verbeek", "Saskia Verbeek"),
        ("Nadia B. uit Almere", "Nadia Bensaid"),
        ("Marga van Loon", "Bakkerij Van Loon BV"),
        ("Verhoeven", "Truus Verhoeven"),
        ("Janssens Bart", "Bart Jansens"),
        ("Annelies DS", "Annelies De Smedt"),
        ("Jan V.d.B.", "Jan Van den Broeck"),
    ],
)
def test_one_person(shown: str, customer: str) -> None:
    assert fit(shown, customer) is Fit.FITS


@pytest.mark.parametrize(
    ("shown", "customer"),
    [
        ("Ben de Vries", "Anna de Vries"),
        ("Annelies DB", "Annelies De Smedt"),
        ("Karel DS", "Annelies De Smedt"),
        ("Mark de Vries", "Marieke de Vries"),
        ("Marieke Veenstra", "Marieke de Vries"),
        ("Erik Bos", "Erica Bos"),
        ("Kees", "Lisa Bakker"),
        ("P. Jansen", "Anna Jansen"),
        ("Wederik Roos", "Erik Bos"),
        ("Willem Brand", "Anouk Willems"),
    ],
)
def test_two_persons(shown: str, customer: str) -> None:
    assert fit(shown, customer) is Fit.DIFFERS


@pytest.mark.parametrize(
    "shown", ["", None, "sokfan", "BOZE CONSUMENT", "Groene Fiets", "Mama van drie", "jtk1990", "🦶🦶", "فاطمة", "T."]
)
def test_what_is_no_name_says_nothing(shown: str | None) -> None:
    assert fit(shown, "Marieke de Vries") is Fit.UNKNOWN
    assert not is_real(shown)


def test_what_was_said_to_be_a_name_is_one() -> None:
    assert fit("Van Houten", "Tom de Graaf") is Fit.UNKNOWN
    assert fit("Van Houten", "Tom de Graaf", certain=True) is Fit.DIFFERS


def test_relatives_share_a_surname() -> None:
    assert same_surname("Lotte van Dam", "Gerda van Dam")
    assert not same_surname("Lotte van Dam", "Gerda Pol")
    assert not same_surname(None, "Gerda Pol")


@pytest.mark.parametrize("shown", ["a" * 5000, "A " * 2000, "Van " * 500, "., " * 900, "İ" * 300])
def test_odd_names_are_read_without_trouble(shown: str) -> None:
    assert fit(shown, shown) in set(Fit)
    assert fit(shown, "Marieke de Vries") is not Fit.FITS


@pytest.mark.parametrize(
    ("handle", "customer", "email", "same"),
    [
        ("p.jansen_83", "Piet Jansen", None, True),
        ("@JansenPiet", "Piet Jansen", None, True),
        ("piet.jansen@sociaal.example", "Piet Jansen", None, True),
        ("joostvandenberg", "Joost van den Berg", None, True),
        ("joostberg", "Joost van den Berg", None, True),
        ("sokkenpiet", "Piet Jansen", "sokkenpiet@example.nl", True),
        ("inkoop", "Bakkerij Van Loon BV", "inkoop@example.nl", False),
        ("jansen", "Piet Jansen", None, False),
        ("ebos", "Erik Bos", None, False),
        ("piet", "Piet Jansen", "piet@example.nl", False),
        ("ajansen", "Piet Jansen", None, False),
        (None, "Piet Jansen", None, False),
        ("sokfan", "", None, False),
    ],
)
def test_a_handle_spells_a_name(handle: str | None, customer: str, email: str | None, same: bool) -> None:
    assert spells(handle, customer, email) is same
