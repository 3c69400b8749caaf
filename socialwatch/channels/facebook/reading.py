"""How the lists of a page are read: its posts with their comments, to the end and as much at a time as Meta allows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog

from socialwatch.channels.facebook import lists, wire
from socialwatch.channels.facebook.keys import Settings
from socialwatch.channels.facebook.verdict import NotAllowed, NotThere, TooMuch
from socialwatch.domain.mention import Mention
from socialwatch.errors import Halted

log = structlog.get_logger(__name__)

FEED, TAGGED = "feed", "tagged"
_UNDER = {"fields": wire.COMMENT, "filter": "stream", "order": "chronological"}


class Graph(Protocol):
    """What is needed of facebook-sdk."""

    def get_connections(self, id: str, connection_name: str, **args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """Each method asks Graph while its iterator is followed, and raises what asking raises."""

    graph: Graph
    settings: Settings

    @property
    def account(self) -> tuple[str, str]:
        """The page's id, and the brand."""
        return self.settings.page_id, self.settings.brand

    def post(self, row: wire.Fields) -> Mention:
        """Raises ValueError when it cannot be read."""
        return wire.post(row, *self.account)

    def rows(self, edge: str, since: datetime) -> Iterator[list[wire.Fields]]:
        """The posts of one list since then, newest first; also from a server that takes no notice of `since`.

        Those of the feed bring their first comments. A feed that is closed to us raises Halted: we would see nothing.
        """
        asked = {"fields": wire.FEED if edge == FEED else wire.POST, "since": str(int(since.timestamp()))}
        try:
            for rows in lists.pages(partial(self._list, self.settings.page_id, edge), asked):
                young = lists.since(rows, since)
                yield young
                if rows and not young:
                    return
        except NotAllowed as problem:
            if edge == FEED:
                raise Halted(str(problem)) from None
            log.warning("facebook.list_refused", edge=edge, reason=str(problem))

    def comments(self, post: Mention, row: wire.Fields) -> Iterator[list[Mention]]:
        """All comments under a post: those that came along, then the rest. One that is closed to us, or just gone,
        does not stop the poll.
        """
        nested = row.get("comments")
        rows = nested.get("data") if isinstance(nested, Mapping) else None
        try:
            if not isinstance(nested, Mapping) or not isinstance(rows, list):
                yield from self.under(post.id)
                return
            yield self._read([one for one in rows if isinstance(one, Mapping)], post.id)
            following = wire.next_place(nested.get("paging"))
            if following is not None:
                yield from self.under(post.id, following)
        except (NotAllowed, NotThere) as problem:
            log.warning("facebook.comments_refused", post=post.id, reason=str(problem))

    def under(self, place: str, begin: lists.Place | None = None) -> Iterator[list[Mention]]:
        """The comments under a post, or the replies under a comment, oldest first."""
        for rows in lists.pages(partial(self._list, place, "comments"), _UNDER, begin):
            yield self._read(rows, place)

    def _read(self, rows: list[wire.Fields], post_id: str) -> list[Mention]:
        return list(lists.parsed(rows, partial(wire.comment, post_id=post_id, account=self.account)))

    def _list(self, node: str, edge: str, asked: Mapping[str, str]) -> Any:
        """One page of a list; a shorter one when Meta finds it too much."""
        limit = self.settings.page_size
        while True:
            try:
                return self.graph.get_connections(node, edge, limit=limit, **asked)
            except TooMuch:
                if limit == 1:
                    raise
            limit = max(1, limit // 4)
