"""*Jouw inschatting*: an agent's word holds above the model's, moves the case at once, and teaches."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases, forgetting
from socialwatch.store.tables import audit, case, correction, mention
from socialwatch.wiring import learning


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


def row(seeded: Any, number: int) -> Any:
    with seeded.read() as unit:
        return unit.run(select(case).where(case.c.id == number)).one()


def said(freek: Any, number: int, what: str) -> int:
    return int(freek.post(f"/dossier/{number}/inschatting", correction=what).status_code)


def test_too_high_moves_the_case_down_at_once_and_undo_brings_it_back(freek: Any, seeded: Any, number: int) -> None:
    before = row(seeded, number)
    assert said(freek, number, "lower") == 303
    after = row(seeded, number)
    assert (after.judged, after.level) == (2, 2)
    assert after.rank < before.rank
    assert after.frustration < before.frustration
    page = freek.get(f"/dossier/{number}").text
    assert "frustratie te hoog, het telt nu als flink" in page
    assert "flinke frustratie" in page  # Waarom hier says what holds now
    assert freek.post(f"/dossier/{number}/inschatting/terug").status_code == 303
    again = row(seeded, number)
    assert (again.judged, again.level) == (None, 3)
    assert again.rank == pytest.approx(before.rank)
    assert freek.post(f"/dossier/{number}/inschatting/terug").status_code == 422


def test_no_complaint_and_twice_the_same_way(freek: Any, seeded: Any, number: int) -> None:
    said(freek, number, "lower")
    said(freek, number, "lower")
    assert row(seeded, number).level == 1
    said(freek, number, "no_complaint")
    assert row(seeded, number).level == 0
    assert said(freek, number, "lower") == 422
    freek.post(f"/dossier/{number}/inschatting/terug")
    assert (row(seeded, number).judged, row(seeded, number).level) == (1, 1)


def test_routing_keeps_the_agents_word(freek: Any, seeded: Any, seed: Any, number: int) -> None:
    said(freek, number, "lower")
    with seeded.write() as unit:
        seed._arrive(unit, replace(seed.POSTS[0], number="991", ago=1))
    assert row(seeded, number).level == 2


def test_after_our_answer_the_model_reads_anew(freek: Any, seeded: Any, seed: Any, number: int) -> None:
    said(freek, number, "lower")
    with seeded.write() as unit:
        cases.write(unit, number, Line(LineKind.CALL, seed.NOW + timedelta(seconds=1), "private", 1))
        seed._arrive(unit, replace(seed.POSTS[0], number="992", ago=-1))
    assert row(seeded, number).level == 3


def test_the_wrong_customer_is_let_go_and_comes_back(freek: Any, seeded: Any, number: int) -> None:
    assert row(seeded, number).customer_id == "k1"
    assert said(freek, number, "wrong_customer") == 303
    assert row(seeded, number).customer_id is None
    assert said(freek, number, "wrong_customer") == 422
    freek.post(f"/dossier/{number}/inschatting/terug")
    assert row(seeded, number).customer_id == "k1"


def test_only_what_may_train_teaches_and_no_agent_is_in_it(freek: Any, seeded: Any, seed: Any, number: int) -> None:
    said(freek, number, "lower")
    assert list(learning.lines(seeded)) == []  # the seed's posts may not train anything
    with seeded.write() as unit:
        unit.run(
            update(mention).values(may_train=True, text="@sokkerij bel me op 0612345678, mail a@b.nl. Nooit meer!")
        )
    said(freek, number, "lower")
    (told,) = [json.loads(line) for line in learning.lines(seeded)]
    assert told["text"] == "[naam] bel me op [nummer], mail [mailadres]. Nooit meer!"
    assert (told["model"], told["what"], told["level"]) == (3, "lower", 2)
    assert set(told) == {"text", "language", "model", "what", "level"}
    with seeded.read() as unit:
        kept = unit.run(select(correction)).all()
    assert "agent_id" not in correction.c
    assert [each.may_train for each in kept] == [False, True]


def test_who_is_forgotten_teaches_nothing(freek: Any, seeded: Any, number: int) -> None:
    with seeded.write() as unit:
        unit.run(update(mention).values(may_train=True))
    said(freek, number, "lower")
    assert len(list(learning.lines(seeded))) == 1
    with seeded.write() as unit:
        forgetting.dossiers(unit, forgetting.whose(unit, number), {number: "een klacht"})
    assert list(learning.lines(seeded)) == []


def test_another_brand_and_a_reader_correct_nothing(as_: Any, seeded: Any, number: int) -> None:
    assert said(as_("Buur"), number, "lower") == 404
    assert said(as_("Bram"), number, "lower") == 403
    assert row(seeded, number).judged is None


def test_it_stands_in_the_thread_and_in_the_audit_log(freek: Any, seeded: Any, number: int) -> None:
    said(freek, number, "higher")  # it is at the top already
    said(freek, number, "lower")
    assert "schatte het anders in: frustratie te hoog" in freek.get(f"/dossier/{number}").text
    with seeded.read() as unit:
        assert list(unit.run(select(audit.c.what).where(audit.c.what == "correct")).scalars()) == ["correct"]
