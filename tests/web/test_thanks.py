"""Bedankjes on screen: two thank-yous on one card, a like where it is taken, and a story that begins there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update

from socialwatch.domain.assessment import Kind
from socialwatch.domain.gesture import GestureState
from socialwatch.domain.gesture import Kind as Deed
from socialwatch.store import agents, gestures, promises, thanks
from socialwatch.store.promises import Promise
from socialwatch.store.tables import job, reply, story
from socialwatch.store.tables import thanks as thanks_table
from socialwatch.web import thanks_words


def rows(database: Any, table: Any, *conditions: Any) -> list[Any]:
    with database.read() as unit:
        return list(unit.run(select(table).where(*conditions)).all())


@pytest.fixture
def mailed(seeded: Any, seed: Any) -> int:
    """Sanne, who thanked us on Facebook, mails too; gives the number of her case."""
    told = seed.Told(
        "302", "Sanne", "Nog even per mail: echt top, dank je wel!", 1, "mail", kind=Kind.THANKS, frustration=0.0,
        level=0, answer=0, changes={"audience": "private", "url": None}, customer="k3",
    )  # fmt: skip
    with seeded.write() as unit:
        seed._arrive(unit, told)
        return int(seed.case_of(unit, "110", "facebook"))


def likes(app: Any, **prices: int) -> None:
    app.state.desk = replace(app.state.desk, likes={f"sokkerij/{kind}": price for kind, price in prices.items()})


def test_two_thank_yous_are_one_card_answered_by_mail_with_a_hint(freek: Any, seeded: Any, mailed: int) -> None:
    first, second = rows(seeded, thanks_table)
    assert (second.with_id, second.case_id, first.case_id) == (first.id, mailed, mailed)
    page = freek.get("/bedankjes").text
    assert page.count("<article") == 1
    assert "bedankte op Facebook vandaag 14:01 en per mail 14:04" in page
    assert "Sanne schreef ook op Facebook: noem dat gerust." in page
    assert f'action="/bedankjes/{second.id}/antwoord"' in page
    assert f'action="/bedankjes/{first.id}/antwoord"' not in page
    assert 'data-mention="mail:302"' in page
    freek.post(f"/bedankjes/{second.id}/antwoord", text="Wat fijn, en dank voor je bericht op Facebook.", approval="d1")
    page = freek.get("/bedankjes").text
    assert "/antwoord" not in page
    assert "en dank voor je bericht op Facebook" in page


def test_a_card_says_what_we_did_in_a_few_lines(freek: Any, seeded: Any, seed: Any, mailed: int) -> None:
    with seeded.write() as unit:
        who = 1
        for place, kind in enumerate((Deed.REFUND, Deed.FLOWERS)):
            draft = gestures.Draft(seed.BRAND, mailed, who, kind, f"sleutel-{place}", "bosje")
            gestures.record(unit, draft, GestureState.DONE, seed.NOW)
        gestures.record(
            unit, gestures.Draft(seed.BRAND, mailed, who, Deed.VOUCHER, "nee"), GestureState.DECLINED, seed.NOW
        )
        made = promises.make(
            unit, Promise(0, seed.BRAND, mailed, who, None, "vanmiddag overgemaakt", seed.NOW, seed.NOW)
        )
        promises.keep(unit, promises.of_brand(unit, seed.BRAND, made), seed.NOW)  # type: ignore[arg-type]
    page = freek.get("/bedankjes").text
    assert "Geld terug en bloemen." in page
    assert "tegoedbon" not in page.lower()
    assert "vanmiddag overgemaakt" in page
    assert "Je geld is vanmiddag overgemaakt" in page


def test_the_cards_take_few_questions(seeded: Any, mailed: int) -> None:
    asked: list[int] = []
    event.listen(seeded._reader, "before_cursor_execute", lambda *_: asked.append(1))
    with seeded.read() as unit:
        found = agents.by_email(unit, "freek@sokkerij.example")
        assert found is not None
        asked.clear()
        thanks.cards(unit, found[0])
    assert len(asked) <= 12


def test_a_like_is_offered_with_its_price_only_where_it_is_taken(app: Any, freek: Any, seeded: Any) -> None:
    (found,) = rows(seeded, thanks_table)
    assert "/like" not in freek.get("/bedankjes").text
    refused = freek.post(f"/bedankjes/{found.id}/like")
    assert refused.status_code == 422
    likes(app, facebook=0, x=15_000)
    assert f'action="/bedankjes/{found.id}/like"' in freek.get("/bedankjes").text
    assert "kost $" not in freek.get("/bedankjes").text, "a like on Facebook is free"
    for _ in range(2):
        assert freek.post(f"/bedankjes/{found.id}/like").status_code == 303
    (asked,) = rows(seeded, job, job.c.step == "like")
    assert asked.subject == found.id
    page = freek.get("/bedankjes").text
    assert "like is onderweg" in page
    assert "/like" not in page


def test_a_like_that_was_refused_says_why_and_can_be_tried_again(app: Any, freek: Any, seeded: Any) -> None:
    (found,) = rows(seeded, thanks_table)
    likes(app, facebook=0)
    freek.post(f"/bedankjes/{found.id}/like")
    with seeded.write() as unit:
        unit.run(update(job).where(job.c.step == "like").values(state="dead", reason="Facebook weigert dit."))
    page = freek.get("/bedankjes").text
    assert "Facebook weigert dit." in page
    assert "Nog eens liken" in page
    freek.post(f"/bedankjes/{found.id}/like")
    (asked,) = rows(seeded, job, job.c.step == "like")
    assert (asked.state, asked.reason) == ("ready", None)
    with seeded.write() as unit:
        unit.run(update(thanks_table).values(liked_at=found.at))
    assert "onze like staat er" in freek.get("/bedankjes").text
    assert freek.post(f"/bedankjes/{found.id}/like").status_code == 422


def test_another_brand_likes_and_tells_nothing_here(as_: Callable[[str], Any], app: Any, seeded: Any) -> None:
    likes(app, facebook=0)
    (found,) = rows(seeded, thanks_table)
    buur = as_("Buur")
    assert buur.post(f"/bedankjes/{found.id}/like").status_code == 404
    assert buur.post(f"/bedankjes/{found.id}/verhaal").status_code == 404


@pytest.mark.parametrize(
    ("millionths", "said"), [(0, ""), (15_000, "kost $ 0,015"), (200_000, "kost $ 0,20"), (1_500_000, "kost $ 1,50")]
)
def test_a_price_has_as_many_decimals_as_it_takes(millionths: int, said: str) -> None:
    assert thanks_words.price(millionths) == said


# Klantverhalen


def begun(freek: Any, seeded: Any) -> int:
    (found, *_) = rows(seeded, thanks_table)
    answer = freek.post(f"/bedankjes/{found.id}/verhaal")
    (made,) = rows(seeded, story)
    assert answer.headers["location"] == f"/klantverhalen/{made.id}/schrijven"
    return int(made.id)


def test_a_story_begins_with_the_public_facts_and_is_told_once(freek: Any, seeded: Any, mailed: int) -> None:
    number = begun(freek, seeded)
    assert begun(freek, seeded) == number
    (made,) = rows(seeded, story)
    assert made.case_id == mailed
    assert made.title.startswith("Sanne: ")
    assert "Retour staat al 3 weken" in made.text
    assert "Binnen een uur opgelost" in made.text
    assert "Toestemming: we hebben nog niet gevraagd" in made.text
    assert "Nog even per mail" not in made.text, "what came by mail is not for everybody"
    assert "Visser" not in made.text
    page = freek.get(f"/klantverhalen/{number}").text
    assert "https://facebook.example/110" in page
    assert "Nog even per mail" not in page


def test_its_maker_and_leads_write_it_and_others_read_it(
    freek: Any, as_: Callable[[str], Any], seeded: Any, mailed: int
) -> None:
    number = begun(freek, seeded)
    assert freek.post(f"/klantverhalen/{number}", title=" ", text="iets").status_code == 422
    freek.post(f"/klantverhalen/{number}", title="Drie weken  wachten", text="Sanne vindt het goed.")
    noor, els, bram = as_("Noor"), as_("Els"), as_("Bram")
    for each in (noor, bram):
        assert "Drie weken wachten" in each.get("/klantverhalen").text
        assert "Sanne vindt het goed." in each.get(f"/klantverhalen/{number}").text
        assert each.get(f"/klantverhalen/{number}/schrijven").status_code == 403
        assert each.post(f"/klantverhalen/{number}", title="x", text="y").status_code == 403
        assert each.post(f"/klantverhalen/{number}/weg").status_code == 403
    assert "Drie weken wachten" in bram.get("/reputatie").text
    assert as_("Buur").get(f"/klantverhalen/{number}").status_code == 404
    assert els.post(f"/klantverhalen/{number}", title="Beter", text="Nu met plaatje").status_code == 303
    assert els.post(f"/klantverhalen/{number}/weg").status_code == 303
    assert rows(seeded, story) == []
    assert freek.get(f"/klantverhalen/{number}").status_code == 404


def test_who_minds_the_reputation_finds_the_stories_in_the_menu(as_: Callable[[str], Any]) -> None:
    def menu(name: str, path: str) -> str:
        return str(as_(name).get(path).text.split('aria-label="Hoofdmenu"')[1].split("</nav>")[0])

    assert '<a href="/klantverhalen">' in menu("Bram", "/reputatie")
    assert '<a href="/klantverhalen" aria-current="page">' in menu("Bram", "/klantverhalen")
    assert 'href="/klantverhalen"' not in menu("Freek", "/inbox")  # on Bedankjes, where they begin
    assert '<a href="/bedankjes" aria-current="page">' in menu("Freek", "/klantverhalen")


def test_a_thank_you_for_no_case_makes_no_story(freek: Any, seeded: Any, seed: Any) -> None:
    told = replace(seed.THANKS, number="399", who="Iemand Anders", customer=None, channel="x")
    with seeded.write() as unit:
        seed._arrive(unit, told)
    (loose,) = rows(seeded, thanks_table, thanks_table.c.case_id.is_(None))
    assert f"/bedankjes/{loose.id}/verhaal" not in freek.get("/bedankjes").text
    assert freek.post(f"/bedankjes/{loose.id}/verhaal").status_code == 422
    assert timedelta(0) <= seed.NOW - loose.at


def test_an_answer_to_a_thank_you_can_be_taken_back(app: Any, freek: Any, as_: Any, seeded: Any) -> None:
    app.state.desk = replace(app.state.desk, undo=timedelta(seconds=60))
    (found,) = rows(seeded, thanks_table)
    freek.post(f"/bedankjes/{found.id}/antwoord", text="Graag gedaan, Sanne.", approval="d1")
    (said,) = rows(seeded, reply, reply.c.approval == "d1")
    assert f'action="/antwoord/{said.id}/terug"' in freek.get("/bedankjes").text
    noor = as_("Noor")
    assert "/terug" not in noor.get("/bedankjes").text
    assert noor.post(f"/antwoord/{said.id}/terug").status_code == 403
    back = freek.post(f"/antwoord/{said.id}/terug")
    assert rows(seeded, reply, reply.c.approval == "d1")[0].state == "taken_back"
    page = freek.get(back.headers["location"]).text
    assert ">Graag gedaan, Sanne.</textarea>" in page
    assert f'action="/bedankjes/{found.id}/antwoord"' in page
    assert page.count("Graag gedaan") == 1  # in the field, and not as something we said
    again = freek.post(f"/bedankjes/{found.id}/antwoord", text="Graag gedaan, Sanne.", approval="d1")
    assert again.status_code == 422  # by the way back: that one does not go out any more
    freek.post(f"/bedankjes/{found.id}/antwoord", text="Heel graag gedaan.", approval="d2")
    assert "Heel graag gedaan." in freek.get("/bedankjes").text
    assert rows(seeded, thanks_table)[0].reply_id == rows(seeded, reply, reply.c.approval == "d2")[0].id
    with seeded.write() as unit:
        unit.run(update(reply).where(reply.c.approval == "d2").values(state="sent"))
    assert freek.post(f"/antwoord/{said.id}/terug").status_code == 422
