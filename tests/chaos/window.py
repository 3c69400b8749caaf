"""A worker, until it is killed, on a platform that writes every answer down: python -m tests.chaos.window URL FILE.

The worker is the product's own corridor; the file outlives it, so that what was posted by the dead counts too.
"""

import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from socialwatch.domain.channel import Sent
from socialwatch.domain.mention import Mention
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from tests import fakes


@dataclass
class Wall(fakes.Channel):
    """Takes every answer, and keeps it on disk before it says so."""

    file: Path = Path()

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        with self.file.open("a", encoding="utf-8") as opened:
            opened.write(f"{key}\n")
            opened.flush()
            os.fsync(opened.fileno())
        return Sent(key)


def main(url: str, file: str) -> None:
    world = fakes.World(Database(url))
    parts = replace(world.parts, channels={f"{fakes.BRAND}/x": Wall(file=Path(file))})
    corridor.Corridor(parts).start()
    print("at work", flush=True)
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
