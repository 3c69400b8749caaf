"""X's API v2 as it looks on the wire: what we ask for, and how a post becomes a mention. No sockets here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from socialwatch.domain.mention import Author, Mention, Metrics, clean

Fields = Mapping[str, Any]

_EPOCH = 1_288_834_974_657  # milliseconds; X's ids count from here in their upper bits (snowflakes)
_PLAUSIBLE = (datetime(2010, 11, 5, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_REPOSTS = ("retweeted", "reposted")
_BRAND_POST = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(\w+)/status/\d+", re.IGNORECASE)
_LEADING_HANDLES = re.compile(r"^(?:\s*@\w+)+")
_LINK = re.compile(r"https?://\S+")
_FIELDS = "id,text,created_at,lang,conversation_id,public_metrics,entities,edit_controls,possibly_sensitive,withheld"
_USER_FIELDS = "id,username,name,public_metrics"


# How a request names things. X renamed its REST fields in August 2026 (OpenAPI 2.166 → 2.167); in 2.167 author,
# references and history are expansions only, no longer fields. Answers are read in both spellings, whatever was asked.
_TWEET_ONLY = "author_id,in_reply_to_user_id,referenced_tweets,edit_history_tweet_ids,note_tweet"
SPELLINGS: Mapping[str, Fields] = {
    "tweet": {
        "tweet.fields": f"{_FIELDS},{_TWEET_ONLY}",
        "expansions": "author_id,referenced_tweets.id",
        "user.fields": _USER_FIELDS,
    },
    "post": {
        "post.fields": f"{_FIELDS},note_post",
        "expansions": "author_id,referenced_posts,edit_history_post_ids",
        "user.fields": _USER_FIELDS,
    },
}


@dataclass(frozen=True, slots=True)
class Account:
    """The brand's account: `username` without @, in lower case."""

    brand: str
    username: str
    id: str


@dataclass(frozen=True, slots=True)
class Included:
    """What an answer carries beside its posts, by id."""

    users: Mapping[str, Fields] = field(default_factory=dict)
    posts: Mapping[str, Fields] = field(default_factory=dict)


def rows(document: Fields) -> list[Fields]:
    """The posts of an answer, whether `data` is a list, one post or absent."""
    data = document.get("data")
    listed = data if isinstance(data, list) else [data]
    return [row for row in listed if isinstance(row, Mapping)]


def meta(document: Fields) -> Fields:
    """What an answer says about itself: newest_id, next_token, result_count."""
    said = document.get("meta")
    return said if isinstance(said, Mapping) else {}


def included(document: Fields) -> Included:
    """The users and posts of `includes`."""
    beside = document.get("includes")
    if not isinstance(beside, Mapping):
        return Included()
    return Included(_by_id(beside.get("users")), _by_id(beside.get("posts") or beside.get("tweets")))


def mention(post: Fields, beside: Included, account: Account) -> Mention:
    """One post as a mention. Raises ValueError when it has no id, text or moment."""
    version, history = _text(post, "id"), _history(post)
    author = _author(post, beside)
    references = _references(post)
    return Mention(
        channel="x",
        id=history[0] if history else version,
        version_id=version,
        text=clean(unescape(full_text(post))),
        created_at=moment(post),
        author=author,
        url=f"https://x.com/{author.handle if author and author.handle else 'i'}/status/{version}",
        conversation_id=_optional(post, "conversation_id"),
        in_reply_to=references.get("replied_to"),
        metrics=_metrics(post.get("public_metrics") or {}),
        own=author is not None and author.id == account.id,
        repost=any(kind in references for kind in _REPOSTS),
        may_train=False,  # X's developer agreement forbids training on its content
        can_reply=_summoned(post, beside, account),
        brand=account.brand,
    )


def full_text(post: Fields) -> str:
    """The whole text: `text` of a long post is cut, its note is not. Raises ValueError without text."""
    note = _either(post, "note_post", "note_tweet")
    if isinstance(note, Mapping) and note.get("text"):
        return _text(note, "text")
    text = post.get("text")
    if not isinstance(text, str):
        raise ValueError("text ontbreekt")
    return text


def unescape(text: str) -> str:
    """X escapes these three and nothing else."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def newest_version(post: Fields) -> str | None:
    """The id of the newest version, when this is an older one."""
    ids = [one for one in _history(post) if one.isdigit()]
    newest = max(ids, key=int, default=None)
    return newest if newest is not None and newest != post.get("id") else None


def gone(document: Fields, asked: Iterable[str]) -> tuple[str, ...]:
    """The asked ids that X reports as not there (any more), or as hidden from us: both must leave our store."""
    wanted, found = set(asked), []
    errors = document.get("errors")
    for problem in [one for one in errors if isinstance(one, Mapping)] if isinstance(errors, list) else []:
        kind = str(problem.get("type", "")).rpartition("/")[2]  # the host of the type has moved once already
        number = str(problem.get("resource_id") or problem.get("value") or "")
        if kind in ("resource-not-found", "not-authorized-for-resource") and number in wanted:
            found.append(number)
    return tuple(dict.fromkeys(found))


def problems(document: Fields) -> set[str]:
    """The kinds of the errors in an answer: the last parts of their types."""
    errors = document.get("errors")
    listed = [one for one in errors if isinstance(one, Mapping)] if isinstance(errors, list) else []
    return {str(one.get("type", "")).rpartition("/")[2] for one in listed}


def comparable(text: str) -> str:
    """A text without what X adds or changes on its way: leading handles, shortened links, spacing, case."""
    bare = _LINK.sub("", _LEADING_HANDLES.sub("", text))
    return " ".join(bare.split()).casefold()


def query(words: Iterable[str]) -> str:
    """The recent-search query for these words; retweets are left out. "" without words."""
    bare = [word.replace('"', "").strip() for word in words]
    wanted = [f'"{word}"' if re.search(r"[^\w@#]", word) else word for word in bare if word]
    return f"({' OR '.join(wanted)}) -is:retweet" if wanted else ""


def moment(post: Fields) -> datetime:
    """When a post was made: its own word, or that of its id. Raises ValueError when neither can be read."""
    given = post.get("created_at")
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else moment_of(_text(post, "id"))
        if at is not None and at.utcoffset() is not None:
            return at.astimezone(UTC)
    except OverflowError:
        pass
    raise ValueError("created_at ontbreekt of is geen tijdstip")


def moment_of(number: str) -> datetime | None:
    """When a snowflake id was made; None when it is no snowflake."""
    if not number.isdigit() or len(number) > 19:
        return None
    at = datetime.fromtimestamp(((int(number) >> 22) + _EPOCH) / 1000, UTC)
    return at if _PLAUSIBLE[0] <= at <= _PLAUSIBLE[1] else None


def id_at(at: datetime) -> str:
    """The smallest snowflake id of that moment."""
    return str(max(0, int(at.timestamp() * 1000) - _EPOCH) << 22)


def stamp(at: datetime) -> str:
    """A moment as X wants it in a query."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _summoned(post: Fields, beside: Included, account: Account) -> bool:
    """Since 2026-02-23 X takes a reply by API only when the author named the account or quoted a post of it."""
    note = _either(post, "note_post", "note_tweet") or {}
    for entities in (post.get("entities") or {}, note.get("entities") or {}):
        for one in entities.get("mentions") or []:
            if str(one.get("username", "")).lower() == account.username or one.get("id") == account.id:
                return True
    quoted = _references(post).get("quoted")
    if quoted is None:
        return False
    original = beside.posts.get(quoted)
    return original.get("author_id") == account.id if original else _links_to(post, account)


def _links_to(post: Fields, account: Account) -> bool:
    """Whether a link of the post leads to a post of the account: how a quote shows itself without expansion."""
    links = (post.get("entities") or {}).get("urls") or []
    found = (_BRAND_POST.match(str(link.get("expanded_url", ""))) for link in links)
    return any(match is not None and match[1].lower() == account.username for match in found)


def _history(post: Fields) -> list[str]:
    history = _either(post, "edit_history_post_ids", "edit_history_tweet_ids")
    return [str(one) for one in history] if isinstance(history, list) else []


def _references(post: Fields) -> dict[str, str]:
    references = _either(post, "referenced_posts", "referenced_tweets") or []
    return {str(one["type"]): str(one["id"]) for one in references}


def _author(post: Fields, beside: Included) -> Author | None:
    number = _optional(post, "author_id")
    if number is None:
        return None
    user = beside.users.get(number, {})
    followers = _count(user.get("public_metrics") or {}, "followers_count")
    return Author(number, _optional(user, "username"), _optional(user, "name"), followers)


def _metrics(counts: Fields) -> Metrics:
    reposts = _count(counts, "repost_count" if "repost_count" in counts else "retweet_count")
    return Metrics(likes=_count(counts, "like_count"), reposts=reposts, replies=_count(counts, "reply_count"))


def _count(counts: Fields, name: str) -> int | None:
    value = counts.get(name)
    return value if isinstance(value, int) and value >= 0 else None


def _either(post: Fields, new: str, old: str) -> Any:
    return post[new] if post.get(new) is not None else post.get(old)


def _text(post: Fields, name: str) -> str:
    value = post.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} ontbreekt")
    return value


def _optional(post: Fields, name: str) -> str | None:
    value = post.get(name)
    return clean(str(value)) if isinstance(value, str | int) and value != "" else None


def _by_id(listed: Any) -> dict[str, Fields]:
    rows = listed if isinstance(listed, list) else []
    return {str(one["id"]): one for one in rows if isinstance(one, Mapping) and "id" in one}
