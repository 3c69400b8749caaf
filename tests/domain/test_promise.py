"""Promises in replies: found with precision first, each at its moment."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.promise import LONGEST, promises
from socialwatch.domain.when import AMSTERDAM

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def sentences() -> ModuleType:
    found = importlib.util.spec_from_file_location("promise_sentences", Path(__file__).parent / "promise_sentences.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def due(text: str, now: datetime = NOW) -> list[str]:
    return [f"{each.due_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" for each in promises(text, now)]


def test_on_the_labelled_sentences_precision_comes_first(sentences: ModuleType) -> None:
    every = [*sentences.TUNED, *sentences.SEEN, *sentences.SEEN_TOO, *sentences.FRESH]
    meant = [wanted for _, wanted in every if wanted]
    assert len(every) > 250
    assert 0.4 < len(meant) / len(every) < 0.6
    found = [(due(text), wanted) for text, wanted in every]
    right = sum(1 for given, wanted in found if given and wanted)
    wrong = [text for text, wanted in every if due(text) and not wanted]
    assert right / (right + len(wrong)) >= 0.95, wrong
    assert right / len(meant) >= 0.85
    assert sum(1 for given, wanted in found if given[:1] == [wanted]) / right >= 0.95


def test_several_promises_of_one_reply_come_soonest_first() -> None:
    text = "Morgen heb je nieuwe sokken. Ik bel je vanmiddag nog. De oude halen we vrijdag bij je op."
    assert due(text) == ["2026-11-23 18:00", "2026-11-24 18:00", "2026-11-27 18:00"]
    assert promises(text, NOW)[0].what == "Ik bel je vanmiddag nog"


@pytest.mark.parametrize(
    ("now", "text", "wanted"),
    [
        # said in the evening: for this evening, and what was over is no promise
        ("2026-11-23 19:30", "Ik stuur het vandaag nog op.", ["2026-11-23 23:00"]),
        ("2026-11-23 19:30", "Ik bel je voor 17:00 uur.", []),
        # over both changes of the clock the hour on the wall stays the hour on the wall
        ("2026-03-28 15:00", "Ik bel je morgen om 10:00 uur.", ["2026-03-29 10:00"]),
        ("2026-10-24 15:00", "Morgen in huis.", ["2026-10-25 18:00"]),
        ("2026-10-24 15:00", "Ik bel je binnen 24 uur.", ["2026-10-25 14:00"]),
        # working days step over a weekend, a year over its end
        ("2026-11-27 10:00", "Binnen 2 werkdagen heb je het geld terug.", ["2026-12-01 18:00"]),
        ("2026-12-31 10:00", "Morgen sturen we je een nieuwe.", ["2027-01-01 18:00"]),
        ("2026-12-30 10:00", "Op 4 januari staat het op je rekening.", ["2027-01-04 18:00"]),
        # late at night in UTC it is already the next day in Amsterdam
        ("2026-11-24 00:30", "Vandaag nog verstuurd.", ["2026-11-24 18:00"]),
    ],
)
def test_the_moment_is_one_on_the_wall_in_amsterdam(now: str, text: str, wanted: list[str]) -> None:
    here = datetime.fromisoformat(now).replace(tzinfo=AMSTERDAM)
    assert due(text, here.astimezone(UTC)) == wanted


def test_what_is_quoted_is_short() -> None:
    long = "Ik stuur je morgen " + "een heel mooi paar sokken met " * 20 + "sterren"
    assert len(promises(long, NOW)[0].what) <= LONGEST


@given(st.text(max_size=300), st.integers(1_600_000_000, 1_900_000_000))
def test_any_text_at_any_moment_gives_only_what_is_still_to_come(text: str, at: int) -> None:
    now = datetime.fromtimestamp(at, UTC)
    assert all(each.due_at > now for each in promises(f"{text} morgen om 99:99 uur binnen 999 weken", now))
