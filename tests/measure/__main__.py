"""Run: python -m tests.measure [--write] [NAME …]. Each file beside this one that has a `report` tells its figures."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

import tests.measure
from tests.measure import _page


def names() -> list[str]:
    found = (each.name for each in pkgutil.iter_modules(tests.measure.__path__))
    return sorted(name for name in found if not name.startswith("_"))


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.measure")
    given.add_argument("names", nargs="*", choices=[[], *names()])
    given.add_argument("--write", action="store_true", help="into docs/measurements.md")
    asked = given.parse_args(arguments)
    modules = [importlib.import_module(f"tests.measure.{name}") for name in asked.names or names()]
    chapters: dict[str, list[str]] = {each.TITLE: each.report() for each in modules}
    print("\n".join("\n".join([f"## {title}", "", *lines, ""]) for title, lines in chapters.items()))
    if asked.write:
        _page.put(chapters)
    return 0


if __name__ == "__main__":
    sys.exit(main())
