"""Audit: what counts as a next step, case by case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from socialwatch.domain.audit import Findings, Loose, Missing, Standing, loose, missing, sentences
from socialwatch.domain.case import State

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CASE = Standing(1, "sokkerij", State.OPEN, pressing=False, owned=False, since=NOW - timedelta(days=3))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),  # it waits ranked in the Inbox for anyone
        ({"staffed": False}, Missing.NOBODY_THERE),
        ({"pressing": True}, Missing.NOBODY_TOLD),
        ({"pressing": True, "told": True}, None),
        ({"pressing": True, "since": NOW - timedelta(minutes=59)}, None),
        ({"pressing": True, "since": NOW - timedelta(minutes=61)}, Missing.NOBODY_TOLD),
        ({"pressing": True, "at_work": True}, None),
        ({"owned": True}, Missing.OWNER_UNTOLD),
        ({"owned": True, "told": True}, None),
        ({"owned": True, "taken": True}, None),
        ({"owned": True, "at_work": True}, None),
        ({"state": State.WAITING, "owned": True}, None),
        ({"state": State.LATER}, Missing.LATER_PASSED),
        ({"state": State.LATER, "later_until": NOW + timedelta(days=1)}, None),
        ({"state": State.LATER, "later_until": NOW - timedelta(minutes=10)}, None),
        ({"state": State.LATER, "later_until": NOW - timedelta(minutes=20)}, Missing.LATER_PASSED),
    ],
)
def test_a_case_has_a_next_step_or_a_reason_why_not(changes: dict[str, Any], expected: Missing | None) -> None:
    assert missing(replace(CASE, **changes), NOW) is expected


def test_how_long_nobody_may_know_of_a_pressing_case_can_be_set() -> None:
    pressing = replace(CASE, pressing=True, since=NOW - timedelta(hours=12))
    assert loose([pressing, CASE], NOW) == (Loose(1, "sokkerij", Missing.NOBODY_TOLD),)
    assert loose([pressing, CASE], NOW, timedelta(hours=14)) == ()


def test_what_was_found_is_said_in_numbers_and_names_of_sources() -> None:
    assert Findings().clean
    assert sentences(Findings()) == []
    found = Findings(
        tuple(Loose(number, "s", Missing.OWNER_UNTOLD) for number in range(1, 13)), ("s/x",), idle=1260.0, lost=1
    )
    assert not found.clean
    assert sentences(found) == [
        "Deze dossiers hebben geen volgende stap: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 en meer.",
        "De bron s/x had gelezen moeten worden en niemand zegt waarom dat niet gebeurde.",
        "Er ligt al 21 minuten werk klaar en niemand werkt eraan.",
        "1 bericht wacht zonder werk in de rij.",
    ]
