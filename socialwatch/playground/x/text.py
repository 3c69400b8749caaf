"""How X writes a post down: escaped, links shortened, long ones cut, with the entities and the language it found."""

import base64
import html
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from socialwatch.playground.scene import Post, Scene
from socialwatch.playground.script import Profile

LONGEST = 280
_URL = re.compile(r"https?://\S+")
_MENTION = re.compile(r"(?<![\w@])@([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_])")
_HASHTAG = re.compile(r"(?<![\w#])#(\w*[^\W\d_]\w*)")
_WORD = re.compile(r"[^\W\d_]+")
_IN_ENGLISH = "the and is of you your my this that was for are with not they have what great love"
_IN_DUTCH = "de het een en ik is van je niet dat die voor met op mijn te zijn jullie maar wat was geen nog al"
_ENGLISH, _DUTCH = frozenset(_IN_ENGLISH.split()), frozenset(_IN_DUTCH.split())


def full_text(made: Scene, post: Post) -> str:
    """The whole text as X gives it: <, > and & escaped, links shortened."""
    return _URL.sub(lambda found: short(found[0]), _escape(_raw(made, post)))


def cut_text(made: Scene, post: Post) -> str:
    """The field `text`: the first 280 characters of a long post, with an ellipsis."""
    text = full_text(made, post)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def mentioned(made: Scene, post: Post) -> list[str]:
    """The lower-case handles that a post names."""
    return [name.lower() for name in _MENTION.findall(_raw(made, post))]


def urls(made: Scene, post: Post) -> list[str]:
    """The links in a post as they were before shortening."""
    return _URL.findall(_raw(made, post))


def entities(made: Scene, post: Post, text: str) -> dict[str, Any]:
    """Handles, hashtags and links with their places in `text`; kinds that do not occur are left out."""
    users = {profile.username.lower(): profile for (on, _), profile in made.script.profiles.items() if on == "x"}
    links = {short(url): url for url in urls(made, post)}
    found = {
        "mentions": _spans(_MENTION, text, lambda name: _mention(name, users.get(name.lower()))),
        "hashtags": _spans(_HASHTAG, text, lambda tag: {"tag": tag}),
        "urls": _spans(re.compile(r"(https://t\.co/\w+)"), text, lambda url: _link(url, links.get(url, url))),
    }
    return {kind: spans for kind, spans in found.items() if spans}


def language(post: Post) -> str:
    """What X would take this for: the script's word, or a guess between Dutch, English and nothing to go by."""
    words = [word.lower() for word in _WORD.findall(_MENTION.sub("", _URL.sub("", post.text)))]
    if post.lang is not None:
        return post.lang
    if not words:
        return "zxx"
    english, dutch = (sum(word in known for word in words) for known in (_ENGLISH, _DUTCH))
    return "en" if english > dutch else "nl"


def weight(text: str) -> int:
    """The length of a text as X counts it: a link is 23, and what is neither Latin nor punctuation counts double."""
    rest, links = _URL.subn("", text)
    return 23 * links + sum(1 if _is_light(ord(sign)) else 2 for sign in rest)


def _is_light(code: int) -> bool:
    return code <= 4351 or 8192 <= code <= 8205 or 8208 <= code <= 8223 or 8242 <= code <= 8247


def short(url: str) -> str:
    """The same short link for the same address, always."""
    name = base64.b32encode(sha256(url.encode("utf-8", "replace")).digest())[:10].decode()
    return f"https://t.co/{name}"


def _raw(made: Scene, post: Post) -> str:
    if post.repost_of is None:
        return post.text
    original = made.posts[post.repost_of]
    text = f"RT @{original.author.username}: {original.text}"
    return text if len(text) <= 140 else text[:139] + "…"


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _spans(pattern: re.Pattern[str], text: str, describe: Callable[[str], dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"start": found.start(), "end": found.end(), **describe(found[1])} for found in pattern.finditer(text)]


def _mention(name: str, profile: Profile | None) -> dict[str, Any]:
    return {"username": name} if profile is None else {"username": name, "id": profile.id}


def _link(url: str, expanded: str) -> dict[str, Any]:
    return {"url": url, "expanded_url": expanded, "display_url": expanded.split("//", 1)[1][:30]}
