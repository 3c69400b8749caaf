"""What happens in a dossier, as pages: notes that call, a private question, tags, closing, history, merge and split."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases, closings
from socialwatch.store.tables import agent, audit, beckon, case, job, mention, notification


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


def rows(seeded: Any, query: Any) -> list[Any]:
    with seeded.read() as unit:
        return list(unit.run(query).all())


def person(seeded: Any, name: str) -> int:
    return int(rows(seeded, select(agent.c.id).where(agent.c.name == name))[0].id)


def row(seeded: Any, number: int) -> Any:
    return rows(seeded, select(case).where(case.c.id == number))[0]


def test_an_at_in_a_note_calls_that_colleague_until_they_open_the_case(
    as_: Any, freek: Any, seeded: Any, number: int
) -> None:
    freek.post(f"/dossier/{number}/notitie", text="@Noor ken jij deze klant? mail naar a@noor.nl helpt niet")
    (called,) = rows(seeded, select(beckon))
    assert (called.agent_id, called.kind, called.seen_at) == (person(seeded, "Noor"), "note", None)
    (told,) = rows(seeded, select(notification).where(notification.c.step == -called.id))
    assert (told.agent_id, told.due_at is not None) == (called.agent_id, True)
    assert rows(seeded, select(job.c.subject).where(job.c.step == "tell"))[0].subject == called.agent_id
    noor = as_("Noor")
    assert "ken jij deze klant" in noor.get("/vandaag").text
    freek.get(f"/dossier/{number}")
    assert rows(seeded, select(beckon.c.seen_at))[0].seen_at is None
    noor.get(f"/dossier/{number}")
    assert rows(seeded, select(beckon.c.seen_at))[0].seen_at is not None
    assert "vraagt " not in noor.get("/vandaag").text


def test_a_private_question_is_seen_by_two_and_answered_by_a_note(
    as_: Any, freek: Any, seeded: Any, number: int
) -> None:
    noor = as_("Noor")
    answer = freek.post(f"/dossier/{number}/kijk-mee", to=person(seeded, "Noor"), text="Ik loop hierop vast")
    assert answer.status_code == 303
    for browser in (freek, noor):
        assert "Ik loop hierop vast" in browser.get(f"/dossier/{number}").text
    assert "Ik loop hierop vast" in noor.get("/inbox").text
    assert "Ik loop hierop vast" in noor.get("/vandaag").text
    for name in ("Bram", "Els"):
        other = as_(name)
        for page in (f"/dossier/{number}", "/inbox", "/vandaag", f"/dossier/{number}/geschiedenis"):
            assert "loop hierop vast" not in other.get(page).text
            assert "mee te kijken" not in other.get(page).text
    assert "look_along" not in {each.what for each in rows(seeded, select(audit.c.what))}
    noor.post(f"/dossier/{number}/notitie", text="Bel haar gewoon even.")
    assert "Ik loop hierop vast" not in noor.get(f"/dossier/{number}").text
    assert "Ik loop hierop vast" not in noor.get("/inbox").text
    assert rows(seeded, select(beckon.c.seen_at))[0].seen_at is not None


@pytest.mark.parametrize("to", ["Freek", "Bram", None])
def test_only_a_colleague_who_answers_customers_can_be_asked(
    freek: Any, seeded: Any, number: int, to: str | None
) -> None:
    chosen = person(seeded, to) if to else 9_999
    assert freek.post(f"/dossier/{number}/kijk-mee", to=chosen).status_code == 422
    assert rows(seeded, select(beckon)) == []


def test_tags_are_put_on_shown_and_taken_off(as_: Any, freek: Any, number: int) -> None:
    freek.post(f"/dossier/{number}/tag", tag="#Gat in sok")
    page = as_("Noor").get(f"/dossier/{number}").text
    assert "<bdi>gat in sok</bdi>" in page
    assert "Freek gaf de tag ‘gat in sok’" in page
    freek.post(f"/dossier/{number}/tag-weg", tag="gat in sok")
    assert "<bdi>gat in sok</bdi>" not in freek.get(f"/dossier/{number}").text
    assert freek.post(f"/dossier/{number}/tag", tag="x" * 41).status_code == 422
    assert as_("Buur").post(f"/dossier/{number}/tag", tag="iets").status_code == 404


def test_closing_proposes_the_second_sign_from_what_was_said_after_our_answer(
    freek: Any, seeded: Any, seed: Any, number: int
) -> None:
    page = freek.get(f"/dossier/{number}").text
    assert "Voorstel uit de laatste woorden" not in page
    with seeded.write() as unit:
        at = seed.NOW - timedelta(minutes=2)
        cases.write(unit, number, Line(LineKind.CALL, at, agent_id=1))
        (last,) = unit.run(select(mention.c.id).where(mention.c.case_id == number).limit(1)).scalars()
        later = at + timedelta(minutes=1)
        unit.run(update(mention).where(mention.c.id == last).values(text="Top opgelost, dank!", created_at=later))
    page = freek.get(f"/dossier/{number}").text
    assert "Voorstel uit de laatste woorden: ‘<bdi>Top</bdi>’" in page
    assert re.search(r'name="heard" value="ja" checked', page)
    assert re.search(r'name="gone" value="open" checked', page)
    freek.post(f"/dossier/{number}/afronden", heard="ja")
    found = row(seeded, number)
    assert (found.state, found.problem_gone, found.feels_heard) == ("closed", None, True)
    assert "Freek rondde het af (voelt zich gehoord: ja)" in freek.get(f"/dossier/{number}/geschiedenis").text
    freek.post(f"/dossier/{number}/heropenen")
    assert (row(seeded, number).state, row(seeded, number).feels_heard) == ("open", None)


def test_two_dossiers_become_one_and_apart_again(as_: Any, freek: Any, seeded: Any, seed: Any, number: int) -> None:
    with seeded.read() as unit:
        other = int(seed.case_of(unit, "103"))
    page = freek.post(f"/dossier/{number}/samenvoegen/zoek", words=str(other)).text
    assert f'value="{other}"' in page
    keep = int(freek.post(f"/dossier/{number}/samenvoegen", other=other).headers["location"].split("/")[-1])
    gone = ({number, other} - {keep}).pop()
    assert freek.get(f"/dossier/{gone}").headers["location"] == f"/dossier/{keep}"
    page = freek.get(f"/dossier/{keep}").text
    assert f'href="/dossier/{gone}"' in page
    assert "Draai dit terug" in page
    assert as_("Buur").post(f"/dossier/{keep}/terugdraaien").status_code == 404
    freek.post(f"/dossier/{keep}/terugdraaien")
    assert freek.get(f"/dossier/{gone}").status_code == 200
    assert "Freek draaide het samenvoegen terug" in freek.get(f"/dossier/{keep}/geschiedenis").text
    assert freek.post(f"/dossier/{keep}/terugdraaien").status_code == 422
    assert freek.post(f"/dossier/{number}/samenvoegen", other=number).status_code == 422
    assert freek.post(f"/dossier/{number}/samenvoegen").status_code == 422


def test_posts_get_a_dossier_of_their_own(freek: Any, seeded: Any, number: int) -> None:
    (first,) = rows(seeded, select(mention).where(mention.c.case_id == number, mention.c.own.is_(False)).limit(1))
    values = dict(first._mapping) | {
        "native_id": "9001",
        "version_id": "9001",
        "text": "En nog iets: waar is mijn bon?",
    }
    values.pop("id")
    with seeded.write() as unit:
        second = int(unit.run(insert(mention).values(values).returning(mention.c.id)).scalar_one())
        cases.write(unit, number, Line(LineKind.MENTION, first.created_at, mention_id=second))
    assert "waar is mijn bon" in freek.get(f"/dossier/{number}/splitsen").text
    new = int(freek.post(f"/dossier/{number}/splitsen", post=second, owner=0).headers["location"].split("/")[-1])
    assert rows(seeded, select(mention.c.case_id).where(mention.c.id == second))[0].case_id == new
    assert f"naar dossier {new}" in freek.get(f"/dossier/{number}/geschiedenis").text
    assert f"naar dossier {number}" in freek.get(f"/dossier/{new}/geschiedenis").text
    freek.post(f"/dossier/{number}/terugdraaien")
    assert freek.get(f"/dossier/{new}").headers["location"] == f"/dossier/{number}"
    assert freek.post(f"/dossier/{number}/splitsen").status_code == 422


def test_the_history_tells_everything_in_order_and_of_notices_only_that_they_went(
    freek: Any, seeded: Any, seed: Any, number: int
) -> None:
    with seeded.write() as unit:
        values = {
            "brand": seed.BRAND,
            "case_id": number,
            "agent_id": person(seeded, "Noor"),
            "step": 201,
            "kind": "log",
        }
        unit.run(insert(notification).values(values | {"attempted_at": seed.NOW, "delivered_at": seed.NOW}))
    freek.post(f"/dossier/{number}/later", until="morning")
    told = freek.get(f"/dossier/{number}/geschiedenis").text
    moments = re.findall(r'datetime="([^"]+)"', told)
    assert moments == sorted(moments)
    assert len(moments) == len(re.findall("<li>", told)) >= 4
    assert "Er ging een melding naar het team" in told
    assert "Freek zette het op later, tot morgen 09:00" in told
    assert "Noor" not in re.sub(r"<span>Noor pakte.*?</span>", "", told)


def test_the_signs_are_told_of_a_brand_only_when_there_are_enough(freek: Any, seeded: Any, seed: Any) -> None:
    def closed(count: int, people: int = 1) -> None:
        values = dict(rows(seeded, select(case).limit(1))[0]._mapping)
        values.pop("id")
        values |= {"state": "closed", "closed_at": seed.NOW, "last_at": seed.NOW, "problem_gone": True}
        with seeded.write() as unit:
            unit.run(
                insert(case),
                [values | {"feels_heard": place % 2 == 0, "owner_id": place % people + 1} for place in range(count)],
            )

    closed(closings.FEWEST - 1)  # the seed closed one
    assert len(rows(seeded, select(case.c.id).where(case.c.state == "closed"))) == closings.FEWEST
    assert "Hoe het afliep" not in freek.get("/reputatie").text
    closed(2)
    assert "Hoe het afliep" not in freek.get("/reputatie").text  # all of it would be about one of us
    closed(5, people=5)
    page = freek.get("/reputatie").text
    assert "Hoe het afliep" in page
    assert "Freek" not in page[page.index("Hoe het afliep") : page.index("Hoe het afliep") + 900]


def test_later_may_last_until_the_customer_writes(freek: Any, seeded: Any, number: int) -> None:
    assert freek.post(f"/dossier/{number}/later", until="answer").headers["location"] == "/inbox"
    assert (row(seeded, number).state, row(seeded, number).later_until) == ("later", None)
    page = freek.get(f"/dossier/{number}").text
    assert "tot de klant schrijft" in page
    assert "Komt terug zodra de klant schrijft" in page
