"""Thank-yous that came in: whom they thank, which of them are one card, what we did for it, and our answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.gesture import Gesture, GestureState
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.domain.thanks import TOGETHER, Thanker, Word, answered_at, one_card
from socialwatch.store import agents, cases, gestures, mentions, queue, replies
from socialwatch.store.cases import Case, visible_to
from socialwatch.store.events import tell
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import case, gesture, job, mention, promise, reply, thanks
from socialwatch.store.unit import Unit

LIKE = "like"  # the step that likes a thank-you
SHOWN = 40  # cards


@dataclass(frozen=True, slots=True)
class Thanks:
    """A thank-you: `agent_id` is the owner of the case it thanks for, `reply_id` our answer to it, `with_id` the
    thank-you whose card it shares.
    """

    id: int
    brand: str
    mention_id: int
    case_id: int | None
    agent_id: int | None
    at: datetime
    reply_id: int | None
    with_id: int | None = None
    liked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Liking:
    """A like under way, or one that the platform refused, with its reason."""

    job_id: int
    refused: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Thanked:
    """One thank-you on a card, with its post, our answer to it, and the like that is under way."""

    thanks: Thanks
    post: Stored
    answer: Reply | None
    liking: Liking | None


@dataclass(frozen=True, slots=True)
class Done:
    """What we did in the case: our answers oldest first, what was given, and what we promised and kept."""

    answers: tuple[Reply, ...] = ()
    gestures: tuple[Gesture, ...] = ()
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """The thank-yous of one customer for one case, oldest first, and what they thank for."""

    words: tuple[Thanked, ...]
    case: Case | None
    done: Done
    owner: str | None

    @property
    def head(self) -> Thanks:
        """The thank-you that the card is named after."""
        return self.words[0].thanks

    @property
    def to(self) -> Thanked:
        """The thank-you to answer: where the customer wrote last."""
        words = [Word(each.post.mention.created_at, _takes_answer(each.post)) for each in self.words]
        return self.words[answered_at(words)]

    @property
    def answers(self) -> tuple[Reply, ...]:
        """What we said to these thank-yous, oldest first."""
        return tuple(sorted((each.answer for each in self.words if each.answer), key=lambda one: one.id))

    @property
    def answered(self) -> bool:
        """Whether an answer of ours is on its way or there, and the customer thanked no more since."""
        last = max(each.post.mention.created_at for each in self.words)
        return any(each.state is not ReplyState.FAILED and each.created_at >= last for each in self.answers)


def _takes_answer(post: Stored) -> bool:
    return post.mention.can_reply and post.gone_at is None


def record(unit: Unit, brand: str, mention_id: int, case_id: int | None, at: datetime) -> None:
    """A mention is a thank-you, for the owner of the case it thanks for."""
    owner = select(case.c.owner_id).where(case.c.id == case_id).scalar_subquery()
    known = unit.run(select(thanks.c.id, thanks.c.case_id).where(thanks.c.mention_id == mention_id)).one_or_none()
    shared = _card_of(unit, brand, mention_id, case_id, at)
    if known is not None:
        if known.case_id is None and case_id is not None:  # it came before the case it thanks for
            values = {"case_id": case_id, "agent_id": owner, "with_id": shared}
            unit.run(update(thanks).where(thanks.c.id == known.id).values(values))
        return
    values = {"brand": brand, "mention_id": mention_id, "case_id": case_id, "agent_id": owner, "at": at}
    number = unit.run(insert(thanks).values(values | {"with_id": shared}).returning(thanks.c.id)).scalar_one()
    tell(unit, brand, "thanks", int(number))


def _card_of(unit: Unit, brand: str, mention_id: int, case_id: int | None, at: datetime) -> int | None:
    """The thank-you whose card this one shares."""
    if case_id is None:
        return None
    wrote = (mention.c.channel, mention.c.author_id, mention.c.customer_id)
    new = unit.run(select(*wrote).where(mention.c.id == mention_id)).one()
    heads = (
        select(thanks.c.id, thanks.c.at, *wrote)
        .join(mention, mention.c.id == thanks.c.mention_id)
        .where(thanks.c.brand == brand, thanks.c.case_id == case_id, thanks.c.with_id.is_(None))
        .where(thanks.c.mention_id != mention_id)
    )
    asked = _thanker(new, at, case_id)
    for row in unit.run(heads.order_by(thanks.c.at.desc(), thanks.c.id)):
        if one_card(asked, _thanker(row, row.at, case_id)):
            return int(row.id)
    return None


def _thanker(row: Row[Any], at: datetime, case_id: int) -> Thanker:
    author = (row.channel, row.author_id) if row.author_id is not None else None
    return Thanker(at, case_id, row.customer_id, author)


def of_brand(unit: Unit, brand: str, number: int) -> Thanks | None:
    """One thank-you, when it is this brand's."""
    row = unit.run(select(thanks).where(thanks.c.brand == brand, thanks.c.id == number)).one_or_none()
    return None if row is None else Thanks(**row._mapping)


def by_id(unit: Unit, number: int) -> Thanks | None:
    """One thank-you for the steps, which act for nobody in particular."""
    row = unit.run(select(thanks).where(thanks.c.id == number)).one_or_none()
    return None if row is None else Thanks(**row._mapping)


def answered(unit: Unit, number: int, reply_id: int) -> None:
    """This reply is our answer to it."""
    unit.run(update(thanks).where(thanks.c.id == number).values(reply_id=reply_id))


def unanswered(unit: Unit, brand: str, reply_id: int) -> int | None:
    """Our answer was taken back; gives back to which thank-you it was, None when it was to none."""
    mine = (thanks.c.brand == brand) & (thanks.c.reply_id == reply_id)
    return unit.run(update(thanks).where(mine).values(reply_id=None).returning(thanks.c.id)).scalar_one_or_none()


def said_to(unit: Unit, found: Stored) -> Thanks | None:
    """The thank-you of this author in this thread that we answered last, when nothing of ours came after it."""
    seen = found.mention
    threads = sorted({each for each in (seen.conversation_id, seen.in_reply_to) if each})
    if seen.author is None or not threads:
        return None
    later = reply.alias("later")
    came_after = select(later.c.id).where(later.c.case_id == thanks.c.case_id, later.c.sent_at > reply.c.sent_at)
    places = (reply.c.platform_id, mention.c.native_id, mention.c.conversation_id, mention.c.in_reply_to)
    query = (
        select(thanks)
        .join(mention, mention.c.id == thanks.c.mention_id)
        .join(reply, reply.c.id == thanks.c.reply_id)
        .where(mention.c.channel == seen.channel, mention.c.author_id == seen.author.id, mention.c.brand == seen.brand)
        .where(or_(*(place.in_(threads) for place in places)), reply.c.state == ReplyState.SENT.value)
        .where(reply.c.sent_at <= seen.created_at, ~came_after.exists())
        .order_by(reply.c.sent_at.desc())
        .limit(1)
    )
    row = unit.apart(query).one_or_none()
    return None if row is None else Thanks(**row._mapping)


def ask_like(unit: Unit, found: Thanks) -> None:
    """A like goes out by a job; asked twice it is asked once, and one that was refused is tried again."""
    known = likings(unit, [found.id]).get(found.id)
    if known is not None and known.refused:
        queue.replay(unit, [known.job_id], found.brand)
    else:
        queue.put(unit, [NewJob(found.brand, LIKE, found.id, priority=5)])
    tell(unit, found.brand, "thanks", found.id)


def liked(unit: Unit, found: Thanks, now: datetime) -> None:
    """Our like stands on the platform."""
    unit.run(update(thanks).where(thanks.c.id == found.id).values(liked_at=now))
    tell(unit, found.brand, "thanks", found.id)


def cards(unit: Unit, who: Agent, limit: int = SHOWN) -> list[Card]:
    """The thank-yous of this brand as cards, newest first, in a fixed number of queries."""
    newest = select(thanks).where(thanks.c.brand == who.brand, thanks.c.with_id.is_(None))
    return _cards(unit, who, newest.order_by(thanks.c.at.desc(), thanks.c.id.desc()).limit(limit))


def card(unit: Unit, who: Agent, number: int) -> Card | None:
    """The card that a thank-you of this brand stands on."""
    found = of_brand(unit, who.brand, number)
    if found is None:
        return None
    head = select(thanks).where(thanks.c.brand == who.brand, thanks.c.id == (found.with_id or found.id))
    return next(iter(_cards(unit, who, head)), None)


def _cards(unit: Unit, who: Agent, heads: Any) -> list[Card]:
    first = [Thanks(**row._mapping) for row in unit.run(heads)]
    found = [*first, *_followers(unit, who, first)]
    words = _words(unit, found)
    known = _cases(unit, who, first)
    done = _done(unit, known, {each.reply_id for each in found if each.reply_id is not None})
    names = {each.id: each.name for each in agents.everyone(unit, who.brand)}
    made = []
    for head in first:
        mine = sorted(words.get(head.id, ()), key=lambda each: (each.post.mention.created_at, each.thanks.id))
        if mine:
            behind = known.get(head.case_id) if head.case_id else None
            owner = names.get(head.agent_id) if head.agent_id else None
            made.append(Card(tuple(mine), behind, done.get(head.case_id or 0, Done()), owner))
    return made


def _followers(unit: Unit, who: Agent, first: Sequence[Thanks]) -> list[Thanks]:
    """What shares a card with these; the span of their moments bounds what is read, by the index on those."""
    if not first:
        return []
    moments = [each.at for each in first]
    near = thanks.c.at.between(min(moments) - TOGETHER, max(moments) + TOGETHER)
    more = select(thanks).where(thanks.c.brand == who.brand, near, thanks.c.with_id.in_([each.id for each in first]))
    return [Thanks(**row._mapping) for row in unit.run(more)]


def _words(unit: Unit, found: Sequence[Thanks]) -> dict[int, list[Thanked]]:
    """What stands on each card, by its head."""
    posts = {each.id: each for each in mentions.by_id(unit, [each.mention_id for each in found])}
    wanted = [each.reply_id for each in found if each.reply_id is not None]
    said = {row.id: replies.of_row(row) for row in unit.run(select(reply).where(reply.c.id.in_(wanted)))}
    liking = likings(unit, [each.id for each in found])
    words: dict[int, list[Thanked]] = {}
    for each in found:
        if each.mention_id in posts:
            answer = said.get(each.reply_id) if each.reply_id else None
            one = Thanked(each, posts[each.mention_id], answer, liking.get(each.id))
            words.setdefault(each.with_id or each.id, []).append(one)
    return words


def likings(unit: Unit, numbers: Iterable[int]) -> dict[int, Liking]:
    """The likes that are under way or were refused, by thank-you."""
    query = select(job.c.id, job.c.subject, job.c.state, job.c.reason).where(job.c.step == LIKE)
    rows = unit.run(query.where(job.c.subject.in_(sorted(numbers))))
    return {row.subject: Liking(row.id, row.state == "dead", row.reason or "") for row in rows}


def _cases(unit: Unit, who: Agent, found: Sequence[Thanks]) -> dict[int | None, Case]:
    numbers = [each.case_id for each in found if each.case_id is not None]
    return {row.id: cases.of_row(row) for row in unit.run(visible_to(who).where(case.c.id.in_(numbers)))}


def _done(unit: Unit, known: Mapping[int | None, Case], thanked_back: set[int]) -> dict[int, Done]:
    """What we did in these cases; our answers to thank-yous are no part of it."""
    numbers = sorted(number for number in known if number is not None)
    said = [each for each in replies.of_cases(unit, numbers) if each.state is ReplyState.SENT]
    given = [gestures.of_row(row) for row in unit.run(_given(numbers))]
    kept = unit.run(
        select(promise.c.case_id, promise.c.what)
        .where(promise.c.case_id.in_(numbers), promise.c.kept_at.is_not(None))
        .order_by(promise.c.kept_at)
    ).all()
    return {
        number: Done(
            tuple(each for each in said if each.case_id == number and each.id not in thanked_back),
            tuple(each for each in given if each.case_id == number),
            tuple(row.what for row in kept if row.case_id == number),
        )
        for number in numbers
    }


def _given(numbers: Sequence[int]) -> Any:
    there = (GestureState.SENT.value, GestureState.DONE.value)
    return select(gesture).where(gesture.c.case_id.in_(numbers), gesture.c.state.in_(there)).order_by(gesture.c.id)
