"""Facebook: posts on the page, posts that tag it, and comments in; comments and private answers out, by facebook-sdk.

Section: brand, page_id, page_token, app_secret (proves every call and checks webhooks), verify_token (registers the
webhook's address), webhook_window_hours (older deliveries are refused), base_url, version, rescan_days (posts younger
than this are looked at for new comments; the first poll goes back as far), overlap_minutes, page_size. The constructor
asks nothing. Comments under older posts come by webhook only.
"""

import hmac
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

import structlog

from socialwatch.channels.facebook import lists, probes, webhook, wire
from socialwatch.channels.facebook.keys import Settings, dump, load, settings
from socialwatch.channels.facebook.pace import Pace
from socialwatch.channels.facebook.private import Inbox
from socialwatch.channels.facebook.reading import FEED, TAGGED, Reader
from socialwatch.channels.facebook.verdict import NotAllowed, NotThere, judge
from socialwatch.domain.channel import Channel, Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.errors import Halted, Refused, Unanswered, Unavailable
from socialwatch.outgoing import Door, Site

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # facebook-sdk 3.1.0 (2018) has a stray backslash in a plain string
    import facebook

log = structlog.get_logger(__name__)

_SKEW = timedelta(minutes=1)


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one page. Raises Misconfigured naming the key."""
    return Facebook(settings(section))


def _now() -> datetime:
    return datetime.now(UTC)


class Graph(facebook.GraphAPI):  # type: ignore[misc]  # facebook-sdk carries no types
    """facebook-sdk 3.1.0 brought up to date: any version, a proof with every call, the pace Meta's headers ask for."""

    def __init__(self, given: Settings) -> None:
        super().__init__(given.page_token)  # with a version it would refuse everything after v3.1
        self.version = given.version
        self.served = given.version
        self.pace = Pace()
        proof = hmac.new(given.app_secret.encode(), given.page_token.encode(), sha256).hexdigest()
        self._proof = {"appsecret_proof": proof} if given.app_secret else {}
        secrets = (given.page_token, given.app_secret, given.verify_token, proof)
        self.door = Door(Site("Facebook", given.base_url, facebook.FACEBOOK_GRAPH_URL, secrets), judge)
        self.door.mount(self.session)

    def request(
        self, path: str, args: Any = None, post_args: Any = None, files: Any = None, method: str | None = None
    ) -> Any:
        if post_args is not None:
            post_args = {**post_args, **self._proof}
        else:
            self.pace.before_reading()
            args = {**(args or {}), **self._proof}
        try:
            return super().request(path, args, post_args, files, method)
        finally:  # errors bring the headers too
            self.pace.note(self.door.usage)
            self._notice_version()

    def _notice_version(self) -> None:
        served = self.door.usage.headers.get("facebook-api-version", self.served)
        if served != self.served:
            log.warning("facebook.other_version", asked=self.version, served=served)
        self.served = served


class Facebook:
    """Streaming and batch compliance do not exist here: webhooks bring what is new and what is gone."""

    kind = "facebook"
    like_price: int | None = 0

    def __init__(self, given: Settings, clock: Callable[[], datetime] = _now) -> None:
        """`clock` is real time: it decides whether a webhook's delivery is of today."""
        self._settings, self._clock = given, clock
        self._graph = Graph(given)
        self._reader = Reader(self._graph, given)
        self._inbox = Inbox(self._graph, given.page_id)

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """The page's feed, each of its younger posts with all comments, then the posts that tag the page."""
        self._graph.pace.begin_round()
        positions, seen = load(cursor), set[str]()
        for edge in (FEED, TAGGED):
            since = min(positions.get(edge, now), now) - self._settings.back
            newest = positions.get(edge, since)
            for rows in self._reader.rows(edge, since):
                found = [one for one in lists.parsed(rows, self._with_row) if one[0].id not in seen]
                seen.update(post.id for post, _ in found)
                newest = max([newest, *(min(post.created_at, now) for post, _ in found)])
                if found:
                    yield Page(tuple(post for post, _ in found))
                for post, row in found if edge == FEED else ():
                    yield from (Page(tuple(below)) for below in self._reader.comments(post, row) if below)
            positions[edge] = newest
        yield Page((), cursor=dump(positions))

    def lookup(self, ids: Sequence[str]) -> Looked:
        """One request per post or comment: asked together, one missing id would spoil the answer for all.

        One that is closed to us is in neither list, and raises only when there was nothing else.
        """
        found, gone, closed = [], [], list[Refused]()
        for number in ids:
            try:
                found.append(self._one(number))
            except Halted:
                raise
            except NotThere:
                gone.append(number)
            except Refused as problem:
                log.warning("facebook.lookup_refused", id=number, reason=str(problem))
                closed.append(problem)
        if closed and not found and not gone:
            raise closed[0]
        if gone:
            # Raises: a token that has lost its rights sees nothing, which does not mean it is gone.
            probes.page(self._graph, self._settings.page_id, "name")
        return Looked(tuple(found), tuple(gone))

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """One comment under a post or comment, never repeated here."""
        made = self._graph.put_object(mention.version_id or mention.id, "comments", message=text)
        if not isinstance(made, dict) or not made.get("id"):
            raise Unanswered("Facebook nam het antwoord aan maar noemde geen nummer")
        return Sent(str(made["id"]))

    def mend(self, mention: Mention, was: str, text: str, key: str) -> Sent:
        """Edited in place: POST /{comment-id} with a message, for a comment that the page itself wrote."""
        told = self._graph.request(f"{self._graph.version}/{was}", post_args={"message": text}, method="POST")
        if told is not True and not (isinstance(told, dict) and (told.get("success") or told.get("id"))):
            raise Unanswered("Facebook zei niet of het antwoord is aangepast")
        return Sent(was)

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Among the comments under it. Graph knows two levels: a reply to a reply hangs under the first comment."""
        wanted, places = wire.comparable(text), [mention.version_id or mention.id]
        if mention.in_reply_to and mention.in_reply_to != mention.conversation_id:
            places.append(mention.in_reply_to)
        for place in places:
            for one in (comment for page in self._reader.under(place) for comment in page):
                if one.own and one.created_at >= since - _SKEW and wire.comparable(one.text) == wanted:
                    return Sent(one.id, one.url)
        return None

    def can_reply(self, mention: Mention) -> bool:
        """Comments are open unless Graph says otherwise."""
        return mention.can_reply and not mention.own and mention.channel == self.kind

    def can_reply_privately(self, mention: Mention, now: datetime) -> bool:
        """Within seven days, to a customer's post or comment on our page, unless it was answered so from here."""
        return self._inbox.open_to(mention, now)

    def reply_privately(self, mention: Mention, text: str, key: str) -> Sent:
        """One message in the page's inbox, never repeated here: Meta takes one for each post or comment."""
        return self._inbox.answer(mention, text)

    def like(self, mention: Mention) -> int:
        """The page likes a post or comment; a second time changes nothing. Meta refuses what is closed to the page."""
        told = self._graph.put_object(mention.version_id or mention.id, "likes")
        if told is not True and not (isinstance(told, dict) and (told.get("success") or told.get("id"))):
            raise Unanswered("Facebook zei niet of de like er staat")
        return 0

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        """A delivery of the webhook fields `feed` and `mention`, for this page only. It moves no cursor: polling goes
        on beside it.
        """
        webhook.check_signature(headers, body, self._settings.app_secret)
        window = webhook.Window(self._clock(), self._settings.window)
        values = webhook.values(body, self._settings.page_id, window)
        changes = list(lists.parsed(values, partial(wire.change, account=self._reader.account)))
        mentions = tuple(one for one in changes if isinstance(one, Mention))
        return Page(mentions, gone=tuple(one for one in changes if isinstance(one, str)))

    def handshake(self, query: Mapping[str, str]) -> str:
        """Meta's question when the webhook's address is registered, answered once it knows our verify_token."""
        return webhook.challenge(query, self._settings.verify_token)

    def notices(self) -> Sequence[str]:
        """A version that Meta upgraded in silence, and a pace that is slower than asked."""
        found = (probes.other_version(self._graph), self._graph.pace.notice())
        return [one for one in found if one is not None]

    def check(self) -> list[Finding]:
        """Who are we, may we read, how about webhooks, what is left. Whether we may write shows only by writing."""
        return probes.findings(self._graph, self._settings)

    def _with_row(self, row: wire.Fields) -> tuple[Mention, wire.Fields]:
        return self._reader.post(row), row

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
            return self._reader.post(row) if as_post else wire.comment(row, post_id, self._reader.account)
        except lists.UNREADABLE:
            unreadable = Unavailable("Facebook gaf een onleesbaar bericht")
        raise unreadable
