"""Beheer, team: what a colleague may decide, when they work, who takes over; and nothing about how they do."""

import re
from datetime import time
from decimal import Decimal
from typing import Any

import pytest

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import Hours
from socialwatch.store import agents, people
from socialwatch.store.unit import Database

FORM = {"per_case": "75", "per_day": "1.250,50", "report_above": "40,00", "speaks": ["nl", "en"]}


@pytest.fixture
def els(as_: Any) -> Any:
    return as_("Els")


def who(database: Database, name: str) -> Any:
    with database.read() as unit:
        return next(each for each in agents.everyone(unit) if each.name == name)


def test_a_mandate_is_freedom_with_exceptions(els: Any, seeded: Database) -> None:
    freek, noor = who(seeded, "Freek"), who(seeded, "Noor")
    extra = {
        "not_hazards": ["press"],
        "not_gestures": ["flowers"],
        "days": ["0", "4"],
        "start": "09:00",
        "till": "17:30",
        "press": "yes",
        "advises": ["legal"],
        "deputy": str(noor.id),
        "decides_in": ["nl"],
    }
    assert els.post(f"/beheer/team/{freek.id}", **FORM, **extra).status_code == 303
    found = who(seeded, "Freek")
    mandate = found.mandate
    assert (mandate.euros_per_case, mandate.euros_per_day, mandate.report_above) == (
        Decimal(75),
        Decimal("1250.50"),
        Decimal(40),
    )
    assert (mandate.not_hazards, mandate.not_gestures) == ((Hazard.PRESS,), (Kind.FLOWERS,))
    assert (mandate.hours, mandate.languages) == (Hours((0, 4), time(9), time(17, 30)), ("nl",))
    assert (mandate.press, mandate.advises, found.deputy_id) == (True, (Hazard.LEGAL,), noor.id)
    page = els.get("/beheer/team").text
    assert (
        "Alles tot € 75,00 per dossier en € 1.250,50 per dag, behalve pers en bloemen; boven € 40,00 even melden; "
        "ma en vr van 09:00 tot 17:30." in page
    )
    assert "Doet de pers en leest mee bij juridische dreiging." in page
    assert "Waarnemer: <bdi>Noor</bdi>" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"per_case": "veel"}, "Vul bij de bedragen een getal in"),
        ({"per_case": "-5"}, "Vul bij de bedragen een getal in"),
        ({"per_case": "NaN"}, "Vul bij de bedragen een getal in"),
        ({"report_above": "80"}, "Melden begint niet pas boven"),
        ({"days": ["0"]}, "Kies bij de uren ten minste"),
        ({"start": "09:00", "till": "17:00"}, "Kies bij de uren ten minste"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    els: Any, seeded: Database, changes: dict[str, Any], words: str
) -> None:
    freek = who(seeded, "Freek")
    answer = els.post(f"/beheer/team/{freek.id}", **(FORM | changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{changes.get("per_case", "75")}"' in answer.text, "nobody types it again"
    assert who(seeded, "Freek") == freek


def test_nobody_stands_in_for_themselves_or_for_another_brand(els: Any, seeded: Database) -> None:
    freek, buur = who(seeded, "Freek"), who(seeded, "Buur")
    assert els.post(f"/beheer/team/{freek.id}", **FORM, deputy=str(freek.id)).status_code == 422
    assert els.post(f"/beheer/team/{freek.id}", **FORM, deputy=str(buur.id)).status_code == 404
    assert els.get(f"/beheer/team/{buur.id}").status_code == 404
    assert els.post(f"/beheer/team/{buur.id}", **FORM).status_code == 404
    assert who(seeded, "Freek") == freek


def test_shifts_for_some_weeks_by_the_clock_on_the_wall(els: Any, seeded: Database, seed: Any) -> None:
    freek = who(seeded, "Freek")
    url = f"/beheer/team/{freek.id}/dienst"
    els.post(url, on="2027-03-24", start="22:00", till="06:00", weeks="2")
    els.post(url, on="2027-03-24", start="22:00", till="06:00", weeks="1")
    with seeded.read() as unit:
        found = people.shifts(unit, seed.BRAND, seed.NOW)
    assert [f"{each.stretch.start:%d %H:%M} {each.stretch.end:%d %H:%M}" for each in found] == [
        "24 21:00 25 05:00",
        "31 20:00 01 04:00",  # summer time began
    ]
    assert "wo 24 mrt 2027 22:00 tot do 25 mrt 2027 06:00" in els.get(f"/beheer/team/{freek.id}").text
    els.post(f"/beheer/team/{freek.id}/weghalen", what="shift", entry=str(found[0].id))
    with seeded.read() as unit:
        assert len(people.shifts(unit, seed.BRAND, seed.NOW)) == 1
    assert els.post(url, on="2027-03-24", start="09:00", till="09:00").status_code == 422


def test_an_absence_has_days_and_a_deputy_and_asks_no_reason(els: Any, seeded: Database, seed: Any) -> None:
    freek, noor = who(seeded, "Freek"), who(seeded, "Noor")
    url = f"/beheer/team/{freek.id}/afwezig"
    assert els.post(url, first="2026-11-25", last="2026-11-24").status_code == 422
    assert els.post(url, first="2026-11-25", last="2026-11-27", deputy=str(noor.id)).status_code == 303
    with seeded.read() as unit:
        (found,) = people.absences(unit, seed.BRAND, seed.NOW)
    assert (found.stretch.end - found.stretch.start).days == 3
    page = els.get(f"/beheer/team/{freek.id}").text
    assert "waarnemer <bdi>Noor</bdi>" in page
    team = els.get("/beheer/team").text
    assert "van wo 25 nov tot en met vr 27 nov, <bdi>Noor</bdi> neemt waar" in team
    form = page[page.index(f'action="{url}"') :]
    fields = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form[: form.index("</form>")])
    assert fields == ["csrf", "first", "last", "deputy"], "no field that asks why"


def test_only_who_is_in_charge_comes_here(freek: Any, as_: Any, seeded: Database) -> None:
    number = who(seeded, "Noor").id
    for browser in (freek, as_("Bram")):
        assert browser.get("/beheer/team").status_code == 403
        assert browser.post(f"/beheer/team/{number}", **FORM).status_code == 403
        assert browser.post(f"/beheer/team/{number}/dienst", on="2027-01-01").status_code == 403


def test_nobody_is_counted_here(els: Any, seeded: Database) -> None:
    """No figure on these pages but euros, hours and days."""
    for path in ("/beheer/team", f"/beheer/team/{who(seeded, 'Noor').id}"):
        page = els.get(path).text
        main = re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")])
        assert not re.search(r"\d+ (?:dossiers?|antwoorden|klachten|minuten|bedankjes|%)", main)
        assert "gemiddeld" not in main
