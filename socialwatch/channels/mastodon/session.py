"""A session with a Mastodon server through Mastodon.py: one account, its errors turned back into ours."""

from collections.abc import Callable, Mapping
from typing import Any

from mastodon import Mastodon
from mastodon.errors import MastodonError

from socialwatch.channels.mastodon.keys import Settings
from socialwatch.channels.mastodon.verdict import judge
from socialwatch.errors import SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import Door, Site

Fields = Mapping[str, Any]

# Whatever Mastodon.py makes of an answer that does not fit its types; some carry the answer as text.
_ODD = (MastodonError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
_SPEAKS = "4.3.0"  # the newest version of which we use something; a server's own is never asked for
_PATIENCE = 25.0  # seconds; Mastodon.py's own default is 300


class Client(Mastodon):
    """Mastodon.py without the question it asks before each public timeline, whose failure it would swallow."""

    def timeline_is_available(self, *_: Any, **__: Any) -> bool:
        return True


class Session:
    """Asks nothing until the first call."""

    def __init__(self, given: Settings) -> None:
        self._door = Door(Site("Mastodon", given.base_url, secrets=(given.access_token,)), judge)
        self._client = Client(
            access_token=given.access_token,
            api_base_url=given.base_url,
            mastodon_version=_SPEAKS,
            version_check_mode="created",
            ratelimit_method="throw",  # waiting is the poller's work
            request_timeout=_PATIENCE,
        )
        self._door.mount(self._client.session)

    @property
    def headers(self) -> Mapping[str, str]:
        """Of the last answer."""
        return self._door.usage.headers

    def rows(self, name: str, *given: Any, **asked: Any) -> list[Fields]:
        """A list, by the name of Mastodon.py's function. Raises Unavailable, Refused or Halted."""
        found = self._call(name, given, asked)
        if not isinstance(found, list):
            raise Unavailable("Mastodon gaf een onleesbaar antwoord")
        return [one for one in found if isinstance(one, Mapping)]

    def fields(self, name: str, *given: Any, **asked: Any) -> Fields:
        """An object, as `rows`."""
        found = self._call(name, given, asked)
        if not isinstance(found, Mapping):
            raise Unavailable("Mastodon gaf een onleesbaar antwoord")
        return found

    def post(self, text: str, **asked: Any) -> Fields:
        """One status, never repeated here. Raises Unanswered when the server may have it."""
        found = self._call("status_post", (text,), asked, doubt=Unanswered)
        if not isinstance(found, Mapping) or not found.get("id"):
            raise Unanswered("Mastodon nam het antwoord aan maar noemde geen nummer")
        return found

    def _call(self, name: str, given: Any, asked: Any, doubt: type[Unavailable] = Unavailable) -> Any:
        call: Callable[..., Any] = getattr(self._client, name)
        try:
            return call(*given, **asked)
        except _ODD as error:
            problem = _ours(error)
        # Raised here, because the error that was caught may carry the answer as text.
        raise problem or doubt("Mastodon gaf een onleesbaar antwoord")


def _ours(error: BaseException) -> SocialwatchError | None:
    """What the door raised, out of what Mastodon.py wrapped around it."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, SocialwatchError):
            inner.__context__ = None
            return inner
        inner = inner.__context__
    return None
