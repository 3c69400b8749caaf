"""The page with what was measured: each chapter is written anew by what counts it, and the others stay as they are."""

from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "measurements.md"
ABOUT = """# What was measured

`make measure` fills this page; every figure is counted by a file in `tests/measure/`. Seconds are of the machine it ran
on, the rest is the same everywhere.
"""
HEAD = "\n## "


def put(new: Mapping[str, list[str]], page: Path = PAGE) -> None:
    """Write these chapters, lines by title; one that is not on the page yet comes last."""
    _, *known = page.read_text(encoding="utf-8").split(HEAD) if page.exists() else ("",)
    chapters = dict(each.split("\n", 1) for each in known)
    chapters |= {title: "\n".join(["", *lines, ""]) for title, lines in new.items()}
    page.write_text(ABOUT + "".join(f"{HEAD}{title}\n{chapters[title]}" for title in chapters), encoding="utf-8")
