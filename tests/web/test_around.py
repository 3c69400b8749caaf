"""Who else is in a dossier: known in memory for twenty seconds, told to colleagues of the brand, stored nowhere."""

import hashlib
import time
from typing import Any

import pytest
from sqlalchemy import func, select

from socialwatch.store import around
from socialwatch.store.tables import beckon, case, line, metadata
from socialwatch.store.unit import Database
from socialwatch.web.around import LASTS, Around, Beat, Seen, sentence
from socialwatch.web.live import Live

NAMES = {1: "Freek", 2: "Noor", 3: "Els"}


class Ticks:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def number(seeded: Any, seed: Any) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, "113"))


def contents(database: Database) -> str:
    """A fingerprint of every row of every table."""
    found = hashlib.sha256()
    with database.read() as unit:
        for table in metadata.sorted_tables:
            for row in unit.run(select(table).order_by(*table.primary_key.columns)):
                found.update(repr(tuple(row)).encode())
    return found.hexdigest()


def test_somebody_is_there_for_twenty_seconds_after_their_last_word() -> None:
    ticks = Ticks()
    known = Around(ticks)
    assert known.hear(Beat("sok", 7, 2)) is True
    assert known.hear(Beat("sok", 7, 2)) is False  # nothing new for anybody
    assert known.hear(Beat("sok", 7, 2, typing=True)) is True
    assert known.at("sok", 7, besides=1) == [Seen(2, True)]
    assert known.at("sok", 7, besides=2) == []
    assert known.at("buren", 7, besides=1) == []
    ticks.now = LASTS + 0.1
    assert known.everywhere("sok", besides=1) == {}


def test_who_leaves_is_gone_and_may_leave_twice() -> None:
    known = Around(Ticks())
    known.hear(Beat("sok", 7, 2))
    assert known.hear(Beat("sok", 7, 2, left=True)) is True
    assert known.hear(Beat("sok", 7, 2, left=True)) is False
    assert known.at("sok", 7, besides=1) == []


def test_other_processes_are_told_in_numbers_and_do_not_hear_themselves() -> None:
    here, there = Around(), Around()
    beat = Beat("sok", 7, 2, typing=True)
    payload = here.written(beat)
    assert "Noor" not in payload
    assert there.read(payload) == beat
    assert here.read(payload) is None
    assert [there.read(each) for each in ("", "[]", "{}", "null", '["a", 1, 2, 3, 4, 5]')] == [None] * 5


def test_processes_tell_each_other_on_postgresql_alone(database: Database) -> None:
    """On SQLite one process per desk is the rule: another would hear nothing."""
    here, there = Live(database), Live(database)
    there.start()
    try:
        beat, heard = Beat("sok", 7, 2, typing=True), False
        for _ in range(20 if database.postgresql else 4):  # until the other listens
            with database.read() as unit:
                around.tell(unit, here.around.written(beat))
            time.sleep(0.25)
            heard = there.around.at("sok", 7, besides=1) == [Seen(2, True)]
            if heard:
                break
    finally:
        there.stop()
        there.join()
    assert heard is database.postgresql


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ([], ""),
        ([Seen(2, False)], "Noor kijkt mee"),
        ([Seen(2, True)], "Noor schrijft"),
        ([Seen(2, False), Seen(3, False)], "Noor en Els kijken mee"),
        ([Seen(2, True), Seen(3, False)], "Noor schrijft en Els kijkt mee"),
        ([Seen(99, True)], ""),
    ],
)
def test_it_reads_as_a_sentence(seen: list[Seen], words: str) -> None:
    assert sentence(seen, NAMES) == words


def test_colleagues_see_each_other_and_no_table_changes(as_: Any, seeded: Any, number: int) -> None:
    freek, noor = as_("Freek"), as_("Noor")
    before = contents(seeded)
    assert freek.post(f"/dossier/{number}/hier").json() == {"who": ""}
    assert noor.post(f"/dossier/{number}/hier", typing="yes").json() == {"who": "Freek kijkt mee"}
    assert freek.post(f"/dossier/{number}/hier").json() == {"who": "Noor schrijft"}
    assert freek.get("/wie-kijkt").json() == {str(number): "Noor schrijft"}
    noor.post(f"/dossier/{number}/hier", left="yes")
    assert freek.get("/wie-kijkt").json() == {}
    assert contents(seeded) == before


def test_another_brand_sees_nobody_and_comes_nowhere(as_: Any, number: int) -> None:
    freek, neighbour = as_("Freek"), as_("Buur")
    freek.post(f"/dossier/{number}/hier")
    assert neighbour.post(f"/dossier/{number}/hier").status_code == 404
    assert neighbour.get("/wie-kijkt").json() == {}


def test_a_change_wakes_the_open_pages_of_the_brand_without_a_number_to_replay(
    as_: Any, app: Any, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    live: Live = app.state.live
    monkeypatch.setattr(live, "_push", told.extend)
    freek = as_("Freek")
    for _ in range(3):
        freek.post(f"/dossier/{number}/hier")
    assert [(each.id, each.kind, each.subject) for each in told] == [(0, "around", number)]


def test_who_begins_owns_what_nobody_owned_and_the_second_hears_it(as_: Any, seeded: Any, number: int) -> None:
    freek, noor = as_("Freek"), as_("Noor")
    assert freek.post(f"/dossier/{number}/begin").json() == {"mine": True, "owner": ""}
    assert noor.post(f"/dossier/{number}/begin").json() == {"mine": False, "owner": "Freek"}
    assert freek.post(f"/dossier/{number}/begin").json()["mine"] is True
    with seeded.read() as unit:
        assert unit.run(select(func.count()).where(line.c.case_id == number, line.c.kind == "assigned")).scalar() == 1


def test_taking_over_says_from_whom_and_why_and_tells_them(as_: Any, seeded: Any, number: int) -> None:
    freek, noor = as_("Freek"), as_("Noor")
    freek.post(f"/dossier/{number}/begin")
    page = noor.get(f"/dossier/{number}").text
    assert "Neem over" in page
    assert "Ik pak &#39;m" not in page
    assert noor.post(f"/dossier/{number}/neem-over", note="Ik ken haar van vorig jaar.").status_code == 303
    page = noor.get(f"/dossier/{number}").text
    assert "nam dit dossier over van <bdi>Freek</bdi>" in page
    assert "Ik ken haar van vorig jaar." in page
    with seeded.read() as unit:
        told = unit.run(select(beckon.c.words, beckon.c.agent_id)).one()
        owner = unit.run(select(case.c.owner_id).where(case.c.id == number)).scalar_one()
    assert told.words == "Dit dossier ligt nu bij Noor: Ik ken haar van vorig jaar."
    assert told.agent_id != owner
    assert "Dit dossier ligt nu bij Noor" in freek.get("/vandaag").text


def test_who_typed_while_a_colleague_answered_hears_it_before_sending(as_: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        mine = seed.case_of(unit, "101")
    freek, noor = as_("Freek"), as_("Noor")
    noor.post(f"/dossier/{mine}/gebeld", outcome="spoken", text="Ik had haar net aan de lijn")
    form = {"mention": "x:101", "approval": "een", "text": "Wat balen, Marieke.", "seen": "0"}
    refused = freek.post(f"/dossier/{mine}/antwoord", **form)
    assert refused.status_code == 422
    assert "Noor antwoordde net, terwijl jij schreef." in refused.text
    assert "Wat balen, Marieke." in refused.text
    assert 'name="seen" value="1"' in refused.text
    assert freek.post(f"/dossier/{mine}/antwoord", **(form | {"seen": "1"})).status_code == 303
