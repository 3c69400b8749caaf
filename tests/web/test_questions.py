"""The desk's questions to the store, on both engines: they answer, in few queries, and only about one's own brand."""

from typing import Any

import pytest
from sqlalchemy import event

from socialwatch.store import agents, desk, dossier, thanks, verdicts
from socialwatch.store.streams import Stream, View


@pytest.fixture
def filled(database: Any, seed: Any) -> Any:
    seed.seed(database)
    return database


def who(unit: Any, email: str) -> Any:
    found = agents.by_email(unit, email)
    assert found is not None
    return found[0]


def test_every_stream_and_every_dossier_answers(filled: Any, seed: Any) -> None:
    with filled.read() as unit:
        freek, buur = who(unit, "freek@sokkerij.example"), who(unit, "buur@buren.example")
        sizes = {stream: len(desk.queue_of(unit, freek, View(stream)).rows) for stream in Stream}
        everything = desk.queue_of(unit, freek, View(Stream.ALL))
        assert sizes[Stream.ALL] == everything.counts[Stream.ALL]
        assert sizes[Stream.ASIDE] == 0
        assert len(desk.aside(unit, freek)) == 2
        assert [each.owner for each in thanks.cards(unit, freek)] == ["Freek"]
        for row in everything.rows:
            found = dossier.dossier(unit, freek, row.case.id, seed.NOW)
            assert found is not None
            assert dossier.spent(unit, freek, row.case.id, seed.NOW) == (0, 0)
            assert dossier.dossier(unit, buur, row.case.id, seed.NOW) is None
        assert [row.case.brand for row in desk.queue_of(unit, buur, View(Stream.ALL)).rows] == [seed.OTHER]
        assert thanks.cards(unit, buur) == []
        assert desk.aside(unit, buur) == []


def test_the_inbox_asks_as_often_for_twelve_cases_as_for_one(filled: Any) -> None:
    asked: list[int] = []
    event.listen(filled._reader, "before_cursor_execute", lambda *_: asked.append(1))
    counts = []
    for limit in (1, 60):
        with filled.read() as unit:
            freek = who(unit, "freek@sokkerij.example")
            asked.clear()
            desk.queue_of(unit, freek, View(Stream.ALL, limit=limit))
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_what_the_team_holds_is_counted_alike_in_both_ways(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled.read() as unit:
        for email in ("freek@sokkerij.example", "noor@sokkerij.example", "buur@buren.example"):
            person = who(unit, email)
            mine, team = (len(desk.queue_of(unit, person, View(each)).rows) for each in (Stream.MINE, Stream.TEAM))
            common = desk.common_counts(unit, person)
            assert desk.own_counts(unit, person, common) == {Stream.MINE: mine, Stream.TEAM: team}
        freek = who(unit, "freek@sokkerij.example")
        common = desk.common_counts(unit, freek)
        whole = desk.own_counts(unit, freek, common)
        assert min(whole.values()) > 0
        monkeypatch.setattr(desk, "COUNTED", 1)  # as somebody who owns so many that the team is counted anew
        assert desk.own_counts(unit, freek, desk.Common(common.streams, 0)) == {Stream.MINE: 1, Stream.TEAM: 1}


def test_decisions_are_taken_once_on_both_engines(filled: Any, seed: Any) -> None:
    with filled.write() as unit:
        freek = who(unit, "freek@sokkerij.example")
        number = seed.case_of(unit, "103")
        (offer,) = dossier.dossier(unit, freek, number, seed.NOW).offers  # type: ignore[union-attr]
        assert dossier.decide_offer(unit, freek, (number, offer.id), seed.NOW, together=True)
        assert not dossier.decide_offer(unit, freek, (number, offer.id), seed.NOW, together=True)
        lotte = seed.case_of(unit, "106")
        (link,) = dossier.dossier(unit, freek, lotte, seed.NOW).links  # type: ignore[union-attr]
        assert verdicts.confirm(unit, freek, (lotte, link.id), seed.NOW)
        assert verdicts.undo(unit, freek, (lotte, link.id), seed.NOW)
        assert not verdicts.undo(unit, freek, (lotte, link.id), seed.NOW)
        spam = desk.aside(unit, freek)[0]
        assert desk.fetch_back(unit, freek, spam.id)
        assert not desk.fetch_back(unit, freek, spam.id)
