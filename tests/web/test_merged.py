"""A page that stood open while a colleague merged its case: what is done there is done in the case that goes on."""

from typing import Any

import pytest
from sqlalchemy import select

from socialwatch.store import agents, cases, merging
from socialwatch.store.merging import Pair
from socialwatch.store.tables import case, gesture, job, promise, set_aside


@pytest.fixture
def merged(seeded: Any, seed: Any) -> tuple[int, int]:
    """(the case that goes on, the one that was merged into it)."""
    with seeded.write() as unit:
        who = next(each for each in agents.everyone(unit, "sokkerij") if each.name == "Els")
        one, other = (int(seed.case_of(unit, each)) for each in ("101", "103"))
        keep = merging.merge(unit, who, Pair(one, other), seed.NOW)
        assert keep is not None
    return keep, other if keep == one else one


def stood(seeded: Any, table: Any) -> list[int]:
    with seeded.read() as unit:
        return list(unit.run(select(table.c.case_id)).scalars())


def test_a_gesture_a_promise_and_another_way(freek: Any, seeded: Any, merged: tuple[int, int]) -> None:
    keep, gone = merged
    freek.post(f"/dossier/{gone}/gebaar", kind="flowers", key="formulier-1", cost="5")
    freek.post(f"/dossier/{gone}/afspraak", due="2026-11-25T16:30")
    freek.post(f"/dossier/{gone}/anders", rule="Retour eerst terug")
    assert [stood(seeded, table) for table in (gesture, promise, set_aside)] == [[keep]] * 3
    assert "Retour eerst terug" in freek.get(f"/dossier/{keep}").text


def test_a_call_and_a_question_who_it_is(freek: Any, seeded: Any, merged: tuple[int, int]) -> None:
    keep, gone = merged
    with seeded.write() as unit:
        for each in merged:
            unit.run(case.update().where(case.c.id == each).values(owner_id=None))
    freek.post(f"/dossier/{gone}/gebeld", outcome="spoken")
    freek.post(f"/dossier/{gone}/wie", words="Marieke de Vries")
    with seeded.read() as unit:
        assert cases.by_id(unit, keep).owner_id is not None
        assert cases.by_id(unit, gone).owner_id is None
        assert unit.run(select(job.c.subject).where(job.c.step == "seek")).scalars().all() == [keep]


def test_to_be_forgotten(as_: Any, seeded: Any, merged: tuple[int, int]) -> None:
    keep, gone = merged
    as_("Els").post(f"/dossier/{gone}/vergeten")
    with seeded.read() as unit:
        assert unit.run(select(job.c.subject).where(job.c.step == "forget")).scalars().all() == [keep]
