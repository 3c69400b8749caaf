"""Order numbers without letters: found as the brand writes them, and never in what is another number."""

import pytest

from socialwatch.domain.facts import facts, values
from socialwatch.domain.order_look import Look, bare, looks, spellings

PLAIN = (Look("", frozenset({5, 6, 8, 10})),)  # as many lengths as there are traps
LETTERS = (Look("SK-", frozenset({6})),)


def found(text: str, known: tuple[Look, ...] = PLAIN) -> tuple[str, ...]:
    """All that is taken for an order number in a post."""
    told = facts(text)
    return (*values(told, "order_number"), *bare(text, known, told))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("bestelling 20341 is nog niet binnen", "20341"),
        ("ordernr: 20341", "20341"),
        ("mijn order 0020341 klopt niet", "0020341"),
        ("Bestelnummer is 20341.", "20341"),
        ("order #20341 graag", "20341"),
        ("20341 is nog steeds niet bezorgd", "20341"),
        ("Het gaat om 204817, hoor graag", "204817"),
        ("Al twee keer gemaild over 20341!", "20341"),
        ("Betreft: 20341", "20341"),
        ("zie 20341", "20341"),
        ("Hallo,\n204817\nnog niks ontvangen", "204817"),
        ("Waar blijft mijn pakje? (20341)", "20341"),
        ("nr. 20341 kwam kapot aan", "20341"),
    ],
)
def test_a_number_without_letters_is_found(text: str, number: str) -> None:
    assert found(text) == (number,)


@pytest.mark.parametrize(
    "text",
    [
        "ik woon op 6711 AA in Ede",
        "bestelling naar 6711AA Ede",
        "bestelling: 6711 AA Ede",
        "mijn order 9000 Gent",
        "postcode 67110",
        "Dorpsstraat 20341 is mijn adres",
        "huisnummer 20341 bestaat niet eens",
        "Het gaat om huisnummer 20341.",
        "postbus 20341 is dicht",
        "in 2026 beter graag",
        "bestelling 2025 was beter",
        "order 2026 nooit gezien",
        "Het gaat om 2026.",
        "bel me op 0612345678",
        "bestelling 0612345678 bel mij",
        "order 06-12345678 bellen graag",
        "Zie 0612345678",
        "nummer 0302456710 is in gesprek",
        "mijn nummer: +31612345678",
        "telefoonnummer 20341 niet bereikbaar",
        "mijn klantnummer 20341 klopt niet",
        "Het gaat om klantnummer 204817.",
        "klantnr. 204817 is van mij",
        "factuurnummer 204817 klopt niet",
        "Het gaat over factuur 204817.",
        "kassabon 204817 uit de winkel",
        "kvk 20341234 is ons",
        "KvK-nummer: 20341234",
        "bankrekening 0417164300 is van mij",
        "IBAN NL91 ABNA 0417 1643 00 graag terugstorten",
        "stort het op NL91ABNA0417164300",
        "€ 20341 kwijt",
        "20341 euro is veel geld",
        "order 20341 euro",
        "order van 20341 euro",
        "204,95 betaald voor sokken",
        "Het gaat om 20.341 euro.",
        "al 204817 volgers en dan zo reageren",
        "20341 mensen vinden dit ook",
        "Het gaat om 20341 klanten.",
        "20341x gebeld",
        "ik heb 20341 keer gebeld",
        "Het gaat om 20341%.",
        "batterij op 10000mAh",
        "10000 stappen is genoeg, zit nu thuis",
        "bestelling 2026-11-12 nooit gekomen",
        "order 2026/11/12 nooit gekomen",
        "22112026 is de datum",
        "Zie 20261122.",
        "Betreft 221126",
        "artikelnummer 20341 is uitverkocht",
        "art. nr 20341 is weg",
        "pincode 20341 is geblokkeerd",
        "code 204817 werkt niet",
        "kortingscode 20341 is niet geldig",
        "ticket 204817 staat nog open",
        "mijn zaaknummer: 204817",
        "dossiernummer 204817 is zoek",
        "track en trace 3SABCD204817 zegt niets",
        "barcode 8712345204 is niet te lezen",
        "EAN 87123452 is fout",
        "https://winkel.example/20341 is stuk",
        "mail naar 20341@voorbeeld.example",
        "@20341 is een nepaccount",
        "lotnummer 20341 is slecht",
        "kamer 20341 is bezet",
        "aantal: 20341",
        "totaal 20341 is te veel",
        "bsn 20341234 is gelekt",
        "mijn referentie 204817 graag",
        "1e 20341e keer",
        "12345-20341-9 is weg",
    ],
)
def test_what_is_another_number_is_no_order(text: str) -> None:
    assert found(text) == ()


def test_figures_are_only_looked_for_where_the_brands_orders_look_so() -> None:
    assert found("Het gaat om 204817.", LETTERS) == ("204817",)
    assert found("Het gaat om 20341.", LETTERS) == ()
    assert found("Het gaat om 204817.", ()) == ()
    assert found("Het gaat om 1234.", (Look("", frozenset({4})),)) == ()


@pytest.mark.parametrize(
    ("written", "known", "spelt"),
    [
        ("204817", LETTERS, ("204817", "SK-204817")),
        ("0204817", LETTERS, ("0204817", "SK-204817")),
        ("20481", LETTERS, ("20481", "SK-020481")),
        ("2048170", LETTERS, ("2048170",)),
        ("0020341", (Look("", frozenset({4, 5})),), ("0020341", "20341")),
        ("20341", (Look("", frozenset({9})),), ("20341", "000020341")),
        ("SK204817", LETTERS, ("SK204817", "SK-204817")),
        ("204817", (), ("204817",)),
    ],
)
def test_figures_are_spelt_as_the_brand_writes_them(
    written: str, known: tuple[Look, ...], spelt: tuple[str, ...]
) -> None:
    assert spellings(written, known) == spelt


def test_the_look_follows_from_the_numbers_there_are() -> None:
    numbers = ["SK-204817", "SK-204818", "SK-104900", "1001", "1002", "1003", "10004", "PROEF", "X-99", "2026-00123"]
    assert looks(numbers) == (Look("", frozenset({4, 5})), Look("SK-", frozenset({6})))
    assert looks(["SK-1"]) == looks([]) == looks(["a", "b", "c"]) == ()
