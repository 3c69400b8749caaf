"""Privacy: an address in any writing is kept from the public, and no agent can switch that off."""

import pytest

from socialwatch.domain.coach import Check, Draft, Known, Scene, remarks

HOME = Scene(("Er ligt een kabel bloot voor mijn deur.",), known=(Known("address", "De Terp 47, Dokkum", "adres"),))
NOTHING = Scene(("Er ligt een kabel bloot voor mijn deur.",))


@pytest.mark.parametrize(
    ("scene", "reply"),
    [
        (HOME, "De ploeg is op weg naar De Terp, tweede portiek, nummer 47."),
        (HOME, "Ze staan zo bij De Terp zevenenveertig."),
        (HOME, "Op 47 aan De Terp dus, we komen eraan."),
        (NOTHING, "De ploeg rijdt naar Lange Nering 12 in Emmeloord."),
        (NOTHING, "Klopt het dat u aan de Oude Vaart 8, Meppel woont?"),
    ],
)
def test_an_address_in_any_writing_is_kept_from_the_public(scene: Scene, reply: str) -> None:
    assert Check.PRIVACY in said(reply, scene)
    assert Check.PRIVACY not in said(reply, scene, audience="private")


@pytest.mark.parametrize(
    ("scene", "reply"),
    [
        (HOME, "Binnen 47 minuten staat er een ploeg voor je deur."),
        (HOME, "We kennen die kabel, er liggen er zevenenveertig in Dokkum."),
        (NOTHING, "Ga maar naar Perron 12 in Zwolle, daar staat mijn collega."),
        (NOTHING, "De ploeg van 12 man rijdt nu naar Emmeloord."),
        (NOTHING, "Je kunt ons vinden in de winkel aan Grote Markt 3, Meppel."),
    ],
)
def test_numbers_of_something_else_pass(scene: Scene, reply: str) -> None:
    assert Check.PRIVACY not in said(reply, scene)


@pytest.mark.parametrize("off", [frozenset(Check), frozenset({Check.PRIVACY, Check.PLATFORM})])
def test_what_blocks_cannot_be_switched_off(off: frozenset[Check]) -> None:
    leaks = Draft("We komen naar De Terp 47, tot zo.", "x", "public")
    assert [each.check for each in remarks(leaks, HOME, off) if each.blocks] == [Check.PRIVACY]
    closed = Draft("Ik kom eraan, en ik bel je zo.", "x", "public", can_reply=False)
    assert [each.offers for each in remarks(closed, NOTHING, off) if each.blocks] == ["open"]
    long = Draft("Wat een toestand daar voor je deur. " * 20, "x", "public")
    assert [each.check for each in remarks(long, NOTHING, off) if each.blocks] == [Check.PLATFORM]


def test_advice_can_be_switched_off() -> None:
    linked = Draft("Kijk maar op https://voorbeeld.nl, daar staat het.", "x", "public")
    assert Check.PLATFORM in {each.check for each in remarks(linked, NOTHING)}
    assert remarks(linked, NOTHING, frozenset(Check)) == ()


def said(reply: str, scene: Scene, audience: str = "public") -> set[Check]:
    return {each.check for each in remarks(Draft(reply, "facebook", audience), scene)}
