"""Forgetting a customer: what is emptied, table by table, when they ask to be forgotten (AVG, art. 17).

What stays is what names nobody: orders without person (the books need them), what was done and when, posts that the
customer published elsewhere. Those follow their platform: deleted there, they are emptied here (steps/follow).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, delete, not_, or_, select, update

from socialwatch.store import forgotten
from socialwatch.store.events import tell
from socialwatch.store.forgotten import BARE, NOBODY
from socialwatch.store.tables import (
    assessment,
    beckon,
    case,
    case_tag,
    contact,
    correction,
    customer,
    gesture,
    handle,
    identity,
    job,
    line,
    mention,
    mention_version,
    order,
    promise,
    reply,
    set_aside,
    shop_copy,
    story,
)
from socialwatch.store.unit import Unit

# Codes, numbers and moments; whatever else stands in a line was typed by somebody and may name a person.
KEPT = frozenset(
    {"by", "why", "uncovered", "from", "to", "likely", "gesture", "event", "kind", "basis", "found", "new", "reply"}
    | {"into", "moved", "since", "taken", "knows", "undone", "posts", "gone", "heard", "off"}
    | {"answers", "by_hand", "until", "later", "joined", "protocol", "step", "done", "adviser", "carrier", "url"}
)
MARK = 40  # characters of the fingerprint that stands for an id with a name in it


@dataclass(frozen=True, slots=True)
class Whose:
    """`cases` are all dossiers of this customer; `letters` the mails and private messages, theirs and ours; `names`
    are what they are known by here, in lower case, to recognise an id that holds it.
    """

    brand: str
    customer_id: str | None
    cases: tuple[int, ...]
    letters: tuple[int, ...]
    names: tuple[str, ...]


def whose(unit: Unit, number: int) -> Whose:
    """Everything that hangs together with the customer of this case; without a customer the case alone."""
    found = unit.run(select(case.c.brand, case.c.customer_id).where(case.c.id == number)).one()
    brand, who = found.brand, found.customer_id
    mine = case.c.id == number if who is None else or_(case.c.id == number, _of(case, brand, who))
    cases = tuple(unit.run(select(case.c.id).where(mine).order_by(case.c.id)).scalars())
    theirs: ColumnElement[bool] = mention.c.case_id.in_(cases)
    if who is not None:
        theirs = or_(theirs, _of(mention, brand, who))
    rows = unit.run(select(mention).where(theirs, mention.c.brand == brand, not_(_in_public()))).all()
    return Whose(brand, who, cases, tuple(row.id for row in rows), _names(unit, brand, who, rows))


def _of(table: Table, brand: str, who: str) -> ColumnElement[bool]:
    return and_(table.c.brand == brand, table.c.customer_id == who)


def _in_public() -> ColumnElement[bool]:
    return and_(mention.c.audience == "public", mention.c.channel != "mail")


def _names(unit: Unit, brand: str, who: str | None, letters: Sequence[Row[Any]]) -> tuple[str, ...]:
    known = unit.run(
        select(customer.c.name, customer.c.email, customer.c.phone).where(_by_id(brand, who))
    ).one_or_none()
    said = [*(known or ()), *(each for row in letters if not row.own for each in (row.author_name, row.author_handle))]
    parts = {part for each in said if each for part in str(each).lower().replace("@", " ").replace(".", " ").split()}
    return tuple(sorted(each for each in parts if len(each) > 3))


def _by_id(brand: str, who: str | None) -> ColumnElement[bool]:
    return and_(customer.c.brand == brand, customer.c.id == who)


def person(unit: Unit, found: Whose, now: datetime) -> None:
    """The customer, what they gave and said before, and why we thought it was them. A fingerprint keeps them away."""
    if found.customer_id is None:
        return
    email = unit.run(select(customer.c.email).where(_by_id(found.brand, found.customer_id))).scalar_one_or_none()
    forgotten.note(unit, found.brand, (found.customer_id, email), now)
    unit.run(delete(customer).where(_by_id(found.brand, found.customer_id)))
    for table in (handle, contact, identity, shop_copy):
        unit.run(delete(table).where(_of(table, found.brand, found.customer_id)))
    unit.run(update(order).where(_of(order, found.brand, found.customer_id)).values(dict(BARE)))
    unit.run(update(mention).where(_of(mention, found.brand, found.customer_id)).values(customer_id=None))


def letters(unit: Unit, found: Whose, now: datetime) -> None:
    """Mails and private messages keep their place and their moment, without a word or a name."""
    numbers = found.letters
    unit.run(delete(identity).where(identity.c.mention_id.in_(numbers)))
    unit.run(delete(mention_version).where(mention_version.c.mention_id.in_(numbers)))
    nothing: dict[str, Any] = {"facts": [], "stakes": [], "why": None, "behalf": None, "embedding": None}
    unit.run(update(assessment).where(assessment.c.mention_id.in_(numbers)).values(nothing))
    for row in unit.run(select(mention).where(mention.c.id.in_(numbers))).all():
        unit.run(update(mention).where(mention.c.id == row.id).values(_emptied(row, found.names) | {"gone_at": now}))


def _emptied(row: Row[Any], names: Sequence[str]) -> dict[str, Any]:
    ids = {name: _plain(getattr(row, name), names) for name in ("native_id", "version_id")}
    nothing = ("author_id", "author_handle", "author_name", "followers", "url", "conversation_id", "in_reply_to")
    return ids | dict.fromkeys(nothing) | {"text": ""}


def _plain(number: str, names: Iterable[str]) -> str:
    """The platform's id, by which a late delivery is known again; a fingerprint of it when the person stands in it."""
    named = any(each in number.lower() for each in names)
    return f"{NOBODY}-{sha256(number.encode()).hexdigest()[:MARK]}" if named else number


def dossiers(unit: Unit, found: Whose, matters: Mapping[int, str]) -> None:
    """What we wrote about them and to them; `matters` are the titles without a person, by case."""
    mine = found.cases
    for number in mine:
        unit.run(update(case).where(case.c.id == number).values(customer_id=None, title=matters[number]))
        tell(unit, found.brand, "case", number)
    for row in unit.run(select(line.c.id, line.c.detail).where(line.c.case_id.in_(mine))).all():
        bare = _codes(row.detail)
        if bare != row.detail:
            unit.run(update(line).where(line.c.id == row.id).values(detail=bare))
    unit.run(update(reply).where(_answers(found)).values(text="", reason=None))
    unit.run(update(gesture).where(gesture.c.case_id.in_(mine)).values(what="", reason=None))
    unit.run(update(promise).where(promise.c.case_id.in_(mine)).values(what="een afspraak"))
    unit.run(update(set_aside).where(set_aside.c.case_id.in_(mine)).values(why=""))
    unit.run(update(beckon).where(beckon.c.case_id.in_(mine)).values(words=""))
    unit.run(update(correction).where(correction.c.case_id.in_(mine)).values(may_train=False))
    unit.run(update(story).where(story.c.case_id.in_(mine)).values(title="Een verhaal dat vergeten werd", text=""))
    unit.run(delete(case_tag).where(case_tag.c.case_id.in_(mine)))
    asked = and_(job.c.step.in_(("seek", "refresh")), job.c.subject.in_(mine))
    unit.run(delete(job).where(asked))


def _codes(detail: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in detail.items() if name in KEPT}
    return kept | ({"text": detail["text"]} if "protocol" in detail and "text" in detail else {})


def _answers(found: Whose) -> ColumnElement[bool]:
    """Our answers that only the customer read."""
    private = and_(reply.c.case_id.in_(found.cases), reply.c.audience != "public")
    return or_(private, reply.c.mention_id.in_(found.letters))


def titles(unit: Unit, found: Whose) -> dict[int, str]:
    """The titles of these dossiers; empty where a letter may have given the words."""
    private = set(unit.run(select(mention.c.case_id).where(mention.c.id.in_(found.letters))).scalars())
    rows = unit.run(select(case.c.id, case.c.title).where(case.c.id.in_(found.cases)))
    return {row.id: "" if row.id in private else row.title for row in rows}


def overwrite(unit: Unit) -> None:
    """From here on this connection overwrites what it deletes, instead of only marking the place as free (SQLite)."""
    if not unit.postgresql:
        unit.connection.exec_driver_sql("PRAGMA secure_delete = ON")


def forget_words(unit: Unit) -> None:
    """What was emptied goes out of the search index too: there it is only marked as gone until parts are merged
    (SQLite). About four seconds for a million posts.
    """
    if not unit.postgresql:
        for name in ("search_post", "search_case", "search_customer"):
            unit.connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608
