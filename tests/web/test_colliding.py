"""Two colleagues at the same thing: what somebody took, wrote or answered meanwhile is not lost, and is said."""

from typing import Any

import pytest
from sqlalchemy import insert, select, update

from socialwatch.domain.reply import ReplyState
from socialwatch.store import cases
from socialwatch.store.tables import assessment, beckon, case, line, mention, reply, situation, situation_case
from socialwatch.store.tables import thanks as thanks_table
from socialwatch.store.unit import Database


def number(database: Database, seed: Any, post: str) -> int:
    with database.read() as unit:
        return int(seed.case_of(unit, post))


def owner(database: Database, case_id: int) -> int | None:
    with database.read() as unit:
        return cases.by_id(unit, case_id).owner_id


def give(database: Database, seed: Any, case_id: int, to: int | None) -> None:
    with database.write() as unit:
        cases.assign(unit, case_id, to, seed.NOW, {})


def taken(database: Database, case_id: int) -> int:
    """How often somebody took it, or was given it."""
    with database.read() as unit:
        return len([each for each in cases.lines(unit, case_id) if each.kind == "assigned"])


def test_who_is_a_moment_late_does_not_take_it_from_a_colleague(freek: Any, as_: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    give(seeded, seed, lotte, None)
    as_("Noor").post(f"/dossier/{lotte}/pak")
    late = freek.post(f"/dossier/{lotte}/pak")
    assert late.status_code == 422
    assert "Noor was je net voor" in late.text
    assert owner(seeded, lotte) == 2


def test_a_case_that_is_ones_own_already_is_not_taken_twice(freek: Any, seeded: Any, seed: Any) -> None:
    lotte = number(seeded, seed, "106")
    give(seeded, seed, lotte, None)
    freek.client.post(f"/dossier/{lotte}/begin", headers={"x-csrf-token": freek.token, "origin": "http://testserver"})
    before = taken(seeded, lotte)
    assert freek.post(f"/dossier/{lotte}/pak").status_code == 303
    assert taken(seeded, lotte) == before


def test_what_a_colleague_has_is_not_taken_with_the_rest(freek: Any, seeded: Any, seed: Any) -> None:
    lotte, henk = number(seeded, seed, "106"), number(seeded, seed, "105")
    give(seeded, seed, lotte, 2)
    give(seeded, seed, henk, None)
    said = freek.post("/dossiers/pak", id=[lotte, henk])
    assert said.status_code == 303
    assert (owner(seeded, lotte), owner(seeded, henk)) == (2, 1)


def test_whose_case_has_a_chance_in_it_hears_that_a_colleague_took_it(freek: Any, seeded: Any, seed: Any) -> None:
    found = number(seeded, seed, "107")
    give(seeded, seed, found, 2)
    with seeded.write() as unit:
        post = unit.run(select(mention.c.id).where(mention.c.native_id == "107")).scalar_one()
        unit.run(update(assessment).where(assessment.c.mention_id == post).values(chance=0.9))
    freek.post(f"/kansen/{post}/pak")
    assert owner(seeded, found) == 1
    with seeded.read() as unit:
        told = unit.run(select(beckon).where(beckon.c.case_id == found)).one()
    assert (told.agent_id, told.words) == (2, "Dit dossier ligt nu bij Freek.")


def test_a_customer_is_not_thanked_back_twice_at_the_same_moment(freek: Any, as_: Any, seeded: Any) -> None:
    with seeded.read() as unit:
        thanked = unit.run(select(thanks_table.c.id)).scalar_one()
    place = f"/bedankjes/{thanked}/antwoord"
    as_("Noor").post(place, text="Graag gedaan, Sanne!", approval="noor-1", seen=0)
    late = freek.post(place, text="Wat fijn om te lezen.", approval="freek-1", seen=0)
    assert late.status_code == 422
    assert "Noor bedankte net al terug" in late.text
    assert ">Wat fijn om te lezen.</textarea>" in late.text
    with seeded.read() as unit:
        said = unit.run(select(reply.c.text, reply.c.state).where(reply.c.approval.in_(["noor-1", "freek-1"]))).all()
    assert [tuple(each) for each in said] == [("Graag gedaan, Sanne!", ReplyState.PREPARED.value)]
    again = freek.post(place, text="Wat fijn om te lezen.", approval="freek-2", seen=_seen(late.text, thanked))
    assert again.status_code == 303  # who has read it and still means it may say it


def _seen(page: str, thanked: int) -> str:
    form = page.partition(f'id="terug-{thanked}"')[2]
    return form.partition('name="seen" value="')[2].partition('"')[0]


@pytest.fixture
def standing(seeded: Any, seed: Any) -> int:
    """A situation that runs."""
    with seeded.write() as unit:
        values = {"brand": seed.BRAND, "title": "Site plat", "lead_id": 1, "opened_at": seed.NOW}
        return int(unit.run(insert(situation).values(values).returning(situation.c.id)).scalar_one())


def test_what_a_colleague_wrote_of_a_situation_meanwhile_is_not_overwritten(
    freek: Any, as_: Any, seeded: Any, standing: int
) -> None:
    place = f"/situatie/{standing}"
    was = freek.get(place).text.partition('name="was" value="')[2].partition('"')[0]
    noor = as_("Noor")
    noor.post(place, title="Site plat", known="De kabel is stuk", lead=1, was=was)
    late = freek.post(place, title="Site plat", fact="We zijn ermee bezig", lead=1, was=was)
    assert late.status_code == 422
    assert "De kabel is stuk" in late.text  # what stands there now
    assert 'value="We zijn ermee bezig"' in late.text  # and their own words
    with seeded.read() as unit:
        now = unit.run(select(situation).where(situation.c.id == standing)).one()
    assert (now.known, now.fact) == ("De kabel is stuk", None)
    new = late.text.partition('name="was" value="')[2].partition('"')[0]
    assert (
        freek.post(place, title="Site plat", fact="Bezig", known="De kabel is stuk", lead=1, was=new).status_code == 303
    )


def test_cases_that_are_in_another_situation_stay_there_and_it_is_said(
    freek: Any, seeded: Any, seed: Any, standing: int
) -> None:
    lotte, henk, femke = (number(seeded, seed, each) for each in ("106", "105", "104"))
    with seeded.write() as unit:
        row = {"brand": seed.BRAND, "situation_id": standing, "case_id": lotte, "lifted": False, "at": seed.NOW}
        unit.run(insert(situation_case).values(row))
    made = freek.post("/situatie", dossier=henk, title="Late post", chosen=[lotte, femke])
    page = freek.get(made.headers["location"]).text
    assert "1 dossier zat al in een andere situatie en bleef daar." in page
    none = freek.post("/situatie", dossier=henk, title="Nog eens late post", chosen=[lotte, femke])
    assert none.status_code == 422
    assert "zitten al in een andere situatie" in none.text
    with seeded.read() as unit:
        assert len(unit.run(select(situation.c.id)).all()) == 2  # no empty one was made
        assert unit.run(select(line.c.id).where(line.c.case_id == henk, line.c.kind == "situated")).all()
        assert unit.run(select(case.c.id).where(case.c.id == henk)).one()
