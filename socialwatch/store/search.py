"""Search: cases by what was posted, by their title, and by the customer and the orders behind them.

Each question takes only the latest of what it finds, straight from its index: that keeps a word that stands in every
third post as quick as a rare one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, or_, select, text

from socialwatch.domain.agent import Agent
from socialwatch.domain.sought import Sought, Term, fit
from socialwatch.store import situations
from socialwatch.store.cases import Case, visible_to
from socialwatch.store.mentions import Stored, stored
from socialwatch.store.tables import case, customer, mention, order
from socialwatch.store.unit import Unit

SHOWN = 60
LOOSE = 12  # posts without a case that are shown
POSTS, TITLES, PEOPLE = 240, 120, 40
FRESH = 30.0  # days after which freshness counts half
# How much it says that the words stand there.
IN_POST, IN_TITLE, OF_PERSON, OF_ORDER = 1.0, 2.0, 3.0, 4.0

_SQLITE = {
    name: text(f"SELECT rowid AS number FROM {name} WHERE {name} MATCH :words ORDER BY rowid DESC LIMIT :most")  # noqa: S608 - our own names
    for name in ("search_post", "search_case", "search_customer")
}
_PERSON = text(
    "SELECT brand, customer_id FROM search_person WHERE id IN "
    "(SELECT rowid FROM search_customer WHERE search_customer MATCH :words ORDER BY rowid DESC LIMIT :most)"
)
# As in the indexes of the migration, word for word: another spelling would not be found in them.
_AS_INDEXED = {
    "search_post": "mention.text || ' ' || coalesce(mention.author_name, '') || ' ' || "
    "coalesce(mention.author_handle, '')",
    "search_case": '"case".title',
    "search_customer": "customer.name || ' ' || coalesce(customer.email, '')",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The best cases first, and the latest posts that are in none."""

    cases: list[Case]
    loose: list[Stored]


def find(unit: Unit, who: Agent, wanted: Sought, now: datetime) -> Found:
    """What answers all terms, ranked by how well it fits and how fresh it is. Nothing without terms."""
    if not wanted.terms:
        return Found([], [])
    posts = _posts(unit, who, wanted)
    fits: dict[int, float] = {}
    for post in posts:
        if post.case_id is not None:
            seen = post.mention
            said = f"{seen.text} {seen.author.name or ''} {seen.author.handle or ''}" if seen.author else seen.text
            fits[post.case_id] = max(fits.get(post.case_id, 0.0), IN_POST + fit(wanted, said))
    for number, title in _titles(unit, who, wanted):
        fits[number] = max(fits.get(number, 0.0), IN_TITLE + fit(wanted, title))
    for number, worth in _of_people(unit, who, wanted):
        fits[number] = max(fits.get(number, 0.0), worth)
    known = situations.seen(unit, who, list(fits))
    ranked = sorted(known.values(), key=lambda each: (-fits[each.id] - _fresh(each, now), -each.id))
    return Found(ranked[:SHOWN], [each for each in posts if each.case_id is None][:LOOSE])


def _fresh(known: Case, now: datetime) -> float:
    """2 for what is of today, half of that a month later."""
    return 2.0 / (1.0 + max(0.0, (now - known.last_at).total_seconds() / 86_400) / FRESH)


def _posts(unit: Unit, who: Agent, wanted: Sought) -> list[Stored]:
    theirs = select(mention)
    if unit.postgresql:
        query = theirs.where(mention.c.brand == who.brand, _answers("search_post"))
        rows = unit.run(query.order_by(mention.c.id.desc()).limit(POSTS), {"words": for_postgresql(wanted)})
    else:
        numbers = _numbers(unit, who, "search_post", wanted, POSTS)
        rows = unit.run(theirs.where(mention.c.id.in_(numbers)).order_by(mention.c.id.desc()))
    return [stored(row) for row in rows if row.brand == who.brand]


def _titles(unit: Unit, who: Agent, wanted: Sought) -> list[tuple[int, str]]:
    titled: Select[Any] = select(case.c.id, case.c.title)
    if unit.postgresql:
        query = visible_to(who).with_only_columns(case.c.id, case.c.title).where(_answers("search_case"))
        rows = unit.run(query.order_by(case.c.id.desc()).limit(TITLES), {"words": for_postgresql(wanted)})
    else:
        rows = unit.run(titled.where(case.c.id.in_(_numbers(unit, who, "search_case", wanted, TITLES))))
    return [(row.id, row.title) for row in rows]


def _of_people(unit: Unit, who: Agent, wanted: Sought) -> list[tuple[int, float]]:
    """The cases of customers who are called so, or who bought what has this number."""
    bought, called = _buyers(unit, who, wanted), _called(unit, who, wanted)
    worth = dict.fromkeys(called, OF_PERSON) | dict.fromkeys(bought, OF_ORDER)
    if not worth:
        return []
    query = select(case.c.id, case.c.customer_id).where(case.c.brand == who.brand, case.c.customer_id.in_(worth))
    rows = unit.run(query.order_by(case.c.last_at.desc()).limit(TITLES))
    return [(row.id, worth[row.customer_id]) for row in rows]


def _called(unit: Unit, who: Agent, wanted: Sought) -> list[str]:
    if unit.postgresql:
        query = select(customer.c.id).where(customer.c.brand == who.brand, _answers("search_customer")).limit(PEOPLE)
        return list(unit.run(query, {"words": for_postgresql(wanted)}).scalars())
    rows = unit.run(_PERSON, {"words": for_sqlite(wanted, who.brand), "most": PEOPLE})
    return [row.customer_id for row in rows if row.brand == who.brand]


def _buyers(unit: Unit, who: Agent, wanted: Sought) -> list[str]:
    """Who bought what; a number is known by how it begins, and has a figure in it."""
    numbers = [spelt for term in wanted.terms for spelt in _spelt(term)]
    if not numbers:
        return []
    begins = or_(*(order.c.number.between(each, each + "\uffff") for each in numbers))
    query = select(order.c.customer_id).where(order.c.brand == who.brand, begins).limit(PEOPLE)
    return list(dict.fromkeys(unit.run(query).scalars()))


def _spelt(term: Term) -> Sequence[str]:
    """SOK-20418 however it was typed."""
    if not any(each.isdigit() for each in "".join(term.words)):
        return ()
    written = "-".join(term.words)
    return tuple(dict.fromkeys((written.upper(), written)))


def _numbers(unit: Unit, who: Agent, name: str, wanted: Sought, most: int) -> list[int]:
    given = {"words": for_sqlite(wanted, who.brand), "most": most}
    return list(unit.run(_SQLITE[name], given).scalars())


def _answers(name: str) -> Any:
    asked: ColumnElement[Any] = literal_column(f"search_words({_AS_INDEXED[name]})")
    return asked.op("@@")(text("to_tsquery('pg_catalog.simple', :words)").bindparams(bindparam("words")))


def for_sqlite(wanted: Sought, brand: str) -> str:
    """As FTS5 wants it: every word between quotes, so that none can be an operator; the brand in its own column."""
    said = " AND ".join(f'"{" ".join(each.words)}"{"" if each.exact else " *"}' for each in wanted.terms)
    own = brand.replace('"', "")
    return f'brand : "{own}" AND - brand : ({said})'


def for_postgresql(wanted: Sought) -> str:
    """As to_tsquery wants it, every word between quotes."""
    return " & ".join(_phrase(each) for each in wanted.terms)


def _phrase(term: Term) -> str:
    words = [f"'{each}'" for each in term.words]
    words[-1] += "" if term.exact else ":*"
    return f"({' <-> '.join(words)})"
