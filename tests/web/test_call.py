"""*Bel nu*: a number to press, a form in which nothing is compulsory, and a clock that stops when they were reached."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from socialwatch.store.tables import case, line


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


def row(seeded: Any, number: int) -> Any:
    with seeded.read() as unit:
        return unit.run(select(case).where(case.c.id == number)).one()


def last(seeded: Any, number: int, kind: str) -> Any:
    with seeded.read() as unit:
        found = select(line).where(line.c.case_id == number, line.c.kind == kind)
        return unit.run(found.order_by(line.c.id.desc()).limit(1)).one()


def test_the_number_we_know_can_be_pressed(freek: Any, number: int) -> None:
    page = freek.get(f"/dossier/{number}").text
    assert 'href="tel:0612345678"' in page


def test_a_call_that_reached_them_is_an_answer_and_stands_in_the_thread(freek: Any, seeded: Any, number: int) -> None:
    assert row(seeded, number).due_since is not None
    answer = freek.post(
        f"/dossier/{number}/gebeld", outcome="spoken", at="2026-11-23T13:50", minutes="6", text="Sokken toegezegd"
    )
    assert answer.status_code == 303
    known = row(seeded, number)
    assert (known.due_since, known.state) == (None, "waiting")
    written = last(seeded, number, "call")
    assert written.at == datetime(2026, 11, 23, 12, 50, tzinfo=UTC)
    assert written.detail == {"event": "call", "outcome": "spoken", "minutes": 6, "text": "Sokken toegezegd"}
    page = freek.get(f"/dossier/{number}").text
    assert "Sokken toegezegd" in page
    assert "6 min" in page


def test_nobody_reached_stops_no_clock(freek: Any, seeded: Any, number: int) -> None:
    due = row(seeded, number).due_since
    freek.post(f"/dossier/{number}/gebeld", outcome="no_answer")
    assert row(seeded, number).due_since == due
    assert last(seeded, number, "note").detail["outcome"] == "no_answer"
    assert "geen gehoor" in freek.get(f"/dossier/{number}").text


def test_nothing_is_compulsory_and_who_calls_owns_what_nobody_owned(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        nobodys = seed.case_of(unit, "113")
    assert row(seeded, nobodys).owner_id is None
    assert freek.post(f"/dossier/{nobodys}/gebeld").status_code == 303
    assert row(seeded, nobodys).owner_id is not None


@pytest.mark.parametrize(
    "wrong",
    [{"at": "2027-01-01T10:00"}, {"at": "2020-01-01T10:00"}, {"at": "ooit"}, {"minutes": "veel"}, {"minutes": "9999"}],
)
def test_what_cannot_be_is_refused(freek: Any, seeded: Any, number: int, wrong: dict[str, str]) -> None:
    assert freek.post(f"/dossier/{number}/gebeld", **wrong).status_code == 422
    assert row(seeded, number).due_since is not None


def test_another_brand_notes_nothing(as_: Any, number: int) -> None:
    assert as_("Buur").post(f"/dossier/{number}/gebeld").status_code == 404
