"""The language of X's recent search, as far as a brand needs it, turned into a test on a post."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from socialwatch.playground.scene import Post, Scene
from socialwatch.playground.x import text

Test = Callable[[Scene, Post], bool]
LONGEST = 512

_TOKEN = re.compile(r'\s*(?:(-?)([()])|(-?)(?:([a-z_]+):)?(?:"([^"]*)"|([^\s()"]+)))')
_IS = ("retweet", "reply", "quote")
_ALONE_IS_NOT_ENOUGH = ("lang", "is", "has")


class BadQuery(ValueError):
    """The query cannot be read; the text says why, in X's own words."""


@dataclass(slots=True)
class _Reader:
    tokens: list[re.Match[str]]
    at: int = 0
    anchored: bool = False  # a query of nothing but filters is refused

    def next(self) -> re.Match[str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def is_or(self) -> bool:
        token = self.next()
        return token is not None and token[6] == "OR" and not token[4]

    def any_of(self) -> Test:
        choices = [self.all_of()]
        while self.is_or():
            self.at += 1
            choices.append(self.all_of())
        return lambda made, post: any(choice(made, post) for choice in choices)

    def all_of(self) -> Test:
        parts: list[Test] = []
        while (token := self.next()) is not None and token[2] != ")" and not self.is_or():
            self.at += 1
            parts.append(self.group(token) if token[2] else self.term(token))
        if not parts:
            raise BadQuery("There were errors processing your request: missing a clause (at position 1)")
        return lambda made, post: all(part(made, post) for part in parts)

    def group(self, opening: re.Match[str]) -> Test:
        inside = self.any_of()
        closing = self.next()
        if closing is None or closing[2] != ")":
            raise BadQuery("There were errors processing your request: missing ')' (at position 1)")
        self.at += 1
        return _negated(inside) if opening[1] else inside

    def term(self, token: re.Match[str]) -> Test:
        minus, operator = token[3], token[4]
        value = token[5] if token[5] is not None else token[6]
        if operator not in _ALONE_IS_NOT_ENOUGH and not minus:
            self.anchored = True
        test = _operator(operator, value) if operator else _words(value)
        return _negated(test) if minus else test


def parse(query: str, longest: int = LONGEST) -> Test:
    """The test that a query, or a rule of the stream, stands for; BadQuery when X would refuse it."""
    if not query.strip() or len(query) > longest:
        raise BadQuery(f"query length must be between 1 and {longest}")
    reader = _Reader(_tokens(query))
    test = reader.any_of()
    if reader.next() is not None:
        raise BadQuery("There were errors processing your request: extraneous input ')'")
    if not reader.anchored:
        raise BadQuery("Rules must contain at least one positive, non-stopword clause")
    return test


def _tokens(query: str) -> list[re.Match[str]]:
    found, at = [], 0
    while query[at:].strip():
        token = _TOKEN.match(query, at)
        if token is None:
            raise BadQuery(f"There were errors processing your request: no viable alternative (at position {at + 1})")
        found.append(token)
        at = token.end()
    return found


def _negated(test: Test) -> Test:
    return lambda made, post: not test(made, post)


def _operator(name: str, value: str) -> Test:
    wanted = value.lower().lstrip("@")
    tests: dict[str, Test] = {
        "from": lambda made, post: wanted in (post.author.username.lower(), post.author.id),
        "to": lambda made, post: post.parent is not None and made.posts[post.parent].author.username.lower() == wanted,
        "lang": lambda made, post: text.language(post) == wanted,
        "url": lambda made, post: any(wanted in url.lower() for url in text.urls(made, post)),
        "conversation_id": lambda made, post: made.posts[post.root].first_id == value,
        "is": lambda made, post: _is(value, post),
        "has": lambda made, post: value in text.entities(made, post, text.full_text(made, post)),
    }
    if name not in tests or (name == "is" and value not in _IS):
        raise BadQuery(f"There were errors processing your request: Reference to invalid operator '{name}:{value}'")
    return tests[name]


def _is(value: str, post: Post) -> bool:
    return {"retweet": post.repost_of, "reply": post.parent, "quote": post.quote_of}[value] is not None


def _words(value: str) -> Test:
    if value.startswith("@"):
        return lambda made, post: value[1:].lower() in text.mentioned(made, post)
    wanted = _split(value)
    if not wanted:
        raise BadQuery(f"There were errors processing your request: '{value}' has no word in it")
    size = len(wanted)

    def found(made: Scene, post: Post) -> bool:
        words = _split(post.text)
        return any(words[at : at + size] == wanted for at in range(len(words) - size + 1))

    return found


def _split(value: str) -> list[str]:
    return re.findall(r"\w+", value.lower())
