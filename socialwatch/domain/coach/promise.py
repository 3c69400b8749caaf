"""Promise: a moment that the draft promises something for is offered as a timer, so that nobody has to remember it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from socialwatch.domain import promise as promises
from socialwatch.domain.coach.words import MOST_READ, Check, Draft, Remark, Scene

# Only whether something is promised matters here, so the clock may be any: early on a Monday, when nothing of the day
# has passed, and in two halves of the year, so that every date lies ahead of one of them.
_MOMENTS = (datetime(2026, 1, 5, 3, 0, tzinfo=UTC), datetime(2026, 7, 6, 3, 0, tzinfo=UTC))
_WHY = "Wie iets belooft, wordt daaraan herinnerd. Met een timer onthoudt het scherm de afspraak en hoef jij dat niet."


def promise(draft: Draft, scene: Scene) -> Iterator[Remark]:
    text = draft.text[:MOST_READ]
    for now in _MOMENTS:
        found = promises.promises(text, now)
        if found:
            what = found[0].what
            start, end = _place(text, what)
            says = f"Je belooft “{_short(what)}”: zal ik er een timer op zetten?"
            yield Remark(Check.PROMISE, says, None, _WHY, start, end, offers="timer")
            return


def _place(text: str, what: str) -> tuple[int, int]:
    """Where the quoted words stand; all of it when they were quoted on one line and stand on two."""
    quoted = what.rstrip("…")
    at = text.find(quoted)
    return (at, at + len(quoted)) if at >= 0 else (0, 0)


def _short(what: str) -> str:
    return what if len(what) <= 60 else what[:59].rsplit(" ", 1)[0] + "…"
