"""`python -m tests.chaos ROW [--engine sqlite|postgresql] [--times N]`: one row of docs/reliability.md, with its proof.

Prints one JSON line and one line for people; ends with 1 when the row did not hold.
"""

import argparse
import importlib
import random
import signal
import sys
import time
from pathlib import Path

from tests.chaos import trial
from tests.chaos.trial import Trial

ENGINES = ("sqlite", "postgresql")
HERE = Path(__file__).parent


def rows() -> list[str]:
    """Every file here that has a `run` is a row."""
    return sorted(
        each.stem for each in HERE.glob("*.py") if each.stem != "__main__" and "\ndef run(" in each.read_text("utf-8")
    )


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("row", choices=rows())
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--times", type=int, help="how often the fault strikes; the full number when left out")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    parser.add_argument("--plain", action="store_true", help="hosts as processes here, without network namespaces")
    given = parser.parse_args(words)
    module = importlib.import_module(f"tests.chaos.{given.row}")
    possible = getattr(module, "ENGINES", ENGINES)
    engine = given.engine or possible[0]
    if engine not in possible:
        parser.error(f"{given.row} is about {possible[0]}")
    times = given.times or module.FULL
    # Ended from outside, it still takes its servers, hosts and processes along.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    began = time.monotonic()
    with trial.database_of(engine) as (url, server):
        verdict = module.run(Trial(url, times, random.Random(given.seed), server, not given.plain))
    took = round(time.monotonic() - began, 1)
    print(verdict.as_json(row=given.row, engine=engine, seed=given.seed, took=took))
    print(f"{given.row} on {engine}: {'holds' if verdict.held else 'DOES NOT HOLD'}. {verdict.told}.")
    return 0 if verdict.held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
