"""*Later* at the desk: one click puts a dossier aside, the thread says until when, and it can be fetched back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from socialwatch.steps import resume
from socialwatch.store.tables import audit, case
from socialwatch.web import dutch_later


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


def row(seeded: Any, number: int) -> Any:
    with seeded.read() as unit:
        return unit.run(select(case).where(case.c.id == number)).one()


def test_one_click_puts_it_aside_and_it_comes_back_with_a_line(freek: Any, seeded: Any, seed: Any, number: int) -> None:
    answer = freek.post(f"/dossier/{number}/later", until="morning")
    assert answer.headers["location"] == "/inbox"
    until = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert (row(seeded, number).state, row(seeded, number).later_until) == ("later", until)
    page = freek.get(f"/dossier/{number}").text
    assert "Op later gezet door <bdi>Freek</bdi>, tot" in page
    assert "of zodra de klant schrijft" in page
    assert resume.run(seeded, [seed.BRAND], until + timedelta(seconds=1)) == 1
    assert row(seeded, number).state == "open"
    page = freek.get(f"/dossier/{number}").text
    assert "Stond op later tot" in page
    assert "Heropend" not in page
    assert "Haal nu terug" not in page


def test_it_can_be_fetched_back_by_hand(freek: Any, seeded: Any, seed: Any, number: int) -> None:
    freek.post(f"/dossier/{number}/later", until="2026-11-25T16:00")
    assert row(seeded, number).later_until == datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
    freek.post(f"/dossier/{number}/heropenen")
    assert (row(seeded, number).state, row(seeded, number).later_until) == ("open", None)
    with seeded.read() as unit:
        assert "later" in set(unit.run(select(audit.c.what)).scalars())


@pytest.mark.parametrize("until", ["", "ooit", "2020-01-01T10:00", "2026-11-23T13:00", "9999-12-31T23:59", "afternoon"])
def test_a_moment_that_is_none_or_has_passed_is_refused(freek: Any, seeded: Any, number: int, until: str) -> None:
    assert freek.post(f"/dossier/{number}/later", until=until).status_code == 422
    assert row(seeded, number).state != "later"


def test_what_is_closed_or_another_brands_cannot_be_put_aside(as_: Any, freek: Any, seeded: Any, number: int) -> None:
    assert as_("Buur").post(f"/dossier/{number}/later", until="hour").status_code == 404
    freek.post(f"/dossier/{number}/afronden")
    assert freek.post(f"/dossier/{number}/later", until="hour").status_code == 422


@pytest.mark.parametrize(
    ("now", "values"),
    [
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), ["hour", "afternoon", "morning", "monday"]),
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), ["hour", "morning", "monday"]),
        (datetime(2026, 11, 29, 13, 0, tzinfo=UTC), ["hour", "morning"]),  # a Sunday: tomorrow is Monday
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), ["hour", "afternoon", "morning", "monday"]),  # already Tuesday
    ],
)
def test_the_moments_on_offer_lie_ahead_and_none_stands_twice(now: datetime, values: list[str]) -> None:
    assert [value for value, _ in dutch_later.offered(now)] == values
    moments = [dutch_later.at_moment(each, now) for each in values]
    assert all(each is not None and each > now for each in moments)
    assert len(set(moments)) == len(moments)
