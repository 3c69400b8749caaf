"""Mail headers as they really come: folded, encoded, 8-bit, doubled or absent. Reading one never fails."""

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice
from typing import TypeAlias

from socialwatch.domain.mention import clean

Mail: TypeAlias = "Message[str, str]"  # at run time the class takes no parameters

_MOST = 2_000  # headers; a mail that went through many servers has a hundred
_LONGEST = 20_000  # characters of one header; a References of 200 mails fits
_ADDRESS = re.compile(r"[^\s<>@\"(),:;\\\[\]]{1,64}@[^\s<>@\"(),:;\\\[\]]{1,190}")
_IDS = re.compile(r"<([^<>]{1,2000})>")
_SPACES = re.compile(r"\s+")


def raw(mail: Mail, name: str) -> str:
    """The first header of this name on one line, not yet decoded; "" when absent. Bare 8-bit text is read as UTF-8,
    else as Windows-1252, which is what the programs that send it mean.
    """
    for key, value in islice(mail.raw_items(), _MOST):
        if key.lower() == name.lower():
            data = str(value)[:_LONGEST].encode("utf-8", "surrogateescape")
            return _SPACES.sub(" ", _guessed(data)).strip()
    return ""


def text(mail: Mail, name: str) -> str:
    """A header as people read it."""
    return decoded(raw(mail, name))


def decoded(value: str) -> str:
    """RFC 2047 words become text; what cannot be decoded stays as it was written."""
    if "=?" not in value:
        return clean(value)
    try:
        parts = [_piece(part, charset) for part, charset in decode_header(value)]
    except (HeaderParseError, ValueError):
        return clean(value)
    return _SPACES.sub(" ", clean("".join(parts))).strip()


def _piece(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    if charset is None:
        return part.decode("raw-unicode-escape", "replace")
    return in_charset(part, charset)


def in_charset(data: bytes, charset: str | None) -> str:
    """Bytes as text: as declared, else UTF-8, else Windows-1252. Never fails."""
    name = (charset or "utf-8").lower()
    # Small words for large ones: these are no charsets of mail, and some cost quadratic time.
    strange = {"punycode", "idna", "unicode_escape", "unicode-escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
    if name not in strange and name.isprintable():
        try:
            return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "latin-1") else name)
        except Exception:  # noqa: S110  # any codec may refuse in its own way, and then we guess
            pass
    return _guessed(data)


def _guessed(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def addresses(mail: Mail, name: str) -> list[tuple[str, str]]:
    """(display name, lower-case address) of all that can be mailed to, in order. Split before decoding: an encoded
    name may hold anything, another address included.
    """
    value = raw(mail, name)
    try:
        pairs = getaddresses([value])
    except Exception:  # a thousand nested comments
        pairs = []
    found = [(decoded(shown).strip(" \"'"), address.lower()) for shown, address in pairs if _ADDRESS.fullmatch(address)]
    return found or [("", each.lower()) for each in _ADDRESS.findall(value)[:1]]


def ids(mail: Mail, name: str) -> list[str]:
    """Message-IDs without their angle brackets, in order; one without brackets is taken as it stands."""
    value = raw(mail, name)
    found = [_SPACES.sub("", each) for each in _IDS.findall(value)]
    if not found and value and "<" not in value:
        found = [value.split()[0]]
    return [clean(each) for each in found if each]


def moment(mail: Mail, name: str) -> datetime | None:
    """A date header in UTC, or None when it holds no moment."""
    try:
        found = parsedate_to_datetime(raw(mail, name))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except Exception:  # the year 99999, a zone of 90 hours, no date at all
        return None
