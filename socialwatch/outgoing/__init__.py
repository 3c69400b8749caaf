"""The one HTTP door: bounded time and size, the operator's addresses, no private ones unasked, errors of our own."""

import io
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError

from socialwatch.errors import Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing.answer import (
    READS,
    Answer,
    Judge,
    Limited,
    doubt,
    json_error,
    retry_after,
    status_error,
    unreadable,
)
from socialwatch.outgoing.line import Line
from socialwatch.outgoing.redaction import quiet_sdk_logging, redact

__all__ = [
    "Answer",
    "Door",
    "Judge",
    "Limited",
    "Line",
    "Options",
    "Site",
    "Usage",
    "doubt",
    "json_error",
    "quiet_sdk_logging",
    "redact",
    "request",
    "retry_after",
    "status_error",
    "unreadable",
]

CONNECT, READ, WHOLE = 5.0, 25.0, 45.0  # seconds; below the 60 in which a reply must have its outcome
OPEN = 200  # the status of an answer that stays open
BODY_LIMIT = 20_000_000  # bytes after decompression; a full page of either platform stays below 2 MB


@dataclass(frozen=True, slots=True)
class Usage:
    """The headers of the last answer, by lower-case name, and when they came (monotonic seconds; 0: not yet)."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """One platform. `base_url` is where the operator says it is, `sdk_url` where its SDK believes it is, if elsewhere.

    Because the operator wrote `base_url`, it may be a private address. `secrets` never appear in the text of an error.
    """

    name: str
    base_url: str
    sdk_url: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Misconfigured(f"base_url van {self.name} moet met http:// of https:// beginnen")
        if parts.username or parts.query or parts.fragment:
            raise Misconfigured(f"base_url van {self.name} mag geen wachtwoord, ? of # bevatten")

    def address(self, url: str) -> str:
        """The address to really ask for one that the SDK made. Raises Refused for any other host."""
        base, believed = self.base_url.rstrip("/"), (self.sdk_url or self.base_url).rstrip("/")
        for start in (believed, base):
            if url.startswith((f"{start}/", f"{start}?")):
                return base + url[len(start) :]
        raise Refused(f"Een verzoek voor {self.name} wilde naar een ander adres en is tegengehouden")


class Door(requests.adapters.HTTPAdapter):
    """An adapter for an SDK's session. Answers are read and judged here, within bounds: the SDK sees sound JSON only.

    `usage` holds the headers of the last answer. A request with `stream=True` that is answered with 200 comes back
    unread, for a Line; the read timeout then bounds the silence between two parts of it. `patience` is how many
    seconds a silence may last when the SDK does not say; a whole answer may take twice that, and never over WHOLE.
    """

    def __init__(self, site: Site, judge: Judge = json_error, patience: float | None = None) -> None:
        super().__init__(max_retries=0)
        self.site = site
        self.judge = judge
        self.patience = patience
        self.usage = Usage()

    def mount(self, session: requests.Session) -> None:
        """Make this the only way out of `session`. Its environment is not trusted: a .netrc would overrule our keys."""
        quiet_sdk_logging()
        session.trust_env = False
        session.mount("https://", self)
        session.mount("http://", self)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """One request, one answer. Raises Unavailable, Unanswered, Refused or Halted and nothing else."""
        request.url = self.site.address(request.url or "")
        options.update(_environment(request.url))
        patience = self.patience or READ
        options["timeout"] = options.get("timeout") or (min(CONNECT, patience), patience)
        whole = partial(_body, whole=min(WHOLE, 2 * patience))
        read = _body_unless_open if options.get("stream") else whole
        send = partial(super().send, request, *args, **options)
        response, answer = _ask(send, request, self.site.name, read)
        self.usage = Usage(answer.headers, answer.status, time.monotonic())
        if options.get("stream") and answer.status == OPEN:
            return response
        problem = self.judge(answer)
        if problem is not None:
            problem.args = (redact(str(problem), self.site.secrets),)
            raise problem
        return _readable_again(response, answer.body)

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """As `send`, for an SDK that speaks through something else than requests."""
        prepared = requests.Request(method.upper(), url, headers=dict(headers), data=body or None).prepare()
        response = self.send(prepared)
        received = {key.lower(): value for key, value in response.headers.items()}
        return Answer(self.site.name, method.upper(), response.status_code, received, response.content)


class Options(TypedDict, total=False):
    """What `request` takes besides method and address; `timeout` in seconds."""

    headers: Mapping[str, str]
    json: Any
    data: bytes | str | Mapping[str, str]
    timeout: float
    allow_private: bool


def request(method: str, url: str, **options: Unpack[Options]) -> Answer:
    """One request to any address, without redirects; its 2xx answer. Raises Unavailable, Unanswered, Refused or Halted.

    Private, loopback, link-local and metadata addresses are refused unless `allow_private`. (The name is resolved once
    for this check and once for the connection: a name server that lies in between is not guarded against.)
    """
    host = urlsplit(url).hostname
    if urlsplit(url).scheme not in ("http", "https") or not host:
        raise Refused("Alleen adressen met http:// of https:// worden gevraagd")
    if not options.get("allow_private", False):
        _refuse_private(host)
    headers, content, data = dict(options.get("headers", {})), options.get("json"), options.get("data")
    prepared = requests.Request(method.upper(), url, headers=headers, json=content, data=data).prepare()
    timeout, adapter = (CONNECT, options.get("timeout", READ)), requests.adapters.HTTPAdapter(max_retries=0)
    try:
        _, answer = _ask(lambda: adapter.send(prepared, timeout=timeout, **_environment(url)), prepared, host, _body)
    finally:
        adapter.close()
    problem = status_error(answer)
    if problem is not None:
        raise problem
    return answer


def _environment(url: str) -> dict[str, Any]:
    """Proxies and authorities from the environment, for the address that is really asked."""
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    return {"proxies": requests.utils.get_environ_proxies(url), "verify": bundle or True}


def _refuse_private(host: str) -> None:
    found = _addresses(host)
    if not found:
        raise Unavailable(f"De naam {host} is onbekend")
    for address in found:
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
        if not inner.is_global or inner.is_multicast:
            raise Refused(f"{host} ligt binnen het eigen netwerk; dat mag alleen met allow_private = true")


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Where `host` leads: to itself when it is a number in any notation (2130706433 is 127.0.0.1), else by name."""
    try:
        return [ipaddress.ip_address(host.split("%")[0])]
    except ValueError:
        pass
    try:
        return [ipaddress.ip_address(socket.inet_aton(host))]
    except OSError:
        pass
    try:
        return [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        return []


def _body_unless_open(response: requests.Response) -> bytes:
    return b"" if response.status_code == OPEN else _body(response)


def _ask(
    send: Callable[[], requests.Response],
    request: requests.PreparedRequest,
    name: str,
    read: Callable[[requests.Response], bytes],
) -> tuple[requests.Response, Answer]:
    """The answer, or our own error, raised outside the except clause: the one caught holds the token in its text."""
    method = (request.method or "GET").upper()
    problem: SocialwatchError
    try:
        response = send()
        body = read(response)
    except (OSError, HTTPError, ValueError, RuntimeError) as error:  # the errors of requests are OSErrors
        problem = _network_error(error, method, name)
    else:
        headers = {key.lower(): value for key, value in response.headers.items()}
        return response, Answer(name, method, response.status_code, headers, body)
    raise problem


def _body(response: requests.Response, whole: float | None = None) -> bytes:
    """The whole body, as it comes in: a server that drips or never stops is cut off."""
    deadline, parts, size = time.monotonic() + (whole or WHOLE), [], 0
    try:
        while part := response.raw.read1(65_536, decode_content=True):
            size += len(part)
            if size > BODY_LIMIT or time.monotonic() > deadline:
                raise TimeoutError("too long")
            parts.append(part)
    finally:
        response.close()
    return b"".join(parts)


def _network_error(error: Exception, method: str, name: str) -> SocialwatchError:
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader):
        return Refused(f"Het adres of een sleutel voor {name} bevat tekens die niet kunnen")
    if _nothing_sent(error):
        return Unavailable(f"{name} is niet bereikbaar: geen verbinding")
    slow = isinstance(error, requests.Timeout | ReadTimeoutError | TimeoutError)
    sentence = f"{name} antwoordde niet op tijd of te lang" if slow else f"{name} brak de verbinding af"
    return Unavailable(sentence) if method in READS and not slow else Unanswered(sentence)


def _nothing_sent(error: Exception) -> bool:
    """Whether the connection itself failed: refused, unknown name, no route, untrusted certificate."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if not isinstance(reason, Exception):
        return False
    untrusted = bool(reason.args) and isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return untrusted or isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _readable_again(response: requests.Response, body: bytes) -> requests.Response:
    """The same answer for the SDK, its body already read; called JSON because it was judged to be."""
    again = requests.Response()
    again.status_code, again.reason, again.url = response.status_code, response.reason, response.url
    again.headers, again.request, again.encoding = response.headers.copy(), response.request, "utf-8"
    again.headers["content-type"] = "application/json; charset=utf-8"
    again.headers.pop("content-encoding", None)
    again.raw = io.BytesIO(body)
    return again
