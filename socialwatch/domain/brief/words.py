"""The words of the brief: what is known and from where, what is missing, and what was said on both sides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from socialwatch.domain.assessment import Fact, Feeling, Kind, Stake
from socialwatch.domain.customer import File, Order

MOST_READ = 20_000  # characters of one post; no grievance hides behind more


class Topic(StrEnum):
    """What can be known or missing, in the order in which it is told."""

    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    ORDER_NUMBER = "order_number"
    WHICH_ORDER = "which_order"
    PRODUCT = "product"
    SIZE = "size"
    WISHED_SIZE = "wished_size"
    PURPOSE = "purpose"
    PURCHASE_DATE = "purchase_date"
    DELIVERY_STATUS = "delivery_status"
    TRACKING = "tracking"
    WARRANTY_END = "warranty_end"
    RETURNED = "returned"
    REFUNDED = "refunded"
    TRIED = "tried"
    PROMISE = "promise"
    EARLIER_REJECTION = "earlier_rejection"
    MENU_TYPED = "menu_typed"
    MINUTES_WAITED = "minutes_waited"


class Source(StrEnum):
    CUSTOMER = "customer"
    ORDER = "order"
    CONTACT = "contact"
    MENTION = "mention"
    AUTHOR = "author"
    REPLY = "reply"
    PROMISE = "promise"
    EARLIER = "earlier"


class Why(StrEnum):
    """Why something known must be checked in private before anybody acts on it."""

    OLD = "old"
    MOVED = "moved"
    TYPED_OTHERWISE = "typed_otherwise"
    NOT_THEIRS = "not_theirs"


@dataclass(frozen=True, slots=True)
class Known:
    """One thing we know. `value` is plain text, dates as ISO 8601; `reference` is the order's number, the contact's id
    or the case's number; `as_of` is when it was last true for sure, or was said; `confirm` says why to check it in
    private; `about` is the product it holds for when not for all of the order; `due` ends a promise.
    """

    topic: Topic
    value: str
    source: Source
    as_of: datetime | None = None
    reference: str | None = None
    confirm: Why | None = None
    about: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote at one moment, with the facts found in it; `case` is the earlier case it stood in, None for
    this one; `author` is the profile on that channel, and `customer` whom it was linked to.
    """

    text: str
    at: datetime
    facts: tuple[Fact, ...] = ()
    kind: Kind | None = None
    case: int | None = None
    channel: str = ""
    author: str | None = None
    customer: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What we wrote to the customer; `case` as in Said."""

    text: str
    at: datetime
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that an agent noted and that still stands."""

    what: str
    at: datetime
    due: datetime
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """All a brief is made from. `said` are this case's posts that are not ours, oldest first; `behalf` is whose
    grievance it is when not the author's; `earlier` and `answered` may come from other cases.
    """

    file: File | None = None
    said: tuple[Said, ...] = ()
    answered: tuple[Answered, ...] = ()
    promised: tuple[Promised, ...] = ()
    earlier: tuple[Said, ...] = ()
    behalf: str | None = None
    feelings: Mapping[Feeling, float] = field(default_factory=dict)
    stakes: tuple[Stake, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the customer's own."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waited:
    """The second grievance in figures: minutes in the queue by the customer's own word, beside those of the telephone
    exchange for a call of the same days. `still` is False when they told of a wait that is over.
    """

    by_customer: int | None
    by_exchange: int | None
    still: bool = True


@dataclass(frozen=True, slots=True)
class Tone:
    """How the customer talks: `joking` when they joke themselves, `address` is "je" or "u" by their own words."""

    joking: bool = False
    address: str | None = None
    flemish: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """`linked` is False when nobody's file lies beside it; `orders` are all orders, the one this is about first, and
    `meant` is that one when it is sure; `missing` is to be asked, `curious` is asked from interest.
    """

    known: tuple[Known, ...]
    missing: tuple[Topic, ...]
    linked: bool = False
    curious: bool = False
    facts_side: tuple[Quote, ...] = ()
    feeling_side: tuple[Quote, ...] = ()
    second: tuple[Quote, ...] = ()
    waited: Waited | None = None
    tone: Tone = Tone()
    stakes: tuple[Stake, ...] = ()
    orders: tuple[Order, ...] = ()
    meant: Order | None = None
    behalf: str | None = None
