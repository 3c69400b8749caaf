"""A JSONL file that another program appends to: new lines in, no replies out.

Section: brand, path. One mention per line (see domain/intake.py); a bad line is logged as *regel N: reason*, the good
ones are kept.
"""

import json
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import structlog

from socialwatch.domain import intake
from socialwatch.domain.channel import Channel, Finding, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.domain.section import Section
from socialwatch.errors import Refused, Unavailable

log = structlog.get_logger(__name__)

_PAGE = 500  # lines
_LONGEST_LINE = 16_000_000  # bytes: 3 million characters, escaped, with the fields around them
_HEAD = 1024  # bytes by which a file is recognised


@dataclass(frozen=True, slots=True)
class Place:
    """How far the file was read: bytes and lines, and the mark of its beginning, by which a new file is noticed."""

    offset: int = 0
    lines: int = 0
    mark: str = ""


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one file. Raises Misconfigured naming the key. The file may come later."""
    given = Section(section, "kanaal file")
    return File(Path(given.needed("path")).expanduser(), given.text("brand"))


class File:
    kind = "file"

    def __init__(self, path: Path, brand: str) -> None:
        self._path = path
        self._brand = brand

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """Complete lines after the cursor; a half line waits until its end is there."""
        with self._open() as file:
            place = _resume(file, _load(cursor))
            file.seek(place.offset)
            found: list[Mention] = []
            while (raw := _complete_line(file)) is not None:
                place = Place(file.tell(), place.lines + 1)
                found += self._read(raw, place.lines)
                if len(found) == _PAGE:
                    yield Page(tuple(found))
                    found = []
            mark = _mark(file, place.offset)
        yield Page(tuple(found), cursor=_dump(replace(place, mark=mark)))

    def lookup(self, ids: Sequence[str]) -> Looked:
        """A file tells nothing about what became of a post."""
        return Looked(())

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        raise Refused("Op een bericht uit een bestand kan alleen met de hand geantwoord worden")

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        return None

    def can_reply(self, mention: Mention) -> bool:
        return False

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        raise Refused("Een bestand kent geen webhooks")

    def check(self) -> list[Finding]:
        """Whether the file can be read now."""
        try:
            with self._open():
                return [Finding(True, f"Bestand {self._path} is leesbaar; antwoorden gaat met de hand")]
        except Unavailable as problem:
            return [Finding(False, str(problem))]

    def _open(self) -> BinaryIO:
        try:
            if not stat.S_ISREG(self._path.stat().st_mode):
                reason = "is geen gewoon bestand"
            else:
                return self._path.open("rb")
        except FileNotFoundError:
            reason = "is er (nog) niet"
        except OSError as problem:
            reason = f"is niet te openen ({type(problem).__name__})"
        raise Unavailable(f"Bestand {self._path} {reason}")

    def _read(self, raw: bytes, number: int) -> list[Mention]:
        text = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if not text:
            return []
        try:
            if len(text) >= _LONGEST_LINE:
                raise ValueError(f"langer dan {_LONGEST_LINE} bytes")
            return [replace(intake.line(text), brand=self._brand)]
        except ValueError as reason:
            log.warning(f"regel {number}: {reason}", channel=self.kind, path=str(self._path))
            return []


def _complete_line(file: BinaryIO) -> bytes | None:
    """The next line when its end is there, else None. Of a line that is too long the rest is passed over."""
    whole = part = file.readline(_LONGEST_LINE)
    while part and not part.endswith(b"\n"):
        part = file.readline(_LONGEST_LINE)
        whole = whole if len(whole) >= _LONGEST_LINE else whole + part
    return whole if part else None


def _resume(file: BinaryIO, place: Place) -> Place:
    """Where to go on: at the beginning when the file was cut short or is another one than before."""
    size = file.seek(0, 2)
    if size < place.offset or _mark(file, place.offset) != place.mark:
        return Place()
    return place


def _mark(file: BinaryIO, offset: int) -> str:
    """The fingerprint of the first bytes that had been read."""
    file.seek(0)
    return sha256(file.read(min(offset, _HEAD))).hexdigest()[:16] if offset else ""


def _load(cursor: str | None) -> Place:
    try:
        kept = json.loads(cursor or "{}")
        place = Place(**kept)
        return place if isinstance(place.offset, int) and place.offset >= 0 else Place()
    except (ValueError, TypeError):
        return Place()


def _dump(place: Place) -> str:
    return json.dumps({"offset": place.offset, "lines": place.lines, "mark": place.mark}, sort_keys=True)
