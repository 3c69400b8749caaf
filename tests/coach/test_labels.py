"""The labelled sets of the Meelezer are what their README says: enough of each, balanced, valid, and no reply twice."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SETS = Path(__file__).parent / "sets"
CHECKS = ["acknowledgement", "known_facts", "parroting", "deflection", "canned", "promise", "privacy", "platform"]
ENOUGH = {"seen": 100, "apart": 42}
FILES = [(folder, check) for folder in ENOUGH for check in CHECKS]
CHANNELS = {"x", "facebook", "mail", "bluesky", "mastodon"}
NEEDED = {"id", "reply", "theirs", "channel", "audience", "expect", "note"}
TEXTS = ("theirs", "ours", "hazards", "own", "before")
Row = dict[str, Any]


def rows_of(folder: str, check: str) -> list[Row]:
    lines = (SETS / folder / f"{check}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def everything() -> list[Row]:
    return [row for folder, check in FILES for row in rows_of(folder, check)]


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def are_known(value: Any) -> bool:
    return isinstance(value, list) and all(
        fact.keys() == {"field", "value", "label"} and all(map(is_text, fact.values())) for fact in value
    )


def is_limit(value: Any) -> bool:
    return value is None or (type(value) is int and value > 0)


VALID: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("id", "reply", "note"), is_text),
    **dict.fromkeys(("complaint", "can_reply", "expect"), lambda value: isinstance(value, bool)),
    **dict.fromkeys(TEXTS, are_texts),
    "known": are_known,
    "limit": is_limit,
    "channel": CHANNELS.__contains__,
    "audience": {"public", "private"}.__contains__,
}


@pytest.mark.parametrize(("folder", "check"), FILES)
def test_each_set_is_large_enough_and_half_of_it_is_fine(folder: str, check: str) -> None:
    rows = rows_of(folder, check)
    assert len(rows) >= ENOUGH[folder]
    fine = sum(not row["expect"] for row in rows) / len(rows)
    assert 0.4 <= fine <= 0.6


@pytest.mark.parametrize(("folder", "check"), FILES)
def test_every_field_holds_what_the_checks_are_given(folder: str, check: str) -> None:
    for row in rows_of(folder, check):
        assert row.keys() >= NEEDED, row["id"]
        wrong = [key for key, value in row.items() if key not in VALID or not VALID[key](value)]
        assert wrong == [], row["id"]


def test_no_id_and_no_reply_stands_twice() -> None:
    rows = everything()
    ids = Counter(row["id"] for row in rows)
    replies = Counter(" ".join(row["reply"].casefold().split()) for row in rows)
    assert [name for name, times in ids.items() if times > 1] == []
    assert [reply for reply, times in replies.items() if times > 1] == []


def test_who_labels_a_complaint_gives_the_words_of_the_customer() -> None:
    assert [row["id"] for row in everything() if not row["theirs"]] == []


def test_the_canned_set_always_holds_earlier_replies() -> None:
    rows = rows_of("seen", "canned") + rows_of("apart", "canned")
    assert [row["id"] for row in rows if not row.get("before")] == []
