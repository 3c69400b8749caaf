"""Mastodon: mentions of the account, hashtags and searches for the brand's name in, replies out.

Section: brand, base_url (the account's server), access_token (scopes read and write:statuses), search (list of words;
with # a hashtag), own_posts (true: what the account itself posts comes in too), page_size (1 to 40), overlap_minutes,
lookback_hours (how far back the first poll goes). The constructor asks nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from socialwatch.channels.mastodon import wire
from socialwatch.channels.mastodon.keys import Settings, settings
from socialwatch.channels.mastodon.session import Session
from socialwatch.channels.mastodon.verdict import NotThere
from socialwatch.domain import walk
from socialwatch.domain.channel import Channel, Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.domain.walk import Stretch, Walk
from socialwatch.errors import Refused, SocialwatchError, Unavailable

log = structlog.get_logger(__name__)

_AT_ONCE = 20  # statuses per lookup
_LOOK_PAGES = 3  # of our own newest posts, when we look for a reply of minutes ago
_SKEW = timedelta(minutes=1)


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one account. Raises Misconfigured naming the key."""
    return OnMastodon(settings(section))


@dataclass(frozen=True, slots=True)
class Source:
    """One list, newest first; `ask` takes the id to go on below, or None."""

    name: str
    ask: Callable[[str | None], list[wire.Fields]]


class OnMastodon:
    kind = "mastodon"
    like_price: int | None = 0

    def __init__(self, given: Settings) -> None:
        self._settings = given
        self._session = Session(given)
        self._known: wire.Account | None = None

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """Who speaks to us first, then hashtags and words, then our own posts. Nothing here costs money."""
        positions, seen, gap = walk.load(cursor), set[str](), None
        for source in self._sources():
            begun = positions.get(source.name, now - self._settings.lookback + self._settings.overlap)
            reading = Walk(self._asking(source, begun - self._settings.overlap), begun - self._settings.overlap)
            for stretch in reading.stretches():
                fresh = [one for one in stretch.mentions if one.version_id not in seen]
                seen.update(str(one.version_id) for one in fresh)
                if fresh:
                    yield Page(tuple(sorted(fresh, key=lambda one: one.created_at)))
            positions[source.name] = min(max(reading.newest or begun, begun), max(now, begun))
            gap = gap or reading.gap
        yield Page((), cursor=walk.dump(positions), gap=gap)

    def lookup(self, ids: Sequence[str]) -> Looked:
        """Twenty per request; what is missing from the answer is asked for by itself before it is called gone."""
        asked = {wire.bare(version): version for version in ids}
        found = self._statuses(list(asked))
        gone = []
        for number in asked.keys() - found.keys():
            try:
                found[number] = self._session.fields("status", number)
            except NotThere:
                gone.append(asked[number])
        return Looked(tuple(self._mentions(found.values())), tuple(sorted(gone)))

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """One status for the circle that the post was for. A repeat with the same `key` within an hour is one status.

        Raises Refused when the post is gone or the text is too long; Unanswered when the server may have it.
        """
        return self._answer(mention, text, key, private=False)

    def reply_privately(self, mention: Mention, text: str, key: str) -> Sent:
        """As `reply`, as a direct post to the author alone."""
        return self._answer(mention, text, key, private=True)

    def mend(self, mention: Mention, was: str, text: str, key: str) -> Sent:
        """Edited in place, PUT /api/v1/statuses/:id; readers can see that it was."""
        made = self._session.fields("status_update", was, wire.addressed(text, _acct(self._answered(mention))))
        return _sent({"id": was, **made})

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Looked for among our own newest posts: same post answered, same text but for the name in front."""
        for status in self._newest_own(since - _SKEW):
            answers = str(status.get("in_reply_to_id") or "") == mention.id
            if answers and wire.same_text(status, text):
                return _sent(status)
        return None

    def can_reply(self, mention: Mention) -> bool:
        """Anybody may answer."""
        return mention.can_reply and not mention.own and mention.channel == self.kind

    def can_reply_privately(self, mention: Mention, now: datetime) -> bool:
        """A direct post can be sent wherever a public one can."""
        return self.can_reply(mention)

    def like(self, mention: Mention) -> int:
        """A favourite, which needs the scope write:favourites; a second time changes nothing."""
        self._session.fields("status_favourite", mention.id)
        return 0

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        raise Refused("Webhooks van Mastodon worden hier niet gebruikt")

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
        for tag in self._settings.hashtags:
            yield Source(f"#{tag}", lambda below, tag=tag: self._list("timeline_hashtag", tag, max_id=below))  # type: ignore[misc]
        for word in self._settings.words:
            yield Source(word, lambda below, word=word: self._search(word, below))  # type: ignore[misc]
        if self._settings.own_posts:
            yield Source("own", self._own_posts)

    def _asking(self, source: Source, until: datetime) -> Callable[[str | None], Stretch]:
        """Each page of a source as mentions; entries carry a status or are one."""

        def ask(below: str | None) -> Stretch:
            entries = source.ask(below)
            moments = [wire.moment(one.get("created_at")) for one in entries]
            known = [at for at in moments if at is not None]
            young = [one for one, at in zip(entries, moments, strict=True) if at is None or at >= until]
            return Stretch(
                tuple(self._mentions(_status(one) for one in young)),
                newest=max(known, default=None),
                oldest=known[-1] if known else None,
                next=str(entries[-1].get("id") or "") or None if entries else None,
            )

        return ask

    def _list(self, name: str, *given: Any, **asked: Any) -> list[wire.Fields]:
        return self._session.rows(name, *given, limit=self._settings.page_size, **asked)

    def _notifications(self, below: str | None) -> list[wire.Fields]:
        return self._list("notifications", types=["mention"], max_id=below)

    def _own_posts(self, below: str | None) -> list[wire.Fields]:
        return self._list("account_statuses", self._account().id, exclude_reblogs=True, max_id=below)

    def _search(self, word: str, below: str | None) -> list[wire.Fields]:
        """Statuses only, and none fetched from elsewhere. A server without full-text search finds nothing."""
        asked = {"resolve": False, "result_type": "statuses", "limit": self._settings.page_size, "max_id": below}
        found = self._session.fields("search_v2", f'"{word}"' if " " in word else word, **asked).get("statuses")
        if not isinstance(found, list):
            raise Unavailable("Mastodon gaf een onleesbaar antwoord")
        return [one for one in found if isinstance(one, Mapping)]

    def _newest_own(self, since: datetime) -> Iterator[wire.Fields]:
        below: str | None = None
        for _ in range(_LOOK_PAGES):
            found = self._own_posts(below)
            yield from found
            oldest = wire.moment(found[-1].get("created_at")) if found else None
            if oldest is None or oldest < since:
                return
            below = str(found[-1].get("id"))

    def _statuses(self, numbers: Sequence[str]) -> dict[str, wire.Fields]:
        """What exists, by number; nothing from a server too old for this question (before 4.3)."""
        found: dict[str, wire.Fields] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            try:
                listed = self._session.rows("statuses", list(numbers[start : start + _AT_ONCE]))
            except NotThere:
                return {}
            found |= {str(one.get("id")): one for one in listed}
        return {number: one for number, one in found.items() if number in numbers}

    def _answer(self, mention: Mention, text: str, key: str, *, private: bool) -> Sent:
        status = self._answered(mention)
        acct = _acct(status)
        circle = "direct" if private or mention.audience == "private" else wire.visibility(status)
        made = self._session.post(
            wire.addressed(text, acct), in_reply_to_id=mention.id, visibility=circle, idempotency_key=key
        )
        return _sent(made)

    def _answered(self, mention: Mention) -> wire.Fields:
        try:
            status = self._session.fields("status", mention.id)
        except NotThere:
            status = {}
        if not status:
            raise Refused("Dit bericht staat niet meer op Mastodon")
        return status

    def _mentions(self, statuses: Iterable[wire.Fields]) -> Iterator[Mention]:
        account = self._account()
        for status in statuses:
            try:
                yield wire.mention(status, account)
            except (ValueError, TypeError, KeyError, AttributeError) as problem:
                log.warning("mastodon.unreadable_post", reason=f"{type(problem).__name__}: {problem}")

    def _account(self) -> wire.Account:
        """Ourselves, asked once: the number decides what is our own."""
        if self._known is None:
            me = self._session.fields("account_verify_credentials")
            number, acct = str(me.get("id") or ""), str(me.get("acct") or "")
            if not number or not acct:
                raise Unavailable("Mastodon gaf een onleesbaar antwoord")
            self._known = wire.Account(self._settings.brand, number, acct)
        return self._known

    def _check_account(self) -> Finding:
        self._known = None
        return Finding(True, f"Mastodon: wij zijn @{self._account().acct} op {self._settings.base_url}")

    def _check_reading(self) -> Finding:
        self._session.rows("notifications", types=["mention"], limit=1)
        left = self._session.headers.get("x-ratelimit-remaining", "onbekend")
        return Finding(True, f"Mastodon: lezen mag; nog {left} verzoeken in dit tijdvak")

    def _check_writing(self) -> Finding:
        """The scopes of the key, as the server itself names them (since 4.3; before, it does not say)."""
        scopes = self._session.fields("app_verify_credentials").get("scopes")
        if not isinstance(scopes, list):
            return Finding(True, "Mastodon: of antwoorden mag, zegt deze server niet vooraf")
        if not {"write", "write:statuses"} & set(map(str, scopes)):
            return Finding(False, "Mastodon: antwoorden mag niet; de sleutel mist het recht write:statuses")
        return Finding(True, "Mastodon: antwoorden mag")


def _status(entry: wire.Fields) -> wire.Fields:
    """The status of a notification, or the entry itself."""
    inner = entry.get("status")
    return inner if isinstance(inner, Mapping) else entry


def _acct(status: wire.Fields) -> str:
    """How its author is addressed."""
    acct = str((status.get("account") or {}).get("acct") or "")
    if not acct:
        raise Unavailable("Mastodon gaf een onleesbaar antwoord")
    return acct


def _sent(status: wire.Fields) -> Sent:
    address = status.get("url")
    return Sent(str(status["id"]), str(address) if address else None)
