"""What somebody typed, where they were, and how it is said: kept over refusals, right at nought and one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from socialwatch.domain.assessment import Kind as Thanks
from socialwatch.domain.gesture import GestureState, Kind
from socialwatch.store import agents, cases, gestures, marks
from socialwatch.store.gestures import Draft
from socialwatch.store.tables import agent, contact, reply, thanks
from socialwatch.web import dutch_today, known
from socialwatch.web.entrusting import euros


def number(database: Any, seed: Any, post: str) -> int:
    with database.read() as unit:
        return int(seed.case_of(unit, post))


def act(browser: Any, path: str, **fields: Any) -> Any:
    headers = {"origin": "http://testserver", "hx-request": "true"}
    return browser.client.post(path, data={"csrf": browser.token} | fields, headers=headers, follow_redirects=False)


def test_who_reads_along_may_search_and_keep_filters(as_: Any) -> None:
    bram = as_("Bram")
    assert "1 dossier" in act(bram, "/inbox/zoek", words="lotte").text
    assert bram.post("/inbox/filters", name="fel", address="stream=all&level=3").status_code == 303
    assert "fel" in bram.get("/inbox").text


def test_a_tag_with_braces_is_a_tag_like_any_other(freek: Any, seeded: Any, seed: Any) -> None:
    chosen = [number(seeded, seed, each) for each in ("105", "106")]
    said = act(freek, "/dossiers/tag", id=chosen, tag="{code} {}")
    assert said.status_code == 200
    assert "2 dossiers hebben nu de tag ‘{code} {}’." in said.text


def test_a_situation_that_is_refused_keeps_what_was_typed_and_ticked(freek: Any, seeded: Any, seed: Any) -> None:
    lotte, henk = number(seeded, seed, "106"), number(seeded, seed, "105")
    page = freek.post("/situatie", dossier=lotte, title="", fact="De bezorger staakt", chosen=[henk])
    assert page.status_code == 422
    assert 'value="De bezorger staakt"' in page.text
    assert f'value="{henk}" checked' in page.text
    form = page.text.partition('id="nieuw"')[2].partition("</form>")[0]
    assert form.count(" checked") == 1  # nothing that somebody had unticked is ticked again


def test_looking_again_for_alike_cases_keeps_what_was_typed(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    first = freek.get(f"/situatie/nieuw?dossier={lotte}").text
    named = first.partition('name="named" value="')[2].partition('"')[0]
    own = freek.post(
        "/situatie/nieuw", dossier=lotte, uren=24, title="Wachttijd", named=named, fact="Druk", woorden="Jan"
    )
    assert 'value="Wachttijd"' in own.text
    assert 'value="Druk"' in own.text
    assert '<option value="24" selected>' in own.text
    ours = freek.post("/situatie/nieuw", dossier=lotte, title="Oud", named="Oud", woorden="sokken").text
    assert 'value="Oud"' not in ours  # nobody typed that


def test_after_a_deed_the_dossier_still_stands_beside_the_stream_it_was_opened_from(
    freek: Any, seeded: Any, seed: Any
) -> None:
    lotte = number(seeded, seed, "106")
    came = {"referer": f"http://testserver/dossier/{lotte}?stream=nobody"}
    freek.client.headers.update(came)
    done = freek.post(f"/dossier/{lotte}/notitie", text="even gebeld")
    page = freek.client.get(done.headers["location"]).text
    assert 'href="/inbox?stream=nobody" data-back' in page
    refused = freek.post(f"/dossier/{lotte}/antwoord", mention="x:106", approval="a1", text=" ")
    assert 'href="/inbox?stream=nobody" data-back' in refused.text
    aside = freek.post(f"/dossier/{lotte}/later", until="hour")
    assert aside.headers["location"] == "/inbox?stream=nobody"


def test_signing_in_leads_back_to_the_very_view(visitor: Any, seed: Any) -> None:
    away = visitor.get("/inbox?stream=done&level=3")
    page = visitor.get(away.headers["location"])
    assert 'name="next" value="/inbox?stream=done&amp;level=3"' in page.text


def test_a_session_that_ended_under_an_open_page_leads_back_to_it(visitor: Any) -> None:
    page = {"hx-request": "true", "hx-current-url": "http://testserver/dossier/5?stream=mine"}
    away = visitor.client.get("/dossier/5/draad", headers=page, follow_redirects=False)
    assert away.headers["hx-redirect"] == "/inloggen?next=%2Fdossier%2F5%3Fstream%3Dmine"
    page["hx-current-url"] = "https://elders.example//kwaad.example"
    away = visitor.client.get("/dossier/5/draad", headers=page, follow_redirects=False)
    assert away.headers["hx-redirect"] == "/inloggen"


def test_saying_that_one_is_away_leads_back_to_a_page_that_exists(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    refused = freek.post(f"/dossier/{lotte}/antwoord", mention="x:106", approval="a1", text=" ")
    back = refused.text.partition('name="back" value="')[2].partition('"')[0]
    assert back == f"/dossier/{lotte}"
    assert 'name="back" value="/inbox?stream=done"' in freek.get("/inbox?stream=done").text


def test_a_refusal_leads_back_to_where_one_was(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    freek.client.headers.update({"referer": f"http://testserver/dossier/{lotte}?stream=mine"})
    refused = freek.post(f"/dossier/{lotte}/gebeld", minutes="tien")
    assert f'href="/dossier/{lotte}?stream=mine">Terug' in refused.text
    freek.client.headers.update({"referer": "https://elders.example/dossier/1"})
    assert "elders.example" not in freek.post(f"/dossier/{lotte}/gebeld", minutes="tien").text


def test_what_is_asked_without_words_is_called_by_its_kind(as_: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    with seeded.write() as unit:
        draft = Draft(seed.BRAND, lotte, 1, Kind.FLOWERS, "sleutel-een", "", Decimal(75))
        gestures.record(unit, draft, GestureState.ASKED, seed.NOW)
    page = as_("Els").get("/vandaag").text
    assert "vraagt: bloemen, € 75,00" in page
    els = as_("Els")
    els.client.headers.update({"referer": "http://testserver/vandaag"})
    with seeded.read() as unit:
        asked = gestures.asked(unit, seed.BRAND)[0].id
    assert els.post(f"/mag-dit/{asked}", verdict="no").headers["location"] == "/vandaag"


def test_what_one_asked_oneself_does_not_wait_for_ones_own_word(as_: Any, seeded: Any, seed: Any) -> None:
    els, lotte = as_("Els"), number(seeded, seed, "106")
    with seeded.write() as unit:
        draft = Draft(seed.BRAND, lotte, 3, Kind.FLOWERS, "sleutel-twee", "", Decimal(900))
        gestures.record(unit, draft, GestureState.ASKED, seed.NOW)
    assert "te beantwoorden" not in els.get("/reputatie").text
    assert "op jouw ja of nee" not in els.get("/vandaag").text
    assert "te beantwoorden" in as_("Beheer").get("/reputatie").text


def test_numbers_are_said_as_they_are() -> None:
    now = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
    assert [known.ago(now - timedelta(days=each), now) for each in (59, 60, 61, 62)] == [
        "8 weken geleden", "8 weken geleden", "2 maanden geleden", "2 maanden geleden",
    ]  # fmt: skip
    assert (euros("1.250"), euros("12.5"), euros("1.250,50")) == (1250, Decimal("12.50"), Decimal("1250.50"))


def test_a_moment_that_no_calendar_has_is_refused_in_a_sentence(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    for due in ("0001-01-01T00:00", "9999-12-31T23:59", "morgenvroeg", "2026-11-20T10:00"):
        answer = freek.post(f"/dossier/{lotte}/afspraak", due=due, what="terugbellen")
        assert (answer.status_code, "in de toekomst" in answer.text) == (422, True), due


def test_more_than_fits_on_the_page_is_not_counted_as_all_there_is() -> None:
    assert dutch_today.at_least(8, 8) == "minstens acht"
    assert dutch_today.at_least(7, 8) == "zeven"


def test_one_minute_is_one_minute(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.write() as unit:
        unit.run(update(contact).values(minutes_waited=1))
    page = freek.get(f"/dossier/{number(seeded, seed, '101')}").text
    assert "1 minuut gewacht" in page


def test_two_thank_yous_on_one_card_are_one_line_until_it_is_answered(freek: Any, seeded: Any, seed: Any) -> None:
    told = seed.Told(
        "302", "Sanne", "Nog even per mail: echt top, dank je wel!", 1, "mail", kind=Thanks.THANKS, frustration=0.0,
        level=0, answer=0, changes={"audience": "private", "url": None}, customer="k3",
    )  # fmt: skip
    with seeded.write() as unit:
        seed._arrive(unit, told)
        unit.run(update(thanks).values(agent_id=1))
        second = unit.run(select(thanks.c.id).where(thanks.c.with_id.is_not(None))).scalar_one()
    page = freek.get("/vandaag").text
    assert page.count('href="/bedankjes"><span') == 1
    assert "Nog even per mail" in page
    freek.post(f"/bedankjes/{second}/antwoord", text="Graag gedaan, Sanne!", approval="b1")
    assert "Bedankt, zeiden ze" not in freek.get("/vandaag").text
    with seeded.write() as unit:
        unit.run(update(reply).where(reply.c.approval == "b1").values(state="failed"))
    assert "Bedankt, zeiden ze" in freek.get("/vandaag").text  # it did not get there


def test_who_lost_a_case_is_not_told_that_a_colleague_asks_for_help(
    freek: Any, as_: Any, seeded: Any, seed: Any
) -> None:
    lotte = number(seeded, seed, "106")
    with seeded.write() as unit:
        cases.assign(unit, lotte, 1, seed.NOW, {})
    as_("Noor").post(f"/dossier/{lotte}/neem-over", note="Ik sprak haar net")
    page = freek.get("/vandaag").text
    assert "Dit dossier ligt nu bij Noor: Ik sprak haar net" in page
    assert "Kijk je even mee?" not in page
    assert ">van Noor<" in page


def test_what_was_laid_aside_longer_ago_can_still_be_fetched_back(freek: Any, seeded: Any, seed: Any) -> None:
    assert "Laat meer zien" not in freek.get("/inbox?stream=aside").text
    with seeded.write() as unit:
        for each in range(65):
            seed._arrive(unit, replace(seed.ASIDE[0], number=f"s{each}", ago=500 + each, text=f"{each} WIN een iPhone"))
    page = freek.get("/inbox?stream=aside").text
    assert page.count('class="aside-row"') == 60
    assert 'href="/inbox?stream=aside&amp;toon=600">Laat meer zien' in page
    assert freek.get("/inbox?stream=aside&toon=600").text.count('class="aside-row"') == 67


def test_only_who_can_own_a_case_can_be_chosen_at_merging(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    page = freek.post(f"/dossier/{lotte}/samenvoegen/zoek", words="henk")
    assert page.status_code == 200
    assert "Henk" in page.text
    assert ">Noor</option>" in page.text
    assert ">Bram</option>" not in page.text
    assert 'method="get"' not in page.text.partition("<main")[2].partition("</main>")[0]


def test_nobody_to_hand_over_to_is_said_without_a_button(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.write() as unit:
        unit.run(update(agent).where(agent.c.brand == seed.BRAND, agent.c.id != 1).values(role="brand"))
    dialog = freek.get(f"/dossiers/overdragen?id={number(seeded, seed, '106')}").text
    assert "niemand" in dialog
    assert "Draag over" not in dialog


def test_what_was_put_aside_stays_aside_when_somebody_finds_the_answer(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    freek.post(f"/dossier/{lotte}/antwoord", mention="x:106", approval="a1", text="Sorry voor het wachten, Lotte.")
    with seeded.write() as unit:
        told = unit.run(select(reply.c.id).where(reply.c.approval == "a1")).scalar_one()
        before = seed.NOW - timedelta(minutes=2)
        unit.run(update(reply).where(reply.c.id == told).values(state="unknown", created_at=before))
        freek_ = agents.by_id(unit, 1)
        assert freek_ is not None
        marks.later(unit, freek_, lotte, seed.NOW + timedelta(days=1), seed.NOW - timedelta(minutes=1))
    freek.post(f"/antwoord/{told}/oordeel", verdict="there")
    with seeded.read() as unit:
        assert cases.by_id(unit, lotte).state == "later"
    late = freek.post(f"/antwoord/{told}/oordeel", verdict="not")
    assert (late.status_code, "Hier heeft iemand anders net al over besloten." in late.text) == (422, True)
