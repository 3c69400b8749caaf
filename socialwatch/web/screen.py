"""What stands on somebody's screen is looked up on its platform more often: an edit or a deletion must show there."""

from collections.abc import Iterable

from starlette.background import BackgroundTask
from starlette.requests import Request

from socialwatch.errors import Unavailable
from socialwatch.store import mentions
from socialwatch.web.desk import Desk, desk_of


def on_screen(request: Request, ids: Iterable[int]) -> None:
    """These posts stand on the page that answers this request; it is noted when the page is out, so that nobody who
    wants to read waits for the disk.
    """
    request.state.on_screen = sorted({*getattr(request.state, "on_screen", ()), *ids})


def noting(request: Request) -> BackgroundTask | None:
    """What is left to do after the answer to this request."""
    shown = getattr(request.state, "on_screen", ())
    return BackgroundTask(_note, desk_of(request), shown) if shown else None


def _note(at: Desk, ids: Iterable[int]) -> None:
    """Write down that these posts are being looked at, at most once an hour per post. A database that is too busy for
    that is no harm.
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
