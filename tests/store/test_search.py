"""Search on both engines: every place words can stand, kept up by itself, never an error, only one's own brand."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.sought import sought
from socialwatch.store import agents, search
from socialwatch.store.tables import case, customer, mention
from socialwatch.store.unit import Database, Unit


@pytest.fixture
def filled(database: Database, seed: Any) -> Database:
    seed.seed(database)
    return database


def who(unit: Unit, email: str = "freek@sokkerij.example") -> Agent:
    found = agents.by_email(unit, email)
    assert found is not None
    return found[0]


def titles(database: Database, seed: Any, typed: str, email: str = "freek@sokkerij.example") -> list[str]:
    with database.read() as unit:
        return [each.title for each in search.find(unit, who(unit, email), sought(typed), seed.NOW).cases]


def test_it_finds_by_post_title_person_mail_handle_and_order(filled: Database, seed: Any) -> None:
    for typed in ("kastje naar", "Marieke", "mariëke de vries", "marieke@example.nl", "mariekedev", '"van het kastje"'):
        assert titles(filled, seed, typed)[:1] == ["Marieke · gat in wandelsokken"], typed
    assert titles(filled, seed, "sok-20418") == ["Femke · bezorging"]
    assert titles(filled, seed, "SOK 2041")[:1] == ["Femke · bezorging"]
    assert titles(filled, seed, '"kastje het van"') == []
    assert titles(filled, seed, "buurman") == []
    assert titles(filled, seed, "buurman", "buur@buren.example") != []


def test_what_changes_or_goes_is_found_as_it_stands(filled: Database, seed: Any) -> None:
    with filled.write() as unit:
        unit.run(update(mention).where(mention.c.native_id == "106").values(text="Uiteindelijk opgenomen, eekhoorn"))
        unit.run(update(case).where(case.c.title == "Femke · bezorging").values(title="Femke · zeppelin"))
        unit.run(update(customer).where(customer.c.id == "k3").values(name="Sanne Kwartelhof"))
    assert titles(filled, seed, "eekhoorn") != []
    assert titles(filled, seed, "amai") == []
    assert titles(filled, seed, "zeppelin") == ["Femke · zeppelin"]
    assert titles(filled, seed, "kwartelhof") != []
    assert titles(filled, seed, "visser") == []
    with filled.write() as unit:
        unit.run(delete(customer).where(customer.c.id == "k3"))
    assert titles(filled, seed, "kwartelhof") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet="ab\"'*():&|!-^<> \\%_{}[]~+🤬é\u0301", max_size=30))
def test_nothing_that_is_typed_is_an_error(filled: Database, seed: Any, typed: str) -> None:
    with filled.read() as unit:
        found = search.find(unit, who(unit), sought(typed), seed.NOW)
    assert all(each.brand == seed.BRAND for each in found.cases)
