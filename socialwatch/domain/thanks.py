"""Bedankjes: which thank-yous of one customer are one card, which word only answers our thanks, where we answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TOGETHER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Thanker:
    """Who thanked, when, and for which case. `customer_id` is whom identity linked (never a mere offer); `author` is
    the channel and the platform's id of the profile. Either may be unknown.
    """

    at: datetime
    case_id: int | None
    customer_id: str | None = None
    author: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One thank-you as far as answering goes: `answerable` when its platform takes an answer from here."""

    at: datetime
    answerable: bool


def one_card(new: Thanker, earlier: Thanker) -> bool:
    """Whether two thank-yous stand on one card: the same person, for the same case, within TOGETHER."""
    if new.case_id is None or new.case_id != earlier.case_id or abs(new.at - earlier.at) > TOGETHER:
        return False
    if new.author is not None and new.author == earlier.author:
        return True
    return new.customer_id is not None and new.customer_id == earlier.customer_id


def answered_at(words: list[Word]) -> int:
    """The place of the word to answer: where the customer wrote last, of those that take an answer; else the last."""
    able = [place for place, each in enumerate(words) if each.answerable]
    return max(able or range(len(words)), key=lambda place: words[place].at)
