"""The Inbox: streams, filters, search, and what is done with many cases at once."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import func, insert, select, update

from socialwatch.store import cases
from socialwatch.store.tables import assessment, case, case_tag, chance, line, mention
from tests.web.conftest import field

FAR_OFF = "2026-11-23T00:00"


def number(seeded: Any, seed: Any, post: str) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, post))


def state(seeded: Any, which: int) -> Any:
    with seeded.read() as unit:
        return unit.run(select(case).where(case.c.id == which)).one()


def rows(page: str) -> list[int]:
    return [int(each.split('"')[0]) for each in page.split('data-case="')[1:]]


def act(browser: Any, path: str, **fields: Any) -> Any:
    """As the open page asks it."""
    headers = {"origin": "http://testserver", "hx-request": "true"}
    return browser.client.post(path, data={"csrf": browser.token} | fields, headers=headers, follow_redirects=False)


def test_every_stream_says_what_is_in_it(freek: Any) -> None:
    for stream in ("all", "mine", "nobody", "team", "later", "waiting", "chances", "done", "aside", "onzin"):
        page = freek.get(f"/inbox?stream={stream}")
        assert page.status_code == 200
        assert 'aria-current="true"' in page.text
    assert "Er ligt niets voor later" in freek.get("/inbox?stream=later").text


def test_what_is_put_aside_says_until_when(freek: Any, seeded: Any, seed: Any) -> None:
    lotte, henk = number(seeded, seed, "106"), number(seeded, seed, "105")
    assert "morgen om 09:00" in act(freek, "/dossiers/later", id=[lotte], until="morning").text
    assert "zodra de klant schrijft" in act(freek, "/dossiers/later", id=[henk], until="answer").text
    page = freek.get("/inbox?stream=later").text
    assert rows(page) == [lotte, henk], "soonest back first, and last what waits for an answer"
    assert "tot morgen 09:00" in page
    assert "tot er antwoord komt" in page
    for odd in ("gisteren", FAR_OFF, ""):
        assert act(freek, "/dossiers/later", id=[lotte], until=odd).status_code == 422


def test_pages_follow_each_other_without_a_gap(freek: Any, seeded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from socialwatch.web import viewing

    monkeypatch.setattr(viewing, "SHOWN", 5)
    first = freek.get("/inbox/rijen?stream=all").text
    whole = rows(freek.get("/inbox/rijen?stream=all&toon=600").text)
    seen = rows(first)
    assert len(seen) == 5
    page = first
    while "data-more" in page:
        page = freek.get(page.split('data-more="')[1].split('"')[0].replace("&amp;", "&")).text
        seen += rows(page)
    assert seen == whole
    assert len(set(seen)) == len(seen) == 12
    for odd in ("x", "1_x", "nan_1", "1e999_1", "_", "1_-5", quote("1_" + "9" * 40)):
        assert freek.get(f"/inbox/meer?after={odd}").status_code == 200


@pytest.mark.parametrize("stream", ["done", "waiting", "later"])
def test_pages_by_moment_follow_each_other_too(freek: Any, seeded: Any, monkeypatch: Any, stream: str) -> None:
    from socialwatch.web import viewing

    monkeypatch.setattr(viewing, "SHOWN", 3)
    values = {"state": "closed" if stream == "done" else stream}
    with seeded.write() as unit:
        unit.run(update(case).values(values))
        unit.run(update(case).where(case.c.id % 2 == 0).values(later_until=case.c.opened_at))
    whole = rows(freek.get(f"/inbox/rijen?stream={stream}&toon=600").text)
    page = freek.get(f"/inbox/rijen?stream={stream}").text
    seen = rows(page)
    while "data-more" in page:
        page = freek.get(page.split('data-more="')[1].split('"')[0].replace("&amp;", "&")).text
        seen += rows(page)
    assert seen == whole
    assert len(whole) > 6


def test_filters_leave_out_what_they_should(freek: Any, seeded: Any, seed: Any) -> None:
    def filtered(query: str) -> list[int]:
        return rows(freek.get(f"/inbox/rijen?stream=all&{query}").text)

    joost, john, press = (number(seeded, seed, each) for each in ("103", "115", "107"))
    everything = filtered("")
    assert filtered("hazard=safety") == [joost]
    assert filtered("language=en") == [john]
    assert press in filtered("level=0")
    assert joost not in filtered("level=0")
    assert set(filtered("channel=facebook")) < set(everything)
    assert filtered("age=hour")
    assert set(filtered("age=hour")) < set(everything)
    assert filtered("age=older") == []
    assert "Niets met dit filter" in freek.get("/inbox?age=older").text
    assert filtered("owner=999999") == []
    act(freek, "/dossiers/tag", id=[press], tag="  #Maat   47 ")
    assert filtered("tag=maat+47") == [press]
    assert filtered("level=9&hazard=onzin&age=x&owner=y") == everything, "what is said wrong is left out"


def test_a_filter_is_kept_renamed_and_thrown_away_by_its_owner(freek: Any, as_: Any) -> None:
    address = "stream=nobody&level=3&hazard=safety"
    assert "Bewaar als" not in freek.get("/inbox?stream=nobody").text
    assert 'name="address"' in freek.get(f"/inbox?{address}").text
    freek.post("/inbox/filters", name="Meteen", address=address)
    freek.post("/inbox/filters", name="Alles", address="stream=all")
    page = freek.get("/inbox").text
    assert 'href="/inbox?stream=nobody&amp;hazard=safety&amp;level=3"' in page
    assert "Meteen" not in as_("Noor").get("/inbox").text
    mine = page.split("/inbox/filters/")[1].split("/")[0]
    noor = as_("Noor")
    assert noor.post(f"/inbox/filters/{mine}/naam", name="Van mij").status_code == 422
    noor.post(f"/inbox/filters/{mine}/weg")
    taken = "Meteen" if f'fn-{mine}" name="name" maxlength="60" required value="Alles"' in page else "Alles"
    assert freek.post(f"/inbox/filters/{mine}/naam", name=taken).status_code == 422
    freek.post(f"/inbox/filters/{mine}/naam", name="Anders")
    assert "Anders" in freek.get("/inbox").text
    freek.post(f"/inbox/filters/{mine}/weg")
    assert "Anders" not in freek.get("/inbox").text
    assert freek.post("/inbox/filters", name="  ", address="").status_code == 422


def test_searching_leaves_nothing_in_the_address_and_finds_in_every_place(freek: Any, seeded: Any, seed: Any) -> None:
    marieke, femke = number(seeded, seed, "101"), number(seeded, seed, "104")

    def found(words: str) -> list[int]:
        return rows(act(freek, "/inbox/zoek", words=words).text)

    for words in ("mariek", "gat in mijn", '"nooit meer"', "mariëke", "MARIEKE", "marieke@example.nl", "SOK-19877"):
        assert found(words)[:1] == [marieke], words
    assert found("sok-20418") == [femke]
    assert found('"meer nooit"') == []
    assert "Dat vinden we niet" in act(freek, "/inbox/zoek", words="bestaatniet").text
    assert "Typ een woord" in act(freek, "/inbox/zoek", words="🤬 !!").text
    assert "Berichten zonder dossier" in act(freek, "/inbox/zoek", words="iphone").text
    whole = freek.post("/inbox/zoek", words="marieke")
    assert whole.status_code == 200
    assert 'value="marieke"' in whole.text
    assert freek.get("/inbox/zoek").headers["location"] == "/inbox"
    assert freek.get("/inbox?words=marieke").text.count('value="marieke"') == 0


def test_somebody_elses_cases_can_be_neither_found_nor_touched(as_: Any, seeded: Any, seed: Any) -> None:
    buur, lotte = as_("Buur"), number(seeded, seed, "106")
    assert rows(act(buur, "/inbox/zoek", words="lotte").text) == []
    assert "Berichten zonder dossier" not in act(buur, "/inbox/zoek", words="iphone").text
    said = act(buur, "/dossiers/afronden", id=[lotte]).text
    assert "bleef zoals het was" in said
    assert "Lotte" not in said
    assert state(seeded, lotte).state != "closed"
    assert buur.get(f"/dossiers/tag?id={lotte}").status_code == 422
    assert act(as_("Bram"), "/dossiers/pak", id=[lotte]).status_code == 403


def test_many_are_taken_in_one_go_and_put_back(freek: Any, seeded: Any, seed: Any) -> None:
    lotte, henk = number(seeded, seed, "106"), number(seeded, seed, "105")
    before = {each: state(seeded, each) for each in (lotte, henk)}
    said = act(freek, "/dossiers/pak", id=[lotte, henk, lotte, 99_999])
    assert "2 dossiers zijn nu van jou" in said.text
    assert "Eén dossier bleef zoals het was" in said.text
    assert {state(seeded, each).owner_id for each in before} != {None}
    undo = field(said.text, "undo")
    assert "Alles staat weer zoals het was" in act(freek, "/dossiers/terug", undo=undo).text
    assert {each: state(seeded, each) for each in before} == before
    assert act(freek, "/dossiers/terug", undo=undo).status_code == 422


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("afronden", {"gone": "yes", "heard": "no"}),
        ("later", {"until": "hour"}),
        ("tag", {"tag": "knoopje"}),
        ("overdragen", {"to": 2, "note": "kijk jij?"}),
    ],
)
def test_each_deed_leaves_a_line_and_can_be_taken_back(
    freek: Any, seeded: Any, seed: Any, deed: str, fields: dict[str, Any]
) -> None:
    lotte = number(seeded, seed, "106")
    before = state(seeded, lotte)
    with seeded.read() as unit:
        thread = cases.lines(unit, lotte)
    assert freek.get(f"/dossiers/{deed}?id={lotte}").status_code == 200
    said = act(freek, f"/dossiers/{deed}", id=[lotte], **fields)
    assert said.status_code == 200
    with seeded.read() as unit:
        assert len(cases.lines(unit, lotte)) == len(thread) + 1
        tagged = unit.run(select(func.count()).select_from(case_tag)).scalar_one()
    assert tagged == (1 if deed == "tag" else 0)
    if deed == "afronden":
        now = state(seeded, lotte)
        assert (now.state, now.problem_gone, now.feels_heard) == ("closed", True, False)
        assert "al afgerond" in act(freek, "/dossiers/afronden", id=[lotte]).text
        assert (
            "Freek rondde het af (probleem weg: ja en voelt zich gehoord: nee)" in freek.get(f"/dossier/{lotte}").text
        )
    act(freek, "/dossiers/terug", undo=field(said.text, "undo"))
    assert state(seeded, lotte)._mapping == before._mapping
    with seeded.read() as unit:
        assert cases.lines(unit, lotte) == thread
        assert unit.run(select(func.count()).select_from(case_tag)).scalar_one() == 0


def test_the_signs_of_many_closed_at_once_outlive_what_comes_after(freek: Any, seeded: Any, seed: Any) -> None:
    chosen = [number(seeded, seed, each) for each in ("105", "106")]
    act(freek, "/dossiers/afronden", id=chosen, gone="yes", heard="no")
    for each in chosen:
        freek.post(f"/dossier/{each}/notitie", text="Mooi zo")
        now = state(seeded, each)
        assert (now.state, now.problem_gone, now.feels_heard) == ("closed", True, False)


def test_ten_seconds_are_ten_seconds_and_only_ones_own(freek: Any, as_: Any, seeded: Any, seed: Any, wall: Any) -> None:
    lotte = number(seeded, seed, "106")
    undo = field(act(freek, "/dossiers/afronden", id=[lotte]).text, "undo")
    assert act(as_("Noor"), "/dossiers/terug", undo=undo).status_code == 422
    wall.now += timedelta(seconds=14)
    assert "de tien seconden zijn om" in act(freek, "/dossiers/terug", undo=undo).text
    assert state(seeded, lotte).state == "closed"


def test_what_moved_on_is_left_alone(freek: Any, as_: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    undo = field(act(freek, "/dossiers/later", id=[lotte], until="hour").text, "undo")
    as_("Noor").post(f"/dossier/{lotte}/notitie", text="ik bel haar nu")
    assert "intussen iets gebeurd" in act(freek, "/dossiers/terug", undo=undo).text
    assert state(seeded, lotte).state == "later"


def test_without_its_script_the_page_goes_back_to_the_inbox(freek: Any, seeded: Any, seed: Any) -> None:
    answer = freek.post("/dossiers/pak", id=[number(seeded, seed, "106")])
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")


def brighten(seeded: Any, posts: list[str]) -> dict[str, int]:
    with seeded.write() as unit:
        known = unit.run(select(mention.c.id, mention.c.native_id).where(mention.c.native_id.in_(posts)))
        found = {row.native_id: row.id for row in known}
        unit.run(update(assessment).where(assessment.c.mention_id.in_(found.values())).values(chance=0.9))
    return found


def test_chances_become_a_case_of_ones_own_or_are_let_go(freek: Any, as_: Any, seeded: Any, seed: Any) -> None:
    found = brighten(seeded, ["107", "202", "201"])  # one in a case, two that were put aside
    page = freek.get("/inbox?stream=chances").text
    assert page.count('/pak" class') == 3
    assert as_("Buur").post(f"/kansen/{found['202']}/pak").status_code == 404
    opened = freek.post(f"/kansen/{found['202']}/pak").headers["location"]
    assert "Sokkerij opent zaterdag" in freek.get(opened).text
    assert state(seeded, int(opened.split("/")[2].split("?")[0])).owner_id == 1
    taken = freek.post(f"/kansen/{found['107']}/pak").headers["location"]
    assert taken.startswith(f"/dossier/{number(seeded, seed, '107')}?")
    freek.post(f"/kansen/{found['201']}/laat")
    assert freek.post(f"/kansen/{found['201']}/laat").status_code == 404
    assert "Nu even geen kansen" in freek.get("/inbox?stream=chances").text
    with seeded.read() as unit:
        assert unit.run(select(chance.c.taken).order_by(chance.c.mention_id)).scalars().all().count(True) == 2
        assert unit.run(select(func.count()).select_from(line).where(line.c.kind == "opened")).scalar_one() > 12


def test_a_situation_can_be_made_of_what_was_chosen(freek: Any, seeded: Any, seed: Any) -> None:
    first, second = number(seeded, seed, "106"), number(seeded, seed, "105")
    assert freek.get(f"/situatie/nieuw?dossier={first}&id={first}&id={second}").status_code == 200


def test_a_tag_that_hangs_there_is_said_to(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    with seeded.write() as unit:
        unit.run(insert(case_tag).values(brand=seed.BRAND, case_id=lotte, tag="gat"))
    assert "heeft deze tag al" in act(freek, "/dossiers/tag", id=[lotte], tag="Gat").text
    for no_tag in (" # ", "x" * 41):
        assert act(freek, "/dossiers/tag", id=[lotte], tag=no_tag).status_code == 422
    assert '<option value="gat">' in freek.get(f"/dossiers/tag?id={lotte}").text
