"""What an agent does in a dossier, and what stays of it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.domain.case import State
from socialwatch.domain.reply import ReplyState
from socialwatch.store import cases, dossier, replies
from socialwatch.store.tables import audit, job, mention, reply, thanks


@pytest.fixture
def case_of(seeded: Any, seed: Any) -> Any:
    def find(number: str, channel: str = "x") -> int:
        with seeded.read() as unit:
            return int(seed.case_of(unit, number, channel))

    return find


def rows(seeded: Any, table: Any, *conditions: Any) -> list[Any]:
    with seeded.read() as unit:
        return list(unit.run(select(table).where(*conditions)).all())


def test_an_answer_is_stored_once_however_often_it_is_sent(freek: Any, seeded: Any, case_of: Any) -> None:
    number, approval = case_of("101"), str(uuid.uuid4())
    for _ in range(3):
        answer = freek.post(
            f"/dossier/{number}/antwoord", mention="x:101", approval=approval, text="Wat een pech, Marieke."
        )
        assert answer.headers["location"] == f"/dossier/{number}"
    (stored,) = rows(seeded, reply, reply.c.approval == approval)
    assert (stored.state, stored.text) == ("prepared", "Wat een pech, Marieke.")
    assert len(rows(seeded, job, job.c.step == "say", job.c.subject == stored.id)) == 1
    page = freek.get(f"/dossier/{number}").text
    assert "onderweg" in page
    assert f'data-approval="{approval}"' in page


def test_a_private_answer_stays_private_also_when_it_is_refused_first(freek: Any, seeded: Any, case_of: Any) -> None:
    number = case_of("102", "facebook")
    assert 'name="private" value="yes">' in freek.get(f"/dossier/{number}").text
    fields = {"mention": "facebook:102", "private": "yes", "approval": "prive1"}
    refused = freek.post(f"/dossier/{number}/antwoord", **fields, text="  ").text
    assert 'name="private" value="yes" checked>' in refused
    freek.post(f"/dossier/{number}/antwoord", **fields, text="Je adres hebben we al, alleen je maat nog.")
    assert [row.audience for row in rows(seeded, reply, reply.c.approval == "prive1")] == ["private"]


def test_private_where_it_cannot_be_is_refused_at_once_and_nothing_goes_out(
    freek: Any, seeded: Any, seed: Any, case_of: Any
) -> None:
    """By an old page: the post was young enough when the form was drawn."""
    fields = {"private": "yes", "text": "Alleen voor jou."}
    on_x = freek.post(f"/dossier/{case_of('103')}/antwoord", mention="x:103", approval="prive2", **fields)
    with seeded.write() as unit:
        old = seed.NOW - timedelta(days=8)
        unit.run(update(mention).where(mention.c.native_id == "102").values(created_at=old))
    too_late = freek.post(
        f"/dossier/{case_of('102', 'facebook')}/antwoord", mention="facebook:102", approval="prive3", **fields
    )
    for answer in (on_x, too_late):
        assert answer.status_code == 422
        assert "Wat je nu verstuurt, leest iedereen." in answer.text
        assert "Alleen voor jou." in answer.text
    assert rows(seeded, reply, reply.c.text == "Alleen voor jou.") == []


def test_what_is_on_screen_is_noted_so_that_it_is_looked_up_again(freek: Any, seeded: Any, case_of: Any) -> None:
    assert rows(seeded, mention, mention.c.native_id == "101")[0].shown_at is None
    freek.get(f"/dossier/{case_of('101')}")
    assert rows(seeded, mention, mention.c.native_id == "101")[0].shown_at is not None


def test_answering_what_nobody_owned_makes_it_yours(freek: Any, seeded: Any, case_of: Any) -> None:
    number = case_of("114")
    freek.post(f"/dossier/{number}/antwoord", mention="x:114", approval="a1", text="Dat zijn veel gezichten.")
    with seeded.read() as unit:
        owner = cases.by_id(unit, number).owner_id
    page = freek.get(f"/dossier/{number}").text
    assert owner is not None
    assert "Freek</bdi> pakte dit dossier" in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"mention": "x:101", "text": "   "}, "nog leeg"),
        ({"mention": "x:101", "text": "a" * 281}, "1 teken te lang"),
        ({"mention": "x:103", "text": "Voor een ander."}, "hoort niet (meer) bij dit dossier"),
        ({"mention": "onzin", "text": "Voor niemand."}, "hoort niet (meer) bij dit dossier"),
    ],
)
def test_a_refused_answer_comes_back_with_its_words(
    freek: Any, seeded: Any, case_of: Any, fields: dict[str, str], says: str
) -> None:
    number = case_of("101")
    before = len(rows(seeded, reply))
    answer = freek.post(f"/dossier/{number}/antwoord", approval="b1", **fields)
    assert answer.status_code == 422
    assert says in answer.text
    assert fields["text"].strip() in answer.text
    assert len(rows(seeded, reply)) == before


def test_what_the_platform_refuses_from_here_is_marked_by_hand(freek: Any, seeded: Any, case_of: Any) -> None:
    number = case_of("115")
    page = freek.get(f"/dossier/{number}").text
    assert "Markeer als beantwoord" in page
    assert "Open op X" in page
    assert f'action="/dossier/{number}/antwoord"' not in page
    assert freek.post(f"/dossier/{number}/beantwoord", mention="x:115").status_code == 303
    with seeded.read() as unit:
        assert cases.by_id(unit, number).state is State.WAITING
    assert "Beantwoord gemarkeerd door <bdi>Freek</bdi>" in freek.get(f"/dossier/{number}").text


def test_take_hand_over_note_close_and_reopen(freek: Any, seeded: Any, case_of: Any) -> None:
    number = case_of("106")
    with seeded.read() as unit:
        noor = next(key for key, name in _names(unit).items() if name == "Noor")
    freek.post(f"/dossier/{number}/pak")
    freek.post(f"/dossier/{number}/overdragen", to=str(noor))
    freek.post(f"/dossier/{number}/notitie", text="Bel haar na vijven.\r\nZe heet Lotte.")
    freek.post(f"/dossier/{number}/afronden")
    page = freek.get(f"/dossier/{number}").text
    for told in (
        "pakte dit dossier",
        "droeg dit over aan",
        "Bel haar na vijven.\nZe heet Lotte.",
        "Afgerond",
        "Heropenen",
    ):
        assert told in page, told
    freek.post(f"/dossier/{number}/heropenen")
    with seeded.read() as unit:
        found = cases.by_id(unit, number)
    assert (found.owner_id, found.state) == (noor, State.OPEN)
    done = {each.what for each in rows(seeded, audit, audit.c.subject == f"case:{number}")}
    assert done == {"take", "hand_over", "note", "close", "reopen"}


def _names(unit: Any) -> dict[int, str]:
    from socialwatch.store import agents

    return {each.id: each.name for each in agents.everyone(unit, "sokkerij")}


def test_a_case_goes_to_nobody_outside_the_brand(freek: Any, seeded: Any, case_of: Any) -> None:
    from socialwatch.store import agents

    number = case_of("106")
    with seeded.read() as unit:
        stranger = agents.by_email(unit, "buur@buren.example")
    assert stranger is not None
    answer = freek.post(f"/dossier/{number}/overdragen", to=str(stranger[0].id))
    assert answer.status_code == 422
    assert "Deze collega is er niet" in answer.text


def test_a_doubtful_answer_is_decided_by_a_person_once(freek: Any, seeded: Any, case_of: Any) -> None:
    number = case_of("104")
    (doubt,) = rows(seeded, reply, reply.c.state == "unknown")
    assert "Het staat er niet" in freek.get(f"/dossier/{number}").text
    assert freek.post(f"/antwoord/{doubt.id}/oordeel", verdict="there").headers["location"] == f"/dossier/{number}"
    with seeded.read() as unit:
        assert replies.by_id(unit, doubt.id).state is ReplyState.SENT
        assert cases.by_id(unit, number).state is State.WAITING
    assert freek.post(f"/antwoord/{doubt.id}/oordeel", verdict="not").status_code == 422


def test_an_answer_that_is_not_there_can_be_put_back_in_the_box(freek: Any, seeded: Any, case_of: Any) -> None:
    number = case_of("104")
    (doubt,) = rows(seeded, reply, reply.c.state == "unknown")
    freek.post(f"/antwoord/{doubt.id}/oordeel", verdict="not")
    page = freek.get(f"/dossier/{number}").text
    assert "Een collega keek" in page
    assert f"?again={doubt.id}#antwoord" in page
    assert f">{doubt.text}</textarea>" in freek.get(f"/dossier/{number}?again={doubt.id}").text


def test_a_look_alike_joins_only_when_a_person_says_so(freek: Any, seeded: Any, case_of: Any) -> None:
    number, alone = case_of("103"), case_of("114")
    with seeded.read() as unit:
        (offer,) = dossier.dossier(unit, _agent(unit), number, _now(unit)).offers  # type: ignore[union-attr]
    assert "Hoort dit erbij?" in freek.get(f"/dossier/{number}").text
    freek.post(f"/dossier/{alone}/notitie", text="Nog even bellen")
    freek.post("/dossiers/later", id=[alone], until="hour")
    assert freek.post(f"/dossier/{number}/aanbod/{offer.id}", verdict="join").status_code == 303
    assert case_of("114") == number
    with seeded.read() as unit:
        assert cases.by_id(unit, alone).state is State.CLOSED
        assert cases.surviving(unit, alone) == number  # merged: nobody closed it, and what hung on it came along
    assert freek.get(f"/dossier/{alone}").headers["location"] == f"/dossier/{number}"
    assert "Nog even bellen" in freek.get(f"/dossier/{number}").text
    assert freek.post(f"/dossier/{number}/aanbod/{offer.id}", verdict="apart").status_code == 422


def _agent(unit: Any) -> Any:
    from socialwatch.store import agents

    found = agents.by_email(unit, "freek@sokkerij.example")
    assert found is not None
    return found[0]


def _now(_: Any) -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(("verdict", "customer"), [("right", "k2"), ("wrong", None)])
def test_an_offered_customer_is_confirmed_or_let_go(
    freek: Any, seeded: Any, case_of: Any, verdict: str, customer: str | None
) -> None:
    number = case_of("106")
    with seeded.read() as unit:
        found = dossier.dossier(unit, _agent(unit), number, _now(unit))
    assert found is not None
    (offered,) = found.links
    assert "Lieve mam" not in freek.get(f"/dossier/{number}").text  # no order data before somebody confirms
    assert freek.post(f"/dossier/{number}/klant/{offered.id}", verdict=verdict).status_code == 303
    with seeded.read() as unit:
        assert cases.by_id(unit, number).customer_id == customer
    assert ("Lieve mam" in freek.get(f"/dossier/{number}").text) is (verdict == "right")


def test_what_was_put_aside_is_fetched_back_into_the_queue(freek: Any, seeded: Any) -> None:
    spam = rows(seeded, mention, mention.c.native_id == "201")[0]
    assert "spam" in freek.get("/inbox?stream=aside").text
    assert freek.post(f"/opzij/{spam.id}/terug").status_code == 303
    (after,) = rows(seeded, mention, mention.c.native_id == "201")
    (waiting,) = rows(seeded, job, job.c.step == "route", job.c.subject == spam.id)
    assert (after.state, waiting.detail) == ("waiting", {"fetched_back": True})
    assert freek.post(f"/opzij/{spam.id}/terug").status_code == 404


def test_thanks_are_answered_in_own_words(freek: Any, seeded: Any) -> None:
    (found,) = rows(seeded, thanks)
    page = freek.get("/bedankjes").text
    assert f'data-thanks="{found.id}"' in page
    assert 'data-mention="facebook:301"' in page
    assert "Je geld is vanmiddag overgemaakt" in page
    assert "voor jou" in page
    for _ in range(2):
        freek.post(f"/bedankjes/{found.id}/antwoord", text="Graag gedaan Sanne.", approval="dank-1")
    (said,) = rows(seeded, reply, reply.c.approval == "dank-1")
    (after,) = rows(seeded, thanks)
    assert (after.reply_id, said.mention_id) == (said.id, found.mention_id)
    page = freek.get("/bedankjes").text
    assert "onderweg" in page
    assert f'action="/bedankjes/{found.id}/antwoord"' not in page


def test_empty_thanks_come_back_with_a_word(freek: Any, seeded: Any) -> None:
    (found,) = rows(seeded, thanks)
    answer = freek.post(f"/bedankjes/{found.id}/antwoord", text=" ", approval="dank-2")
    assert answer.status_code == 422
    assert "nog leeg" in answer.text
