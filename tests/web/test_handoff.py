"""Private hand-off: an answer by mail to the address we know, where we are sure whose it is, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from socialwatch.domain.voice import Voice
from socialwatch.store.tables import identity, reply

WORDS = "Je nieuwe paar gaat naar Dorpsstraat 1, klopt dat nog?"


@pytest.fixture
def desk(app: FastAPI, freek: Any, seeded: Any, seed: Any) -> Callable[[str], str]:
    """The page of the case that a post is in, of a brand that can mail and signs."""
    voices = {"sokkerij": Voice(signs=True)}
    app.state.desk = replace(app.state.desk, mailing=frozenset({"sokkerij"}), voices=voices)

    def show(number: str) -> str:
        with seeded.read() as unit:
            return f"/dossier/{seed.case_of(unit, number)}"

    return show


def sent(seeded: Any) -> list[tuple[str, str]]:
    with seeded.read() as unit:
        return [(row.audience, row.text) for row in unit.run(select(reply).where(reply.c.text.startswith(WORDS)))]


def test_the_address_is_shown_with_where_we_have_it_from(desk: Any, freek: Any) -> None:
    page = freek.get(desk("101")).text
    assert "marieke@example.nl</bdi>" in page
    assert "(mailadres uit de klantgegevens)" in page
    named = freek.get(desk("104")).text
    assert "(mailadres uit bestelling SOK-20418)" in named


def test_what_may_not_be_public_may_go_by_mail_unsigned(desk: Any, freek: Any, seeded: Any) -> None:
    answer = freek.post(f"{desk('101')}/antwoord", mention="x:101", approval="m1", text=WORDS, by_mail="yes")
    assert answer.status_code == 303
    assert sent(seeded) == [("mail", WORDS)]
    assert "beantwoord per mail" in freek.get(desk("101")).text


@pytest.mark.parametrize("basis", ["email", "phone", "name"])
def test_what_somebody_typed_in_public_or_a_name_is_not_sure_enough(
    desk: Any, freek: Any, seeded: Any, basis: str
) -> None:
    with seeded.write() as unit:
        unit.run(update(identity).values(basis=basis))
    assert 'name="by_mail"' not in freek.get(desk("101")).text
    refused = freek.post(f"{desk('101')}/antwoord", mention="x:101", approval="m2", text=WORDS, by_mail="yes")
    assert "niet zeker genoeg" in refused.text
    assert WORDS in refused.text
    assert sent(seeded) == []


def test_a_link_that_was_let_go_is_none(desk: Any, freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.write() as unit:
        unit.run(update(identity).values(undone_at=seed.NOW))
    refused = freek.post(f"{desk('101')}/antwoord", mention="x:101", approval="m3", text=WORDS, by_mail="yes")
    assert (refused.status_code, sent(seeded)) == (422, [])


def test_a_brand_without_mail_offers_none(freek: Any, desk: Any, app: FastAPI, seeded: Any) -> None:
    place = desk("101")
    app.state.desk = replace(app.state.desk, mailing=frozenset())
    assert 'name="by_mail"' not in freek.get(place).text
    refused = freek.post(f"{place}/antwoord", mention="x:101", approval="m4", text=WORDS, by_mail="yes")
    assert (refused.status_code, sent(seeded)) == (422, [])
