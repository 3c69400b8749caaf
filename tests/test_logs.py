"""Logs: a poll, the work, an answer and every way to fail leave no word of a customer and no token on stderr."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from socialwatch.domain.mention import Author
from socialwatch.errors import Refused
from socialwatch.notifiers import log
from socialwatch.steps import say
from socialwatch.store.replies import Draft
from socialwatch.store.unit import Database
from socialwatch.wiring import logs
from socialwatch.worker import corridor

TELLING = ("Tuttepeer", "Dorpsstraat 17", "trudelies", "0687654321", "zwartemagie", "EAAGm0PX4ZCpsBAOkZD")


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Logging as `socialwatch run` has it; gives back how to read what was said."""
    before, said = structlog.get_config(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    logs.plain()
    yield said.getvalue
    structlog.configure(**before)
    for each in [each for each in logging.getLogger().handlers if each.get_name() == logs.NAME]:
        logging.getLogger().removeHandler(each)


def test_nothing_of_a_customer_and_no_token_is_logged(sqlite: Database, fakes: Any, speaking: Any) -> None:
    world = fakes.World(sqlite)
    freek = world.colleague()
    who = Author("trudelies-id", "trudelies", "Truus Tuttepeer", 3)
    words = "woedend, bel 0687654321, Tuttepeer, Dorpsstraat 17"
    world.bring(fakes.mention(1, words, author=who), fakes.mention(2, f"vergif {words}", author=who))
    world.log = log.connect({})
    for _ in range(8):
        world.hurry()
        corridor.drain(world.parts)
    found = world.stored(1)
    world.x.answers = [Refused("Dit antwoord mag niet."), ValueError(f"unexpected: {words}")]
    for number in (1, 2):
        with world.database.write() as unit:
            draft = Draft(fakes.BRAND, found.case_id, found.id, freek.id, f"zwartemagie {number}", f"k{number}")
            say.approve(unit, freek, draft, world.clock())
        corridor.drain(world.parts)
    world.poll(ValueError(f"unreadable: {words}"))
    said = speaking()
    assert "step_failed" in said
    assert [word for word in TELLING if word in said] == []
    assert {json.loads(line)["level"] for line in said.splitlines()} >= {"info", "warning"}


def test_an_unexpected_error_is_told_by_kind_and_place_alone(speaking: Any) -> None:
    try:
        raise ValueError("Tuttepeer woont op Dorpsstraat 17")
    except ValueError as problem:
        structlog.get_logger("x").warning("fell", exc_info=True)
        logging.getLogger("socialwatch.web.app").error("%s %s failed", "GET", "/inbox", exc_info=problem)
        logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=problem)
    lines = [json.loads(line) for line in speaking().splitlines()]
    assert [each["error"] for each in lines] == ["ValueError"] * 3
    assert all("test_logs.py" in each["at"][-1] for each in lines)
    assert [word for word in TELLING if word in json.dumps(lines)] == []


def test_a_token_in_a_reason_becomes_stars(speaking: Any) -> None:
    structlog.get_logger("x").warning("failed", reason="GET /feed?access_token=EAAGm0PX4ZCpsBAOkZD gave 500")
    said = speaking()
    assert "gave 500" in said
    assert "EAAGm0PX4ZCpsBAOkZD" not in said
