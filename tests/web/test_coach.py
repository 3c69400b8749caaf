"""The Meelezer at the desk: one remark or nothing, nothing kept, and what must not be public does not go out."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from socialwatch.domain.coach import Check
from socialwatch.domain.reply import ReplyState
from socialwatch.domain.voice import Voice
from socialwatch.store import own, replies
from socialwatch.store.tables import agent, building_block, promise, reply

ADDRESS = "Er gaat een nieuw paar naar Dorpsstraat 1 in Utrecht, wat een vervelend gat."
GOOD = "Een gat na drie maanden, daar koop je geen wandelsokken voor. Je krijgt een nieuw paar van ons."


@pytest.fixture
def case(seeded: Any, seed: Any) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


@pytest.fixture
def read(freek: Any, case: int) -> Callable[..., Any]:
    """What the Meelezer says of a draft; None when it is silent."""

    def ask(text: str, mention: str = "x:101", **more: str) -> Any:
        answer = freek.post(f"/dossier/{case}/meelezer", text=text, mention=mention, **more)
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.status_code == 200 else None

    return ask


def test_it_says_one_thing_with_its_stretch(read: Any) -> None:
    told = read("👋 Hoi! Wat is je adres? Dan stuur ik een nieuw paar, een gat na drie maanden hoort niet.")
    assert told["check"] == "known_facts"
    assert told["stretch"] == "adres"
    assert told["before"] == 18  # as a browser counts: the hand is two
    assert told["why"]
    assert told["toward"]


def test_a_good_answer_earns_silence(read: Any) -> None:
    assert read(GOOD) is None
    assert read("   ") is None
    assert read("Iets", mention="x:999") is None


def test_privacy_is_said_in_public_only_and_offers_the_private_way(read: Any) -> None:
    told = read(ADDRESS)
    assert (told["check"], told["blocks"], told["offers"]) == ("privacy", True, "private")
    private = read(ADDRESS, mention="facebook:102", private="yes")
    assert private is None or private["check"] != "privacy"


def test_somebody_elses_case_is_not_read_along_with(as_: Any, case: int) -> None:
    stranger = as_("Buur")
    assert stranger.post(f"/dossier/{case}/meelezer", text=ADDRESS, mention="x:101").status_code == 404
    assert as_("Bram").post(f"/dossier/{case}/meelezer", text=ADDRESS, mention="x:101").status_code == 403


def test_no_token_no_remark(freek: Any, case: int) -> None:
    freek.token = "verkeerd"
    assert freek.post(f"/dossier/{case}/meelezer", text=ADDRESS, mention="x:101").status_code == 403


def test_nothing_of_it_is_stored_or_logged(
    read: Any, seeded: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    read("eerst")  # the session was written down as used
    with seeded.read() as unit:
        before = "\n".join(unit.connection.connection.driver_connection.iterdump())
    with caplog.at_level(logging.DEBUG):
        assert read(ADDRESS) is not None
    with seeded.read() as unit:
        assert "\n".join(unit.connection.connection.driver_connection.iterdump()) == before
    heard = caplog.text + "".join(capfd.readouterr())
    assert "Dorpsstraat" not in heard
    assert "iedereen kan dit lezen" not in heard.lower()


def test_what_an_agent_switched_off_is_not_said_to_them(read: Any, freek: Any, seeded: Any) -> None:
    asked = "Wat is je adres? Een gat na drie maanden hoort niet, er gaat een nieuw paar op de post."
    assert read(asked)["check"] == "known_facts"
    heard = [each.value for each in Check if each is not Check.KNOWN]
    assert freek.post("/ik", heard=heard, sign_off="").headers["location"] == "/ik?saved=1"
    assert read(asked) is None
    with seeded.read() as unit:
        rows = {row.name: row.silenced for row in unit.run(select(agent.c.name, agent.c.silenced))}
    assert (rows["Freek"], rows["Noor"]) == (["known_facts"], None)


def test_an_answer_that_went_to_others_is_known_again_for_a_while(
    read: Any, seeded: Any, seed: Any, app: FastAPI, wall: Any
) -> None:
    assert read(GOOD) is None
    with seeded.write() as unit:
        other = unit.run(select(reply.c.id, reply.c.case_id).where(reply.c.state == "sent").limit(1)).one()
        unit.run(update(reply).where(reply.c.id == other.id).values(text=GOOD))
    assert read(GOOD) is None  # still what was read a moment ago
    wall.now += timedelta(minutes=3)
    told = read(GOOD)
    assert told["check"] == "canned"
    assert "aan iemand anders" in told["says"]


def test_a_privacy_slip_is_refused_by_the_server_whatever_was_switched_off(freek: Any, seeded: Any, case: int) -> None:
    freek.post("/ik", heard=[], sign_off="")
    fields = {"approval": "slip-1", "text": ADDRESS}
    on_x = freek.post(f"/dossier/{case}/antwoord", mention="x:101", **fields)
    assert on_x.status_code == 422
    assert "Iedereen kan dit lezen" in on_x.text
    assert "langs een weg die alleen de klant leest" in on_x.text
    assert "Dorpsstraat 1 in Utrecht" in on_x.text  # the words are kept
    on_facebook = freek.post(f"/dossier/{case}/antwoord", mention="facebook:102", **fields)
    assert "Zet de tik aan bij Privé" in on_facebook.text
    assert freek.post(f"/dossier/{case}/antwoord", mention="facebook:102", private="yes", **fields).status_code == 303
    with seeded.read() as unit:
        assert [row.audience for row in unit.run(select(reply).where(reply.c.text == ADDRESS))] == ["private"]


def test_the_brands_own_number_may_stand_there(freek: Any, app: FastAPI, case: int) -> None:
    text = "Wat een gat zeg. Je bereikt me op 030-2345678, dan regel ik een nieuw paar voor je."
    app.state.desk = replace(app.state.desk, voices={"sokkerij": Voice(own=("030-2345678",))})
    answer = freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="own-1", text=text)
    assert answer.status_code == 303


def test_a_promise_becomes_a_timer_with_the_answer_and_goes_with_it(
    freek: Any, app: FastAPI, seeded: Any, case: int
) -> None:
    app.state.desk = replace(app.state.desk, undo=timedelta(seconds=60))
    text = "Een gat, dat hoort niet. Ik bel je morgen voor 12 uur."
    freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="belofte", text=text, timer="yes")
    with seeded.read() as unit:
        (made,) = unit.run(select(promise)).all()
        (said,) = unit.run(select(reply).where(reply.c.approval == "belofte")).all()
    assert (made.reply_id, made.dropped_at) == (said.id, None)
    freek.post(f"/antwoord/{said.id}/terug")
    with seeded.read() as unit:
        assert unit.run(select(promise.c.dropped_at)).scalar_one() is not None


@pytest.mark.parametrize(
    ("typed", "sent"),
    [(GOOD, f"{GOOD} ^Freek"), (f"{GOOD} ^F", f"{GOOD} ^F"), (f"{GOOD} ^Freek", f"{GOOD} ^Freek")],
)
def test_a_public_answer_is_signed_once(
    freek: Any, app: FastAPI, seeded: Any, case: int, typed: str, sent: str
) -> None:
    app.state.desk = replace(app.state.desk, voices={"sokkerij": Voice(signs=True)})
    assert 'data-sign="^Freek"' in freek.get(f"/dossier/{case}").text
    freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="teken", text=typed)
    with seeded.read() as unit:
        assert unit.run(select(reply.c.text).where(reply.c.approval == "teken")).scalar_one() == sent


def test_the_sign_off_is_each_agents_own_and_counts(freek: Any, app: FastAPI, case: int) -> None:
    app.state.desk = replace(app.state.desk, voices={"sokkerij": Voice(signs=True)})
    assert freek.post("/ik", heard=[], sign_off="Freek!").status_code == 422
    freek.post("/ik", heard=[], sign_off="^FK")
    assert 'data-sign="^FK"' in freek.get(f"/dossier/{case}").text
    full = "a" * 278
    refused = freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="lang", text=full)
    assert "282 tekens, hier passen er 280" in refused.text


def test_building_blocks_are_ones_own(freek: Any, as_: Any, seeded: Any, case: int) -> None:
    assert freek.post("/ik/bouwsteen", name=";Retour", text="Het label zit in je mail.").status_code == 303
    freek.post("/ik/bouwsteen", name="retour", text="Het retourlabel vind je in je mail.")
    assert "twee woorden" not in freek.get("/ik").text
    assert freek.post("/ik/bouwsteen", name="twee woorden", text="x").status_code == 422
    assert freek.post("/ik/bouwsteen", name="leeg", text=" ").status_code == 422
    page = freek.get(f"/dossier/{case}").text
    assert 'data-block="retour" data-words="Het retourlabel vind je in je mail."' in page
    noor = as_("Noor")
    assert "retourlabel" not in noor.get(f"/dossier/{case}").text
    assert "retourlabel" not in noor.get("/ik").text
    with seeded.read() as unit:
        (kept,) = unit.run(select(building_block)).all()
    assert noor.post(f"/ik/bouwsteen/{kept.id}/weg").status_code == 404
    assert freek.post(f"/ik/bouwsteen/{kept.id}/weg").status_code == 303
    assert "retourlabel" not in freek.get("/ik").text


def test_the_drawer_is_full_at_sixty(freek: Any) -> None:
    for number in range(60):
        assert freek.post("/ik/bouwsteen", name=f"steen{number}", text="x").status_code == 303
    refused = freek.post("/ik/bouwsteen", name="nog-een", text="Mijn woorden")
    assert "Je hebt er al zestig" in refused.text
    assert ">Mijn woorden</textarea>" in refused.text
    assert freek.post("/ik/bouwsteen", name="steen3", text="anders").status_code == 303


def test_a_check_that_is_no_more_is_passed_over(seeded: Any, seed: Any) -> None:
    with seeded.write() as unit:
        unit.run(update(agent).where(agent.c.name == "Freek").values(silenced=["privacy", "oud"]))
        who = seed_agent(unit, "Freek")
        assert own.of(unit, who).silenced == {Check.PRIVACY}


def seed_agent(unit: Any, name: str) -> Any:
    from socialwatch.store import agents

    return next(each for each in agents.everyone(unit, "sokkerij") if each.name == name)


def test_taken_back_in_time_nothing_goes_out_and_the_words_return(
    freek: Any, app: FastAPI, seeded: Any, case: int
) -> None:
    app.state.desk = replace(app.state.desk, undo=timedelta(seconds=60))
    freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="terug-1", text=GOOD)
    with seeded.read() as unit:
        told = replies.of_row(unit.run(select(reply).where(reply.c.approval == "terug-1")).one())
    page = freek.get(f"/dossier/{case}").text
    assert f'action="/antwoord/{told.id}/terug"' in page
    back = freek.post(f"/antwoord/{told.id}/terug").headers["location"]
    assert back == f"/dossier/{case}?again={told.id}#antwoord"
    page = freek.get(back).text
    assert f">{GOOD}</textarea>" in page
    assert 'value="x:101"' in page
    assert f'id="antwoord-{told.id}"' not in page
    again = freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="terug-1", text=GOOD)
    assert "had je teruggehaald" in again.text
    assert freek.post(f"/antwoord/{told.id}/terug").status_code == 422
    with seeded.read() as unit:
        assert replies.by_id(unit, told.id).state is ReplyState.TAKEN_BACK


def test_only_who_wrote_it_takes_it_back(freek: Any, as_: Any, app: FastAPI, seeded: Any, case: int) -> None:
    app.state.desk = replace(app.state.desk, undo=timedelta(seconds=60))
    freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="terug-2", text=GOOD)
    with seeded.read() as unit:
        number = unit.run(select(reply.c.id).where(reply.c.approval == "terug-2")).scalar_one()
    noor = as_("Noor")
    assert f"/antwoord/{number}/terug" not in noor.get(f"/dossier/{case}/terughalen").text
    assert noor.post(f"/antwoord/{number}/terug").status_code == 403
    assert as_("Buur").post(f"/antwoord/{number}/terug").status_code == 404
    assert as_("Buur").get(f"/dossier/{case}/terughalen").status_code == 404
    assert f"/antwoord/{number}/terug" in freek.get(f"/dossier/{case}/terughalen").text
