"""Health: one word for a source, gravest first, and few classes for many reasons."""

from dataclasses import replace

import pytest

from socialwatch.domain.health import LATE, Condition, Poller, Trouble, condition, trouble

NOW = 1_000_000.0
WELL = Poller(halted=False, failures=0, next_poll_at=NOW + 30)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Condition.WELL),
        ({"halted": True, "failures": 3}, Condition.HALTED),
        ({"failures": 1, "next_poll_at": NOW - 2 * LATE}, Condition.FAILING),
        ({"budget": 100, "spent": 100}, Condition.PAUSED),
        ({"budget": 100, "spent": 99}, Condition.WELL),
        ({"budget": 100, "spent": 100, "next_poll_at": NOW - 1}, Condition.WELL),
        ({"next_poll_at": NOW - LATE}, Condition.WELL),
        ({"next_poll_at": NOW - LATE - 1}, Condition.LATE),
        ({"next_poll_at": 0.0}, Condition.WELL),
        ({"slowed": 2.0}, Condition.SLOWED),
    ],
)
def test_the_gravest_word_wins(changes: dict[str, float], expected: Condition) -> None:
    assert condition(replace(WELL, **changes), NOW) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (None, Trouble.UNKNOWN),
        ("", Trouble.UNKNOWN),
        ("Onverwachte fout (RuntimeError)", Trouble.UNEXPECTED),
        ("De werker viel weg tijdens dit werk.", Trouble.WORKER_LOST),
        ("Deze tekst is niet te lezen.", Trouble.REFUSED),
    ],
)
def test_reasons_fall_into_classes(reason: str | None, expected: Trouble) -> None:
    assert trouble(reason) is expected
