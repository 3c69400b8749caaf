"""What stands on somebody's screen is looked up on its platform more often: an edit or a deletion must show there."""

from collections.abc import Iterable

from socialwatch.errors import Unavailable
from socialwatch.store import mentions
from socialwatch.web.desk import Desk


def note_shown(at: Desk, ids: Iterable[int]) -> None:
    """Write down that these posts are being looked at, at most once an hour per post.

    A database that is too busy to note it must not keep anybody from reading.
    """
    now = at.clock()
    try:
        with at.database.read() as unit:
            due = mentions.not_lately_shown(unit, ids, now)
        if due:
            with at.database.write() as unit:
                mentions.shown(unit, due, now)
    except Unavailable:
        return
