"""A platform whose whole truth is a number: post n always says the same, and pages come shuffled, late and twice."""

import ctypes
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from socialwatch.domain.channel import Finding, Looked, Page, Sent
from socialwatch.domain.mention import Author, Mention
from socialwatch.errors import Refused

BRAND = "merk"
KIND = "timeline"
SOURCE = f"{BRAND}/{KIND}"
PAGE = 20  # posts
PAGES = 10  # per poll, at most
POSTS_PER_AUTHOR = 3
START = datetime.now(UTC) - timedelta(hours=4)  # read before the first fork, so that all processes share it


class Tally:
    """Numbers that all processes share and that outlive each of them. Made before the first fork."""

    def __init__(self, *names: str) -> None:
        self._cells = {name: multiprocessing.Value(ctypes.c_longlong) for name in names}

    def add(self, name: str, number: int = 1) -> None:
        """Not exact when a process is killed in the middle of it; nothing is proven by it, it only tells."""
        cell = self._cells.get(name)
        if cell is not None:
            cell.get_obj().value += number

    def __getitem__(self, name: str) -> int:
        return int(self._cells[name].get_obj().value)


def author(number: int) -> int:
    return number // POSTS_PER_AUTHOR


def authors(posts: int) -> int:
    """How many people wrote the first `posts` posts: as many cases must there be."""
    return -(-posts // POSTS_PER_AUTHOR)


def furious(number: int) -> bool:
    """Every fifth author is: their case must get an owner, once."""
    return author(number) % 5 == 0


def word(number: int) -> str:
    if furious(number):
        return "woedend"
    return "vraag" if author(number) % 5 == 1 else "klacht"


def post(number: int) -> Mention:
    who = author(number)
    return Mention(
        KIND,
        str(number),
        f"{word(number)} {number}",
        START + timedelta(seconds=number),
        Author(f"a{who}", f"handle{who}", None, 100),
        brand=BRAND,
    )


@dataclass
class Timeline:
    """The first `tally["head"]` posts are there, `size` on a page. One page in four comes twice, one poll in four
    begins a page early; `pace` is how many seconds the platform takes per page.
    """

    tally: Tally
    chance: random.Random
    pace: float = 0.0
    size: int = PAGE
    write: Callable[[int], Mention] = post
    kind: str = KIND

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        self.tally.add("asked")
        known = int(cursor or 0)
        start = max(0, known - self.size) if self.chance.random() < 0.25 else known
        end = max(known, min(self.tally["head"], start + PAGES * self.size))
        for first in range(start, end, self.size):
            posts = [self.write(each) for each in range(first, min(first + self.size, end))]
            self.chance.shuffle(posts)
            time.sleep(self.pace)
            if self.chance.random() < 0.25:
                self.tally.add("twice")
                yield Page(tuple(posts))
            yield Page(tuple(posts), cursor=str(end) if first + self.size >= end else None)

    def lookup(self, ids: Sequence[str]) -> Looked:
        return Looked(())

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        raise Refused("Hier wordt niet geantwoord.")

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        return None

    def can_reply(self, mention: Mention) -> bool:
        return False

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        raise Refused("Hier komt niets binnen.")

    def check(self) -> list[Finding]:
        return []
