"""Facebook: posts on the page, posts that tag it, and comments in; comments out, through facebook-sdk.

Section: brand, page_id, page_token, app_secret (proves every call and checks webhooks), base_url, version, rescan_days
(posts younger than this are looked at for new comments; the first poll goes back as far), overlap_minutes, page_size.
The constructor asks nothing. Comments under older posts come by webhook only.
"""

import hmac
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

import structlog

from socialwatch.channels.facebook import lists, webhook, wire
from socialwatch.channels.facebook.keys import Settings, dump, load, settings
from socialwatch.channels.facebook.verdict import FULL, PAUSE, NotAllowed, NotThere, fullness, judge, regain
from socialwatch.domain.channel import Channel, Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import Door, Site

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # facebook-sdk 3.1.0 (2018) has a stray backslash in a plain string
    import facebook

log = structlog.get_logger(__name__)

_SKEW = timedelta(minutes=1)


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one page. Raises Misconfigured naming the key."""
    return Facebook(settings(section))


class Graph(facebook.GraphAPI):  # type: ignore[misc]  # facebook-sdk carries no types
    """facebook-sdk 3.1.0 brought up to date: any version, a proof with every call, the pace Meta's headers ask for."""

    def __init__(self, given: Settings) -> None:
        super().__init__(given.page_token)  # with a version it would refuse everything after v3.1
        self.version = given.version
        self.served = given.version
        proof = hmac.new(given.app_secret.encode(), given.page_token.encode(), sha256).hexdigest()
        self._proof = {"appsecret_proof": proof} if given.app_secret else {}
        secrets = (given.page_token, given.app_secret, proof)
        self.door = Door(Site("Facebook", given.base_url, facebook.FACEBOOK_GRAPH_URL, secrets), judge)
        self.door.mount(self.session)

    def request(
        self, path: str, args: Any = None, post_args: Any = None, files: Any = None, method: str | None = None
    ) -> Any:
        if post_args:
            post_args = {**post_args, **self._proof}
        else:
            self._wait_when_full()
            args = {**(args or {}), **self._proof}
        answer = super().request(path, args, post_args, files, method)
        self._notice_version()
        return answer

    def _wait_when_full(self) -> None:
        """Reading stops just before the limit, so that replies still go out."""
        usage = self.door.usage
        wait = regain(usage.headers) or PAUSE
        left = usage.at + wait - time.monotonic()
        if fullness(usage.headers) >= FULL and left > 0:
            raise Unavailable("De limiet van Facebook is bijna bereikt; lezen wacht even", retry_after=left)

    def _notice_version(self) -> None:
        served = self.door.usage.headers.get("facebook-api-version", self.served)
        if served != self.served:
            log.warning("facebook.other_version", asked=self.version, served=served)
        self.served = served


class Facebook:
    kind = "facebook"

    def __init__(self, given: Settings) -> None:
        self._settings = given
        self._graph = Graph(given)

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """The page's feed, the comments under each of its younger posts, then the posts that tag the page."""
        positions, seen = load(cursor), set[str]()
        for edge in ("feed", "tagged"):
            since = min(positions.get(edge, now), now) - self._settings.back
            newest = positions.get(edge, since)
            for rows in self._posts(edge, since):
                posts = [one for one in lists.parsed(rows, self._post) if one.id not in seen]
                seen.update(one.id for one in posts)
                newest = max([newest, *(min(one.created_at, now) for one in posts)])
                if posts:
                    yield Page(tuple(posts))
                for post in posts if edge == "feed" else ():
                    yield from self._comments(post.id)
            positions[edge] = newest
        yield Page((), cursor=dump(positions))

    def lookup(self, ids: Sequence[str]) -> Looked:
        """One request per post or comment: asked together, one missing id would spoil the answer for all."""
        found, gone = [], []
        for number in ids:
            try:
                found.append(self._one(number))
            except NotThere:
                gone.append(number)
        if gone:
            self._page_name()  # raises: a token that has lost its rights sees nothing, which does not mean it is gone
        return Looked(tuple(found), tuple(gone))

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """One comment under a post or comment, never repeated here."""
        made = self._graph.put_object(mention.version_id or mention.id, "comments", message=text)
        if not isinstance(made, dict) or not made.get("id"):
            raise Unanswered("Facebook nam het antwoord aan maar noemde geen nummer")
        return Sent(str(made["id"]))

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Among the comments under it. Graph knows two levels: a reply to a reply hangs under the first comment."""
        wanted, places = wire.comparable(text), [mention.version_id or mention.id]
        if mention.in_reply_to and mention.in_reply_to != mention.conversation_id:
            places.append(mention.in_reply_to)
        for place in places:
            for one in (comment for page in self._comments_under(place) for comment in page):
                if one.own and one.created_at >= since - _SKEW and wire.comparable(one.text) == wanted:
                    return Sent(one.id, one.url)
        return None

    def can_reply(self, mention: Mention) -> bool:
        """Comments are open unless Graph says otherwise."""
        return mention.can_reply and not mention.own and mention.channel == self.kind

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        """A delivery of the webhook field `feed`, for this page only. It moves no cursor: polling goes on beside it."""
        webhook.check_signature(headers, body, self._settings.app_secret)
        values = webhook.values(body, self._settings.page_id)
        changes = list(lists.parsed(values, partial(wire.change, account=self._account)))
        mentions = tuple(one for one in changes if isinstance(one, Mention))
        return Page(mentions, gone=tuple(one for one in changes if isinstance(one, str)))

    def check(self) -> list[Finding]:
        """Who are we, may we read, which version answers. Whether we may write shows only by writing."""
        findings = []
        for probe in (self._check_page, self._check_feed, self._check_tagged, self._check_version):
            try:
                findings.append(probe())
            except SocialwatchError as problem:
                findings.append(Finding(False, str(problem)))
        return findings

    @property
    def _account(self) -> tuple[str, str]:
        return self._settings.page_id, self._settings.brand

    def _post(self, row: wire.Fields) -> Mention:
        return wire.post(row, *self._account)

    def _posts(self, edge: str, since: datetime) -> Iterator[list[wire.Fields]]:
        """The posts of one list since then, newest first; also from a server that takes no notice of `since`."""
        asked = {"fields": wire.POST, "since": str(int(since.timestamp()))}
        try:
            for rows in lists.pages(partial(self._list, self._settings.page_id, edge), asked):
                young = lists.since(rows, since)
                yield young
                if rows and not young:
                    return
        except NotAllowed as problem:
            if edge == "feed":
                raise Halted(str(problem)) from None
            log.warning("facebook.list_refused", edge=edge, reason=str(problem))

    def _comments(self, post_id: str) -> Iterator[Page]:
        """All comments under a post. One post that is closed to us, or just gone, does not stop the poll."""
        try:
            for found in self._comments_under(post_id):
                if found:
                    yield Page(tuple(found))
        except (NotAllowed, NotThere) as problem:
            log.warning("facebook.comments_refused", post=post_id, reason=str(problem))

    def _comments_under(self, place: str) -> Iterator[list[Mention]]:
        asked = {"fields": wire.COMMENT, "filter": "stream", "order": "chronological"}
        for rows in lists.pages(partial(self._list, place, "comments"), asked):
            yield list(lists.parsed(rows, partial(wire.comment, post_id=place, account=self._account)))

    def _list(self, node: str, edge: str, asked: Mapping[str, str]) -> Any:
        return self._graph.get_connections(node, edge, limit=self._settings.page_size, **asked)

    def _one(self, number: str) -> Mention:
        """A number alone does not always tell a post from a comment; Graph refuses the fields of the other."""
        as_post = wire.is_post(number, self._settings.page_id)
        try:
            return self._read(number, as_post)
        except (NotAllowed, NotThere, Halted):
            raise
        except Refused:
            return self._read(number, not as_post)

    def _read(self, number: str, as_post: bool) -> Mention:
        row = self._graph.get_object(number, fields=wire.POST if as_post else wire.COMMENT)
        try:
            post_id = f"{self._settings.page_id}_{number.partition('_')[0]}"
            return self._post(row) if as_post else wire.comment(row, post_id, self._account)
        except lists.UNREADABLE:
            unreadable = Unavailable("Facebook gaf een onleesbaar bericht")
        raise unreadable

    def _page_name(self) -> str:
        page = self._graph.get_object(self._settings.page_id, fields="id,name")
        return str(page.get("name") or page.get("id"))

    def _check_page(self) -> Finding:
        return Finding(True, f"Facebook: wij zijn {self._page_name()} (nummer {self._settings.page_id})")

    def _check_feed(self) -> Finding:
        self._graph.get_connections(self._settings.page_id, "feed", limit=1, fields="id")
        used = fullness(self._graph.door.usage.headers)
        return Finding(
            True, f"Facebook: lezen mag, {used}% van de limiet is gebruikt; schrijven blijkt bij het antwoorden"
        )

    def _check_tagged(self) -> Finding:
        self._graph.get_connections(self._settings.page_id, "tagged", limit=1, fields="id")
        return Finding(True, "Facebook: berichten die de pagina noemen mogen gelezen worden")

    def _check_version(self) -> Finding:
        asked, served = self._graph.version, self._graph.served
        if asked == served:
            return Finding(True, f"Facebook: versie {served}")
        return Finding(False, f"Facebook: gevraagd {asked}, maar Meta antwoordt met {served}; pas version aan")
