"""The one HTTP door: timeouts, base addresses, redaction, usage headers, no private addresses, errors that say what the catcher may do."""

import io
import ipaddress
import json
import logging
import os
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError

from socialwatch.errors import Halted, Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable

CONNECT, READ, WHOLE = 5.0, 25.0, 45.0  # seconds; together below the 60 s in which a reply must have its outcome
BODY_LIMIT = 20_000_000  # bytes after decompression; a full page of either platform stays below 2 MB
DAY = 86_400.0
LEFT_OUT = "[weggelaten]"

_READS = ("GET", "HEAD")
_NAMES = (
    r"access_token(?:_secret)?|appsecret_proof|app_secret|client_secret|consumer_(?:key|secret)|input_token|fb_exchange_token"
    r"|bearer_token|page_token|refresh_token|oauth_\w+|api_key|password"
)
_HEADERS = r"authorization|proxy-authorization|set-cookie|cookie"
_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'&,;})\]]+"
_SECRETS = re.compile(
    rf"(?P<header>\b(?:{_HEADERS})[\"']?\s*[:=]\s*)(?:b?\"[^\"\n]*\"|b?'[^'\n]*'|[^\n]*)"
    rf"|(?P<name>\b(?:{_NAMES})[\"']?\s*(?:=|:|%3D)\s*)(?:{_VALUE})"
    r"|(?P<scheme>\b(?:Bearer|Basic)\s+)[^\s\"',;})\]]+"
    r"|(?P<user>://)[^/\s@:]+:[^/\s@]+@",
    re.IGNORECASE,
)
_CHATTY = (
    "tweepy", "tweepy.client", "tweepy.api", "tweepy.streaming", "urllib3", "urllib3.connectionpool", "requests", "facebook",
    "requests_oauthlib", "requests_oauthlib.oauth1_auth", "oauthlib", "oauthlib.oauth1.rfc5849",
)  # fmt: skip


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """`text` without tokens, OAuth fields, authorization headers and passwords in addresses, and without the given `secrets`."""
    for secret in secrets:
        text = text.replace(secret, LEFT_OUT) if secret else text
    return _SECRETS.sub(lambda found: (found["header"] or found["name"] or found["scheme"] or found["user"]) + LEFT_OUT, text)


class _Redacted(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        return True


_REDACTED = _Redacted()


def quiet_sdk_logging() -> None:
    """Silence the SDKs' own logs below WARNING and redact the rest: tweepy prints the Authorization header at DEBUG, urllib3 the
    query with Facebook's token. The filter stays even when somebody sets a logger back to DEBUG."""
    for name in _CHATTY:
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.addFilter(_REDACTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `headers` by lower-case name. `name` is how the other side is called in a sentence."""

    name: str
    method: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body as JSON. Raises Unavailable for a read and Unanswered for a write when it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            problem = doubt(self, f"{self.name} gaf een onleesbaar antwoord (status {self.status})")
        raise problem

    def fields(self) -> dict[str, Any]:
        """The body when it is a JSON object, else an empty dict: for error bodies, which may be anything."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}


Judge = Callable[[Answer], SocialwatchError | None]


def doubt(answer: Answer, sentence: str) -> Unavailable:
    """The error for an answer from which it does not show whether it was done: only a read may be repeated."""
    kind = Unavailable if answer.method in _READS else Unanswered
    return kind(sentence, retry_after=retry_after(answer.headers))


def status_error(answer: Answer) -> SocialwatchError | None:
    """What the status alone says; None for 2xx. A 5xx after a write proves nothing, a 429 proves that nothing was done."""
    status, name = answer.status, answer.name
    if 200 <= status < 300:
        return None
    if status == 401:
        return Halted(f"{name} weigert de sleutel (401): die is onjuist of verlopen")
    if status == 402:
        return Halted(f"Het tegoed bij {name} is op (402)")
    if status in (425, 429):
        return Unavailable(f"{name} vraagt om te wachten ({status})", retry_after=retry_after(answer.headers))
    if status in (408, 409) or status >= 500:
        return doubt(answer, f"{name} is in storing ({status})")
    if 300 <= status < 400:
        return doubt(answer, f"{name} antwoordt met een doorverwijzing ({status}); die volgen wij niet")
    return Refused(f"{name} weigert dit verzoek ({status})")


def json_error(answer: Answer) -> SocialwatchError | None:
    """As `status_error`, and a 2xx must carry a JSON object: not HTML, not nothing, not half a document."""
    problem = status_error(answer)
    if problem is None and not (answer.fields() or answer.body.strip() == b"{}"):
        return doubt(answer, f"{answer.name} gaf een onleesbaar antwoord (status {answer.status})")
    return problem


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, between 1 second and a day: `Retry-After` (seconds or a date) or X's `x-rate-limit-reset` (Unix time)."""
    said = headers.get("retry-after", "")
    reset = headers.get("x-rate-limit-reset", "")
    try:
        if said:
            wait = float(said) if said.replace(".", "", 1).isdigit() else parsedate_to_datetime(said).timestamp() - time.time()
        elif reset:
            wait = float(reset) - time.time()
        else:
            return None
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 1.0), DAY)


@dataclass(frozen=True, slots=True)
class Usage:
    """The headers of the last answer, by lower-case name, and when they came (monotonic seconds; 0 when nothing came yet)."""

    headers: Mapping[str, str] = MappingProxyType({})
    status: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """One platform. `base_url` is where the operator says it is; `sdk_url` the address its SDK believes in, when that differs.

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
            if url == start or url.startswith((f"{start}/", f"{start}?")):
                return base + url[len(start) :]
        raise Refused(f"Een verzoek voor {self.name} wilde naar een ander adres en is tegengehouden")


class Door(requests.adapters.HTTPAdapter):
    """An adapter to mount on an SDK's session. Every answer is read here, within bounds, and judged: the SDK sees sound JSON only.

    `usage` holds the headers of the last answer.
    """

    def __init__(self, site: Site, judge: Judge = json_error) -> None:
        super().__init__(max_retries=0)
        self.site = site
        self.judge = judge
        self.usage = Usage()

    def mount(self, session: requests.Session) -> None:
        """Make this the only way out of `session`. Its environment is not trusted: a .netrc would overrule our credentials."""
        session.trust_env = False
        session.mount("https://", self)
        session.mount("http://", self)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """One request, one answer. Raises Unavailable, Unanswered, Refused or Halted and nothing else."""
        request.url = self.site.address(request.url or "")
        options.update(_environment(request.url))
        options["timeout"] = options.get("timeout") or (CONNECT, READ)
        response, answer = _ask(lambda: super(Door, self).send(request, *args, **options), request, self.site.name)
        self.usage = Usage(answer.headers, answer.status, time.monotonic())
        problem = self.judge(answer)
        if problem is not None:
            problem.args = (redact(str(problem), self.site.secrets),)
            raise problem
        return _readable_again(response, answer.body)


class Options(TypedDict, total=False):
    """What `request` takes besides method and address; `timeout` in seconds."""

    headers: Mapping[str, str]
    json: Any
    data: bytes | str | Mapping[str, str]
    timeout: float
    allow_private: bool


def request(method: str, url: str, **options: Unpack[Options]) -> Answer:
    """One request to any address, without redirects; the answer of a 2xx. Raises Unavailable, Unanswered, Refused or Halted.

    Private, loopback, link-local and metadata addresses are refused unless `allow_private`. (The name is resolved once for this
    check and once for the connection: a name server that lies in between is not guarded against.)
    """
    host = urlsplit(url).hostname
    if urlsplit(url).scheme not in ("http", "https") or not host:
        raise Refused("Alleen adressen met http:// of https:// worden gevraagd")
    if not options.get("allow_private", False):
        _refuse_private(host)
    prepared = requests.Request(
        method.upper(), url, headers=dict(options.get("headers", {})), json=options.get("json"), data=options.get("data")
    ).prepare()
    timeout = (CONNECT, options.get("timeout", READ))
    environment = _environment(url)
    with requests.adapters.HTTPAdapter(max_retries=0) as adapter:
        _, answer = _ask(lambda: adapter.send(prepared, timeout=timeout, **environment), prepared, host)
    problem = status_error(answer)
    if problem is not None:
        raise problem
    return answer


def _environment(url: str) -> dict[str, Any]:
    """Proxies and authorities from the environment, for the address that is really asked."""
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    return {"proxies": requests.utils.get_environ_proxies(url), "verify": bundle or True}


def _refuse_private(host: str) -> None:
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        found = set()
    if not found:
        raise Unavailable(f"De naam {host} is onbekend")
    for text in found:
        address = ipaddress.ip_address(str(text).split("%")[0])
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
        if not inner.is_global or inner.is_multicast:
            raise Refused(f"{host} is een adres binnen het eigen netwerk; dat mag alleen met allow_private = true")


def _ask(
    send: Callable[[], requests.Response], request: requests.PreparedRequest, name: str
) -> tuple[requests.Response, Answer]:
    """The answer, or our own error. It is raised outside the except clause: the SDK's error holds the address with the token."""
    method = (request.method or "GET").upper()
    problem: SocialwatchError
    try:
        response = send()
        body = _body(response)
    except (OSError, HTTPError, ValueError, RuntimeError) as error:  # requests' errors are OSErrors
        problem = _network_error(error, method, name)
    else:
        headers = {key.lower(): value for key, value in response.headers.items()}
        return response, Answer(name, method, response.status_code, headers, body)
    raise problem


def _body(response: requests.Response) -> bytes:
    """The whole body, as it comes in: a server that drips or never stops is cut off."""
    deadline, parts, size = time.monotonic() + WHOLE, [], 0
    try:
        while part := response.raw.read1(65_536, decode_content=True):
            size += len(part)
            if size > BODY_LIMIT or time.monotonic() > deadline:
                raise ReadTimeoutError(response.raw, "", "too long")
            parts.append(part)
    finally:
        response.close()
    return b"".join(parts)


def _network_error(error: Exception, method: str, name: str) -> SocialwatchError:
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader):
        return Refused(f"Het adres of een sleutel voor {name} bevat tekens die niet kunnen")
    if _nothing_sent(error):
        return Unavailable(f"{name} is niet bereikbaar: geen verbinding")
    slow = isinstance(error, requests.Timeout | ReadTimeoutError)
    sentence = f"{name} antwoordde niet binnen de tijd" if slow else f"{name} brak de verbinding af"
    return Unavailable(sentence) if method in _READS and not slow else Unanswered(sentence)


def _nothing_sent(error: Exception) -> bool:
    """Whether the connection itself failed: refused, unknown name, no route, untrusted certificate."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    untrusted = bool(getattr(reason, "args", ())) and isinstance(reason.args[0], ssl.SSLCertVerificationError)  # type: ignore[union-attr]
    return isinstance(reason, NewConnectionError | ConnectTimeoutError) or untrusted


def _readable_again(response: requests.Response, body: bytes) -> requests.Response:
    """The same answer for the SDK, its body already read; called JSON because it was judged to be."""
    again = requests.Response()
    again.status_code, again.reason, again.url = response.status_code, response.reason, response.url
    again.headers, again.request, again.encoding = response.headers.copy(), response.request, "utf-8"
    again.headers["content-type"] = "application/json; charset=utf-8"
    again.headers.pop("content-encoding", None)
    again.raw = io.BytesIO(body)
    return again
