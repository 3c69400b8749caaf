"""One HTTP request and one answer, plain enough to be made and read without a socket."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import parse_qsl

Ending = Literal["answer", "hang up"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request with its prefix cut off. `query` and `form` keep the last value of a repeated name; `host` is ours."""

    method: str
    path: str
    pairs: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes = b""
    host: str = "127.0.0.1"
    prefix: str = ""

    @property
    def query(self) -> dict[str, str]:
        return dict(self.pairs)

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form body; empty for any other body."""
        if "form-urlencoded" not in self.headers.get("content-type", ""):
            return {}
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> Any:
        """The body as JSON; ValueError when it is none."""
        return json.loads(self.body.decode("utf-8"))


class Feed(Protocol):
    """A body without end, part by part; an empty part is a moment in which nothing came. Closed by who sends it."""

    def __iter__(self) -> Iterator[bytes]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `ending` "hang up" closes the connection without a byte; `wait` holds it back, in seconds.

    A `feed` takes the place of the body, and the connection stays open until it ends.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    ending: Ending = "answer"
    wait: float = 0.0
    feed: Feed | None = None


def json_answer(status: int, content: Any, headers: Mapping[str, str] | None = None, *, kind: str = "json") -> Answer:
    """A JSON answer. Everything beyond ASCII is escaped, so that a lone surrogate in a post can travel too."""
    body = json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return Answer(status, body, {"content-type": f"application/{kind}; charset=utf-8", **(headers or {})})
