"""A session with a Bluesky server through atproto: signed in once, renewed in time, every answer plain JSON."""

from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any

from atproto_client import Client
from atproto_client.exceptions import LoginRequiredError
from atproto_client.models.dot_dict import DotDict
from atproto_client.request import Request
from atproto_client.utils.facet_detection import detect_facets, detect_mentions
from atproto_core.exceptions import AtProtocolError

from socialwatch.channels.bluesky.keys import Settings
from socialwatch.channels.bluesky.verdict import Stale, judge
from socialwatch.errors import Halted, Unanswered, Unavailable
from socialwatch.outgoing import Door, Site
from socialwatch.outgoing.transport import ThroughDoor

Fields = Mapping[str, Any]

# Whatever atproto makes of an answer that does not fit its models; some carry the answer, tokens and all, as text.
_ODD = (AtProtocolError, ValueError, TypeError, KeyError, AttributeError)


class Staying(Client):  # type: ignore[misc]  # atproto ships no types
    """atproto's client, at the address the operator wrote: it would follow the one in the account's DID document."""

    def update_base_url(self, base_url: str | None = None) -> None:
        return


class Session:
    """Asks nothing until the first call. `did` is the account's lasting name.

    Signing in is limited to 30 per 5 minutes and 300 a day per account, so one session serves all calls.
    """

    def __init__(self, given: Settings) -> None:
        self._settings = given
        self._door = Door(Site("Bluesky", given.base_url, secrets=(given.app_password,)), judge)
        self._lock = RLock()
        self._client: Any = None

    @property
    def headers(self) -> Mapping[str, str]:
        """Of the last answer."""
        return self._door.usage.headers

    def did(self) -> str:
        """Ourselves, as records name us."""
        found = str(self._signed_in().export_session_string()).split(":::")[1]
        if not found.startswith("did:"):
            raise Unavailable("Bluesky gaf een onleesbaar antwoord op de aanmelding")
        return found

    def query(self, name: str, asked: Fields) -> dict[str, Any]:
        """Read. Raises Unavailable, Refused or Halted."""
        return self._call(lambda client: client.invoke_query(name, params=DotDict(dict(asked))), Unavailable)

    def procedure(self, name: str, given: Fields) -> dict[str, Any]:
        """Write, never repeated here but when the session was over. Raises Unanswered when it may have been done."""
        return self._call(
            lambda client: client.invoke_procedure(name, data=DotDict(dict(given)), input_encoding="application/json"),
            Unanswered,
        )

    def _call(self, ask: Callable[[Any], Any], doubt: type[Unavailable]) -> dict[str, Any]:
        for client in (self._signed_in(), None):
            try:
                content = ask(client or self._signed_in()).content
            except (Stale, LoginRequiredError):
                self._forget()
                continue
            except _ODD:
                content = None
            if isinstance(content, dict):
                return content
            raise doubt("Bluesky gaf een onleesbaar antwoord")
        raise Halted("Bluesky weigert een verse sessie; kijk op de server of het account nog mag")

    def _signed_in(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = self._sign_in()
            return self._client

    def _sign_in(self) -> Any:
        client = Staying(self._settings.base_url, Request(transport=ThroughDoor(self._door), trust_env=False))
        odd = False
        try:
            client.login(self._settings.handle, self._settings.app_password, fetch_bsky_profile=False)
        except _ODD:
            odd = True  # raised below: this one may hold the tokens of the answer
        if odd:
            raise Unavailable("Bluesky gaf een onleesbaar antwoord op de aanmelding")
        return client

    def _forget(self) -> None:
        with self._lock:
            self._client = None


def facets(text: str, known: Mapping[str, str]) -> list[dict[str, Any]]:
    """The links and tags in our own text, so that they can be clicked, and the mentions of `known` handles (by DID).

    Positions count bytes of UTF-8.
    """
    found = [one.model_dump(exclude_none=True, by_alias=True) for one in detect_facets(text)]
    for one in detect_mentions(text):
        if did := known.get(one.handle.lower()):
            place = {"byteStart": one.byte_start, "byteEnd": one.byte_end}
            found.append({"index": place, "features": [{"$type": "app.bsky.richtext.facet#mention", "did": did}]})
    return found
