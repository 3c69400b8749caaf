"""Join: does a new mention open a case, join one, thank for one, or need none? A decider without I/O that returns
intents."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from socialwatch.domain.assessment import NEEDS_CASE, Kind
from socialwatch.domain.similar import alike

TOGETHER = timedelta(hours=72)
THANKS_WITHIN = timedelta(days=30)
_LINK = re.compile(r"https?://|www\.", re.I)


class Reason(StrEnum):
    """Why a mention opens nothing; every one of them can be fetched back."""

    SPAM = "spam"
    REPOST = "repost"
    OWN_POST = "own_post"
    NEWS = "news"
    PRAISE = "praise"
    THANKS = "thanks"
    NO_NEED = "no_need"


# Put aside because there was no case it belonged to; when one comes, it is decided again.
FOR_WANT_OF_A_CASE = (Reason.OWN_POST, Reason.NEWS, Reason.PRAISE, Reason.THANKS, Reason.NO_NEED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new mention as far as the decision goes. `author_keys` as identity.handle_keys; `thread` are the "channel:id"
    keys of its conversation and of what it answers; `answers` is the key of what it answers; `needs_answer` says that
    the model sees a need whatever the kind (answer 2, or a likely hazard); `nods` is set when it answers our own thanks
    for a thank-you.
    """

    kind: Kind
    created_at: datetime
    text: str = ""
    author_keys: tuple[str, ...] = ()
    customer_id: str | None = None
    thread: tuple[str, ...] = ()
    answers: str | None = None
    needs_answer: bool = False
    own: bool = False
    repost: bool = False
    nods: "Nod | None" = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that a new mention might belong to, closed ones of late included. `thread` are the "channel:id" keys of
    its conversations and posts, `posts` those of its posts alone, ours too; `first_at` is when it was opened (None: the
    same moment as `last_at`), `last_at` its latest line; `answered` means that we answered; `text` opened it;
    `also` are the customers whose case was merged into it.
    """

    id: int
    last_at: datetime
    author_keys: tuple[str, ...] = ()
    customer_id: str | None = None
    thread: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    closed: bool = False
    answered: bool = False
    owner_id: int | None = None
    text: str = ""
    first_at: datetime | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dismiss:
    reason: Reason


@dataclass(frozen=True, slots=True)
class Join:
    """The mention becomes a line of this case; a closed case reopens by it."""

    case_id: int


@dataclass(frozen=True, slots=True)
class JoinOwn:
    """A colleague answered on the platform itself: a line of ours in this case, which stops the clock."""

    case_id: int


@dataclass(frozen=True, slots=True)
class Open:
    pass


@dataclass(frozen=True, slots=True)
class Thank:
    """A *bedankje* for the owner of this case, reopening nothing; None when it thanks for no case of ours."""

    case_id: int | None


@dataclass(frozen=True, slots=True)
class Nod:
    """*Graag gedaan* to our own thanks: it starts nothing. A line of the case, when there is one."""

    case_id: int | None


@dataclass(frozen=True, slots=True)
class OfferJoin:
    """Another profile wrote almost the same: offered to the agent, beside Open, never joined silently."""

    case_id: int


Intent = Dismiss | Join | JoinOwn | Open | Thank | Nod | OfferJoin


def decide(new: Arrival, cases: Sequence[OpenCase], lately: Sequence[OpenCase] = ()) -> tuple[Intent, ...]:
    """What must happen with a new mention: one intent, or two when Open brings an OfferJoin or thanks have no case.

    It may belong to one of `cases`; those of `lately` are only held against its words.
    """
    if new.own:
        return (_ours(new, cases),)
    if new.repost:
        return (Dismiss(Reason.REPOST),)
    if new.kind is Kind.SPAM:
        return (Dismiss(Reason.SPAM),)
    if new.kind in NEEDS_CASE or new.needs_answer:
        home = _home(new, cases)
        return (Join(home.id),) if home else (Open(), *_offers(new, [*cases, *lately]))
    if new.nods is not None:
        return (new.nods,)
    if new.kind is Kind.OTHER:
        return (_aside(new, cases),)
    return _kind_word(new, cases)


def _ours(new: Arrival, cases: Sequence[OpenCase]) -> Intent:
    """What answers a post belongs to the case of that post alone: others may have cases in the same conversation."""
    if new.answers is not None:
        case = _latest(cases, lambda case: new.answers in case.posts)
    else:
        case = _latest(cases, lambda case: _same_thread(new, case))
    return JoinOwn(case.id) if case else Dismiss(Reason.OWN_POST)


def _home(new: Arrival, cases: Sequence[OpenCase]) -> OpenCase | None:
    """The case of the same person: in its own thread at any time, elsewhere within TOGETHER. Other people under the
    same post have their own case.
    """
    return _in_thread(new, cases) or _latest(
        cases, lambda case: _same_person(new, case) and _apart(new, case) <= TOGETHER
    )


def _in_thread(new: Arrival, cases: Sequence[OpenCase]) -> OpenCase | None:
    return _latest(cases, lambda case: _same_thread(new, case) and _same_person(new, case))


def _offers(new: Arrival, cases: Sequence[OpenCase]) -> tuple[OfferJoin, ...]:
    same = [cases[place] for place in alike(new.text, [case.text for case in cases])]
    near = _latest(same, lambda case: _apart(new, case) <= TOGETHER)
    return (OfferJoin(near.id),) if near else ()


def _aside(new: Arrival, cases: Sequence[OpenCase]) -> Intent:
    """Neither need nor kindness: "maat 43" in the thread of one's own case belongs to it, the rest is dismissed."""
    case = _in_thread(new, cases)
    if case:
        return Join(case.id)
    return Dismiss(Reason.NEWS if _LINK.search(new.text) else Reason.NO_NEED)


def _kind_word(new: Arrival, cases: Sequence[OpenCase]) -> tuple[Intent, ...]:
    """Thanks and praise: for the owner when we answered this person, a line of the case when we did not yet."""
    answered = _latest(
        cases,
        lambda case: case.answered and _same_person(new, case) and _apart(new, case) <= THANKS_WITHIN,
    )
    if answered:
        return (Thank(answered.id),)
    home = _home(new, cases)
    if home:
        return (Join(home.id),)
    if new.kind is Kind.THANKS:
        return Dismiss(Reason.THANKS), Thank(None)
    return (Dismiss(Reason.PRAISE),)


def _apart(new: Arrival, case: OpenCase) -> timedelta:
    """How far a post lies from the life of a case; nothing when it was written within it, as when older posts are
    caught up with after the case already found its owner.
    """
    first = min(case.first_at or case.last_at, case.last_at)
    return max(first - new.created_at, new.created_at - case.last_at, timedelta(0))


def _same_person(new: Arrival, case: OpenCase) -> bool:
    if new.customer_id is not None and new.customer_id in (case.customer_id, *case.also):
        return True
    return not set(new.author_keys).isdisjoint(case.author_keys)


def _same_thread(new: Arrival, case: OpenCase) -> bool:
    return not set(new.thread).isdisjoint(case.thread)


def _latest(cases: Sequence[OpenCase], fits: Callable[[OpenCase], bool]) -> OpenCase | None:
    """Open before closed, then the latest, then the newest."""
    return max(
        (case for case in cases if fits(case)), key=lambda case: (not case.closed, case.last_at, case.id), default=None
    )
