"""X: mentions of the account and searches for the brand's name in, replies out, through tweepy.

Section: brand, username, user_id (looked up when absent), bearer_token, consumer_key, consumer_secret, access_token,
access_token_secret (all four: signed replies), base_url, search (list of words), own_posts (true: what the account
itself posts comes in too), spelling ("post" or "tweet"), page_size (10 to 100), overlap_minutes, lookback_hours (how
far back the first poll goes, 168 at most). The constructor asks nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

import structlog
import tweepy

from socialwatch.channels.x import position, wire
from socialwatch.channels.x.keys import Settings, settings
from socialwatch.channels.x.verdict import detail, judge
from socialwatch.channels.x.walk import Walk
from socialwatch.domain.channel import Channel, Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.errors import Misconfigured, Refused, SocialwatchError, Unanswered
from socialwatch.outgoing import Door, Site

log = structlog.get_logger(__name__)

_AT_ONCE = 100  # ids per lookup
_LOOK_PAGES = 5  # of our own timeline, when we look for a reply of minutes ago
_SKEW = timedelta(minutes=1)


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one account. Raises Misconfigured naming the key."""
    return X(settings(section))


class Client(tweepy.Client):  # type: ignore[misc]  # tweepy carries no types
    """tweepy, with the host a setting, no header in any log, and errors left to the door.

    tweepy 4.17 writes its host inside `request` and prints the Authorization header at DEBUG. Signing for the address
    that is really asked also keeps OAuth 1.0a valid on api.x.com.
    """

    host = ""

    def request(self, method: str, route: str, params: Any = None, json: Any = None, user_auth: bool = False) -> Any:
        headers, auth = {"User-Agent": self.user_agent}, None
        if user_auth:
            keys = (self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret)
            auth = tweepy.OAuth1UserHandler(*keys).apply_auth()
        else:
            headers["Authorization"] = f"Bearer {self.bearer_token}"
        return self.session.request(
            method, self.host + route, params=params, json=json, headers=headers, auth=auth, allow_redirects=False
        )


@dataclass(frozen=True, slots=True)
class Source:
    """One list of posts: `token` is the name of its paging parameter."""

    name: str
    route: str
    token: str
    asking: Mapping[str, Any]


class X:
    kind = "x"

    def __init__(self, given: Settings) -> None:
        self._settings = given
        self._signs = given.keys.signs
        self._client = Client(**given.keys.named(), return_type=dict, wait_on_rate_limit=False)
        self._client.host = given.base_url
        self._door = Door(Site("X", given.base_url, secrets=given.keys.secrets), judge)
        self._door.mount(self._client.session)
        self._known: wire.Account | None = None

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """Own mentions first (they cost a fifth of a search), then the search, then our own posts."""
        positions, seen, gap = position.load(cursor), set[str](), None
        for source in self._sources():
            walk = Walk(partial(self._list, source), source.token, positions.get(source.name))
            for document in walk.documents(self._window(walk, now), now):
                found = [one for one in self._mentions(document) if one.version_id not in seen]
                seen.update(str(one.version_id) for one in found)
                if found:
                    yield Page(tuple(sorted(found, key=lambda one: one.created_at)))
            if walk.position is not None:
                positions[source.name] = walk.position
            gap = position.joined(gap, walk.gap)
        yield Page((), cursor=position.dump(positions), gap=gap)

    def lookup(self, ids: Sequence[str]) -> Looked:
        """A hundred ids per request. An old version leads to the newest one in a second request."""
        documents = self._look(ids)
        newer = [number for row in _rows(documents) if (number := wire.newest_version(row)) is not None]
        documents_of_newer = self._look(newer)
        mentions = {one.id: one for document in (*documents, *documents_of_newer) for one in self._mentions(document)}
        gone = dict.fromkeys(number for document in documents for number in wire.gone(document, ids))
        return Looked(tuple(mentions.values()), tuple(gone))

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """One post, never repeated here. Refused with X's own sentence; Unanswered when X may have it."""
        target = mention.version_id or mention.id
        data = self._client.create_tweet(text=text, in_reply_to_tweet_id=target, user_auth=self._signs).get("data")
        if not isinstance(data, dict) or not data.get("id"):
            raise Unanswered("X nam het antwoord aan maar noemde geen nummer")
        return self._sent(str(data["id"]))

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Looked for in our own timeline: same post answered, same text but for what X adds."""
        versions, wanted = {mention.id, mention.version_id}, wire.comparable(text)
        walk = Walk(partial(self._list, self._own_posts()), "pagination_token", None)
        pages = walk.documents({"start_time": wire.stamp(since - _SKEW)}, since)
        for one in (one for document in islice(pages, _LOOK_PAGES) for one in self._mentions(document)):
            if one.in_reply_to in versions and wire.comparable(one.text) == wanted:
                return self._sent(one.version_id or one.id)
        return None

    def can_reply(self, mention: Mention) -> bool:
        """X takes a reply by API only under a post whose author named or quoted the account."""
        return mention.can_reply and not mention.own and mention.channel == self.kind

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        raise Refused("Webhooks van X worden hier niet gebruikt")

    def check(self) -> list[Finding]:
        """Who are we, may we read, may we write. Reads five posts at most, which X may bill."""
        findings = []
        for probe in (self._check_account, self._check_reading, self._check_writing):
            try:
                findings.append(probe())
            except SocialwatchError as problem:
                findings.append(Finding(False, str(problem)))
        return findings

    def _sources(self) -> Iterator[Source]:
        yield Source("mentions", f"/2/users/{self._account().id}/mentions", "pagination_token", {})
        if self._settings.query:
            yield Source("search", "/2/tweets/search/recent", "next_token", {"query": self._settings.query})
        if self._settings.own_posts:
            yield self._own_posts()

    def _own_posts(self) -> Source:
        return Source("own", f"/2/users/{self._account().id}/tweets", "pagination_token", {"exclude": "retweets"})

    def _window(self, walk: Walk, now: datetime) -> dict[str, str]:
        return position.window(walk.position, now, self._settings.overlap, self._settings.lookback)

    def _list(self, source: Source, asked: Mapping[str, str]) -> wire.Fields:
        return self._get(
            source.route, {"max_results": self._settings.page_size, **source.asking, **asked, **self._asking}
        )

    def _look(self, ids: Sequence[str]) -> list[wire.Fields]:
        chunks = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        return [self._get("/2/tweets", {"ids": ",".join(chunk), **self._asking}) for chunk in chunks]

    @property
    def _asking(self) -> wire.Fields:
        return wire.SPELLINGS[self._settings.spelling]

    def _get(self, route: str, params: Mapping[str, Any]) -> wire.Fields:
        """tweepy's named calls know the old spelling only and warn at each new one, so reads use its `request`."""
        signs = self._signs and not self._settings.keys.bearer_token
        answer: wire.Fields = self._client.request("GET", route, params=dict(params), user_auth=signs).json()
        return answer

    def _mentions(self, document: wire.Fields) -> Iterator[Mention]:
        beside, account = wire.included(document), self._account()
        for row in wire.rows(document):
            try:
                yield wire.mention(row, beside, account)
            except (ValueError, TypeError, KeyError, AttributeError) as problem:
                log.warning("x.unreadable_post", id=row.get("id"), reason=f"{type(problem).__name__}: {problem}")

    def _account(self) -> wire.Account:
        """Ourselves, asked once: the id decides what is our own."""
        if self._known is None:
            given = self._settings
            number = given.user_id or self._who(given.username)
            self._known = wire.Account(given.brand, given.username, number)
        return self._known

    def _who(self, username: str) -> str:
        document = self._get(f"/2/users/by/username/{username}", {})
        found = wire.rows(document)
        if not found:
            raise Misconfigured(f"username van kanaal x: X kent @{username} niet ({detail(dict(document))})")
        return str(found[0]["id"])

    def _sent(self, number: str) -> Sent:
        return Sent(number, f"https://x.com/{self._settings.username}/status/{number}")

    def _check_account(self) -> Finding:
        account = self._account()
        return Finding(True, f"X: wij zijn @{account.username} (nummer {account.id})")

    def _check_reading(self) -> Finding:
        source = next(self._sources())
        self._get(source.route, {"max_results": 5, **self._asking})
        left = self._door.usage.headers.get("x-rate-limit-remaining", "onbekend")
        return Finding(True, f"X: lezen mag; nog {left} verzoeken in dit kwartier")

    def _check_writing(self) -> Finding:
        try:
            me = self._client.request("GET", "/2/users/me", user_auth=self._signs).json()
        except Refused:
            if self._signs:
                raise
            return Finding(
                False, "X: antwoorden kan niet; bearer_token is van de app en consumer_key en de rest ontbreken"
            )
        name = str((me.get("data") or {}).get("username", "")).lower()
        if name != self._settings.username:
            return Finding(False, f"X: de sleutels zijn van @{name}, niet van @{self._settings.username}")
        if self._door.usage.headers.get("x-access-level", "read-write") == "read":
            return Finding(False, "X: antwoorden mag niet; de app heeft alleen leesrechten")
        return Finding(True, "X: antwoorden mag, onder berichten die het merk noemen of aanhalen")


def _rows(documents: Iterable[wire.Fields]) -> Iterator[wire.Fields]:
    return (row for document in documents for row in wire.rows(document))
