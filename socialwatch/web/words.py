"""Words of strangers made safe to look at: no hidden direction changes, no towers of accents."""

import re
import unicodedata

# Marks that reorder or hide text: left-to-right/right-to-left embeddings, overrides and isolates, and other controls.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_MOST_MARKS = 3
# No emoji joins more than four; a longer chain is one sign to a browser, which no line can break.
_CHAIN = re.compile("(?:[^\\s\u200d]{1,3}\u200d){5,}")
_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
SNIPPET = 150


def readable(text: str) -> str:
    """The same words without what would upset the page around them."""
    plain = _CHAIN.sub(lambda found: found[0].replace("\u200d", ""), _HIDDEN.sub("", text))
    return plain if plain.isascii() else _fewer_marks(plain)


def sentence(text: str) -> str:
    """Readable, and with a capital where it begins."""
    plain = readable(text)
    return plain[:1].upper() + plain[1:]


def _fewer_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for each in text:
        marks = marks + 1 if each in _TONES or unicodedata.category(each) in ("Mn", "Me", "Mc") else 0
        if marks <= _MOST_MARKS:
            kept.append(each)
    return "".join(kept)


def snippet(text: str, longest: int = SNIPPET) -> str:
    """The beginning, on one line."""
    line = " ".join(readable(text[: 20 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0][: longest - 1] + "…"


def web_address(url: str | None) -> str:
    """The address when it leads to the web; "" for anything a stranger could smuggle in (javascript:, data:, ...)."""
    return url if url and url.lower().startswith(("https://", "http://")) and url.isprintable() else ""
