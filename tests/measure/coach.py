"""The Meelezer: precision and recall of each check on the labelled replies, those seen while it was made and apart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socialwatch.domain.coach import Check, Draft, Known, Scene, remarks

TITLE = "The Meelezer"
SETS = Path(__file__).parents[1] / "coach" / "sets"
FOLDERS = ("seen", "apart")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One reply in its scene, and whether its check should remark on it."""

    id: str
    draft: Draft
    scene: Scene
    expect: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """`replies` in the set, of which `bad` should be remarked on; `said` were, and `right` of those rightly."""

    replies: int
    bad: int
    said: int
    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.bad if self.bad else 0.0


def labelled(folder: str, check: Check, sets: Path = SETS) -> list[Labelled]:
    """The replies labelled for one check."""
    lines = (sets / folder / f"{check}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_labelled(json.loads(line)) for line in lines if line.strip()]


def _labelled(row: Mapping[str, Any]) -> Labelled:
    scene = Scene(
        theirs=tuple(row.get("theirs", ())),
        ours=tuple(row.get("ours", ())),
        known=tuple(Known(**each) for each in row.get("known", ())),
        complaint=row.get("complaint", False),
        hazards=tuple(row.get("hazards", ())),
        own=tuple(row.get("own", ())),
        before=tuple(row.get("before", ())),
    )
    channel, audience = row.get("channel", "x"), row.get("audience", "public")
    draft = Draft(row["reply"], channel, audience, row.get("can_reply", True), row.get("limit"))
    return Labelled(row["id"], draft, scene, row["expect"])


def remarked(each: Labelled, check: Check) -> bool:
    return any(remark.check is check for remark in remarks(each.draft, each.scene))


def figures(found: Sequence[Labelled], check: Check) -> Figures:
    said = {each.id for each in found if remarked(each, check)}
    bad = {each.id for each in found if each.expect}
    return Figures(
        len(found), len(bad), len(said), len(said & bad), tuple(sorted(said - bad)), tuple(sorted(bad - said))
    )


def report() -> list[str]:
    folders = [folder for folder in FOLDERS if (SETS / folder).is_dir()]
    rows = [_told(folder, check) for check in Check for folder in folders]
    return [
        "Replies to Dutch customers, each labelled for one check (tests/coach/sets, half of them fine). *Seen* were",
        "read while the rules were made; *apart* were not. Precision: remarks that were due. Recall: due remarks made.",
        "",
        "| check | set | replies | due | made | precision | recall |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]


def _told(folder: str, check: Check) -> str:
    told = figures(labelled(folder, check), check)
    counted = f"{told.replies} | {told.bad} | {told.said}"
    return f"| {check} | {folder} | {counted} | {told.precision:.2f} | {told.recall:.2f} |"
