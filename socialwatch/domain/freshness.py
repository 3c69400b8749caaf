"""How old our copy of a customer's orders is, and when the order system is to be asked for them anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from socialwatch.domain.customer import Customer, Shop

ASK_AGAIN = timedelta(seconds=30)  # after an attempt that brought nothing, however often the page is opened
LOCAL = "table"  # the one kind whose answers come from our own tables


class Trouble(StrEnum):
    """Why the last attempt brought nothing: the shop does not answer, refuses us, or no longer knows the customer."""

    AWAY = "away"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Copy:
    """`fetched_at` is None while only the customer's own record is known, `asked_at` the last attempt."""

    fetched_at: datetime | None
    asked_at: datetime
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """One order system elsewhere: how it is called, and how old a copy may be before it is asked again."""

    name: str
    within: timedelta


@runtime_checkable
class Gleaned(Protocol):
    """An order system that cannot be asked who gave a handle, but can tell which orders changed."""

    def glean(self, since: datetime) -> list[Customer]:
        """Customers who gave a handle in an order that changed since, newest first, at most a few hundred orders back.
        Raises Unavailable, Refused or Halted.
        """
        ...


def remote(shop: Shop) -> bool:
    """Whether this order system lives elsewhere, so that what it told is copied to our own tables."""
    return shop.kind != LOCAL


def is_old(copy: Copy | None, now: datetime, within: timedelta) -> bool:
    """Whether to ask anew now."""
    if copy is None:
        return True
    fresh = copy.fetched_at is not None and now - copy.fetched_at < within
    return not fresh and (copy.trouble is None or now - copy.asked_at >= ASK_AGAIN)
