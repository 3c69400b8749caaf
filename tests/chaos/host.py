"""What runs on one of the hosts, with the file channel: `python -m tests.chaos.host poll|work URL LEASE FILE`."""

import signal
import sys
from pathlib import Path

from socialwatch.channels.file import File
from socialwatch.store.unit import Database
from socialwatch.worker import corridor, ticker
from tests.chaos import roles
from tests.chaos.roles import Stage
from tests.chaos.timeline import BRAND

SOURCE = f"{BRAND}/file"


def main(duty: str, url: str, lease: str, path: str) -> None:
    stage = Stage(url, lease=float(lease))
    roles.adapt(stage)
    database = Database(url, pool_size=6)
    made = roles.parts(stage, database, {SOURCE: File(Path(path), BRAND)})
    if duty == "poll":
        ticker.Ticker(made, [SOURCE], 0.2).start()
    else:
        corridor.Corridor(made).start()
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
