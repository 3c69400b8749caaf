"""Vandaag: what is for you since yesterday, and for who leads how the shift stands; without watching anybody."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, insert, update

from socialwatch.domain.gesture import Kind
from socialwatch.store import agents, cases, gestures, promises
from socialwatch.store.promises import Promise
from socialwatch.store.tables import agent, beckon, case
from socialwatch.store.unit import Database, Unit


def who(unit: Unit, name: str) -> Any:
    return next(each for each in agents.everyone(unit) if each.name == name)


def promise(unit: Unit, seed: Any, number: str, name: str, minutes: float, what: str = "Ik bel je") -> int:
    found = seed.case_of(unit, number)
    due = seed.NOW + timedelta(minutes=minutes)
    return promises.make(unit, Promise(0, seed.BRAND, found, who(unit, name).id, None, what, seed.NOW, due))


def test_the_way_in_leads_to_today(freek: Any, as_: Any) -> None:
    assert freek.get("/").headers["location"] == "/vandaag"
    assert as_("Bram").get("/").headers["location"] == "/reputatie"
    page = freek.get("/vandaag").text
    assert "Goedemiddag, Freek" in page
    assert "Niets beloofd voor vandaag." in page
    assert 'href="/vandaag" aria-current="page"' in page


def test_promises_stand_late_ones_first_with_their_clock(freek: Any, seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        promise(unit, seed, "103", "Freek", 20, "nieuwe sokken sturen")
        promise(unit, seed, "101", "Freek", -130, "terugbellen")
        promise(unit, seed, "104", "Noor", 5, "van een ander")
        promise(unit, seed, "106", "Freek", 60 * 24, "iets voor morgen")
        kept = promises.of_brand(unit, seed.BRAND, promise(unit, seed, "107", "Freek", 9, "al gedaan"))
        assert kept is not None
        promises.keep(unit, kept, seed.NOW)
    page = freek.get("/vandaag").text
    assert page.index("terugbellen") < page.index("nieuwe sokken sturen")
    assert '<span class="clock red">2 uur te laat</span>' in page
    assert '<span class="clock orange">nog 20 min</span>' in page
    assert "Eén belofte is over tijd." in page
    assert not any(each in page for each in ("van een ander", "iets voor morgen", "al gedaan"))


def test_what_moved_who_thanked_who_beckons_and_what_came_back(freek: Any, seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        me, els = who(unit, "Freek"), who(unit, "Els")
        for number in ("101", "107"):
            cases.assign(unit, seed.case_of(unit, number), me.id, seed.NOW, {"by": me.id})
        later = seed.case_of(unit, "107")
        values = {"state": "later", "later_until": seed.NOW - timedelta(minutes=3), "due_since": None}
        unit.run(update(case).where(case.c.id == later).values(values))
        look = {"brand": seed.BRAND, "case_id": seed.case_of(unit, "104"), "agent_id": me.id, "by_id": els.id}
        unit.run(insert(beckon).values(look | {"kind": "look", "words": "Klopt dit zo?", "at": seed.NOW}))
    page = freek.get("/vandaag/lijst").text
    assert "wie kan mij helpen met mijn sokken" in page
    assert "Klopt dit zo?" in page
    assert "vraagt Els" in page
    assert "nu weer aan de beurt" in page
    assert "Dank je wel Freek" in page
    assert "bureau" not in page


def test_who_leads_sees_the_shift_and_answers_at_once(as_: Any, seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        promise(unit, seed, "101", "Noor", 40, "voor vijf uur bellen")
        noor = who(unit, "Noor")
        cases.assign(unit, seed.case_of(unit, "103"), noor.id, seed.NOW, {"by": noor.id})
        draft = gestures.Draft(
            seed.BRAND, seed.case_of(unit, "103"), noor.id, Kind.FLOWERS, "k", "bloemen", Decimal(40)
        )
        asked = gestures.record(unit, draft, gestures.GestureState.ASKED, seed.NOW)
    els = as_("Els")
    page = els.get("/vandaag").text
    assert "voor vijf uur bellen" in page
    assert "beloofd door Noor" in page
    assert "Wacht het langst" in page
    assert "waarvan één met hoge frustratie" in page or "één dossier, één met hoge frustratie" in page
    assert f'action="/mag-dit/{asked.id}"' in page
    assert els.post(f"/mag-dit/{asked.id}", verdict="yes").status_code == 303
    assert f'action="/mag-dit/{asked.id}"' not in els.get("/vandaag").text
    assert "bureau" not in as_("Noor").get("/vandaag").text


def team(unit: Unit, seed: Any, more: int) -> None:
    known = next(each for each in agents.everyone(unit) if each.name == "Noor")
    for number in range(more):
        values = {"name": f"Collega {number}", "email": f"c{number}@sokkerij.example", "presence": "available"}
        row = {"brand": seed.BRAND, "password_hash": "x", "role": "agent", "languages": ["nl"], "notify": {}}
        unit.run(insert(agent).values(values | row | {"mandate": agents._mandate_values(known.mandate)}))


def today_cases(unit: Unit, seed: Any, count: int, in_time: int) -> None:
    """So many cases of this morning, some answered within ten minutes, the others after three hours."""
    row = {"brand": seed.BRAND, "title": "t", "channel": "x", "state": "closed", "frustration": 0.1, "risk": 0.0}
    row |= {"level": 1, "needs_human": False, "static": 0.1, "reasons": [], "rank": 0.1, "language": "nl"}
    opened = seed.NOW - timedelta(hours=4)
    for number in range(count):
        answered = opened + timedelta(minutes=10 if number < in_time else 190)
        unit.run(insert(case).values(row | {"opened_at": opened, "last_at": answered, "first_answer_at": answered}))


@pytest.mark.parametrize(("people", "count", "shown"), [(2, 40, True), (1, 40, False), (2, 5, False)])
def test_no_figure_below_five_agents_and_thirty_cases(
    as_: Any, seeded: Database, seed: Any, people: int, count: int, shown: bool
) -> None:
    with seeded.write() as unit:
        team(unit, seed, people - 1)
        today_cases(unit, seed, count, count // 2)
    page = as_("Els").get("/vandaag").text
    assert ("kreeg op tijd antwoord" in page) is shown
    assert ("We willen 80 %" in page) is shown


def test_no_word_of_how_anybody_does(as_: Any, seeded: Database, seed: Any) -> None:
    page = as_("Els").get("/vandaag").text.lower()
    assert not any(each in page for each in ("gemiddeld", "snelste", "afgehandeld door", "per uur", "ranglijst"))


def test_it_asks_as_often_however_much_there_is(as_: Any, seeded: Database, seed: Any) -> None:
    els, asked = as_("Els"), []

    def note(*given: Any) -> None:
        asked.append(given[2])

    def questions() -> int:
        asked.clear()
        for engine in (seeded._reader, seeded._writer):
            event.listen(engine, "before_cursor_execute", note)
        assert els.get("/vandaag/lijst").status_code == 200
        for engine in (seeded._reader, seeded._writer):
            event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    with seeded.write() as unit:
        promise(unit, seed, "101", "Els", 10)
    few = questions()
    with seeded.write() as unit:
        for minutes in range(30):
            promise(unit, seed, "103", "Els", minutes, f"belofte {minutes}")
        today_cases(unit, seed, 50, 25)
    assert questions() == few


def test_another_brand_sees_its_own_day(as_: Any, seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        promise(unit, seed, "101", "Freek", 10, "geheim van de buren")
    page = as_("Buur").get("/vandaag").text
    assert "geheim van de buren" not in page
    assert "Marieke" not in page
