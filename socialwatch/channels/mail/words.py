"""The text of a mail, however its parts are broken or nested."""

import re
from email import message_from_bytes, message_from_string
from email.message import Message

from socialwatch.channels.mail import headers, markup
from socialwatch.channels.mail.headers import Mail
from socialwatch.domain.mention import clean

_MOST_PARTS = 400
_MOST_MARKS = 3_000  # lines that may begin a part; mail programs make a few dozen
_MOST_WORK = 2_000_000  # lines times boundaries, each held against each line; 25 MB of photos is 1.4 million
_BOMB_KEPT = 60_000  # bytes of a mail that is built to be slow
_PART = 1_000_000  # bytes of one text part
_LONGEST = 100_000  # characters of a mention
_FIRST_BOUNDARY = re.compile(r"^--(\S[^\r\n]{0,69}?)[ \t]*$", re.M)


def parsed(data: bytes) -> Mail:
    """Bytes as a mail. Never fails, and takes no longer for a bomb: of that only the first part is read."""
    if _is_bomb(data):
        data = data[:_BOMB_KEPT]
    try:
        return message_from_bytes(data)
    except Exception:  # parts nested deeper than the parser can go: the headers, and the rest as one text
        head, _, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
        mail = message_from_bytes(head + b"\n\n")
        mail.set_payload(body.decode("ascii", "surrogateescape"))
        return mail


def _is_bomb(data: bytes) -> bool:
    boundaries = data.lower().count(b"boundary=")
    return data.count(b"\n--") > _MOST_MARKS or boundaries > 300 or data.count(b"\n") * (boundaries + 1) > _MOST_WORK


def of(mail: Mail, *, whole: bool) -> str:
    """The words of a mail; `whole` keeps what an HTML mail quotes. "" when there are none."""
    try:
        found = _texts(mail, whole) or _texts_inside(mail, whole)
    except RecursionError:  # alternatives of alternatives of alternatives
        found = []
    text = "\n\n".join(found).strip()
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}\n(Deze mail was langer; de rest staat in de mailbox.)"
    return clean(text)


def attachments(mail: Mail) -> list[str]:
    """Names of what was sent along, at most ten."""
    names = []
    for part in _parts(mail):
        try:
            name = part.get_filename()
        except Exception:  # a name in three broken pieces
            name = None
        if name:
            names.append(headers.decoded(str(name))[:80])
    return names[:10]


def _texts(mail: Mail, whole: bool) -> list[str]:
    """Of alternatives the plain one, when it holds anything."""
    found: list[str] = []
    waiting: list[tuple[Mail, int]] = [(mail, 0)]
    seen = 0
    while waiting and seen < _MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        kind = part.get_content_type()
        children = _children(part) if depth < 50 else []
        if kind == "message/rfc822" or _is_attachment(part):
            continue
        if kind == "multipart/alternative" and children:
            found += _best([_texts(child, whole) for child in children[:10]], [c.get_content_type() for c in children])
        elif children:
            waiting += [(child, depth + 1) for child in reversed(children)]
        else:
            text = _text(part, kind, whole)
            found += [text] if text else []
    return found


def _best(texts: list[list[str]], kinds: list[str]) -> list[str]:
    plain = [text for text, kind in zip(texts, kinds, strict=False) if text and kind == "text/plain"]
    return next(iter(plain), next((text for text in texts if text), []))


def _texts_inside(mail: Mail, whole: bool) -> list[str]:
    """A mail that only holds another mail, forwarded as it was: then that one's words."""
    for part in _parts(mail):
        if part.get_content_type() == "message/rfc822":
            for inside in _children(part)[:1]:
                found = _texts(inside, whole)
                return [text for text in (headers.text(inside, "Subject"), *found) if text]
    return []


def _parts(mail: Mail) -> list[Mail]:
    found: list[Mail] = []
    waiting = [mail]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        waiting += reversed(_children(part))
    return found


def _children(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [each for each in payload if isinstance(each, Message)][:_MOST_PARTS]
    if part.get_content_maintype() == "multipart" and isinstance(payload, str):
        return _rejoined(payload)
    return []


def _rejoined(payload: str) -> list[Mail]:
    """A multipart whose header forgot the boundary: its first line tells."""
    mark = _FIRST_BOUNDARY.search(payload[:10_000])
    if mark is None or '"' in mark[1]:
        return []
    try:
        again = message_from_string(f'Content-Type: multipart/mixed; boundary="{mark[1]}"\n\n{payload}')
        found = again.get_payload()
    except Exception:  # as deep as before
        return []
    return [each for each in found if isinstance(each, Message)] if isinstance(found, list) else []


def _is_attachment(part: Mail) -> bool:
    return headers.raw(part, "Content-Disposition").lower().startswith("attachment")


def _text(part: Mail, kind: str, whole: bool) -> str:
    if kind not in ("text/plain", "text/html") and not kind.startswith("multipart/"):
        return ""
    try:
        data = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except Exception:  # a transfer encoding or charset that no one can read
        data, charset = str(part.get_payload()).encode("utf-8", "surrogateescape"), None
    words = headers.in_charset(data[:_PART] if isinstance(data, bytes) else b"", charset)
    return markup.as_text(words, whole=whole) if kind == "text/html" else words.strip()
