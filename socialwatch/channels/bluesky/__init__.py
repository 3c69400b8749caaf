"""Bluesky: mentions, replies and quotes of the account and searches for the brand's name in, replies out.

Section: brand, handle, app_password, base_url (the account's server, https://bsky.social), search (list of words),
own_posts (true: what the account itself posts comes in too), page_size (1 to 100), overlap_minutes, lookback_hours (how
far back the first poll goes). The constructor asks nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from socialwatch.channels.bluesky import wire
from socialwatch.channels.bluesky.keys import Settings, settings
from socialwatch.channels.bluesky.session import Session, facets
from socialwatch.channels.bluesky.verdict import Taken
from socialwatch.domain import walk
from socialwatch.domain.channel import Channel, Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.domain.walk import Stretch, Walk
from socialwatch.domain.weight import graphemes
from socialwatch.errors import Refused, SocialwatchError, Unanswered, Unavailable

log = structlog.get_logger(__name__)

LONGEST = 300  # graphemes, lexicon app.bsky.feed.post
_AT_ONCE = 25  # addresses per getPosts
_REASONS = ("mention", "reply", "quote")
_LOOK_PAGES = 3  # of our own newest posts, when we look for a reply of minutes ago
_SKEW = timedelta(minutes=1)


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one account. Raises Misconfigured naming the key."""
    return Bluesky(settings(section))


@dataclass(frozen=True, slots=True)
class Source:
    """One list of posts, newest first."""

    name: str
    ask: Callable[[str | None, datetime], Stretch]


class Bluesky:
    kind = "bluesky"
    like_price: int | None = 0

    def __init__(self, given: Settings) -> None:
        self._settings = given
        self._session = Session(given)

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """Who speaks to us first, then the search, then our own posts. Nothing here costs money."""
        positions, seen, gap = walk.load(cursor), set[str](), None
        for source in self._sources():
            begun = positions.get(source.name, now - self._settings.lookback + self._settings.overlap)
            until = begun - self._settings.overlap
            reading = Walk(lambda bookmark, ask=source.ask, until=until: ask(bookmark, until), until)  # type: ignore[misc]
            for stretch in reading.stretches():
                fresh = [one for one in stretch.mentions if one.version_id not in seen]
                seen.update(str(one.version_id) for one in fresh)
                if fresh:
                    yield Page(tuple(sorted(fresh, key=lambda one: one.created_at)))
            positions[source.name] = min(max(reading.newest or begun, begun), max(now, begun))
            gap = gap or reading.gap
        yield Page((), cursor=walk.dump(positions), gap=gap)

    def lookup(self, ids: Sequence[str]) -> Looked:
        """25 addresses per request. What is missing from the answer is deleted, or its author or ours is gone."""
        asked = {wire.bare(version): version for version in ids}
        views = self._views(list(asked))
        mentions = tuple(self._mentions(views.values()))
        return Looked(mentions, tuple(version for uri, version in asked.items() if uri not in views))

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """One record under a name that follows from `key`, made only when there is none: a repeat gives the first back.

        Raises Refused when the post is gone, answers are closed or the text is too long; Unanswered when the server
        may have it.
        """
        if graphemes(text) > LONGEST:
            raise Refused(f"Dit antwoord is te lang voor Bluesky: er passen {LONGEST} tekens in")
        view = self._views([mention.id]).get(mention.id)
        if view is None:
            raise Refused("Dit bericht staat niet meer op Bluesky")
        if (view.get("viewer") or {}).get("replyDisabled"):
            raise Refused("De afzender heeft antwoorden onder dit bericht uitgezet")
        name, record = wire.record_key(mention, key), self._record(view, text, mention)
        try:
            made = self._session.procedure("com.atproto.repo.putRecord", self._put(name, record))
        except Taken:
            return self._first(name, text)
        if not isinstance(made.get("uri"), str):
            raise Unanswered("Bluesky nam het antwoord aan maar noemde geen adres")
        return self._sent(made["uri"])

    def withdraw(self, was: str) -> None:
        """An edited record shows the old words in most places, so it goes."""
        gone = {"repo": self._session.did(), "collection": wire.POSTS, "rkey": was.rpartition("/")[2]}
        try:
            self._session.procedure("com.atproto.repo.deleteRecord", gone)
        except Unanswered as problem:
            raise Unavailable(str(problem)) from None  # deleting twice is deleting once

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Looked for in our own repository, where it stands at once: beside the mention's moment, and on top."""
        beside: Mapping[str, Any] = {"cursor": wire.after_keys(mention), "limit": 25}
        for place in (beside, {"limit": 100}):
            for row in self._own_records(place):
                if wire.answers(row, mention.id, since - _SKEW) and wire.same_text(row, text):
                    return self._sent(wire.text(row, "uri"))
        return None

    def can_reply(self, mention: Mention) -> bool:
        """Anybody may answer, unless the thread's author closed it to us."""
        return mention.can_reply and not mention.own and mention.channel == self.kind

    def like(self, mention: Mention) -> int:
        """A record under a name that follows from the post, made only when we have none: a repeat changes nothing."""
        view = self._views([mention.id]).get(mention.id)
        if view is None:
            raise Refused("Dit bericht staat niet meer op Bluesky")
        if (view.get("viewer") or {}).get("like"):
            return 0
        subject = {"uri": view.get("uri"), "cid": view.get("cid")}
        record = {"$type": wire.LIKES, "subject": subject, "createdAt": wire.stamp(datetime.now(UTC))}
        given = self._put(wire.record_key(mention, wire.LIKES), record) | {"collection": wire.LIKES}
        with suppress(Taken):
            self._session.procedure("com.atproto.repo.putRecord", given)
        return 0

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        raise Refused("Bluesky kent geen webhooks")

    def check(self) -> list[Finding]:
        """Who are we, may we read, may we write. Writes nothing."""
        findings = []
        for probe in (self._check_account, self._check_reading, self._check_writing):
            try:
                findings.append(probe())
            except SocialwatchError as problem:
                findings.append(Finding(False, str(problem)))
        return findings

    def _sources(self) -> Iterator[Source]:
        yield Source("notifications", self._notifications)
        for word in self._settings.search:
            yield Source(f"search {word}", lambda bookmark, until, word=word: self._search(word, bookmark, until))  # type: ignore[misc]
        if self._settings.own_posts:
            yield Source("own", self._own_posts)

    def _notifications(self, bookmark: str | None, until: datetime) -> Stretch:
        """A notification holds the record without its thread's rules or counters, so each post is fetched beside it."""
        asked = {"reasons": list(_REASONS), "limit": self._settings.page_size} | _at(bookmark)
        document = self._session.query("app.bsky.notification.listNotifications", asked)
        listed = wire.rows(_with(document, "notifications"), "notifications")
        moments = [wire.listed_at(one) for one in listed]
        young = [one for one, at in zip(listed, moments, strict=True) if at is None or at >= until]
        wanted = [str(one["uri"]) for one in young if one.get("reason") in _REASONS and one.get("uri")]
        return _stretch(document, moments, self._mentions(self._views(wanted).values()))

    def _search(self, word: str, bookmark: str | None, until: datetime) -> Stretch:
        quoted = f'"{word}"' if " " in word else word
        asked = {"q": quoted, "sort": "latest", "since": wire.stamp(until), "limit": self._settings.page_size}
        document = self._session.query("app.bsky.feed.searchPosts", asked | _at(bookmark))
        return self._posts(document, wire.rows(_with(document, "posts"), "posts"), until)

    def _own_posts(self, bookmark: str | None, until: datetime) -> Stretch:
        asked = {"actor": self._session.did(), "filter": "posts_with_replies", "limit": self._settings.page_size}
        document = self._session.query("app.bsky.feed.getAuthorFeed", asked | _at(bookmark))
        entries = wire.rows(_with(document, "feed"), "feed")
        posts = [entry["post"] for entry in entries if not entry.get("reason") and isinstance(entry.get("post"), dict)]
        return self._posts(document, posts, until)

    def _posts(self, document: Mapping[str, Any], views: Sequence[wire.Fields], until: datetime) -> Stretch:
        moments = [wire.moment_or_none(view) for view in views]
        young = [view for view, at in zip(views, moments, strict=True) if at is not None and at >= until]
        return _stretch(document, moments, self._mentions(young))

    def _views(self, uris: Sequence[str]) -> dict[str, wire.Fields]:
        """The posts that exist, by address."""
        wanted = list(dict.fromkeys(uris))
        found: dict[str, wire.Fields] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            document = _with(self._session.query("app.bsky.feed.getPosts", {"uris": chunk}), "posts")
            found |= {str(view.get("uri")): view for view in wire.rows(document, "posts")}
        return found

    def _mentions(self, views: Any) -> Iterator[Mention]:
        account = wire.Account(self._settings.brand, self._session.did())
        for view in views:
            try:
                yield wire.mention(view, account)
            except (ValueError, TypeError, KeyError, AttributeError) as problem:
                log.warning("bluesky.unreadable_post", reason=f"{type(problem).__name__}: {problem}")

    def _record(self, view: wire.Fields, text: str, mention: Mention) -> dict[str, Any]:
        author = view.get("author") or {}
        found = facets(text, {str(author.get("handle", "")).lower(): str(author.get("did", ""))})
        try:
            under = wire.thread(view)
        except ValueError:
            under = None
        if under is None:
            raise Unavailable("Bluesky gaf een onleesbaar antwoord")
        record = {"$type": wire.POSTS, "text": text, "createdAt": wire.stamp(datetime.now(UTC)), "reply": under}
        return record | ({"facets": found} if found else {})

    def _put(self, name: str, record: dict[str, Any]) -> dict[str, Any]:
        """`swapRecord: null` asks the server to refuse when the name is taken."""
        return {
            "repo": self._session.did(),
            "collection": wire.POSTS,
            "rkey": name,
            "record": record,
            "swapRecord": None,
        }

    def _first(self, name: str, text: str) -> Sent:
        """What an earlier attempt with the same key made."""
        asked = {"repo": self._session.did(), "collection": wire.POSTS, "rkey": name}
        found = self._session.query("com.atproto.repo.getRecord", asked)
        if not wire.same_text(found, text):
            raise Refused("Onder deze sleutel staat op Bluesky al een ander antwoord")
        return self._sent(f"at://{self._session.did()}/{wire.POSTS}/{name}")

    def _own_records(self, place: Mapping[str, Any]) -> Iterator[wire.Fields]:
        asked = {"repo": self._session.did(), "collection": wire.POSTS, **place}
        for _ in range(_LOOK_PAGES):
            document = self._session.query("com.atproto.repo.listRecords", asked)
            listed = wire.rows(_with(document, "records"), "records")
            yield from listed
            if not document.get("cursor") or not listed or "cursor" in place:
                return
            asked["cursor"] = str(document["cursor"])

    def _sent(self, uri: str) -> Sent:
        return Sent(uri, wire.address(uri, self._settings.handle))

    def _check_account(self) -> Finding:
        return Finding(True, f"Bluesky: wij zijn @{self._settings.handle} ({self._session.did()})")

    def _check_reading(self) -> Finding:
        self._session.query("app.bsky.notification.listNotifications", {"limit": 1})
        left = self._session.headers.get("ratelimit-remaining", "onbekend")
        return Finding(True, f"Bluesky: lezen mag; nog {left} verzoeken in dit tijdvak")

    def _check_writing(self) -> Finding:
        account = self._session.query("com.atproto.server.getSession", {})
        if account.get("active") is False:
            return Finding(False, "Bluesky: antwoorden mag niet; dit account is stilgezet")
        handle = str(account.get("handle") or "").lower()
        if handle != self._settings.handle:
            return Finding(False, f"Bluesky: het account heet nu @{handle}; pas handle aan")
        return Finding(True, "Bluesky: antwoorden mag, tenzij een afzender het heeft uitgezet")


def _at(bookmark: str | None) -> dict[str, str]:
    return {} if bookmark is None else {"cursor": bookmark}


def _with(document: dict[str, Any], name: str) -> dict[str, Any]:
    """An answer without its list is no answer: taking it for an empty one would lose posts or call them deleted."""
    if not isinstance(document.get(name), list):
        raise Unavailable("Bluesky gaf een onleesbaar antwoord")
    return document


def _stretch(document: Mapping[str, Any], moments: list[datetime | None], mentions: Iterator[Mention]) -> Stretch:
    known, following = [at for at in moments if at is not None], document.get("cursor")
    return Stretch(
        tuple(mentions),
        newest=max(known, default=None),
        oldest=known[-1] if known else None,
        next=following if isinstance(following, str) and following else None,
    )
