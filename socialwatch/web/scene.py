"""Scene: what the Meelezer knows while somebody types: the thread, what we know, and what we sent to others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from starlette.requests import Request

from socialwatch.domain.assessment import Kind
from socialwatch.domain.brief import brief
from socialwatch.domain.coach import Check, Draft, Known, Remark, Scene, remarks
from socialwatch.domain.voice import PLAIN
from socialwatch.store import replies
from socialwatch.store.dossier import Dossier
from socialwatch.store.unit import Unit
from socialwatch.web import thread
from socialwatch.web.desk import desk_of
from socialwatch.web.dutch import label
from socialwatch.web.known import TOPICS, shown
from socialwatch.web.matter import matter

REMEMBERED = timedelta(minutes=2)  # how long this process keeps what was sent lately
MOST = 500
_COMPLAINS = (Kind.COMPLAINT.value, Kind.REPORT.value)
_ALL_BUT_PRIVACY = frozenset(Check) - {Check.PRIVACY}


def lately(request: Request, unit: Unit, brand: str) -> Sequence[replies.Sent]:
    """The newest answers of the brand, from memory when they were read a moment ago. Who wrote them is not among it."""
    kept: dict[str, tuple[datetime, Sequence[replies.Sent]]] = request.app.state.said
    at = desk_of(request).wall()
    read = kept.get(brand)
    if read is None or at - read[0] > REMEMBERED or at < read[0]:
        read = kept[brand] = (at, replies.lately(unit, brand, MOST))
    return read[1]


@dataclass(frozen=True, slots=True)
class Seen:
    """One case as the Meelezer sees it; `unsure` is what we know but should ask about all the same: it may be old, or
    another's.
    """

    scene: Scene
    unsure: frozenset[str] = frozenset()


def seen(request: Request, unit: Unit, found: Dossier, now: datetime) -> Seen:
    """What bears on an answer in this case, at this moment."""
    told = matter(found, thread.theirs(found))
    known = brief(told, now).known
    read = thread.impression(found)
    others = lately(request, unit, found.case.brand)
    made = Scene(
        theirs=tuple(each.text for each in told.said),
        ours=tuple(each.text for each in told.answered),
        known=tuple(Known(each.topic.value, shown(each, now), label(TOPICS)(each.topic)) for each in known),
        complaint=read is not None and (read.kind in _COMPLAINS or read.level > 0),
        hazards=tuple(each.value for each in read.hazards) if read else (),
        own=desk_of(request).voices.get(found.case.brand, PLAIN).own,
        before=tuple(each.text for each in others if each.case_id != found.case.id),
    )
    return Seen(made, frozenset(each.topic.value for each in known if each.confirm))


def remark(draft: Draft, at: Seen, off: frozenset[Check] = frozenset()) -> Remark | None:
    """The one remark that is shown. What we are not sure of may be asked for, and is private all the same."""
    sure = replace(at.scene, known=tuple(each for each in at.scene.known if each.field not in at.unsure))
    found = blocked(draft, at) if Check.PRIVACY not in off else None
    return found or next(iter(remarks(draft, sure, off | {Check.PRIVACY})), None)


def blocked(draft: Draft, at: Seen) -> Remark | None:
    """What must not go out in public, whatever an agent switched off."""
    return next(iter(remarks(draft, at.scene, _ALL_BUT_PRIVACY)), None)
