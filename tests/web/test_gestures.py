"""What the owner does at the desk: at once, told, or asked; promises in the diary; rules counted and people not."""

import re
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from socialwatch.domain.gesture import GestureState, Kind
from socialwatch.domain.mandate import Hours
from socialwatch.store import agents, gestures
from socialwatch.store.tables import absence, agent, audit, escalation, gesture, job, promise, set_aside


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    """Marieke's, who is known and ordered before."""
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


def rows(seeded: Any, table: Any, *conditions: Any) -> list[Any]:
    with seeded.read() as unit:
        return list(unit.run(select(table).where(*conditions)).all())


def give(browser: Any, number: int, kind: str, key: str = "formulier-1", **fields: str) -> Any:
    return browser.post(f"/dossier/{number}/gebaar", kind=kind, key=key, **fields)


def test_every_gesture_stands_on_the_page_with_its_cost_and_nothing_is_compulsory(freek: Any, number: int) -> None:
    page = freek.get(f"/dossier/{number}").text
    for kind in Kind:
        assert f'name="kind" value="{kind}"' in page
    menu = page[page.index('id="oplossing"') : page.index("Ik doe het anders")]
    assert "required" not in menu
    assert "Kan vandaag nog tot 15:00 (nog 55 min)" in menu
    assert "€ 25,90" in menu  # two pairs of the order that she means
    assert "€ 25,00 <span" in page
    assert "Vandaag nog € 100,00" in page


def test_a_bare_click_does_it(freek: Any, seeded: Any, number: int) -> None:
    answer = give(freek, number, "replacement")
    (stored,) = rows(seeded, gesture)
    assert answer.headers["location"] == f"/dossier/{number}?gegeven={stored.id}#net-gedaan"
    assert (stored.state, stored.cost_cents, stored.side) == ("prepared", 0, "owed")
    assert [each.subject for each in rows(seeded, job, job.c.step == "perform")] == [stored.id]
    page = freek.get(f"/dossier/{number}?gegeven={stored.id}").text
    assert "Vervanging: geregeld." in page
    assert "Freek</bdi> regelde: <bdi>vervanging" in page


def test_what_was_filled_in_is_kept(freek: Any, seeded: Any, number: int) -> None:
    give(freek, number, "double", item="SOK-19877|0", cost="25,90", what=" van \n mij ", minutes="4")
    (stored,) = rows(seeded, gesture)
    assert (stored.order_number, stored.lines, stored.cost_cents, stored.what, stored.minutes) == (
        "SOK-19877",
        [["W1", 4]],
        2590,
        "van mij",
        4,
    )


def test_the_same_form_twice_is_one_gesture(freek: Any, seeded: Any, number: int) -> None:
    places = {give(freek, number, "voucher", cost="10").headers["location"] for _ in range(3)}
    assert len(places) == len(rows(seeded, gesture)) == 1


@pytest.mark.parametrize(
    "fields", [{"cost": "veel"}, {"cost": "-1"}, {"minutes": "lang"}, {"item": "SOK-1|0"}, {"item": "SOK-20418|0"}]
)
def test_nonsense_and_other_peoples_orders_are_refused(
    freek: Any, seeded: Any, number: int, fields: dict[str, str]
) -> None:
    assert give(freek, number, "refund", **fields).status_code == 422
    assert rows(seeded, gesture) == []


def test_the_room_shrinks_and_the_lead_hears_of_it(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    give(freek, number, "voucher", "formulier-1", cost="10")
    reported = give(freek, number, "flowers", "formulier-2", cost="12,50").headers["location"]
    assert "gemeld=1" in reported
    page = freek.get(reported.split("#")[0]).text
    assert "en Els hoort het" in page
    assert "€ 2,50 <span" in page
    assert "Vandaag nog € 77,50" in page
    listed = as_("Els").get("/mag-dit").text
    assert "Gedaan en gemeld" in listed
    assert "bloemen van € 12,50" in listed


def entrust(seeded: Any, seed: Any, **changes: Any) -> None:
    """Freek's mandate with these exceptions."""
    with seeded.write() as unit:
        who = next(each for each in agents.everyone(unit, seed.BRAND) if each.name == "Freek")
        agents.entrust(unit, replace(who, mandate=replace(who.mandate, **changes)))


def choice(page: str, kind: str) -> str:
    """What stands with one gesture of the menu."""
    start = page.index(f'name="kind" value="{kind}"')
    return page[start : page.index("</form>", start)]


def test_an_exception_stands_on_the_screen_and_its_click_asks(freek: Any, seeded: Any, seed: Any, number: int) -> None:
    entrust(seeded, seed, not_gestures=(Kind.VOUCHER, Kind.REFUND))
    page = freek.get(f"/dossier/{number}").text
    assert "Behalve tegoedbon en geld terug: dat vraag je Els met één klik." in page
    assert "Vraag Els: mag dit?" in choice(page, "voucher")
    assert "Vraag Els: mag dit?" in choice(page, "refund")
    assert "Vraag Els: mag dit?" not in choice(page, "flowers")
    assert "€ 25,00 <span" in page
    give(freek, number, "voucher", cost="1")
    give(freek, number, "flowers", "formulier-2", cost="1")
    assert [each.state for each in rows(seeded, gesture)] == ["asked", "prepared"]


def test_outside_the_hours_of_the_mandate_the_screen_says_when_and_every_click_asks(
    freek: Any, seeded: Any, seed: Any, number: int
) -> None:
    entrust(seeded, seed, hours=Hours((0, 1), time(9), time(14)))  # it is Monday 14:05 there
    page = freek.get(f"/dossier/{number}").text
    assert "Alleen beslis je op maandag en dinsdag van 09:00 tot 14:00." in page
    assert "buiten je beslisruimte" in page
    assert "nog vrij in dit dossier" not in page
    for kind in ("repair", "voucher", "flowers"):
        assert "Vraag Els: mag dit?" in choice(page, kind)
    assert "Vraag Els: mag dit?" not in choice(page, "thought")
    give(freek, number, "repair")
    assert rows(seeded, gesture)[0].state == "asked"
    entrust(seeded, seed, hours=Hours((0, 1), time(9), time(14, 30)))
    assert "nog vrij in dit dossier" in freek.get(f"/dossier/{number}").text


def test_one_click_asks_and_one_thumb_answers(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    give(freek, number, "voucher", cost="60", what="al twee jaar klant")
    (asked,) = rows(seeded, gesture)
    assert asked.state == "asked"
    (waiting,) = rows(seeded, escalation, escalation.c.matter == "ask")
    assert (waiting.subject, waiting.step, waiting.stopped_at) == (asked.id, 0, None)
    els = as_("Els")
    assert "Mag dit? <span" in els.get("/inbox").text
    page = els.get(f"/mag-dit/{asked.id}").text
    assert 'Tegoedbon: <span class="price">€ 60,00' in page
    assert "slijtage" in page  # the whole case stands below it
    els.post(f"/mag-dit/{asked.id}", verdict="yes")
    assert rows(seeded, gesture)[0].state == "prepared"
    assert rows(seeded, escalation, escalation.c.matter == "ask")[0].stopped_at is not None
    told = freek.get(f"/dossier/{number}").text
    assert "Els</bdi> zei ja" in told
    assert "€ 25,00 <span" in told  # the lead's decision costs Freek nothing
    assert els.post(f"/mag-dit/{asked.id}", verdict="no", why="te laat").status_code == 422


def test_a_no_comes_with_its_reason(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    give(freek, number, "voucher", cost="60")
    (asked,) = rows(seeded, gesture)
    as_("Els").post(f"/mag-dit/{asked.id}", verdict="no", why="bel haar liever even")
    assert "nee, want <bdi>bel haar liever even</bdi>" in freek.get(f"/dossier/{number}").text
    assert [each.subject for each in rows(seeded, job, job.c.step == "perform")] == []


def test_only_a_lead_or_a_deputy_answers_and_nobody_their_own(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    give(freek, number, "voucher", cost="60")
    (asked,) = rows(seeded, gesture)
    noor = as_("Noor")
    for answer in (noor.get(f"/mag-dit/{asked.id}"), noor.post(f"/mag-dit/{asked.id}", verdict="yes")):
        assert answer.status_code == 403
    assert as_("Buur").get(f"/mag-dit/{asked.id}").status_code in (403, 404)
    assert "Mag dit?" not in noor.get("/inbox").text
    with seeded.write() as unit:
        people = {row.name: row.id for row in unit.run(select(agent.c.name, agent.c.id))}
        unit.run(update(agent).where(agent.c.name == "Els").values(deputy_id=people["Freek"]))
    assert freek.post(f"/mag-dit/{asked.id}", verdict="yes").status_code == 422
    assert rows(seeded, gesture)[0].state == "asked"
    with seeded.write() as unit:
        unit.run(update(agent).where(agent.c.name == "Els").values(deputy_id=people["Noor"]))
    assert noor.post(f"/mag-dit/{asked.id}", verdict="yes").status_code == 303


def test_who_stands_in_during_an_absence_answers_only_then(
    freek: Any, as_: Any, seeded: Any, seed: Any, number: int
) -> None:
    with seeded.write() as unit:
        people = {row.name: row.id for row in unit.run(select(agent.c.name, agent.c.id))}
        away = {"brand": seed.BRAND, "agent_id": people["Els"], "deputy_id": people["Noor"]}
        day = timedelta(days=1)
        unit.run(insert(absence).values(away | {"starts_at": seed.NOW + day, "ends_at": seed.NOW + 2 * day}))
    noor = as_("Noor")
    assert noor.get("/mag-dit").status_code == 403
    with seeded.write() as unit:
        unit.run(update(absence).values(starts_at=seed.NOW - day))
    assert noor.get("/mag-dit").status_code == 200


@pytest.mark.parametrize(
    ("state", "verdict", "then"),
    [
        ("unknown", "there", "sent"),
        ("unknown", "not", "failed"),
        ("failed", "again", "prepared"),
        ("failed", "myself", "done"),
    ],
)
def test_doubt_and_failure_end_with_a_human(
    freek: Any, seeded: Any, number: int, state: str, verdict: str, then: str
) -> None:
    give(freek, number, "refund", cost="25,90")
    with seeded.write() as unit:
        unit.run(update(gesture).values(state=state, carrier="woocommerce", reason="De winkel weigerde dit."))
    page = freek.get(f"/dossier/{number}").text
    assert f'name="verdict" value="{verdict}"' in page
    (stored,) = rows(seeded, gesture)
    freek.post(f"/gebaar/{stored.id}/oordeel", verdict=verdict)
    assert rows(seeded, gesture)[0].state == then
    assert freek.post(f"/gebaar/{stored.id}/oordeel", verdict="there").status_code == 422
    assert Decimal(rows(seeded, gesture)[0].cost_cents) == 2590


def test_a_gesture_of_another_brand_is_not_there(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    give(freek, number, "refund")
    (stored,) = rows(seeded, gesture)
    assert as_("Buur").post(f"/gebaar/{stored.id}/oordeel", verdict="there").status_code == 404
    assert stored.state == GestureState.PREPARED


def promised(freek: Any, number: int) -> dict[str, str]:
    text = "Wat een pech, Marieke. Nieuwe sokken liggen morgen in huis. ^Freek"
    freek.post(f"/dossier/{number}/antwoord", mention="x:101", approval="belofte-1", text=text)
    page = freek.get(f"/dossier/{number}").text
    assert "“<bdi>Nieuwe sokken liggen morgen in huis</bdi>”</strong>: zet ik het in de agenda?" in page
    fields = {}
    for name in ("reply", "place"):
        found = re.search(rf'name="{name}" value="(\d+)"', page)
        assert found is not None
        fields[name] = found[1]
    return fields


def test_a_promise_in_an_answer_is_offered_and_one_click_makes_it_a_timer(
    freek: Any, seeded: Any, seed: Any, number: int
) -> None:
    offered = promised(freek, number)
    for _ in range(2):
        freek.post(f"/dossier/{number}/belofte", verdict="yes", **offered)
    (made,) = rows(seeded, promise)
    assert (made.what, made.due_at.isoformat()) == ("Nieuwe sokken liggen morgen in huis", "2026-11-24T17:00:00+00:00")
    page = freek.get(f"/dossier/{number}").text
    assert "zet ik het in de agenda?" not in page
    assert "uiterlijk <time" in page
    freek.post(f"/belofte/{made.id}", verdict="move", due="2026-11-25T12:00")
    assert rows(seeded, promise)[0].due_at.isoformat() == "2026-11-25T11:00:00+00:00"
    freek.post(f"/belofte/{made.id}", verdict="kept")
    assert rows(seeded, promise)[0].kept_at == seed.NOW
    assert freek.post(f"/belofte/{made.id}", verdict="drop").status_code == 422
    assert "Beloofd</h2>" not in freek.get(f"/dossier/{number}").text


def test_who_says_no_is_not_asked_again(freek: Any, seeded: Any, number: int) -> None:
    offered = promised(freek, number)
    freek.post(f"/dossier/{number}/belofte", verdict="no", **offered)
    page = freek.get(f"/dossier/{number}").text
    assert "zet ik het in de agenda?" not in page
    assert "Beloofd</h2>" not in page
    assert rows(seeded, promise)[0].dropped_at is not None


def test_a_promise_made_by_telephone(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    place = f"/dossier/{number}/afspraak"
    for wrong in ("gisteren", "2020-01-01T10:00"):
        assert freek.post(place, due=wrong).status_code == 422
    for _ in range(2):  # a double click
        freek.post(place, due="2026-11-24T16:30")
    (made,) = rows(seeded, promise)
    assert (made.what, made.due_at.isoformat()) == ("afspraak met de klant", "2026-11-24T15:30:00+00:00")
    assert as_("Buur").post(f"/belofte/{made.id}", verdict="kept").status_code == 404


def test_the_rule_is_counted_and_nobody_stands_by_it(freek: Any, as_: Any, seeded: Any, number: int) -> None:
    reasons = (("Retour eerst terug", "ze heeft ze morgen nodig"), ("retour eerst terug", "kreeg al eens nee"))
    for rule, why in (*reasons, ("geen bloemen", "")):
        assert freek.post(f"/dossier/{number}/anders", rule=rule, why=why).status_code == 303
    assert freek.post(f"/dossier/{number}/anders", rule="  ").status_code == 422
    assert {"agent_id", "reply_id"}.isdisjoint(set_aside.c.keys())
    assert rows(seeded, audit, audit.c.what.like("%aside%") | audit.c.what.like("%anders%")) == []
    told = as_("Els").get("/beheer/regels").text
    assert told.count("2 keer") == 1
    assert "kreeg al eens nee" in told
    assert "Freek" not in told
    assert freek.get("/beheer/regels").status_code == 403
    assert "ze heeft ze morgen nodig" in freek.get(f"/dossier/{number}").text


def test_who_reads_along_sees_what_was_done_and_no_buttons(freek: Any, as_: Any, number: int) -> None:
    give(freek, number, "flowers", cost="5")
    page = as_("Bram").get(f"/dossier/{number}").text
    assert "Gedaan voor de klant" in page
    assert f"/dossier/{number}/gebaar" not in page.replace(f"/dossier/{number}/gebaren", "")


@pytest.mark.parametrize(
    ("url", "shown"), [("https://winkel.example/admin/orders/9", True), ("javascript:alert(1)", False)]
)
def test_what_a_shop_made_of_it_is_one_click_away(freek: Any, seeded: Any, number: int, url: str, shown: bool) -> None:
    give(freek, number, "replacement")
    with seeded.write() as unit:
        (given,) = gestures.of_case(unit, number)
        gestures.become(unit, given.id, GestureState.SENDING)
        gestures.become(unit, given.id, GestureState.SENT, carrier="shopify", platform_id="#1009")
        gestures.carried(unit, given, "shopify", url, given.at)
    page = freek.get(f"/dossier/{number}").text
    assert "Staat in Shopify:" in page
    assert (f'href="{url}"' in page) is shown
    assert ("openen in Shopify" in page) is shown
    assert "javascript:" not in page
