"""One account on X: polling mentions, search and our own posts, looking posts up, answering, and what each costs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

import structlog

from socialwatch.channels.x import compliance, position, wire
from socialwatch.channels.x.keys import Settings
from socialwatch.channels.x.prices import Bill, numbers, of_reply
from socialwatch.channels.x.reading import Reach, Reading
from socialwatch.channels.x.verdict import detail, judge
from socialwatch.channels.x.walk import Walk
from socialwatch.domain.channel import Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.errors import Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import Door, Site

log = structlog.get_logger(__name__)

_AT_ONCE = 100  # ids per lookup
_LOOK_PAGES = 5  # of our own timeline, when we look for a reply of minutes ago
_SKEW = timedelta(minutes=1)


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Source:
    """One list of posts: `token` is the name of its paging parameter, `each` what X charges for a post of it."""

    name: str
    route: str
    token: str
    each: int
    asking: Mapping[str, Any]


class X:
    kind = "x"

    def __init__(self, given: Settings, client: Any) -> None:
        self._settings, self._client = given, client
        self._signs = given.keys.signs
        self._door = Door(Site("X", given.base_url, secrets=given.keys.secrets), judge)
        self._door.mount(client.session)
        self._bill = Bill(_today)
        self._known: wire.Account | None = None
        self.like_price = given.prices.like if given.likes else None

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """Own mentions first (they cost a fifth of a search), then the search, then our own posts."""
        positions, seen, gap = position.load(cursor), set[str](), None
        reach = Reach(self._settings.overlap, self._settings.lookback)
        for source in self._sources():
            reading = Reading(partial(self._list, source), source.token, reach, positions.get(source.name))
            for document in reading.documents(now):
                positions |= _placed(source.name, reading)
                found = [one for one in self._mentions(document) if one.version_id not in seen]
                seen.update(str(one.version_id) for one in found)
                if found:
                    posts, mark = tuple(sorted(found, key=lambda one: one.created_at)), position.dump(positions)
                    lost = position.joined(gap, reading.gap)
                    yield Page(posts, gap=lost, cost=self._bill.take(), bookmark=mark)
            positions |= _placed(source.name, reading)
            gap = position.joined(gap, reading.gap)
        yield Page((), cursor=position.dump(positions), gap=gap, cost=self._bill.take())

    def behind(self, cursor: str) -> datetime | None:
        """Since when not everything was read, because a poll was cut off."""
        return position.behind(position.load(cursor))

    def lookup(self, ids: Sequence[str]) -> Looked:
        """A hundred ids per request. An old version leads to the newest one in a second request."""
        documents = self._look(ids)
        newer = [number for row in _rows(documents) if (number := wire.newest_version(row)) is not None]
        documents_of_newer = self._look(newer)
        mentions = {one.id: one for document in (*documents, *documents_of_newer) for one in self._mentions(document)}
        gone = dict.fromkeys(number for document in documents for number in wire.gone(document, ids))
        return Looked(tuple(mentions.values()), tuple(gone), self._bill.take())

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """One post, never repeated here. Refused with X's own sentence; Unanswered when X may have it."""
        target = mention.version_id or mention.id
        data = self._client.create_tweet(text=text, in_reply_to_tweet_id=target, user_auth=self._signs).get("data")
        if not isinstance(data, dict) or not data.get("id"):
            raise Unanswered("X nam het antwoord aan maar noemde geen nummer")
        written = str(data.get("text") or text)
        self._bill.made(of_reply(self._settings.prices, mention.can_reply, written))
        return self._sent(str(data["id"]))

    def withdraw(self, was: str) -> None:
        """X lets no app edit. Deleting stands on X's bill, as the post that comes instead does."""
        try:
            self._client.delete_tweet(was, user_auth=self._signs)
        except Unanswered as problem:
            raise Unavailable(str(problem)) from None  # deleting twice is deleting once

    def like(self, mention: Mention) -> int:
        """Ours under this post; a second one changes nothing. tweepy's own `like` reads our number from the token."""
        if self.like_price is None:
            raise Refused("Liken op X staat hier uit; X laat het alleen een app met een eigen contract doen")
        asked = {"tweet_id": mention.version_id or mention.id}
        route = f"/2/users/{self._account().id}/likes"
        told = self._client.request("POST", route, json=asked, user_auth=self._signs).json().get("data")
        if not isinstance(told, dict) or told.get("liked") is not True:
            raise Refused("X nam de like niet aan")
        self._bill.made(self.like_price)
        return self._bill.take()

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Looked for in our own timeline: same post answered, same text but for what X adds."""
        versions, wanted = {mention.id, mention.version_id}, wire.comparable(text)
        walk = Walk(partial(self._list, self._own_posts()), "pagination_token", None)
        pages = walk.documents({"start_time": wire.stamp(since - _SKEW)}, since)
        for one in (one for document in islice(pages, _LOOK_PAGES) for one in self._mentions(document)):
            if one.in_reply_to in versions and wire.comparable(one.text) == wanted:
                # It was paid for when nobody heard the answer, and has not been told yet.
                self._bill.made(of_reply(self._settings.prices, mention.can_reply, one.text))
                return self._sent(one.version_id or one.id)
        return None

    def can_reply(self, mention: Mention) -> bool:
        """X takes a reply by API only under a post whose author named or quoted the account."""
        return mention.can_reply and not mention.own and mention.channel == self.kind

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        raise Refused("Webhooks van X worden hier niet gebruikt")

    def begin_compliance(self, ids: Sequence[str], key: str) -> str:
        """A job of X's batch compliance. Unavailable while another one still runs; X runs one at a time."""
        return compliance.begin(self._compliance(), ids, key)

    def finish_compliance(self, job: str) -> Looked | None:
        """What X says must go. Posts that were edited are looked up at once and come back in `mentions`."""
        result = compliance.finish(self._compliance(), job)
        if result is None:
            return None
        looked = self.lookup(result.edited)
        return replace(looked, gone=tuple(dict.fromkeys((*result.gone, *looked.gone))))

    def check(self) -> list[Finding]:
        """Who are we, may we read, may we write, what is left. Reads five posts and two users at most, which cost."""
        probes = (self._check_account, self._check_reading, self._check_writing, self._check_usage)
        return [self._found(probe) for probe in probes]

    def _sources(self) -> Iterator[Source]:
        given, whose = self._settings, f"/2/users/{self._account().id}"
        yield Source("mentions", f"{whose}/mentions", "pagination_token", self._own_price(), {})
        if given.query:
            yield Source("search", "/2/tweets/search/recent", "next_token", given.prices.post, {"query": given.query})
        if given.own_posts:
            yield self._own_posts()

    def _own_posts(self) -> Source:
        route = f"/2/users/{self._account().id}/tweets"
        return Source("own", route, "pagination_token", self._own_price(), {"exclude": "retweets"})

    def _own_price(self) -> int:
        """X calls it an owned read only when the account that is read owns the developer app."""
        return self._settings.prices.owned if self._settings.owned else self._settings.prices.post

    def _compliance(self) -> compliance.Counter:
        given = self._settings
        return compliance.Counter(self._ask, given.base_url, given.keys.bearer_token)

    def _ask(self, method: str, route: str, query: dict[str, str] | None, body: dict[str, str] | None) -> wire.Fields:
        """One request of the app itself, for what X opens to no account."""
        answer: wire.Fields = self._client.request(method, route, params=query, json=body).json()
        return answer

    def _list(self, source: Source, asked: Mapping[str, str]) -> wire.Fields:
        size = {"max_results": self._settings.page_size}
        document = self._get(source.route, {**size, **source.asking, **asked, **self._asking})
        self._charge(document, source.each)
        return document

    def _look(self, ids: Sequence[str]) -> list[wire.Fields]:
        documents = []
        for start in range(0, len(ids), _AT_ONCE):
            asked = {"ids": ",".join(ids[start : start + _AT_ONCE]), **self._asking}
            documents.append(self._get("/2/tweets", asked))
            self._charge(documents[-1], self._settings.prices.post)
        return documents

    def _charge(self, document: wire.Fields, each: int) -> None:
        """The posts of an answer at `each`, and what came beside them (inferred: X's list does not mention it)."""
        beside, prices = wire.included(document), self._settings.prices
        self._bill.read("post", numbers(wire.rows(document)), each)
        self._bill.read("post", beside.posts, prices.post)
        self._bill.read("user", beside.users, prices.user)

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
                log.warning("x.unreadable_post", id=row.get("id"), reason=type(problem).__name__)

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
        self._bill.read("user", numbers(found), self._settings.prices.user)
        return str(found[0]["id"])

    def _sent(self, number: str) -> Sent:
        return Sent(number, f"https://x.com/{self._settings.username}/status/{number}", self._bill.take())

    def _found(self, probe: Callable[[], Finding]) -> Finding:
        try:
            found = probe()
        except SocialwatchError as problem:
            found = Finding(False, str(problem))
        return replace(found, cost=self._bill.take())

    def _check_account(self) -> Finding:
        account = self._account()
        return Finding(True, f"X: wij zijn @{account.username} (nummer {account.id})")

    def _check_reading(self) -> Finding:
        source = next(self._sources())
        self._charge(self._get(source.route, {"max_results": 5, **self._asking}), source.each)
        left = self._door.usage.headers.get("x-rate-limit-remaining", "onbekend")
        return Finding(True, f"X: lezen mag; nog {left} verzoeken in dit kwartier")

    def _check_writing(self) -> Finding:
        try:
            me = self._client.request("GET", "/2/users/me", user_auth=self._signs).json()
            self._bill.read("user", numbers(wire.rows(me)), self._settings.prices.user)
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

    def _check_usage(self) -> Finding:
        """How much of the month's cap is used. The credit itself no call tells: that stands in X's own console."""
        if self._settings.keys.bearer_token is None:
            return Finding(True, "X: wat er deze maand gelezen is, zegt X alleen tegen een bearer_token")
        data = self._ask("GET", "/2/usage/tweets", None, None).get("data")
        told = data if isinstance(data, dict) else {}
        used, cap = (str(told.get(name, "onbekend")) for name in ("project_usage", "project_cap"))
        return Finding(True, f"X: deze maand {used} van {cap} berichten gelezen; je tegoed staat op console.x.com")


def _placed(name: str, reading: Reading) -> dict[str, position.Position]:
    return {} if reading.position is None else {name: reading.position}


def _rows(documents: Iterable[wire.Fields]) -> Iterator[wire.Fields]:
    return (row for document in documents for row in wire.rows(document))
