"""What may not be read back: tokens, signatures and passwords leave every text before it is shown or logged."""

import logging
import re

LEFT_OUT = "[weggelaten]"

_NAMES = (
    r"access_token(?:_secret)?|appsecret_proof|app_secret|client_secret|consumer_(?:key|secret)|input_token"
    r"|fb_exchange_token|bearer_token|page_token|refresh_token|oauth_\w+|api_key|verify_token|\w*password"
)
_HEADERS = r"authorization|proxy-authorization|set-cookie|cookie"
_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'&,;})\]]+"
_SECRETS = re.compile(
    rf"(?P<header>\b(?:{_HEADERS})[\"']?\s*[:=]\s*)(?:b?\"[^\"\n]*\"|b?'[^'\n]*'|[^\n]*)"
    rf"|(?P<name>\b(?:{_NAMES})(?:[\"']?\s*(?:=|:|%3D)|[\"']\s*,)\s*)(?:{_VALUE})"
    r"|(?P<scheme>\b(?:Bearer|Basic)\s+)[^\s\"',;})\]]+"
    r"|(?P<user>://)[^/\s@:]+:[^/\s@]+@",
    re.IGNORECASE,
)
# A filter works only on the logger that it hangs on, not on that logger's children, so each is named.
_CHATTY = (
    *("tweepy", "tweepy.client", "tweepy.api", "tweepy.streaming", "facebook"),
    *("requests", "urllib3", "urllib3.connectionpool", "urllib3.connection"),
    *("requests_oauthlib", "requests_oauthlib.oauth1_auth", "oauthlib", "oauthlib.oauth1.rfc5849"),
)


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """`text` without tokens, OAuth fields, authorization headers, passwords in addresses, and the given `secrets`."""
    for secret in secrets:
        text = text.replace(secret, LEFT_OUT) if secret else text
    return _SECRETS.sub(lambda found: (found[found.lastgroup or 0] or "") + LEFT_OUT, text)


# What is asked may be a customer's name, address or number; the path says enough.
_QUERY = re.compile(r"\?[^\s\"']+")


class _Redacted(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        said = redact(record.getMessage())
        record.msg, record.args = _QUERY.sub(f"?{LEFT_OUT}", said) if record.name.startswith("urllib3") else said, ()
        return True


_REDACTED = _Redacted()


def quiet_sdk_logging() -> None:
    """Silence the SDKs' own logs below WARNING and redact the rest.

    tweepy prints the Authorization header at DEBUG, urllib3 the query with Facebook's token. The filter stays when
    somebody sets a logger back to DEBUG.
    """
    for name in _CHATTY:
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.addFilter(_REDACTED)
