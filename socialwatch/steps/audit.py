"""Audit: does every open case have a next step, and is no source silent? Only then may the heartbeat sound.

The heartbeat is a dead man's switch: an outside guard that hears nothing for a while raises the alarm. So it sounds
after a clean audit alone, and a process, a database or a network that died keeps it silent too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from socialwatch.domain.audit import UNTOLD, sentences
from socialwatch.errors import SocialwatchError
from socialwatch.store import audit
from socialwatch.store.unit import Database


@dataclass(frozen=True, slots=True)
class Watch:
    """`sources` are the configured ones; `beat` calls the outside guard (it may raise Unavailable or Refused), None
    when there is none; `untold` is how long a pressing case may lie without anybody having been told.
    """

    sources: frozenset[str]
    beat: Callable[[], None] | None = None
    untold: timedelta = UNTOLD


def run(database: Database, watch: Watch, now: datetime) -> list[str]:
    """Look at everything, then tell the outside guard that all is well; gives back what is not, one sentence each.

    Raises Unavailable when the database is away.
    """
    with database.read() as unit:
        found = audit.findings(unit, now, watch.sources, watch.untold)
    if not found.clean or watch.beat is None:
        return sentences(found)
    try:
        watch.beat()
    except SocialwatchError as problem:
        return [f"De hartslag kwam niet aan: {problem}"]
    return []
