"""X: mentions of the account and searches for the brand's name in, replies out, through tweepy.

Section: brand, username, user_id (looked up when absent), bearer_token, consumer_key, consumer_secret, access_token,
access_token_secret (all four: signed replies), base_url, search (list of words), own_posts (true: what the account
itself posts comes in too), spelling ("post" or "tweet"), page_size (10 to 100), overlap_minutes, lookback_hours (how
far back the first poll goes, 168 at most), owned (true: our account owns the developer app, so that reading our own
mentions costs a fifth), prices (what X charges, in millionths of a dollar, where it differs), stream (true: an open
line beside the polls), likes (true: our access to X includes likes). The constructor asks nothing. docs/channels/x.md
tells the rest.
"""

from collections.abc import Mapping
from typing import Any

import tweepy

from socialwatch.channels.x.account import X
from socialwatch.channels.x.keys import settings
from socialwatch.channels.x.stream import Listening
from socialwatch.domain.channel import Channel

__all__ = ["Client", "Listener", "Listening", "X", "connect"]


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one account; one that is Streaming with `stream = true`. Raises Misconfigured naming the key."""
    given = settings(section)
    client = Client(**given.keys.named(), return_type=dict, wait_on_rate_limit=False)
    client.host = given.base_url
    if not given.stream:
        return X(given, client)
    listener = Listener(given.keys.bearer_token, return_type=dict, wait_on_rate_limit=False)
    listener.host = given.base_url
    return Listening(given, client, listener)


class _Asking:
    """tweepy's one request, with the host a setting, no header in any log, and errors left to the door.

    tweepy 4.17 writes its host inside `request` and prints the Authorization header at DEBUG. Signing for the address
    that is really asked also keeps OAuth 1.0a valid on api.x.com.
    """

    host = ""

    def request(
        self: Any, method: str, route: str, params: Any = None, json: Any = None, user_auth: bool = False
    ) -> Any:
        headers, auth = {"User-Agent": self.user_agent}, None
        if user_auth:
            keys = (self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret)
            auth = tweepy.OAuth1UserHandler(*keys).apply_auth()
        else:
            headers["Authorization"] = f"Bearer {self.bearer_token}"
        return self.session.request(
            method, self.host + route, params=params, json=json, headers=headers, auth=auth, allow_redirects=False
        )


class Client(_Asking, tweepy.Client):  # type: ignore[misc]  # tweepy carries no types
    """All calls but the open line."""


class Listener(_Asking, tweepy.StreamingClient):  # type: ignore[misc]
    """tweepy's rules and its `filter`, with one connection instead of tweepy's loop around it.

    That loop connects again without waiting when X closes, for ever when the network fails, and ends for good at any
    exception of a handler; `disconnect` waits for the next line. Here a connection is opened once and handed over.
    """

    def open(self, **asking: str) -> Any:
        """The answer of one connection, unread. Raises what the door raises."""
        self.filter(**asking)
        return self._answer

    def _connect(self, method: str, endpoint: str, **named: Any) -> None:
        headers = {"User-Agent": self.user_agent, "Authorization": f"Bearer {self.bearer_token}"}
        address = f"{self.host}/2/tweets/{endpoint}/stream"
        self._answer = self.session.request(
            method, address, headers=headers, stream=True, allow_redirects=False, **named
        )
