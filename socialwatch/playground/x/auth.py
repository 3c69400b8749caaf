"""Who is asking X: the app (bearer), or the shop's account (OAuth 2.0 user token, or OAuth 1.0a, signature checked)."""

import base64
import hmac
import re
import time
from hashlib import sha1
from typing import Literal
from urllib.parse import quote, unquote

from socialwatch.playground.keys import Consumer, Keys
from socialwatch.playground.wire import Request

Caller = Literal["app", "user"]

# A client signs for the platform's own address before its request is led to us: these count beside our own.
_KNOWN_HOSTS = ("https://api.twitter.com", "https://api.x.com")
_CLOCK_MAY_DIFFER = 900  # seconds
_PART = re.compile(r'(\w+)="([^"]*)"')


def caller(request: Request, keys: Keys) -> Caller | None:
    """The caller, or None when the credentials are not ours."""
    kind, _, rest = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        if hmac.compare_digest(rest.encode(), keys.x_token.encode()):
            return "app"
        return "user" if hmac.compare_digest(rest.encode(), keys.x_user_token.encode()) else None
    if kind.lower() == "oauth":
        return "user" if _signed(request, rest, keys.x_consumer) else None
    return None


def _signed(request: Request, header: str, consumer: Consumer) -> bool:
    parts = {name: unquote(value) for name, value in _PART.findall(header)}
    given = parts.pop("oauth_signature", "")
    if (parts.get("oauth_consumer_key"), parts.get("oauth_token")) != (consumer.key, consumer.token):
        return False
    if parts.get("oauth_signature_method") != "HMAC-SHA1" or not _recent(parts.get("oauth_timestamp", "")):
        return False
    pairs = [*parts.items(), *request.pairs, *request.form.items()]
    ours = f"http://{request.host}{request.prefix}"
    wanted = (signature(request.method, base + request.path, pairs, consumer) for base in (*_KNOWN_HOSTS, ours))
    return any([hmac.compare_digest(given.encode(), one.encode()) for one in wanted])


def signature(method: str, url: str, pairs: list[tuple[str, str]], consumer: Consumer) -> str:
    """RFC 5849 §3.4.2: HMAC-SHA1 over method, address and sorted parameters, in base64."""
    encoded = sorted((_escape(name), _escape(value)) for name, value in pairs)
    parameters = "&".join(f"{name}={value}" for name, value in encoded)
    text = "&".join((method.upper(), _escape(url), _escape(parameters)))
    secret = f"{_escape(consumer.secret)}&{_escape(consumer.token_secret)}"
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), sha1).digest()).decode()


def _escape(text: str) -> str:
    return quote(text, safe="~")


def _recent(timestamp: str) -> bool:
    return timestamp.isdigit() and abs(time.time() - int(timestamp)) < _CLOCK_MAY_DIFFER
