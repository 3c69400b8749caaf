"""Presence, hand-over, the end of a shift and the card with steps, over the desk's own routes."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.case import LineKind
from socialwatch.domain.presence import Stretch
from socialwatch.store import agents, care, cases, people
from socialwatch.store.tables import agent, audit
from socialwatch.store.unit import Database


def case_of(database: Database, seed: Any, number: str, channel: str = "x") -> int:
    with database.read() as unit:
        return int(seed.case_of(unit, number, channel))


def who(database: Database, name: str) -> Any:
    with database.read() as unit:
        return next(each for each in agents.everyone(unit) if each.name == name)


def last(database: Database, number: int) -> Any:
    with database.read() as unit:
        return cases.lines(unit, number)[-1]


def owner(database: Database, number: int) -> int | None:
    with database.read() as unit:
        return cases.by_id(unit, number).owner_id


@pytest.mark.parametrize("presence", ["quiet", "break", "away", "available"])
def test_one_says_how_one_is_there(freek: Any, seeded: Database, presence: str) -> None:
    answer = freek.post("/aanwezig", presence=presence, back="/bedankjes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/bedankjes")
    assert who(seeded, "Freek").presence.value == presence
    assert f'dot is-{presence}"' in freek.get("/inbox").text


def test_no_other_presence_and_no_other_site(freek: Any, seeded: Database) -> None:
    assert freek.post("/aanwezig", presence="ziek").status_code == 422
    assert freek.post("/aanwezig", presence="away", back="https://kwaad.example").headers["location"] == "/"
    assert freek.post("/aanwezig", origin="https://kwaad.example", presence="quiet").status_code == 403
    assert who(seeded, "Freek").presence.value == "away"


def test_nothing_is_kept_of_who_was_where_when(freek: Any, seeded: Database, fakes: Any) -> None:
    freek.post("/aanwezig", presence="break")
    assert [each["what"] for each in fakes.rows(seeded, audit)] == ["sign_in"]
    (row,) = fakes.rows(seeded, agent, agent.c.name == "Freek")
    assert {name for name in row if "presence" in name or "break" in name} == {"presence"}


def test_a_hand_over_carries_a_word_and_shows_it(freek: Any, seeded: Database, seed: Any) -> None:
    number, noor = case_of(seeded, seed, "101"), who(seeded, "Noor")
    freek.post(f"/dossier/{number}/overdragen", to=str(noor.id), note="Bel <b>haar</b> even")
    line = last(seeded, number)
    assert (line.kind, line.agent_id, line.detail["note"]) == (LineKind.ASSIGNED, noor.id, "Bel <b>haar</b> even")
    page = freek.get(f"/dossier/{number}").text
    assert "Bel &lt;b&gt;haar&lt;/b&gt; even" in page
    assert freek.post(f"/dossier/{number}/overdragen", to=str(noor.id), note="x" * 2001).status_code == 422


def test_a_fresh_look_names_nobody_as_the_reason(freek: Any, seeded: Database, seed: Any) -> None:
    number = case_of(seeded, seed, "103")
    before = owner(seeded, number)
    assert freek.post(f"/dossier/{number}/frisse-blik").status_code == 303
    line = last(seeded, number)
    assert line.detail == {"why": "fresh_eyes"}
    assert owner(seeded, number) not in (None, before)
    assert "een frisse blik" in freek.get(f"/dossier/{number}").text


def test_a_shift_is_handed_over_row_by_row(freek: Any, seeded: Database, seed: Any) -> None:
    noor = who(seeded, "Noor")
    given, kept = case_of(seeded, seed, "101"), case_of(seeded, seed, "103")
    strange = case_of(seeded, seed, "104")
    for number in (given, kept):
        freek.post(f"/dossier/{number}/neem-over")
    theirs = owner(seeded, strange)
    page = freek.get("/einde-dienst").text
    assert page.count('name="to"') == page.count('name="note"') == page.count('name="case"') >= 2
    rows = {"case": [str(given), str(kept), str(strange)], "to": [str(noor.id), "0", str(noor.id)]}
    answer = freek.post("/einde-dienst", **rows, note=["Let op de toon", "", ""], leave="yes")
    assert answer.headers["location"] == "/inbox?stream=mine"
    assert (owner(seeded, given), owner(seeded, kept)) == (noor.id, who(seeded, "Freek").id)
    assert owner(seeded, strange) == theirs, "what is not mine cannot be given away"
    assert last(seeded, given).detail["note"] == "Let op de toon"
    assert who(seeded, "Freek").presence.value == "away"


def test_half_a_shift_is_never_handed_over(freek: Any, seeded: Database, seed: Any) -> None:
    first, second = case_of(seeded, seed, "101"), case_of(seeded, seed, "103")
    for number in (first, second):
        freek.post(f"/dossier/{number}/neem-over")
    mine, noor = who(seeded, "Freek").id, who(seeded, "Noor")
    rows = {"case": [str(first), str(second)], "to": [str(noor.id), "99999"], "note": ["", ""]}
    assert freek.post("/einde-dienst", **rows).status_code == 422
    assert (owner(seeded, first), owner(seeded, second)) == (mine, mine)


def test_suggestions_keep_to_mandates(freek: Any, seeded: Database, seed: Any) -> None:
    """Noor decides about neither safety nor press, so those go to the lead."""
    number = case_of(seeded, seed, "103")
    freek.post(f"/dossier/{number}/neem-over")
    page = freek.get("/einde-dienst").text
    row = page[page.index(f'id="naar-{number}"') :]
    row = row[: row.index("</select>")]
    assert f'value="{who(seeded, "Els").id}" selected' in row


def test_steps_of_the_card_are_ticked_off_as_lines_and_none_is_compulsory(
    freek: Any, seeded: Database, seed: Any
) -> None:
    number = case_of(seeded, seed, "103")
    assert "Eerst veilig" in freek.get(f"/dossier/{number}").text
    freek.post(f"/dossier/{number}/protocol", step=["0", "2"])
    said = [each for each in _lines(seeded, number) if each.detail.get("protocol")]
    assert [each.detail["done"] for each in said] == [True, True]
    assert freek.get(f"/dossier/{number}").text.count(" checked><span>") == 2
    freek.post(f"/dossier/{number}/protocol", step=["2"])
    assert _lines(seeded, number)[-1].detail["done"] is False
    assert "toch niet gedaan" in freek.get(f"/dossier/{number}").text
    freek.post(f"/dossier/{number}/protocol/weg")
    assert "Eerst veilig</h2>" not in freek.get(f"/dossier/{number}").text
    assert freek.post(f"/dossier/{number}/protocol", step=["0"]).status_code == 404


def test_a_faint_suspicion_lays_the_card_there_folded(freek: Any, seeded: Database, seed: Any) -> None:
    """Until somebody begins with its steps: then it is meant, whatever the first impression was."""
    number = case_of(seeded, seed, "101")
    with seeded.write() as unit:
        care.lay_out(unit, number, "safety")
    assert (
        "Misschien hoort hier een protocol bij: <strong>Eerst veilig</strong>" in freek.get(f"/dossier/{number}").text
    )
    freek.post(f"/dossier/{number}/protocol", step=["0"])
    page = freek.get(f"/dossier/{number}").text
    assert "Eerst veilig</h2>" in page
    assert "Misschien hoort hier" not in page


def _lines(database: Database, number: int) -> list[Any]:
    with database.read() as unit:
        return cases.lines(unit, number)


def test_the_clock_of_a_data_leak_runs_from_the_first_we_knew(freek: Any, seeded: Database, seed: Any) -> None:
    number = case_of(seeded, seed, "101")
    with seeded.write() as unit:
        care.lay_out(unit, number, "privacy")
    page = freek.get(f"/dossier/{number}").text
    assert "De klok loopt sinds" in page
    assert "vandaag 13:13" in page  # the first post came in 52 minutes ago
    assert "do 26 nov 13:13" in page
    assert "nog 2 dagen" in page or "nog 71 uur" in page


def test_who_reads_along_sees_it_among_theirs(as_: Any, seeded: Database, seed: Any) -> None:
    number = case_of(seeded, seed, "103")
    with seeded.write() as unit:
        care.advise(unit, number, who_id := agents.by_email(unit, "els@sokkerij.example")[0].id)  # type: ignore[index]
    els = as_("Els")
    assert f"/dossier/{number}" in els.get("/inbox?stream=mine").text
    assert "leest mee</span>" in els.get(f"/dossier/{number}").text
    assert who_id != owner(seeded, number)


@pytest.mark.parametrize("path", ["overdragen", "frisse-blik", "protocol", "protocol/weg"])
def test_another_brand_has_no_hand_in_it(as_: Any, seeded: Database, seed: Any, path: str) -> None:
    number = case_of(seeded, seed, "103")
    assert as_("Buur").post(f"/dossier/{number}/{path}", to=str(who(seeded, "Buur").id)).status_code == 404


def test_brand_managers_have_no_shift_to_hand_over(as_: Any) -> None:
    bram = as_("Bram")
    assert bram.get("/einde-dienst").status_code == 403
    assert bram.post("/aanwezig", presence="quiet").status_code == 403
    assert "/aanwezig" not in bram.get("/inbox").text


def test_the_roster_counts_until_somebody_says_otherwise(as_: Any, seeded: Database, seed: Any) -> None:
    freek = who(seeded, "Freek")
    with seeded.write() as unit:
        people.plan(unit, freek, [Stretch(seed.NOW - timedelta(hours=8), seed.NOW - timedelta(minutes=1))])
    els = as_("Els")
    number = case_of(seeded, seed, "101")
    els.post(f"/dossier/{number}/pak")
    assert "Naar Freek · weg" in els.get("/einde-dienst").text
    as_("Freek").post("/aanwezig", presence="available")
    assert "Naar Freek · beschikbaar" in els.get("/einde-dienst").text
