"""The question afterwards as a customer meets it: opened by any scanner without harm, answered once, then over."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.domain.survey import EXPIRES, Results, Rules, Surveys, sealed
from socialwatch.store import surveys
from socialwatch.store.tables import survey

SECRET = "een-geheim-van-ruim-genoeg-tekens"
NAME = "een-naam-die-niemand-raadt"
LINK = f"/vraag/{sealed(SECRET, NAME)}"


@pytest.fixture
def asked(app: Any, seeded: Any, seed: Any) -> int:
    """Sanne's case brought a question that went out just now."""
    app.state.desk = replace(app.state.desk, surveys=Surveys({"sokkerij": Rules("Sokkerij")}, SECRET))
    with seeded.write() as unit:
        number = int(seed.case_of(unit, "110", "facebook"))
        surveys.plan(unit, number, "sanne@example.nl", seed.NOW)
        (waiting,) = surveys.due(unit, seed.NOW)
        assert surveys.begin(unit, waiting.id, NAME, seed.NOW)
        surveys.became(unit, waiting.id, surveys.SENT)
    return waiting.id


def row(database: Any) -> Any:
    with database.read() as unit:
        return unit.run(select(survey)).one()


def test_opening_it_changes_nothing_and_needs_no_login(visitor: Any, seeded: Any, asked: int) -> None:
    before = row(seeded)
    for _ in range(3):
        answer = visitor.get(LINK)
        assert answer.status_code == 200
        assert visitor.client.head(LINK).status_code in (200, 405)
    assert row(seeded) == before
    assert "set-cookie" not in answer.headers
    assert answer.text.count('type="radio"') == 11
    assert "Sokkerij" in answer.text
    assert "<script" not in answer.text
    assert not re.search(r"\sstyle=|\son\w+=", answer.text)
    assert "Sanne" not in answer.text, "a link that is passed on tells of nobody"
    assert answer.headers["cache-control"] == "no-store"


def test_it_is_answered_once(visitor: Any, seeded: Any, seed: Any, asked: int) -> None:
    answer = visitor.client.post(LINK, data={"score": "9", "words": " Snel geholpen. "}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, LINK)
    for _ in range(2):
        visitor.client.post(LINK, data={"score": "0", "words": "toch niet"})
    found = row(seeded)
    assert (found.state, found.score, found.words) == ("answered", 9, "Snel geholpen.")
    assert found.answered_at == seed.NOW
    page = visitor.get(LINK).text
    assert "Je antwoord is binnen" in page
    assert "<form" not in page


@pytest.mark.parametrize("score", ["", "11", "-1", "negen", "²", "9.5", "10000"])
def test_without_a_score_the_words_are_kept(visitor: Any, seeded: Any, asked: int, score: str) -> None:
    answer = visitor.client.post(LINK, data={"score": score, "words": "Ik twijfel nog."})
    assert answer.status_code == 422
    if len(score) <= 4:
        assert "Ik twijfel nog." in answer.text
        assert "Kies eerst een cijfer" in answer.text
    assert row(seeded).state == "sent"


def test_after_two_weeks_it_is_over(app: Any, visitor: Any, seeded: Any, seed: Any, asked: int) -> None:
    app.state.desk = replace(app.state.desk, clock=lambda: seed.NOW + EXPIRES - timedelta(minutes=1))
    assert "<form" in visitor.get(LINK).text
    app.state.desk = replace(app.state.desk, clock=lambda: seed.NOW + EXPIRES)
    assert "gesloten" in visitor.get(LINK).text
    visitor.client.post(LINK, data={"score": "3"})
    assert row(seeded).score is None


@pytest.mark.parametrize(
    "token", ["x", "1", sealed("een-ander-geheim-van-genoeg-tekens", NAME), sealed(SECRET, "ander")]
)
def test_what_is_no_link_of_ours_opens_nothing(visitor: Any, seeded: Any, asked: int, token: str) -> None:
    for answer in (visitor.get(f"/vraag/{token}"), visitor.client.post(f"/vraag/{token}", data={"score": "5"})):
        assert answer.status_code == 404
        assert "Deze link werkt niet" in answer.text
    assert row(seeded).state == "sent"


def test_what_was_dropped_takes_no_answer(visitor: Any, seeded: Any, asked: int) -> None:
    with seeded.write() as unit:
        unit.run(update(survey).values(state="dropped"))
    assert "<form" not in visitor.get(LINK).text
    visitor.client.post(LINK, data={"score": "5"})
    assert row(seeded).score is None


def test_a_brand_that_says_u_says_u_all_through(app: Any, visitor: Any, asked: int) -> None:
    rules = Rules("Sokkerij", form="u")
    app.state.desk = replace(app.state.desk, surveys=Surveys({"sokkerij": rules}, SECRET))
    said = [visitor.get(LINK).text]
    visitor.client.post(LINK, data={"score": "9"})
    said.append(visitor.get(LINK).text)
    for page in said:
        body = re.sub(r"<[^>]+>", " ", page.partition("<main>")[2])
        assert not re.search(r"\b(?:je|jouw|jij)\b", body, re.I), body
        assert re.search(r"\bu\b", body)


def test_reputation_shows_answers_only_above_thirty(freek: Any, seeded: Any, asked: int, monkeypatch: Any) -> None:
    assert "De vraag achteraf" not in freek.get("/reputatie").text
    with seeded.write() as unit:
        surveys.answer(unit, asked, 10, "Freek was fantastisch", row(seeded).sent_at)
    page = freek.get("/reputatie").text
    assert "De vraag achteraf" not in page
    assert "Freek was fantastisch" not in page
    enough = Results({10: 20, 8: 6, 3: 5}, 5, ("Snel geholpen.",))
    monkeypatch.setattr("socialwatch.store.surveys.results", lambda *_: enough)
    page = freek.get("/reputatie").text
    assert "NPS +48 over 31 antwoorden" in page
    assert "Snel geholpen." in page
    assert "Freek" not in page.partition("De vraag achteraf")[2].partition("</section>")[0]
