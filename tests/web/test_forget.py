"""A lead has a customer forgotten, from a page of its own that says what goes and what stays."""

from typing import Any

import pytest
from sqlalchemy import select

from socialwatch.store.tables import audit, job


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    """Marieke's, who is known and ordered before."""
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


def asked(seeded: Any) -> list[tuple[int, Any]]:
    with seeded.read() as unit:
        return [(row.subject, row.detail) for row in unit.run(select(job).where(job.c.step == "forget"))]


def test_a_lead_is_asked_first_and_then_it_is_a_job(as_: Any, seeded: Any, number: int) -> None:
    els = as_("Els")
    assert f'href="/dossier/{number}/vergeten"' in els.get(f"/dossier/{number}").text
    page = els.get(f"/dossier/{number}/vergeten").text
    assert "Marieke de Vries</bdi> vergeten?" in page
    assert "Terugdraaien kan niet." in page
    assert asked(seeded) == []
    for _ in range(2):
        assert els.post(f"/dossier/{number}/vergeten").headers["location"] == f"/dossier/{number}"
    assert asked(seeded) == [(number, {"customer": "k1"})]
    with seeded.read() as unit:
        said = unit.run(select(audit).where(audit.c.what == "forgotten")).all()
    assert {row.subject for row in said} == {f"case:{number}"}, "the log says where, and not who"


def test_nobody_else_can(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    assert "/vergeten" not in freek.get(f"/dossier/{number}").text
    assert freek.get(f"/dossier/{number}/vergeten").status_code == 403
    assert freek.post(f"/dossier/{number}/vergeten").status_code == 403
    assert as_("Buur").post(f"/dossier/{number}/vergeten").status_code in (403, 404)
    assert as_("Els").get("/dossier/99999/vergeten").status_code == 404
    assert asked(seeded) == []
