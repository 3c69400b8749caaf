"""Merging and splitting cases, and undoing both while nothing was sent from them since.

The older goes on; the newer stays as an empty case that leads to it for ever. Every line is kept: what hung on the one
hangs on the other, and each says where it came from. Who calls this writes the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from socialwatch.domain.agent import Agent, answers_customers
from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.merging import NOTHING, SAME, SENT, Undo, chosen, latest, older_first, told
from socialwatch.domain.title import title
from socialwatch.errors import Refused
from socialwatch.store import agents, assessments, cases, moving, queue
from socialwatch.store.cases import Case
from socialwatch.store.mentions import Stored
from socialwatch.store.nearby import ROUTING
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import case, gesture, reply
from socialwatch.store.unit import Unit

WEIGHED = ("static", "reasons", "frustration", "risk", "level", "needs_human", "rank")
WEIGH_ANEW = 5  # priority
NOBODY = "Deze collega is er niet. Kies iemand uit de lijst."


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases that are one; `owner_id` when the owner is chosen, else that of the older (or the only one)."""

    one: int
    other: int
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Parting:
    """Which posts of a case get a case of their own, and whose that is (None: nobody's yet)."""

    number: int
    posts: Sequence[int]
    owner_id: int | None = None


def merge(unit: Unit, who: Agent, pair: Pair, now: datetime) -> int | None:
    """Make one case of two; gives back which goes on, None when this person may not see both. Raises Refused when they
    are the same already, or when the chosen owner is none.
    """
    unit.alone(ROUTING)  # a post on its way to either must find the one that goes on
    one, other = cases.seen_by(unit, who, pair.one), cases.seen_by(unit, who, pair.other)
    if one is None or other is None:
        return None
    if one.id == other.id:
        raise Refused(SAME)
    keep, gone = older_first(one, other)
    _together(unit, who, (keep, gone), now)
    _own(unit, who, (keep, pair.owner_id or keep.owner_id or gone.owner_id), now)
    return keep.id


def absorb(unit: Unit, who: Agent, two: tuple[int, int], now: datetime) -> None:
    """As `merge`, but the first of the two goes on, whichever is older: this person stands in it."""
    unit.alone(ROUTING)
    keep, gone = (cases.seen_by(unit, who, each) for each in two)
    if keep is None or gone is None or keep.id == gone.id:
        return
    _together(unit, who, (keep, gone), now)
    _own(unit, who, (keep, keep.owner_id or gone.owner_id), now)


def _together(unit: Unit, who: Agent, two: tuple[Case, Case], now: datetime) -> None:
    keep, gone = two
    moved = moving.all_of(unit, gone.id, keep.id)
    takes = keep.customer_id is None and gone.customer_id is not None
    values: dict[str, Any] = {"customer_id": gone.customer_id} if takes else {}
    if gone.static > keep.static:
        values |= _weight(unit, gone.id)
    if values:
        unit.run(update(case).where(case.c.id == keep.id).values(values))
    came = {"from": gone.id, "moved": moved, "knows": takes} | told(keep, gone)
    _say(unit, who, gone.id, Line(LineKind.MERGED, now, detail={"into": keep.id}))
    _say(unit, who, keep.id, Line(LineKind.MERGED, now, detail=came))
    _weigh_anew(unit, [keep.id])


def _weight(unit: Unit, number: int) -> dict[str, Any]:
    return dict(unit.run(select(*(case.c[name] for name in WEIGHED)).where(case.c.id == number)).one()._mapping)


def _say(unit: Unit, who: Agent, number: int, new: Line) -> None:
    cases.write(unit, number, Line(new.kind, new.at, agent_id=who.id, detail=new.detail))


def _own(unit: Unit, who: Agent, given: tuple[Case, int | None], now: datetime) -> None:
    known, owner_id = given
    if owner_id is None or owner_id == known.owner_id:
        return
    receiver = agents.by_id(unit, owner_id)
    if receiver is None or receiver.brand != known.brand or not answers_customers(receiver):
        raise Refused(NOBODY)
    cases.assign(unit, known.id, owner_id, now, {"by": who.id, "from": known.owner_id})


def _weigh_anew(unit: Unit, numbers: Sequence[int]) -> None:
    """How heavy they are follows from their posts; the line weighs a case when one of them comes by again."""
    jobs = []
    for posts in cases.mentions(unit, numbers).values():
        theirs = [each for each in posts if not each.mention.own and each.state == "joined"]
        jobs += [NewJob(each.mention.brand, "route", each.id, WEIGH_ANEW) for each in theirs[-1:]]
    queue.put(unit, jobs)


def split(unit: Unit, who: Agent, parting: Parting, now: datetime) -> int | None:
    """A new case with these posts and our answers to them; gives back its id, None when this person may not see it.
    Raises Refused when no post, or every post, was chosen.
    """
    unit.alone(ROUTING)
    known = cases.seen_by(unit, who, parting.number)
    if known is None:
        return None
    here = cases.mentions(unit, [known.id])[known.id]
    theirs = [each for each in here if not each.mention.own]
    posts, problem = chosen([each.id for each in theirs], parting.posts)
    if problem:
        raise Refused(problem)
    leaving = [each for each in theirs if each.id in posts]
    number = _opened(unit, known, leaving)
    moving.some(unit, known.id, number, [*posts, *_answering(here, leaving)])
    _say(unit, who, known.id, Line(LineKind.SPLIT, now, detail={"to": number, "posts": len(posts)}))
    _say(unit, who, number, Line(LineKind.SPLIT, now, detail={"from": known.id}))
    _own(unit, who, (cases.by_id(unit, number), parting.owner_id), now)
    _weigh_anew(unit, [known.id, number])
    return number


def _opened(unit: Unit, known: Case, leaving: Sequence[Stored]) -> int:
    """Until it is weighed it weighs what the case weighs that it comes from."""
    first = leaving[0].mention
    read = assessments.of(unit, [leaving[0].id]).get(leaving[0].id)
    values: dict[str, Any] = _weight(unit, known.id) | {
        "brand": known.brand,
        "title": title(first.author, first.text, read.facts if read else ())[:200],
        "channel": first.channel,
        "customer_id": known.customer_id,
        "state": State.NEW.value,
        "opened_at": first.created_at,
        "last_at": first.created_at,
        "language": known.language,
    }
    number = int(unit.run(insert(case).values(values).returning(case.c.id)).scalar_one())
    cases.write(unit, number, Line(LineKind.OPENED, first.created_at))
    return number


def _answering(here: Sequence[Stored], leaving: Sequence[Stored]) -> list[int]:
    """Our own posts, written on the platform itself, that answer one of those."""
    answered = {name for each in leaving for name in (each.mention.id, each.mention.version_id) if name}
    return [each.id for each in here if each.mention.own and each.mention.in_reply_to in answered]


def undoable(unit: Unit, number: int, thread: Sequence[Line]) -> Undo | None:
    """The latest merge or split of this case with these lines, when nothing was sent or done in either since."""
    found = latest(thread)
    if found is None or _sent_since(unit, (number, found.other), found.line.at):
        return None
    if not found.merged and cases.by_id(unit, found.other).merged_into is not None:  # it lives on somewhere else
        return None
    return found


def _sent_since(unit: Unit, two: tuple[int, int], at: datetime) -> bool:
    sent = select(reply.c.id).where(reply.c.case_id.in_(two), or_(reply.c.created_at > at, reply.c.sent_at > at))
    done = select(gesture.c.id).where(gesture.c.case_id.in_(two), or_(gesture.c.at > at, gesture.c.decided_at > at))
    return unit.run(sent.limit(1)).first() is not None or unit.run(done.limit(1)).first() is not None


def undo(unit: Unit, who: Agent, number: int, now: datetime) -> int | None:
    """Take back the latest merge or split; gives back the other case of it, None when this person may not see it.
    Raises Refused when there is none, or when something was sent since.
    """
    unit.alone(ROUTING)
    known = cases.seen_by(unit, who, number)
    if known is None:
        return None
    thread = cases.lines(unit, known.id)
    found = undoable(unit, known.id, thread)
    if found is None:
        raise Refused(SENT if latest(thread) else NOTHING)
    if found.merged:
        _apart(unit, who, (known, found), now)
    else:
        _say(unit, who, known.id, Line(LineKind.SPLIT, now, detail={"undone": found.other}))
        _together(unit, who, (known, cases.by_id(unit, found.other)), now)
    return found.other


def _apart(unit: Unit, who: Agent, what: tuple[Case, Undo], now: datetime) -> None:
    keep, found = what
    if found.line.detail.get("knows"):
        unit.run(update(case).where(case.c.id == keep.id).values(customer_id=None))
    moving.back(unit, keep.id, found.other, found.line.detail["moved"])
    _say(unit, who, found.other, Line(LineKind.MERGED, now, detail={"undone": keep.id}))
    _say(unit, who, keep.id, Line(LineKind.MERGED, now, detail={"undone": found.other}))
    _weigh_anew(unit, [keep.id, found.other])
