"""The measure of the desk does what it says, in small, and no page costs the processor what a big desk would notice."""

import statistics
from pathlib import Path

from tests.bench import desk
from tests.measure import speed

ROOM = 0.400  # seconds of the processor, coverage and a slow machine included; on a quiet one it is a tenth


def test_every_page_is_measured_and_none_is_heavy(tmp_path: Path) -> None:
    database = speed.filled(tmp_path, desk.SMALL)
    found = desk.measured(database, 5)
    database.close()
    assert {"inbox", "rows", "search", "dossier"} <= set(found)
    assert {name: statistics.median(each.processor for each in spent) < ROOM for name, spent in found.items()} == {
        name: True for name in found
    }
    told = desk.told(found)
    assert len(told) == 2 + len(found)
