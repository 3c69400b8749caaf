"""The corpus: written one by one, labelled twice, settled, and its frozen test far enough from what is learnt from."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from models.recipe.examples import read_posts
from models.recipe.labels import ORDERED, ROUNDS, SEVERAL, SINGLE, Labels, agreement, of_post, read_round
from models.recipe.slices import FEWEST, MISSED, MISTAKEN
from socialwatch.domain.assessment import Feeling, Hazard, Kind
from socialwatch.sentiment.heads import LANGUAGES
from socialwatch.sentiment.transformer import connect

MODELS = Path(__file__).resolve().parents[2] / "models"
CORPUS = MODELS / "corpus"
TRADES = 10
# Above these two posts say the same thing in nearly the same words; see the pairs just below them before lowering them.
SAME_SIGNS, SAME_MEANING, SAME_ENOUGH = 80, 0.98, 60

Post = dict[str, Any]


@pytest.fixture(scope="module")
def learnt() -> list[Post]:
    return read_posts(CORPUS)


@pytest.fixture(scope="module")
def frozen() -> list[Post]:
    return read_posts(CORPUS / "frozen")


@pytest.fixture(scope="module")
def posts(learnt: list[Post], frozen: list[Post]) -> list[Post]:
    return [*learnt, *frozen]


@pytest.fixture(scope="module")
def rounds() -> list[dict[str, Labels]]:
    return [read_round(CORPUS, name) for name in ROUNDS]


def words(post: Post) -> list[str]:
    return re.findall(r"\w+", post["text"].lower())


def plain(post: Post) -> str:
    return " ".join(words(post)) or post["text"]


def test_there_is_enough_of_it(learnt: list[Post], frozen: list[Post]) -> None:
    assert len(learnt) >= 4_000
    assert len(frozen) >= 1_200


def test_no_run_of_six_words_stands_in_more_than_three_posts(posts: list[Post]) -> None:
    runs: Counter[tuple[str, ...]] = Counter()
    for post in posts:
        said = words(post)
        runs.update({tuple(said[at : at + 6]) for at in range(len(said) - 5)})
    assert [run for run, times in runs.items() if times > 3] == []


def test_no_opening_of_three_words_stands_in_more_than_one_in_a_hundred(posts: list[Post]) -> None:
    openings = Counter(tuple(words(post)[:3]) for post in posts if len(words(post)) >= 3)
    assert [opening for opening, times in openings.items() if times > len(posts) / 100] == []


def test_no_text_and_no_id_stands_twice(posts: list[Post]) -> None:
    assert len({plain(post) for post in posts}) == len(posts) == len({post["id"] for post in posts})


def test_every_post_carries_every_label(posts: list[Post]) -> None:
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


def test_level_three_is_for_at_most_a_quarter_of_the_complaints(learnt: list[Post], frozen: list[Post]) -> None:
    for part in (learnt, frozen):
        levels = [post["frustration"] for post in part if post["kind"] == "complaint"]
        assert levels.count(3) <= len(levels) / 4


def test_a_good_part_is_no_complaint_at_all(learnt: list[Post], frozen: list[Post]) -> None:
    for part in (learnt, frozen):
        calm = [post for post in part if post["kind"] in ("question", "request", "report", "praise", "thanks")]
        assert 0.3 <= len(calm) / len(part) <= 0.5


def test_it_comes_from_many_trades_and_in_two_lengths(posts: list[Post]) -> None:
    trades = Counter(post["trade"] for post in posts)
    assert sum(times >= 100 for times in trades.values()) >= TRADES
    assert sum(300 <= len(post["text"]) <= 800 for post in posts) >= 500


def test_the_world_of_the_demonstration_stays_unseen(posts: list[Post]) -> None:
    assert not [post for post in posts if "sokkerij" in post["text"].lower()]


def test_every_slice_of_the_frozen_test_can_be_measured(frozen: list[Post]) -> None:
    missed = Counter(tag for post in frozen if post["frustration"] >= 2 for tag in post["tags"])
    mistaken = Counter(tag for post in frozen if post["frustration"] < 2 for tag in post["tags"])
    assert {tag: missed[tag] for tag in MISSED if missed[tag] < FEWEST} == {}
    assert {tag: mistaken[tag] for tag in MISTAKEN if mistaken[tag] < FEWEST} == {}
    found = Counter(hazard for post in frozen for hazard in post["hazards"])
    assert {hazard: found[hazard] for hazard in Hazard if found[hazard] < 40} == {}


def test_every_post_was_labelled_twice(posts: list[Post], rounds: list[dict[str, Labels]]) -> None:
    assert all(set(labels) == {post["id"] for post in posts} for labels in rounds)


def test_what_was_settled_is_what_one_of_the_two_said(posts: list[Post], rounds: list[dict[str, Labels]]) -> None:
    for post in posts:
        settled, said = of_post(post), [labels[post["id"]] for labels in rounds]
        for field in SINGLE:
            assert getattr(settled, field) in {getattr(labels, field) for labels in said}, (post["id"], field)
        for field in SEVERAL:
            one, other = (getattr(labels, field) for labels in said)
            assert one & other <= getattr(settled, field) <= one | other, (post["id"], field)


def test_two_readings_agree_far_above_chance(posts: list[Post], rounds: list[dict[str, Labels]]) -> None:
    found = agreement(*rounds, [post["id"] for post in posts])
    assert all(found[field] > 0.8 for field in ("kind", "frustration", "answer")), found
    assert set(ORDERED) < set(found)
    assert min(found.values()) > 0.5, found


def test_nothing_of_the_frozen_test_stands_nearly_the_same_in_what_is_learnt(
    learnt: list[Post], frozen: list[Post]
) -> None:
    signs = process.cdist(
        [plain(post) for post in frozen],
        [plain(post) for post in learnt],
        scorer=fuzz.ratio,
        score_cutoff=SAME_ENOUGH,
        dtype=np.uint8,
    )
    near = np.argwhere(signs >= SAME_ENOUGH)  # only of these the meaning is asked: reading everything takes minutes
    assert len(near) > 0
    texts = [[part[place]["text"] for place in near[:, side]] for side, part in enumerate((frozen, learnt))]
    alike = (meanings(texts[0]) * meanings(texts[1])).sum(axis=1) >= SAME_MEANING
    found = (signs[near[:, 0], near[:, 1]] >= SAME_SIGNS) | alike
    assert [pair for pair, same in zip(zip(*texts, strict=True), found, strict=True) if same] == []


def meanings(texts: list[str]) -> np.ndarray:
    each = sorted(set(texts))
    read = dict(zip(each, connect({"path": MODELS / "dutch"}).read(each), strict=True))
    rows = np.array([np.frombuffer(read[text].embedding, dtype=np.int8) for text in texts], dtype=np.float32)
    return rows.reshape(len(texts), -1) / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1)
