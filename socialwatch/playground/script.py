"""The script of the world: who lives in it, what they will post and when, read from JSON and checked for sense."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """One account on one platform. `hidden` accounts are never named by Graph; `own` is the shop's account."""

    id: str
    name: str
    username: str = ""
    followers: int = 0
    hidden: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Shop:
    """The brand everybody talks about. `hours` is how long the scripted day lasts."""

    name: str
    x: Profile
    facebook: Profile
    hours: float = 4.0

    @property
    def key(self) -> str:
        """The name by which the script calls the shop as an author."""
        return self.x.username


@dataclass(frozen=True, slots=True)
class Edit:
    """A later version of a post, `after` minutes after it appeared."""

    after: float
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What the agent does beside the answer: the last word of the form's address in the dossier, and what is filled in.

    A field that the form offers with a fixed value (`kind`) says which of several forms is meant. `after` is how many
    minutes the agent lets pass first.
    """

    form: str
    fields: Mapping[str, str]
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One post in the script. `minute` counts from the start of the world, or from the reply to `after_reply_to`.

    A line whose `reply_to` and `after_reply_to` are the same answers the shop's reply itself: so customers thank.
    `after_mail` is told to readers of the script only: the playground has no mail.
    """

    key: str
    channel: str
    who: str
    text: str
    minute: float = 0.0
    reply_to: str | None = None
    after_reply_to: str | None = None
    after_mail: bool = False
    repost_of: str | None = None
    quote_of: str | None = None
    place: str = "feed"
    edits: tuple[Edit, ...] = ()
    delete_after: float | None = None
    likes: int = 0
    reposts: int = 0
    answer: str | None = None
    deeds: tuple[Deed, ...] = ()
    tags: tuple[str, ...] = ()
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """The whole play: profiles by (platform, key of the person), and the lines in the order of the file."""

    shop: Shop
    profiles: Mapping[tuple[str, str], Profile]
    lines: tuple[Line, ...]


def script(shop: Fields, people: Iterable[Fields], posts: Iterable[Fields]) -> Script:
    """A checked script; ValueError names the key of the line that makes no sense."""
    the_shop = _shop(shop)
    profiles = {("x", the_shop.key): the_shop.x, ("facebook", the_shop.key): the_shop.facebook}
    for person in people:
        profiles.update(profiles_of(person))
    lines = tuple(line(post) for post in posts)
    _check(lines, profiles)
    return Script(the_shop, profiles, lines)


def packaged() -> Script:
    """The world that ships with the product."""
    folder = files("socialwatch.playground").joinpath("world")
    return script(
        json.loads(folder.joinpath("shop.json").read_text("utf-8")),
        _json_lines(folder.joinpath("people.jsonl").read_text("utf-8")),
        _json_lines(folder.joinpath("posts.jsonl").read_text("utf-8")),
    )


def packaged_agents() -> list[dict[str, Any]]:
    """The shop's agents with their sign-in, as agents.json lists them."""
    text = files("socialwatch.playground").joinpath("world", "agents.json").read_text("utf-8")
    agents: list[dict[str, Any]] = json.loads(text)
    return agents


def line(post: Fields) -> Line:
    """One row of posts.jsonl; keys we do not know are refused, because a typing error there would pass in silence."""
    known = dict(post)
    known["edits"] = tuple(Edit(float(edit["after"]), str(edit["text"])) for edit in known.get("edits") or ())
    known["deeds"] = tuple(map(_deed, known.get("deeds") or ()))
    known["tags"] = tuple(known.get("tags") or ())
    for name in ("likes", "reposts", "minute", "place"):
        if known.get(name) is None:
            known.pop(name, None)
    try:
        return Line(**known)
    except TypeError as error:
        raise ValueError(f"{post.get('key', '?')}: {error}") from None


def _deed(row: Fields) -> Deed:
    return Deed(str(row["form"]), dict(row["fields"]), float(row.get("after", 0)))


def profiles_of(person: Fields) -> dict[tuple[str, str], Profile]:
    """The accounts of one row of people.jsonl, one per platform the person is on."""
    key, found = str(person["key"]), {}
    if person.get("x"):
        found["x", key] = _profile(person["x"])
    if person.get("facebook"):
        found["facebook", key] = _profile(person["facebook"], hidden=bool(person.get("facebook_hidden")))
    return found


def _profile(fields: Fields, *, hidden: bool = False, own: bool = False) -> Profile:
    return Profile(
        id=str(fields["id"]),
        name=str(fields["name"]),
        username=str(fields.get("username") or ""),
        followers=int(fields.get("followers") or 0),
        hidden=hidden,
        own=own,
    )


def _shop(fields: Fields) -> Shop:
    return Shop(
        name=str(fields["name"]),
        x=_profile(fields["x"], own=True),
        facebook=_profile(fields["facebook"], own=True),
        hours=float(fields.get("hours", 4)),
    )


def _check(lines: Sequence[Line], profiles: Mapping[tuple[str, str], Profile]) -> None:
    keys: dict[str, Line] = {}
    for one in lines:
        if one.key in keys:
            raise ValueError(f"{one.key}: the key is used twice")
        if (one.channel, one.who) not in profiles:
            raise ValueError(f"{one.key}: {one.who} has no account on {one.channel}")
        if one.place not in ("feed", "tagged"):
            raise ValueError(f"{one.key}: place is feed or tagged")
        keys[one.key] = one
    for one in lines:
        _check_references(one, keys)


def _check_references(one: Line, keys: Mapping[str, Line]) -> None:
    for name in ("reply_to", "repost_of", "quote_of"):
        other = getattr(one, name)
        if other is not None and (other not in keys or keys[other].channel != one.channel):
            raise ValueError(f"{one.key}: {name} {other} is no post on {one.channel}")
    if one.after_reply_to is not None and one.after_reply_to not in keys:
        raise ValueError(f"{one.key}: after_reply_to {one.after_reply_to} does not exist")
    seen, step = {one.key}, one.reply_to or one.after_reply_to or one.repost_of
    while step is not None:
        if step in seen:
            raise ValueError(f"{one.key}: waits for itself")
        seen.add(step)
        step = keys[step].reply_to or keys[step].after_reply_to or keys[step].repost_of


def _json_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in text.split("\n") if row.strip()]
