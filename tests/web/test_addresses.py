"""Meldingen under Beheer, the red line on every page, and *Ik pak 'm*."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.errors import Refused
from socialwatch.store import agents, cases
from socialwatch.store.tables import agent, audit, case, job
from socialwatch.store.unit import Database

PAGE = "/beheer/meldingen"
SECRET = "tgram://123456789:geheim/1"


def check(to: str) -> None:
    if not to.startswith("tgram://"):
        raise Refused("De melder staat dit soort adres niet toe.")


@pytest.fixture
def admin(app: Any, as_: Callable[[str], Any]) -> Any:
    app.state.desk = replace(app.state.desk, notifiers={"telegram": check})
    return as_("Beheer")


def number(database: Database, name: str) -> int:
    with database.read() as unit:
        return int(unit.run(select(agent.c.id).where(agent.c.name == name)).scalar_one())


def notify(database: Database, name: str) -> dict[str, str]:
    with database.read() as unit:
        found = agents.by_id(unit, number(database, name))
    assert found is not None
    return found.notify


@pytest.mark.parametrize("name", ["Freek", "Els", "Bram"])
def test_only_an_administrator_sets_addresses(as_: Callable[[str], Any], seeded: Database, name: str) -> None:
    visitor, freek = as_(name), number(seeded, "Freek")
    assert visitor.get(PAGE).status_code == 403
    assert visitor.post(f"{PAGE}/{freek}", kind="telegram", to=SECRET).status_code == 403
    assert visitor.post(f"{PAGE}/{freek}/proef").status_code == 403
    assert notify(seeded, "Freek") == {}
    assert 'href="/beheer/meldingen"' not in visitor.get("/beheer/kanalen").text


def test_an_address_is_set_never_shown_again_and_taken_away(admin: Any, seeded: Database) -> None:
    freek = number(seeded, "Freek")
    assert admin.post(f"{PAGE}/{freek}", kind="telegram", to=f" {SECRET} ").status_code == 303
    assert notify(seeded, "Freek") == {"telegram": SECRET}
    shown = admin.get(f"{PAGE}?saved={freek}").text
    assert "Ingesteld (tgram)" in shown
    assert "geheim" not in shown
    admin.post(f"{PAGE}/{freek}", kind="telegram", to="")
    assert notify(seeded, "Freek") == {}
    with seeded.read() as unit:
        noted = unit.run(select(audit.c.subject).where(audit.c.what == "address")).scalars().all()
    assert noted == [f"trial:{freek}:telegram"] * 2


def test_what_is_no_address_is_refused_and_nothing_changes(admin: Any, seeded: Database) -> None:
    freek = number(seeded, "Freek")
    answer = admin.post(f"{PAGE}/{freek}", kind="telegram", to="json://intern")
    assert answer.status_code == 422
    assert "dit soort adres niet toe" in answer.text
    assert "json://intern" not in answer.text
    assert admin.post(f"{PAGE}/{freek}", kind="fax", to=SECRET).status_code == 404
    assert admin.post(f"{PAGE}/{number(seeded, 'Buur')}", kind="telegram", to=SECRET).status_code == 404
    assert notify(seeded, "Freek") == notify(seeded, "Buur") == {}


def test_a_trial_is_a_job_and_its_outcome_stands_on_the_page(admin: Any, seeded: Database, seed: Any) -> None:
    freek = number(seeded, "Freek")
    assert admin.post(f"{PAGE}/{freek}/proef").status_code == 422
    admin.post(f"{PAGE}/{freek}", kind="telegram", to=SECRET)
    assert admin.post(f"{PAGE}/{freek}/proef").headers["location"] == f"{PAGE}?asked={freek}"
    with seeded.read() as unit:
        (detail,) = unit.run(select(job.c.detail).where(job.c.step == "trial", job.c.subject == freek)).scalars()
    assert detail == {"by": number(seeded, "Beheer"), "kinds": ["telegram"]}
    values = {"brand": seed.BRAND, "what": "trial_lost", "subject": f"trial:{freek}:telegram", "at": seed.NOW}
    with seeded.write() as unit:
        unit.run(audit.insert().values(**values))
    assert "kwam niet aan" in admin.get(PAGE).text


PAGES = ("/inbox", "/bedankjes", "/reputatie", "/dossier/{}", "/beheer/kanalen", "/alarm")


def test_the_red_line_stands_on_every_page_until_somebody_takes_the_case(
    as_: Callable[[str], Any], seeded: Database, seed: Any
) -> None:
    els, buur = as_("Els"), as_("Buur")
    with seeded.read() as unit:
        found = seed.case_of(unit, "103")
    assert "alarm-line" not in els.get("/inbox").text
    with seeded.write() as unit:
        unit.run(update(case).where(case.c.id == found).values(alarm_at=seed.NOW, accepted_at=None))
    for place in PAGES:
        page = els.get(place.format(found)).text
        assert "Een dossier wacht op iemand" in page, place
        assert f'href="/dossier/{found}"' in page, place
    assert "alarm-line" not in buur.get("/inbox").text
    els.post(f"/dossier/{found}/neem-over")
    assert "alarm-line" not in els.get("/inbox").text


def test_who_was_given_a_case_takes_it_with_one_button(as_: Callable[[str], Any], seeded: Database, seed: Any) -> None:
    freek, me = as_("Freek"), number(seeded, "Freek")
    with seeded.write() as unit:
        found = seed.case_of(unit, "103")
        cases.assign(unit, found, me, seed.NOW, {"why": "lightest_load"})
    assert "Ik pak 'm" in freek.get(f"/dossier/{found}").text
    freek.post(f"/dossier/{found}/pak")
    assert "Ik pak 'm" not in freek.get(f"/dossier/{found}").text
    with seeded.read() as unit:
        assert cases.by_id(unit, found).accepted_at == seed.NOW


def test_the_inbox_shows_by_words_and_colour_how_long_a_case_waits(as_: Callable[[str], Any]) -> None:
    page = as_("Els").get("/inbox").text
    assert 'class="clock red" title="langer dan we willen"' in page
    assert 'class="clock green"' in page
    assert ", langer dan we willen</span>" in page
