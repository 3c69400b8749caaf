"""Stand-ins for the outside: a platform, an order system, a notifier and a model that reads by words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select, update

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard, Kind, Reading, Span
from socialwatch.domain.channel import Finding, Letter, Looked, Page, Sent
from socialwatch.domain.customer import Customer, File, Order, OrderLine
from socialwatch.domain.gesture import Carried, Gesture
from socialwatch.domain.mandate import Mandate
from socialwatch.domain.mention import Author, Mention
from socialwatch.domain.notifier import Notice
from socialwatch.errors import Refused
from socialwatch.steps import line
from socialwatch.steps.parts import Parts
from socialwatch.steps.poll import LEASE, Counted
from socialwatch.store import agents, cases, mentions, queue, sources
from socialwatch.store.tables import job
from socialwatch.store.unit import Database, open_units

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BRAND = "sokkerij"
ABLE = Mandate(euros_per_case=Decimal(25), euros_per_day=Decimal(100), report_above=Decimal(15))


@dataclass
class Clock:
    """Domain time that moves only when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def mention(number: str | int, text: str = "klacht", **changes: Any) -> Mention:
    """A public post on the fake platform by its own author."""
    given = {
        "channel": "x",
        "id": str(number),
        "text": text,
        "created_at": START,
        "author": Author(f"a{number}", f"handle{number}", "Marieke de Vries", 100),
        "can_reply": True,
        "brand": BRAND,
    }
    return Mention(**{**given, **changes})


def reading(text: str) -> Reading:
    """What the fake model reads: the words decide. *vergif* kills it, *weiger* is refused."""
    words = text.lower()
    if "vergif" in words:
        raise RuntimeError("the model fell over this text")
    if "weiger" in words:
        raise Refused("Deze tekst is niet te lezen.")
    kind, frustration, level, answer = next(
        (found for word, found in WORDS.items() if word in words), (Kind.OTHER, 0.0, 0, 0)
    )
    hazards = {Hazard.SAFETY: 0.9} if "gevaar" in words else {}
    return Reading(
        kind=kind,
        frustration=frustration,
        level=level,
        distress=0.0,
        feelings={},
        hazards=hazards,
        answer=answer,
        needs_human=0.9 if answer == 2 else 0.1,
        chance=0.0,
        confidence=0.9,
        language="nl",
        embedding=bytes(4),
        model="woorden",
    )


WORDS: Mapping[str, tuple[Kind, float, int, int]] = {
    "woedend": (Kind.COMPLAINT, 0.95, 3, 2),
    "klacht": (Kind.COMPLAINT, 0.4, 1, 1),
    "vraag": (Kind.QUESTION, 0.05, 0, 1),
    "bedankt": (Kind.THANKS, 0.0, 0, 0),
    "prachtig": (Kind.PRAISE, 0.0, 0, 0),
    "winactie": (Kind.SPAM, 0.0, 0, 0),
}


@dataclass
class Assessor:
    model: str = "woorden"
    asked: list[list[str]] = field(default_factory=list)
    before: Any = None  # called before reading, to let something happen meanwhile

    def read(self, texts: Sequence[str]) -> list[Reading]:
        self.asked.append(list(texts))
        if self.before is not None:
            self.before()
        return [reading(each) for each in texts]

    def why(self, text: str) -> list[Span]:
        return [Span(0, 3, 0.5, text[:3])]


@dataclass
class Channel:
    """A platform that counts what was posted. `polls` and `answers` say what happens next, an exception included;
    an exception in `answers` is raised after the post when it stands behind `posted`."""

    kind: str = "x"
    polls: list[list[Page | Exception]] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    visible: bool = True
    looked: dict[str, Mention | None] = field(default_factory=dict)
    posts: list[tuple[str, str, str]] = field(default_factory=list)
    cursors: list[str | None] = field(default_factory=list)
    looks: int = 0
    meanwhile: Any = None
    like_price: int | None = None
    liked: list[str] = field(default_factory=list)
    letters: list[tuple[Letter, str]] = field(default_factory=list)

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        self.cursors.append(cursor)
        for each in self.polls.pop(0) if self.polls else []:
            if isinstance(each, Exception):
                raise each
            yield each

    def lookup(self, ids: Sequence[str]) -> Looked:
        known = [self.looked[each] for each in ids if self.looked.get(each) is not None]
        return Looked(tuple(known), tuple(each for each in ids if each in self.looked and self.looked[each] is None))

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        how = self.answers.pop(0) if self.answers else None
        if isinstance(how, Exception):
            raise how
        self.posts.append((mention.id, text, key))
        if self.meanwhile is not None:
            self.meanwhile()
        if isinstance(how, tuple):  # ("posted", exception): it stands there, but no answer came
            raise how[1]
        return Sent(f"r{len(self.posts)}", f"https://x.example/r{len(self.posts)}")

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        self.looks += 1
        for place, (target, words, _) in enumerate(self.posts, 1):
            if self.visible and (target, words) == (mention.id, text):
                return Sent(f"r{place}")
        return None

    def like(self, mention: Mention) -> int:
        how = self.answers.pop(0) if self.answers else None
        if isinstance(how, Exception):
            raise how
        self.liked.append(mention.id)
        return self.like_price or 0

    def write(self, letter: Letter, key: str) -> Sent:
        how = self.answers.pop(0) if self.answers else None
        if isinstance(how, Exception):
            raise how
        self.letters.append((letter, key))
        if isinstance(how, tuple):  # ("posted", exception): it went out, but no answer came
            raise how[1]
        return Sent(f"b{len(self.letters)}")

    def can_reply(self, mention: Mention) -> bool:
        return True

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        return Page(())

    def check(self) -> list[Finding]:
        return []


@dataclass
class Shop:
    """An order system with a few customers; `problem` is raised by every question."""

    kind: str = "table"
    customers: list[Customer] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    problem: Exception | None = None

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        return self._where(lambda each: bool(set(each.handles) & set(handles)))

    def by_order(self, number: str) -> list[Customer]:
        owners = {each.customer_id for each in self.orders if each.number == number}
        return self._where(lambda each: each.id in owners)

    def by_email(self, email: str) -> list[Customer]:
        return self._where(lambda each: each.email == email.lower())

    def by_phone(self, number: str) -> list[Customer]:
        return self._where(lambda each: each.phone == number)

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        return self._where(lambda each: name.casefold() in each.name.casefold())

    def check(self) -> list[Finding]:
        return []

    def file(self, customer_id: str) -> File | None:
        found = self._where(lambda each: each.id == customer_id)
        orders = tuple(each for each in self.orders if each.customer_id == customer_id)
        return File(found[0], orders, (), START) if found else None

    def _where(self, fits: Any) -> list[Customer]:
        if self.problem is not None:
            raise self.problem
        return [each for each in self.customers if fits(each)]


@dataclass
class Notifier:
    kind: str = "log"
    told: list[Notice] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)

    def check(self, to: str) -> None:
        if "fout" in to:
            raise Refused("Dat is geen adres.")

    def notify(self, notice: Notice) -> None:
        if self.problems:
            raise self.problems.pop(0)
        self.told.append(notice)


@dataclass
class Carrier:
    """An order system that counts what it did. `answers` as those of Channel."""

    kind: str = "winkel"
    answers: list[Any] = field(default_factory=list)
    kinds: frozenset[str] | None = None  # None: it can do all
    visible: bool = True
    url: str | None = None
    done: list[str] = field(default_factory=list)
    looks: int = 0

    def can(self, gesture: Gesture) -> bool:
        return self.kinds is None or gesture.kind in self.kinds

    def carry(self, gesture: Gesture) -> Carried:
        how = self.answers.pop(0) if self.answers else None
        if isinstance(how, Exception):
            raise how
        self.done.append(gesture.key)
        if isinstance(how, tuple):  # ("done", exception): it was done, but no answer came
            raise how[1]
        return Carried(f"w{len(self.done)}", self.url)

    def find(self, gesture: Gesture) -> Carried | None:
        self.looks += 1
        found = self.visible and gesture.key in self.done
        return Carried(f"w{self.done.index(gesture.key) + 1}", self.url) if found else None


class Guard:
    """Around a plug: whatever is asked of it, no unit may be open in this thread; `asked` counts by name."""

    def __init__(self, plug: Any) -> None:
        self.plug = plug
        self.asked: dict[str, int] = {}

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.plug, name)
        if not callable(found):
            return found

        def ask(*given: Any) -> Any:
            self._check(name)
            answer = found(*given)
            return self._each(name, answer) if isinstance(answer, Iterator) else answer

        return ask

    def _each(self, name: str, pages: Iterator[Any]) -> Iterator[Any]:
        while True:
            self._check(name)
            try:
                page = next(pages)
            except StopIteration:
                return
            yield page

    def _check(self, name: str) -> None:
        self.asked[name] = self.asked.get(name, 0) + 1
        assert open_units() == 0, f"{name} was asked while a unit was open"


@dataclass
class World:
    """Parts of a line over fakes, each of which can be bent by a test."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    assessor: Assessor = field(default_factory=Assessor)
    x: Channel = field(default_factory=Channel)
    facebook: Channel = field(default_factory=lambda: Channel(kind="facebook"))
    shop: Shop = field(default_factory=Shop)
    log: Notifier = field(default_factory=Notifier)
    carrier: Carrier = field(default_factory=Carrier)

    @property
    def parts(self) -> Parts:
        """Everything behind a guard: no plug is ever asked inside a unit, in any test."""
        assessor = Guard(self.assessor)
        return Parts(
            database=self.database,
            clock=self.clock,
            assessor=lambda: assessor,
            channels={f"{BRAND}/x": Guard(self.x), f"{BRAND}/facebook": Guard(self.facebook)},
            shops={BRAND: Guard(self.shop)},
            notifiers={"log": Guard(self.log)},
            link="http://desk",
            carriers={BRAND: [Guard(self.carrier)]},
        )

    def register(self, *kinds: str) -> None:
        with self.database.write() as unit:
            for kind in kinds:
                sources.register(unit, f"{BRAND}/{kind}", BRAND, kind)

    def lead(self, holder: str = "me", length: float = 60.0) -> int | None:
        with self.database.write() as unit:
            return sources.lead(unit, LEASE, holder, length)

    def poll(self, *pages: Page | Exception, kind: str = "x", term: int | None = None) -> Counted | None:
        """One poll of a channel that delivers these pages."""
        self.register(kind)
        held = self.lead() if term is None else term
        assert held is not None
        getattr(self, kind).polls.append(list(pages))
        return line.poll_source(self.parts, f"{BRAND}/{kind}", held, 60.0)

    def bring(self, *found: Mention) -> list[int]:
        """Mentions come in by poll, page by channel; gives back their rows' ids in order of arrival."""
        for kind in dict.fromkeys(each.channel for each in found):
            counted = self.poll(Page(tuple(each for each in found if each.channel == kind), cursor="c"), kind=kind)
            assert counted is not None
            assert counted.failed is None
        return [self.stored(each.id, each.channel).id for each in found]

    def stored(self, native: str | int, channel: str = "x") -> mentions.Stored:
        with self.database.read() as unit:
            return mentions.by_native(unit, channel, [str(native)])[0]

    def case(self, number: int) -> cases.Case:
        with self.database.read() as unit:
            return cases.by_id(unit, number)

    def colleague(self, name: str = "Freek", **changes: Any) -> Agent:
        """An agent who is present and may act."""
        who = Agent(0, BRAND, name, f"{name.lower()}@sokkerij.example", Role.AGENT, Presence.AVAILABLE, ABLE)
        with self.database.write() as unit:
            number = agents.add(unit, replace(who, **changes), "hash")
        return replace(who, **changes, id=number)

    def hurry(self) -> None:
        """As if everything that waits for later had waited long enough."""
        with self.database.write() as unit:
            unit.run(update(job).where(job.c.state == "ready").values(ready_at=0))

    def jobs(self) -> list[tuple[str, int, str]]:
        """(step, subject, state) of all jobs."""
        with self.database.read() as unit:
            rows = unit.run(select(job.c.step, job.c.subject, job.c.state).order_by(job.c.step, job.c.subject))
            return [tuple(row) for row in rows]

    def put(self, *jobs: queue.NewJob) -> None:
        with self.database.write() as unit:
            queue.put(unit, jobs)


def customer(number: str = "k1", *handles: str, **changes: Any) -> Customer:
    return replace(Customer(number, "Marieke de Vries", handles=handles, brand=BRAND), **changes)


def order(number: str, customer_id: str = "k1", **changes: Any) -> Order:
    lines = (OrderLine("Wollen sokken", 2, "S1", "39-42", Decimal("12.95")),)
    return replace(Order(number, customer_id, START - timedelta(days=90), "delivered", lines, brand=BRAND), **changes)


def rows(database: Database, table: Any, *conditions: Any) -> list[dict[str, Any]]:
    """All rows of a table, as a test's way of looking behind the store."""
    with database.read() as unit:
        return [dict(row._mapping) for row in unit.run(select(table).where(*conditions))]


def count(database: Database, table: Any) -> int:
    with database.read() as unit:
        return int(unit.run(select(func.count()).select_from(table)).scalar_one())


def add(database: Database, table: Any, **values: Any) -> None:
    with database.write() as unit:
        unit.run(insert(table).values(**values))
