"""Letters: the encoding of a file, found by reading it once: UTF-8 or UTF-16, and for a sheet also Windows-1252."""

import codecs
import re
from pathlib import Path

from socialwatch.errors import Refused

PIECE = 1 << 20  # bytes
HEAD = 4000  # bytes in which UTF-16 without its mark shows
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UNUSED = re.compile(b"[\x81\x8d\x8f\x90\x9d]")  # in Windows-1252
_BROKEN = re.compile("[\udc80-\udcff]")
_BEYOND = re.compile("[^\x00-\x7f]")


def encoding(path: Path, sheet: bool) -> tuple[str, str]:
    """(encoding, what to do with bytes that do not fit). JSON is never Windows-1252.

    Raises OSError; Refused when a sheet is in none of these.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    wide = _wide(head)
    if wide:
        return wide, "replace"
    if sheet and not _is_utf8(path):
        return "cp1252", "strict"
    return "utf-8-sig", "surrogateescape"


def _wide(head: bytes) -> str | None:
    if head.startswith(MARKS):
        return "utf-16"
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.4 and not head[::2].count(0):
        return "utf-16-le"
    if half and head[::2].count(0) > half * 0.4 and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    """A stray byte does not make UTF-8 another encoding; more broken letters than whole ones do."""
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    broken = beyond = 0
    unused = False
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if piece.isascii():
                continue
            letters = decode(piece)
            broken += len(_BROKEN.findall(letters))
            beyond += len(_BEYOND.findall(letters))
            unused = unused or UNUSED.search(piece) is not None
    if broken <= beyond - broken:
        return True
    if unused:
        raise Refused(f"{path.name} is geen UTF-8, UTF-16 of Windows-1252: bewaar het als CSV UTF-8.")
    return False
