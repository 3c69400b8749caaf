"""Facts: of what we know in the written cases, how much the brief lists, and what it lists wrongly.

The cases stand in facts.txt; facts_apart.txt holds a fifth that was counted once before anything was mended for it:
FIRST_LOOK.
"""

import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from socialwatch.domain.brief import Brief, Known, Topic, brief
from socialwatch.domain.brief.words import Matter, Said
from socialwatch.domain.customer import Address, Contact, Customer, File, Order, OrderLine
from socialwatch.domain.facts import facts as facts_in
from tests.measure._written import NOW, Written, read

TITLE = "Never ask twice: the facts of written cases"
FIRST_LOOK = (
    "*From words*: what was tried, promised, refused or wished for, which no field of a record holds.",
    "",
    "The rules were made on the cases that were seen, and mended on those kept apart after these were counted once.",
    "On that first look 95.8% of 240 facts were listed with 2 wrong (42 cases, since then among the seen), and 96.8%",
    "of 309 with 3 wrong (52 cases, the ones kept apart now). Expect that of words nobody wrote yet, not the table's.",
)
HERE = Path(__file__).parent
_IN_WORDS = frozenset({Topic.TRIED, Topic.PROMISE, Topic.EARLIER_REJECTION, Topic.PURPOSE})


@dataclass
class Count:
    """What was found in some cases; lists name the case and the fact."""

    cases: int = 0
    known: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return sum(self.listed.values()) / sum(self.known.values())

    def of(self, topics: frozenset[str]) -> float:
        return sum(self.listed[each] for each in topics) / sum(self.known[each] for each in topics)


def report() -> list[str]:
    """The figures as Markdown lines."""
    lines = [
        "| cases | number | facts known | listed | from words | wrong | *Nog niet bekend* exact |",
        "|-|-|-|-|-|-|-|",
    ]
    for name, file in (("seen", "facts.txt"), ("kept apart", "facts_apart.txt")):
        found = count(read(HERE / file))
        words = frozenset({"tried", "promise", "earlier_rejection", "wished_size"})
        exact = 1 - len(found.asked) / found.cases
        lines.append(
            f"| {name} | {found.cases} | {sum(found.known.values())} | {found.share:.1%} | {found.of(words):.1%}"
            f" | {len(found.wrong)} | {exact:.1%} |"
        )
    lines += ["", f"A brief of 50 orders and 20 contacts takes {milliseconds():.1f} ms of processor time."]
    return [*lines, "", *FIRST_LOOK]


def milliseconds(times: int = 40) -> float:
    """Processor time of one brief for a customer with 50 orders and 20 contacts, the median of some."""
    took = []
    for turn in range(times):
        matter = busy(turn)  # other words and other products, so that nothing is remembered
        started = time.process_time()
        brief(matter, NOW)
        took.append(1000 * (time.process_time() - started))
    return statistics.median(took)


def busy(turn: int = 0) -> Matter:
    """Somebody who buys every week, calls often, and now writes about one of it all."""
    lines = tuple(
        OrderLine(f"{name} {'abcdefghijklmnopqrstuvwxyz'[turn % 26] * 5}", 1, None, "M")
        for name in ("Theepot", "Deken", "Wandelsok", "Lamp")
    )
    orders = [Order(f"SK-{204800 + n}", "k1", NOW - timedelta(days=7 * n), "delivered", lines) for n in range(50)]
    contacts = [
        Contact(f"c{n}", "k1", "phone", NOW - timedelta(days=9 * n), 12, "2", "204817", "Al gereset en herstart",
                "We sturen morgen een nieuwe, die is vrijdag bij u.", "open") for n in range(20)
    ]  # fmt: skip
    customer = Customer(
        "k1", "Marieke de Vries", "m@post.example", "0612345678", Address("Dorp 1", "3511 AB", "Utrecht")
    )
    text = "Al drie keer gebeld over bestelling SK-204817. De lamp is stuk en jullie zouden terugbellen. " * 3 + str(
        turn
    )
    said = tuple(Said(text, NOW - timedelta(hours=n), facts_in(text)) for n in range(5))
    return Matter(File(customer, tuple(orders), tuple(contacts), NOW), said)


def count(cases: Sequence[Written]) -> Count:
    """Compare what the brief tells of each case with what its writer says is known."""
    found = Count()
    for each in cases:
        found.cases += 1
        told = brief(each.matter, NOW)
        _compare(each, told, found)
        if each.missing is not None and set(told.missing) != set(each.missing):
            found.asked.append(f"{each.name}: {[*map(str, told.missing)]} for {[*map(str, each.missing)]}")
    return found


def _compare(case: Written, told: Brief, found: Count) -> None:
    right: set[int] = set()
    for topic, value, doubted in case.known:
        hits = {place for place, each in enumerate(told.known) if _is(each, topic, value, doubted)}
        found.known[topic] += 1
        found.listed[topic] += bool(hits)
        right |= hits
        if not hits:
            found.missed.append(f"{case.name}: {topic}={value}{'?' if doubted else ''}")
    for topic, value, doubted in case.allowed:
        right |= {place for place, each in enumerate(told.known) if _is(each, topic, value, doubted)}
    wrong = [each for place, each in enumerate(told.known) if place not in right]
    wrong += [
        each
        for each in told.known
        if each not in wrong and any(_is(each, topic, value, None) for topic, value, _ in case.banned)
    ]
    found.wrong += [f"{case.name}: {each.topic}={each.value}{'?' if each.confirm else ''}" for each in wrong]


def _is(known: Known, topic: str, value: str, doubted: bool | None) -> bool:
    if known.topic.value != topic or (doubted is not None and doubted != (known.confirm is not None)):
        return False
    told, meant = _plain(known.value), _plain(value)
    if known.topic in _IN_WORDS:
        return meant in told
    if known.topic in (Topic.PRODUCT, Topic.SIZE):
        return meant in list(_parts(told))
    if known.topic is Topic.PURCHASE_DATE:
        return told.startswith(meant) or meant in told
    return told == meant


def _parts(value: str) -> Iterator[str]:
    for part in value.split(", "):
        yield part
        yield re.sub(r"^\d+× ", "", part)


def _plain(value: str) -> str:
    return " ".join(value.casefold().split())
