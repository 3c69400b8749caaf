"""What exists at one moment: a pure function of the script, of what the shop replied, and of the time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from socialwatch.playground import ids
from socialwatch.playground.script import Line, Profile, Script


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply the shop gave through a platform, as we received it. `target` is the key of the post it answers."""

    platform: str
    in_reply_to: str
    text: str
    at: datetime
    id: str
    key: str
    target: str
    number: int


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a post and when it got it. On X every version has an id of its own."""

    id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """One post as it stands now. `parent` and `root` are keys; `target_id` is the version that was answered."""

    key: str
    channel: str
    author: Profile
    versions: tuple[Version, ...]
    number: int
    root: str
    parent: str | None = None
    target_id: str | None = None
    repost_of: str | None = None
    quote_of: str | None = None
    place: str = "feed"
    likes: int = 0
    reposts: int = 0
    lang: str | None = None
    gone: bool = False

    @property
    def id(self) -> str:
        return self.versions[-1].id

    @property
    def first_id(self) -> str:
        return self.versions[0].id

    @property
    def text(self) -> str:
        return self.versions[-1].text

    @property
    def created_at(self) -> datetime:
        return self.versions[0].at


@dataclass(frozen=True, slots=True)
class Happened:
    """All that is not in the script: replies, live posts with their number, and what was taken away by its owner."""

    replies: Sequence[Reply] = ()
    said: Sequence[tuple[int, Line]] = ()
    deleted: frozenset[str] = frozenset()


@dataclass(slots=True)
class Scene:
    """The world at one moment, deleted posts included (they are `gone`)."""

    script: Script
    start: datetime
    now: datetime
    happened: Happened
    posts: dict[str, Post] = field(default_factory=dict)
    by_id: dict[tuple[str, str], Post] = field(default_factory=dict)

    def find(self, channel: str, post_id: str) -> Post | None:
        """The post with this id, or with a version of this id; None when it never was or is gone."""
        post = self.by_id.get((channel, post_id))
        return None if post is None or post.gone else post

    def on(self, channel: str) -> Iterator[Post]:
        """All living posts of one platform, in the order in which they were made."""
        return (post for post in self.posts.values() if post.channel == channel and not post.gone)

    def answers(self, post: Post) -> list[Post]:
        """The living posts that answer this one."""
        return [other for other in self.on(post.channel) if other.parent == post.key]


def scene(script: Script, start: datetime, now: datetime, happened: Happened) -> Scene:
    """The world at `now`."""
    made = Scene(script, start, now, happened)
    lines = [*enumerate(script.lines), *happened.said]
    by_key = {line.key: (number, line) for number, line in lines}
    times = _Times(start, by_key, happened.replies)
    entries: list[tuple[datetime, int, Line | Reply]] = []
    for number, line in lines:
        at = times.appears(line.key)
        if at is not None and at <= now:
            entries.append((at, number, line))
    entries += [(reply.at, reply.number, reply) for reply in happened.replies if reply.at <= now]
    for at, number, entry in sorted(entries, key=lambda found: found[:2]):
        post = _of_line(made, entry, at, number) if isinstance(entry, Line) else _of_reply(made, entry)
        made.posts[post.key] = post
        made.by_id.update({(post.channel, version.id): post for version in post.versions})
    return made


_A_MOMENT = timedelta(seconds=1)  # nobody answers in the very second in which a post appears


@dataclass(slots=True)
class _Times:
    """When each line appears; None while it waits for a reply that has not come."""

    start: datetime
    lines: Mapping[str, tuple[int, Line]]
    replies: Sequence[Reply]
    known: dict[str, datetime | None] = field(default_factory=dict)

    def appears(self, key: str) -> datetime | None:
        if key not in self.known:
            self.known[key] = self._compute(self.lines[key][1]) if key in self.lines else self._of_reply(key)
        return self.known[key]

    def _compute(self, line: Line) -> datetime | None:
        at: datetime | None = self.start + timedelta(minutes=line.minute)
        if line.after_reply_to is not None:
            reply = next((reply for reply in self.replies if reply.target == line.after_reply_to), None)
            at = None if reply is None else reply.at + max(timedelta(minutes=line.minute), _A_MOMENT)
        for other in (line.reply_to, line.repost_of, line.quote_of):
            before = self.appears(other) if other is not None else None
            if at is None or (other is not None and before is None):
                return None
            at = at if before is None else max(at, before + _A_MOMENT)
        return at

    def _of_reply(self, key: str) -> datetime | None:
        return next((reply.at for reply in self.replies if reply.key == key), None)


def _of_line(made: Scene, line: Line, at: datetime, number: int) -> Post:
    author = made.script.profiles[line.channel, line.who]
    parent = _parent(made, line)
    times = [at, *(at + timedelta(minutes=edit.after) for edit in line.edits)]
    texts = [line.text, *(edit.text for edit in line.edits)]
    found = zip(_ids(made, line, parent, times, number), texts, times, strict=True)
    versions = tuple(
        Version(one, _addressed(text, author, parent), when) for one, text, when in found if when <= made.now
    )
    ended = line.delete_after is not None and at + timedelta(minutes=line.delete_after) <= made.now
    return Post(
        key=line.key,
        channel=line.channel,
        author=author,
        versions=versions,
        number=number,
        root=parent.root if parent else line.key,
        parent=parent.key if parent else None,
        target_id=_version_at(parent, at).id if parent else None,
        repost_of=line.repost_of,
        quote_of=line.quote_of,
        place=line.place,
        likes=line.likes,
        reposts=line.reposts,
        lang=line.lang,
        gone=ended or line.key in made.happened.deleted,
    )


def _of_reply(made: Scene, reply: Reply) -> Post:
    parent, shop = made.posts[reply.target], made.script.shop
    author = shop.x if reply.platform == "x" else shop.facebook
    return Post(
        key=reply.key,
        channel=reply.platform,
        author=author,
        versions=(Version(reply.id, _addressed(reply.text, author, parent), reply.at),),
        number=reply.number,
        root=parent.root,
        parent=parent.key,
        target_id=reply.in_reply_to,
        gone=reply.key in made.happened.deleted,
    )


def _parent(made: Scene, line: Line) -> Post | None:
    if line.reply_to is None:
        return None
    if line.reply_to == line.after_reply_to:
        answers = (reply for reply in made.happened.replies if reply.target == line.reply_to)
        return made.posts[next(answers).key]
    return made.posts[line.reply_to]


def _ids(made: Scene, line: Line, parent: Post | None, times: Sequence[datetime], number: int) -> list[str]:
    """Graph keeps one id over all versions of a post; X makes a new one for each."""
    if line.channel == "x":
        return [ids.snowflake(at, number * 16 + turn) for turn, at in enumerate(times)]
    return [graph_id(made, line, parent, times[0], number)] * len(times)


def graph_id(made: Scene, line: Line, parent: Post | None, at: datetime, number: int) -> str:
    """`<owner>_<post>` for a post, `<post>_<comment>` for a comment, as Graph writes them."""
    own = ids.graph_number(at, number)
    if parent is not None:
        return f"{comment_prefix(made, parent)}_{own}"
    owner = ids.stranger(line.who) if line.place == "tagged" else made.script.shop.facebook.id
    return f"{owner}_{own}"


def comment_prefix(made: Scene, parent: Post) -> str:
    """The part that all comments under one post share."""
    return made.posts[parent.root].first_id.rpartition("_")[2]


def _addressed(text: str, author: Profile, parent: Post | None) -> str:
    """X writes the handle of who is answered in front of a reply."""
    if parent is None or parent.channel != "x" or parent.author.id == author.id:
        return text
    handle = f"@{parent.author.username}"
    return text if handle.lower() in text.lower() else f"{handle} {text}"


def _version_at(post: Post, at: datetime) -> Version:
    return [post.versions[0], *(version for version in post.versions if version.at <= at)][-1]
