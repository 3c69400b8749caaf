"""The corpus: written one by one, fully labelled, no templates."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from socialwatch.domain.assessment import Feeling, Hazard, Kind
from socialwatch.sentiment.heads import LANGUAGES

CORPUS = Path(__file__).resolve().parents[2] / "models" / "corpus"


@pytest.fixture(scope="module")
def posts() -> list[dict[str, Any]]:
    files = sorted(CORPUS.glob("*.jsonl"))
    return [json.loads(row) for file in files for row in file.read_text(encoding="utf-8").split("\n") if row]


def words(post: dict[str, Any]) -> list[str]:
    return re.findall(r"\w+", post["text"].lower())


def test_no_run_of_six_words_stands_in_more_than_three_posts(posts: list[dict[str, Any]]) -> None:
    runs: Counter[tuple[str, ...]] = Counter()
    for post in posts:
        said = words(post)
        runs.update({tuple(said[at : at + 6]) for at in range(len(said) - 5)})
    assert [run for run, times in runs.items() if times > 3] == []


def test_no_opening_of_three_words_stands_in_more_than_one_in_a_hundred(posts: list[dict[str, Any]]) -> None:
    openings = Counter(tuple(words(post)[:3]) for post in posts if len(words(post)) >= 3)
    assert [opening for opening, times in openings.items() if times > len(posts) / 100] == []


def test_no_text_and_no_id_stands_twice(posts: list[dict[str, Any]]) -> None:
    assert (
        len({" ".join(words(post)) or post["text"] for post in posts})
        == len(posts)
        == len({post["id"] for post in posts})
    )


def test_every_post_carries_every_label(posts: list[dict[str, Any]]) -> None:
    for post in posts:
        assert post["kind"] in set(Kind), post
        assert post["frustration"] in range(4), post
        assert post["distress"] in range(3), post
        assert set(post["feelings"]) <= set(Feeling), post
        assert set(post["hazards"]) <= set(Hazard), post
        assert post["answer"] in range(3), post
        assert post["language"] in LANGUAGES, post
        assert isinstance(post["chance"], bool), post
        assert isinstance(post["behalf"], bool), post
        assert post["text"].strip(), post


def test_level_three_is_for_at_most_a_quarter_of_the_complaints(posts: list[dict[str, Any]]) -> None:
    levels = [post["frustration"] for post in posts if post["kind"] == "complaint"]
    assert levels.count(3) <= len(levels) / 4


def test_a_good_part_is_no_complaint_at_all(posts: list[dict[str, Any]]) -> None:
    plain = [post for post in posts if post["kind"] in ("question", "request", "praise", "thanks")]
    assert 0.3 <= len(plain) / len(posts) <= 0.5


def test_the_world_of_the_demonstration_stays_unseen(posts: list[dict[str, Any]]) -> None:
    assert not [post for post in posts if "sokkerij" in post["text"].lower()]
