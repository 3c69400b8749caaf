"""The page with what was measured of the desk: a bench writes its own chapter, the others stay."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
ABOUT = """# The desk in a real browser

`python -m tests.bench.desk --write`, `tests.bench.live --write` and `tests.bench.hostile --write` fill this page, each
its own chapter.
Seconds are of the machine it ran on, with the browser, the other readers and the server on the same processors.
"""
HEAD = "\n## "


def put(title: str, lines: list[str], page: Path = PAGE) -> None:
    """Write this chapter; one that is not on the page yet comes last."""
    _, *known = page.read_text(encoding="utf-8").split(HEAD) if page.exists() else ("",)
    chapters = dict(each.split("\n", 1) for each in known)
    chapters[title] = "\n".join(["", *lines, ""])
    page.write_text(ABOUT + "".join(f"{HEAD}{name}\n{chapters[name]}" for name in chapters), encoding="utf-8")
