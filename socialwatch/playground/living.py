"""The world while it runs: the script and its clock, what the shop replied, and what is said live."""

import itertools
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from socialwatch.playground import ids
from socialwatch.playground.faults import Fault, Faults
from socialwatch.playground.scene import Happened, Post, Reply, Scene, comment_prefix, scene
from socialwatch.playground.script import Fields, Line, Script, line, packaged, profiles_of, script

Clock = Callable[[], datetime]


@dataclass(slots=True)
class _Log:
    """What happened beside the script. `changes` counts, so that a scene can be kept while nothing changed."""

    received: list[Reply] = field(default_factory=list)
    said: list[tuple[int, Line]] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    liked: set[str] = field(default_factory=set)
    changes: int = 0

    def happened(self) -> Happened:
        return Happened(tuple(self.received), tuple(self.said), frozenset(self.deleted))


class World:
    """The scripted world, safe to use from several threads. `now` gives aware UTC times and never goes back."""

    def __init__(
        self,
        shop: Fields,
        people: Iterable[Fields],
        posts: Iterable[Fields],
        *,
        now: Clock,
        start: datetime | None = None,
    ) -> None:
        self._begin(script(shop, people, posts), now, start)

    @classmethod
    def load(cls, *, now: Clock, start: datetime | None = None) -> "World":
        """The packaged world of the sock shop. `start` is when it begins; the present when not given."""
        made = cls.__new__(cls)
        made._begin(packaged(), now, start)
        return made

    def _begin(self, the_script: Script, now: Clock, start: datetime | None) -> None:
        self.now, self.start, self.faults = now, start or now(), Faults()
        if self.start.utcoffset() is None:
            raise ValueError("the clock of the world must give aware times")
        self._script, self._log, self._lock = the_script, _Log(), threading.RLock()
        self._numbers = itertools.count(len(the_script.lines) + 1000)
        self._kept: tuple[datetime, int, Scene] | None = None

    @property
    def script(self) -> Script:
        return self._script

    @property
    def lines(self) -> dict[str, Line]:
        """All lines by key: those of the script and what was said live."""
        with self._lock:
            return {one.key: one for one in (*self._script.lines, *(said for _, said in self._log.said))}

    @property
    def received(self) -> list[Reply]:
        """Every reply that was accepted, oldest first, those deleted later included."""
        with self._lock:
            return list(self._log.received)

    @property
    def hidden(self) -> frozenset[str]:
        """Keys of comments that the page has hidden."""
        with self._lock:
            return frozenset(self._log.hidden)

    @property
    def liked(self) -> frozenset[str]:
        """Keys of posts that the shop likes."""
        with self._lock:
            return frozenset(self._log.liked)

    def like(self, post: Post) -> None:
        """Like a post as the shop; a second like changes nothing."""
        with self._lock:
            self._log.liked.add(post.key)

    def scene(self) -> Scene:
        """The world as it is now."""
        with self._lock:
            now, changes = self.now(), self._log.changes
            if self._kept is None or self._kept[:2] != (now, changes):
                self._kept = (now, changes, scene(self._script, self.start, now, self._log.happened()))
            return self._kept[2]

    def reply(self, target: Post, in_reply_to: str, text: str) -> Reply:
        """Take a reply of the shop to `target`, for good."""
        with self._lock:
            at, number = self.now(), next(self._numbers)
            if target.channel == "x":
                reply_id = ids.snowflake(at, number * 16)
            else:
                reply_id = f"{comment_prefix(self.scene(), target)}_{ids.graph_number(at, number)}"
            reply = Reply(target.channel, in_reply_to, text, at, reply_id, f"reply-{number}", target.key, number)
            self._log.received.append(reply)
            self._log.changes += 1
            return reply

    def say(self, post: Mapping[str, Any], person: Mapping[str, Any] | None = None) -> Line:
        """Post something live, now: a row of posts.jsonl without `key` and `minute`; `person` may be new."""
        with self._lock:
            number = next(self._numbers)
            minute = (self.now() - self.start) / timedelta(minutes=1)
            said = line({**post, "key": str(post.get("key") or f"said-{number}"), "minute": minute})
            profiles = {**self._script.profiles, **(profiles_of(person) if person else {})}
            self._allow(said, set(profiles))
            self._script = replace(self._script, profiles=profiles)
            self._log.said.append((number, said))
            self._log.changes += 1
            return said

    def rewrite(self, post: Post, text: str) -> None:
        """Other words for a reply of the shop, in its place."""
        with self._lock:
            received = self._log.received
            received[:] = [replace(each, text=text) if each.id == post.first_id else each for each in received]
            self._log.changes += 1

    def delete(self, post: Post) -> None:
        """Take a post away, as its owner or the page does."""
        with self._lock:
            self._log.deleted.add(post.key)
            self._log.changes += 1

    def hide(self, post: Post, hidden: bool) -> None:
        """Hide or show a comment on the page."""
        with self._lock:
            (self._log.hidden.add if hidden else self._log.hidden.discard)(post.key)

    def fault(self, platform: str, kind: str, times: int = 1, **more: Any) -> None:
        """Make the next `times` requests of a platform fail; faults.py lists the kinds. ValueError when unknown."""
        self.faults.add(Fault(platform, kind, times, **more))

    def script_of(self, platform: str, post_id: str) -> Line | None:
        """The line of the script, or the live post, that this id belongs to; also when it has been deleted since."""
        with self._lock:
            post = self.scene().by_id.get((platform, post_id))
            return None if post is None else self.lines.get(post.key)

    def rest_at(self) -> datetime:
        """When the last thing known today will have happened; later replies can still add thanks after it."""
        with self._lock:
            found = self.scene()
            far = scene(self._script, self.start, found.now + timedelta(days=3650), self._log.happened())
            lines = self.lines
            moments = [post.created_at + _last_change(lines.get(post.key)) for post in far.posts.values()]
            return max([self.start, *moments])

    def _allow(self, said: Line, accounts: set[tuple[str, str]]) -> None:
        if (said.channel, said.who) not in accounts:
            raise ValueError(f"{said.who} has no account on {said.channel}")
        posts = self.scene().posts
        if said.key in posts or any(said.key == one.key for one in self._script.lines):
            raise ValueError(f"{said.key}: the key is used twice")
        for other in (said.reply_to, said.repost_of, said.quote_of):
            if other is not None and (other not in posts or posts[other].channel != said.channel):
                raise ValueError(f"{other} is no post on {said.channel}")


def _last_change(one: Line | None) -> timedelta:
    if one is None:
        return timedelta()
    return timedelta(minutes=max([0.0, one.delete_after or 0.0, *(edit.after for edit in one.edits)]))
