"""The question afterwards: whom we do not ask, when it goes out, what its link is worth, when answers are shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain import survey_mail
from socialwatch.domain.calendar import PRESET, is_open
from socialwatch.domain.survey import (
    REST,
    Matter,
    Results,
    Rules,
    due_at,
    may_ask,
    sealed,
    surveys,
    unsealed,
)
from socialwatch.domain.survey_mail import Occasion
from socialwatch.errors import Misconfigured

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # a Monday, two o'clock in Amsterdam
FINE = Matter(NOW - timedelta(hours=5), True, "nl", "marieke@example.nl")
SECRET = "een-geheim-van-ruim-genoeg-tekens"
RULES = Rules("Sokkerij")


def test_whose_case_is_done_may_be_asked() -> None:
    assert may_ask(FINE, NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"closed_at": None},
        {"answered": False},
        {"address": None},
        {"language": "en"},
        {"thanked": True},
        {"carded": True},
        {"promised": True},
        {"others_open": True},
        {"asked_at": NOW - REST + timedelta(seconds=1)},
        {"asked_at": NOW + timedelta(hours=1)},
    ],
)
def test_each_of_these_is_reason_enough_not_to_ask(change: dict[str, Any]) -> None:
    assert not may_ask(replace(FINE, **change), NOW)


def test_who_writes_flemish_reads_the_question_too() -> None:
    assert may_ask(replace(FINE, language="nl-BE"), NOW)


def test_after_ninety_days_somebody_may_be_asked_again() -> None:
    assert may_ask(replace(FINE, asked_at=NOW - REST), NOW)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.integers(1, 72))  # noqa: DTZ001
def test_it_goes_out_hours_later_and_only_when_we_are_open(closed: datetime, hours: int) -> None:
    at = closed.replace(tzinfo=UTC)
    due = due_at(replace(RULES, after=timedelta(hours=hours)), PRESET, at)
    assert due >= at + timedelta(hours=hours)
    assert is_open(PRESET, due)


def test_a_link_opens_only_what_we_signed() -> None:
    token = sealed(SECRET, "naam")
    assert unsealed(SECRET, token) == "naam"
    assert unsealed("een-ander-geheim-van-genoeg-tekens", token) is None
    assert unsealed(SECRET, token[:-1]) is None
    assert unsealed(SECRET, "naam") is None


@given(st.text(max_size=80))
def test_no_made_up_token_opens_anything(token: str) -> None:
    assert unsealed(SECRET, token) is None


def test_a_figure_stands_only_above_thirty_answers_of_five_colleagues() -> None:
    assert not Results({10: 30}, 5).shown
    assert not Results({10: 31}, 4).shown
    assert Results({10: 31}, 5).shown


def test_the_net_score_is_promoters_less_detractors() -> None:
    found = Results({10: 10, 9: 10, 8: 10, 7: 5, 6: 5}, 5)
    assert (found.answers, found.groups, found.net) == (40, (20, 15, 5), 38)
    assert Results({}, 0).net == 0


def test_nobody_is_asked_unless_it_is_switched_on() -> None:
    assert surveys({}, {"sokkerij": "Sokkerij"}).brands == {}
    on = {"on": True, "secret": SECRET, "brands": {"buren": {"form": "u"}, "stil": {"on": False}}}
    made = surveys(on, {"sokkerij": "Sokkerij", "buren": "Buren", "stil": "Stil"})
    assert {brand: rules.form for brand, rules in made.brands.items()} == {"sokkerij": "je", "buren": "u"}
    assert SECRET not in repr(made)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"on": True}, "secret"),
        ({"on": True, "secret": "kort"}, "secret"),
        ({"on": True, "secret": SECRET, "form": "jij"}, "form"),
        ({"on": True, "secret": SECRET, "hours": 3}, "survey.hours"),
        ({"on": True, "secret": SECRET, "after_hours": 0}, "after_hours"),
        ({"brands": {"vreemd": {}}}, "survey.brands.vreemd"),
    ],
)
def test_what_is_wrong_is_named_and_the_secret_is_not_shown(values: dict[str, Any], named: str) -> None:
    with pytest.raises(Misconfigured) as problem:
        surveys(values, {"sokkerij": "Sokkerij"})
    assert named in str(problem.value)
    assert SECRET not in str(problem.value)


@pytest.mark.parametrize(("form", "hello"), [("je", "Hoi Marieke,"), ("u", "Beste Marieke de Vries,")])
def test_the_mail_is_short_by_name_and_keeps_to_one_form(form: str, hello: str) -> None:
    rules = replace(RULES, form=form)
    asked = Occasion(
        "Marieke de Vries", "Freek", "https://webcare.example/vraag/x", FINE.closed_at or NOW, NOW + timedelta(days=14)
    )
    text = survey_mail.body(rules, asked, NOW)
    assert text.startswith(hello)
    assert "https://webcare.example/vraag/x" in text
    assert "tot en met 7 december" in text
    assert text.rstrip().endswith("Freek\nSokkerij")
    assert "!" not in text
    assert len(text.split()) < 90
    words = set(text.replace(",", " ").replace(".", " ").replace("?", " ").split())
    assert not words & ({"u", "uw"} if form == "je" else {"je", "jouw"})


def test_an_initial_is_nobodys_name() -> None:
    assert survey_mail.first_name("M. de Vries") == ""
    assert survey_mail.first_name("") == ""
    assert survey_mail.first_name("Marieke de Vries") == "Marieke"
