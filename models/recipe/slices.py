"""The slices of the frozen test: what is easily missed, what easily gives a false alarm, and who writes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from models.recipe.measures import Scores, auc

FEWEST = 50
MISSED = ("sarcasm", "idiom", "implicit", "polite")
MISTAKEN = ("negpraise", "swearpraise", "solved")
ROUGH = frozenset({"typo", "nocaps"})
LONG = 300

Post = Mapping[str, Any]
Figures = dict[str, dict[str, Any]]


def recalls(held: Sequence[Post], read: Scores) -> Figures:
    """Per slice the share of posts labelled level 2 and up that are read as such."""
    return {
        f"{tag}, recall": _share(read, [tag in post["tags"] and post["frustration"] >= 2 for post in held])
        for tag in MISSED
    }


def alarms(held: Sequence[Post], read: Scores) -> Figures:
    """Per slice the share of posts labelled below level 2 that are read as level 2 and up."""
    return {
        f"{tag}, false alarms": _share(read, [tag in post["tags"] and post["frustration"] < 2 for post in held])
        for tag in MISTAKEN
    }


def contrasts(held: Sequence[Post], scores: Scores, read: Scores) -> Figures:
    """Two groups of writers side by side: AUC and the share of "frustrated or not" that is right, for each."""
    groups: Mapping[str, tuple[Callable[[Post], bool], Callable[[Post], bool]]] = {
        "Flemish against Netherlandic": (
            lambda post: post["language"] == "nl-BE",
            lambda post: post["language"] == "nl",
        ),
        "typos and no capitals against clean": (
            lambda post: bool(ROUGH & set(post["tags"])),
            lambda post: not ROUGH & set(post["tags"]),
        ),
        "Facebook-length against X-length": (
            lambda post: len(post["text"]) >= LONG,
            lambda post: len(post["text"]) < LONG,
        ),
    }
    truth = np.array([post["frustration"] >= 2 for post in held])
    found: Figures = {}
    for name, sides in groups.items():
        rows = [np.array([belongs(post) for post in held]) for belongs in sides]
        areas = [auc(truth[row], scores[row]) for row in rows]
        right = [float(np.mean(truth[row] == (read[row] >= 2))) for row in rows]
        found[name] = {
            "value": abs(areas[0] - areas[1]),
            "AUC": areas,
            "right": right,
            "posts": int(min(row.sum() for row in rows)),
        }
    return found


def _share(read: Scores, chosen: Sequence[bool]) -> dict[str, Any]:
    """The share read as frustrated; not measurable on fewer than 50 posts."""
    rows = np.array(chosen)
    count = int(rows.sum())
    return {"posts": count} | ({"value": float(np.mean(read[rows] >= 2))} if count >= FEWEST else {})
