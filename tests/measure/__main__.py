"""Run: python -m tests.measure [--write] [NAME …]. Each file beside this one that has a `report` tells its figures."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import tests.measure

REPORT = Path(__file__).parents[2] / "docs" / "measurements.md"
ABOUT = """# What was measured

`make measure` fills this page; every figure is counted by a file in `tests/measure/`. Seconds are of the machine it ran
on, the rest is the same everywhere.
"""


def names() -> list[str]:
    found = (each.name for each in pkgutil.iter_modules(tests.measure.__path__))
    return sorted(name for name in found if not name.startswith("_"))


def chapter(name: str) -> str:
    """The figures of one file as Markdown, under its own heading."""
    module = importlib.import_module(f"tests.measure.{name}")
    lines: list[str] = module.report()
    return "\n".join([f"## {module.TITLE}", "", *lines, ""])


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.measure")
    given.add_argument("names", nargs="*", choices=[[], *names()])
    given.add_argument("--write", action="store_true", help="into docs/measurements.md")
    asked = given.parse_args(arguments)
    chapters = [chapter(name) for name in asked.names or names()]
    print("\n".join(chapters))
    if asked.write:
        REPORT.write_text("\n".join([ABOUT, *chapters]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
