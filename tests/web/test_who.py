"""Who is this, in the Dossier: the basis, who confirmed it and when, a way back, and a way to look."""

import html
import re
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.domain.case import LineKind
from socialwatch.domain.identity import DOUBTED, UNCHECKED, Basis
from socialwatch.store import cases, customers, dossier
from socialwatch.store.agents import by_email
from socialwatch.store.tables import identity, job
from socialwatch.web import identity_words


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    with seeded.read() as unit:
        found: int = seed.case_of(unit, "106")
    return found


def row(seeded: Any, customer: str) -> Any:
    with seeded.read() as unit:
        query = select(identity).where(identity.c.customer_id == customer).order_by(identity.c.id.desc())
        return unit.run(query.limit(1)).one()


def test_a_candidate_shows_its_basis_and_no_order_until_it_is_confirmed(freek: Any, seeded: Any, number: int) -> None:
    before = freek.get(f"/dossier/{number}").text
    assert "Misschien <strong><bdi>Femke Jansen</bdi></strong>" in before
    assert "noemde het e-mailadres" in before
    assert "Bestellingen</h2>" not in before
    chosen = row(seeded, "k2").id
    answer = freek.post(f"/dossier/{number}/klant/{chosen}", verdict="right")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/dossier/{number}#wie")
    after = freek.get(f"/dossier/{number}").text
    assert "bevestigd door <bdi>Freek</bdi>" in after
    assert "Bestellingen</h2>" in after
    assert freek.post(f"/dossier/{number}/klant/{chosen}", verdict="right").status_code == 422


def test_a_link_is_undone_and_comes_back_without_losing_history(freek: Any, seeded: Any, number: int) -> None:
    chosen = row(seeded, "k2").id
    freek.post(f"/dossier/{number}/klant/{chosen}", verdict="right")
    freek.post(f"/dossier/{number}/klant/{chosen}", verdict="wrong")
    page = freek.get(f"/dossier/{number}").text
    assert "losgemaakt door <bdi>Freek</bdi>" in page
    assert "Klant losgemaakt door" in page
    assert "Bestellingen</h2>" not in page
    assert freek.post(f"/dossier/{number}/klant/{chosen}", verdict="wrong").status_code == 422
    freek.post(f"/dossier/{number}/klant/{chosen}", verdict="right")
    with seeded.read() as unit:
        assert cases.by_id(unit, number).customer_id == "k2"
        kinds = [each.kind for each in cases.lines(unit, number)]
    assert kinds.count(LineKind.LINKED) == 2
    assert kinds.count(LineKind.UNLINKED) == 1
    old, new = row(seeded, "k2"), chosen
    assert old.id != new


def test_an_agent_asks_who_it_may_be_and_nobody_waits_for_the_order_system(
    freek: Any, seeded: Any, number: int
) -> None:
    assert "Zoek wie het kan zijn" in freek.get(f"/dossier/{number}").text
    assert freek.post(f"/dossier/{number}/wie", words="  de   Vries ", city="Utrecht").status_code == 303
    with seeded.read() as unit:
        (waiting,) = unit.run(select(job).where(job.c.step == "seek")).all()
        known = by_email(unit, "freek@sokkerij.example")
    assert known is not None
    assert (waiting.subject, waiting.detail) == (
        number,
        {"words": "de Vries", "city": "Utrecht", "by": known[0].id},
    )
    assert freek.post(f"/dossier/{number}/wie", words=" a ").status_code == 422


def test_who_reads_along_sees_it_and_changes_nothing(as_: Any, seeded: Any, number: int) -> None:
    bram = as_("Bram")
    page = bram.get(f"/dossier/{number}").text
    assert "Femke Jansen" in page
    assert "Klopt" not in page
    assert bram.post(f"/dossier/{number}/klant/{row(seeded, 'k2').id}", verdict="right").status_code == 403
    assert bram.post(f"/dossier/{number}/wie", words="de Vries").status_code == 403


def test_a_link_of_another_case_is_not_decided_here(freek: Any, seeded: Any, seed: Any, number: int) -> None:
    with seeded.read() as unit:
        other = seed.case_of(unit, "101")
        freek_ = by_email(unit, "freek@sokkerij.example")
        assert freek_ is not None
        links = dossier.dossier(unit, freek_[0], other, seed.NOW).links  # type: ignore[union-attr]
    assert freek.post(f"/dossier/{number}/klant/{links[0].id}", verdict="wrong").status_code == 422
    with seeded.read() as unit:
        assert cases.by_id(unit, other).customer_id == links[0].customer_id


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"found": 0, "new": 0}, "niemand gevonden die hierop lijkt"),
        ({"found": 1, "new": 1}, "1 mogelijke klant"),
        ({"found": 3, "new": 1}, "3 mogelijke klanten"),
        ({"found": 0, "new": None}, "het bestelsysteem gaf geen antwoord, probeer het zo nog eens"),
    ],
)
def test_what_a_look_brought_is_said(detail: dict[str, Any], words: str) -> None:
    assert identity_words.sought(detail) == words


def test_the_basis_is_said_after_the_channel() -> None:
    assert identity_words.basis("handle_given", "x") == "gaf X-naam op bij bestelling"
    assert identity_words.basis("handle_given", "facebook") == "gaf Facebook-naam op bij bestelling"
    assert identity_words.basis("phone", "x") == "noemde het telefoonnummer"


def _known_of(seeded: Any, seed: Any, customer: str) -> set[str]:
    """What only our own records tell of a customer, as it may stand on a page."""
    with seeded.read() as unit:
        file = customers.file_of(unit, seed.BRAND, customer, seed.NOW)
    assert file is not None
    address = file.customer.address
    own = {file.customer.email, file.customer.phone, address.street, address.postcode}
    own |= {part for order in file.orders for part in (order.number, order.tracking, order.card_text, order.recipient)}
    own |= {said for contact in file.contacts for said in (contact.asked, contact.answered, contact.typed)}
    return {html.escape(each) for each in own if each and len(each) > 4}  # less stands in any page by chance


def test_an_undone_link_takes_all_we_knew_off_the_screen_at_once_and_keeps_what_was_done(
    freek: Any, seeded: Any, seed: Any
) -> None:
    with seeded.read() as unit:
        number = seed.case_of(unit, "101")
        posts = " ".join(each.mention.text for each in cases.mentions(unit, [number])[number])
    known = {each for each in _known_of(seeded, seed, "k1") if each not in posts}
    before = freek.get(f"/dossier/{number}").text
    shown = {each for each in known if each in before}
    assert len(shown) >= 5
    assert 'value="SOK-19877|0"' in before
    given = freek.post(f"/dossier/{number}/gebaar", kind="replacement", key="formulier-1", item="SOK-19877|0")
    assert given.status_code == 303
    links = re.findall(rf'action="(/dossier/{number}/klant/\d+)"', before)
    assert len(links) == 2  # she wrote on X and on Facebook: each profile is linked, and let go, by itself
    for each in links:
        freek.post(each, verdict="wrong")
    page = freek.get(f"/dossier/{number}").text
    assert {each for each in known if each in page} == set()
    assert '|0"' not in page
    assert "Bestellingen</h2>" not in page
    assert "losgemaakt door <bdi>Freek</bdi>" in page
    assert "Freek</bdi> regelde: <bdi>vervanging" in page  # what was done stays told


@pytest.mark.parametrize(
    ("basis", "confidence", "told"),
    [
        (Basis.ORDER_NUMBER, UNCHECKED, "een naam om het mee te vergelijken is er niet"),
        (Basis.ORDER_NUMBER, DOUBTED, "Iets anders in het bericht past hier niet bij."),
        (Basis.PHONE, DOUBTED, "Iets anders in het bericht past hier niet bij."),
        (Basis.ORDER_NUMBER, 0.97, ""),
        (Basis.NAME, DOUBTED, ""),
    ],
)
def test_why_somebody_is_only_offered_is_said_with_the_offer(
    freek: Any, seeded: Any, seed: Any, number: int, basis: Basis, confidence: float, told: str
) -> None:
    with seeded.write() as unit:
        unit.run(
            update(identity).where(identity.c.customer_id == "k2").values(basis=basis.value, confidence=confidence)
        )
    page = freek.get(f"/dossier/{number}").text
    offer = page[page.index("Misschien <strong>") :].partition("</p>")[0]
    assert told in offer
    assert ("past hier niet" in offer or "vergelijken" in offer) is bool(told)
    assert "SOK-" not in offer


def test_other_words_while_the_order_system_is_asked_are_not_lost_in_silence(
    freek: Any, seeded: Any, number: int
) -> None:
    place = f"/dossier/{number}/wie"
    assert [freek.post(place, words=each).status_code for each in ("de Vries", "de Vries")] == [303, 303]
    refused = freek.post(place, words="Jansen")
    assert (refused.status_code, "vorige woorden" in refused.text) == (422, True)
    with seeded.write() as unit:
        unit.run(update(job).where(job.c.step == "seek").values(state="dead"))
    assert freek.post(place, words="Jansen").status_code == 303
    with seeded.read() as unit:
        assert unit.run(select(job.c.detail).where(job.c.step == "seek")).scalar_one()["words"] == "Jansen"
