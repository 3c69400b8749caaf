"""Rows: a file as (line number, row), JSON lines or a sheet; what cannot be read is a ValueError in the row's place."""

import csv
import json
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from socialwatch.errors import Refused

LONGEST_LINE = 20_000_000  # characters
LONGEST_FIELD = 4_000_000
MOST_LINES = 1000  # of one quoted field
DELIMITERS = ";,\t"
TOO_LONG = f"langer dan {LONGEST_LINE} tekens"
Row = tuple[int, Any]


def json_rows(file: TextIO) -> Iterator[Row]:
    for number, written in _lines(file):
        if not written.strip():
            continue
        try:
            row = json.loads(written)
        except (ValueError, RecursionError):
            row = ValueError(TOO_LONG if len(written) > LONGEST_LINE else "geen geldige JSON")
        yield number, row if isinstance(row, dict | ValueError) else ValueError("geen JSON-object")


def _lines(file: TextIO) -> Iterator[tuple[int, str]]:
    """Lines with their numbers. Of a line that is too long one character more than allowed is kept, to tell."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith("\n"):
            rest = file.readline(LONGEST_LINE + 1)
        yield number, line


class _Source:
    """Lines that can be given back."""

    def __init__(self, file: TextIO) -> None:
        self._lines = _lines(file)
        self._back: deque[tuple[int, str]] = deque()

    def take(self) -> tuple[int, str] | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: Sequence[tuple[int, str]]) -> None:
        self._back.extendleft(reversed(lines))


def sheet_rows(file: TextIO) -> Iterator[Row]:
    """CSV with commas, semicolons or tabs. A quote that is never closed costs its own line, not what follows.

    Raises Refused when the first line names a column twice.
    """
    csv.field_size_limit(LONGEST_FIELD)
    source = _Source(file)
    head = source.take()
    if head is not None and head[1].lower().startswith("sep="):  # Excel's own first line
        head = source.take()
    if head is None:
        return
    delimiter = max(DELIMITERS, key=head[1].count)
    names = _names(_values(head, source, (delimiter, 0)))
    while (line := source.take()) is not None:
        if not line[1].strip():
            continue
        values = _values(line, source, (delimiter, len(names)))
        yield line[0], values if isinstance(values, ValueError) else dict(zip(names, values, strict=False))


def _names(head: list[str] | ValueError) -> list[str]:
    if isinstance(head, ValueError):
        raise Refused(f"regel 1: {head}.")
    names = [each.strip().lower() for each in head]
    again = {each for each in names if each and names.count(each) > 1}
    if again:
        raise Refused(f"regel 1: de kolom {min(again)} staat er twee keer.")
    return names


def _values(line: tuple[int, str], source: _Source, shape: tuple[str, int]) -> list[str] | ValueError:
    """The values of the record that begins with this line, as many as there are columns (0: any number)."""
    delimiter, wanted = shape
    if len(line[1]) > LONGEST_LINE:
        return ValueError(TOO_LONG)
    if '"' not in line[1]:
        values = line[1].rstrip("\r\n").split(delimiter)
        return _too_long() if max(map(len, values)) > LONGEST_FIELD else _fitting(values, wanted)
    taken = [line]
    found = _quoted(taken, source, shape)
    if isinstance(found, ValueError):
        source.give_back(taken[1:])
    return found


def _quoted(taken: list[tuple[int, str]], source: _Source, shape: tuple[str, int]) -> list[str] | ValueError:
    """A record with quotes, which may go on over the next lines: those are added to `taken`."""
    delimiter, wanted = shape
    try:
        values = next(csv.reader(_feed(taken, source), delimiter=delimiter, strict=True))
    except csv.Error as problem:
        if "limit" in str(problem):
            return _too_long()
        return _loose(taken[0][1], shape) if len(taken) == 1 else _unclosed()
    found = _fitting(values, wanted)
    return _unclosed() if isinstance(found, ValueError) and len(taken) > 1 else found


def _too_long() -> ValueError:
    return ValueError(f"een veld is langer dan {LONGEST_FIELD} tekens")


def _unclosed() -> ValueError:
    return ValueError("een aanhalingsteken gaat open en niet meer dicht")


def _feed(taken: list[tuple[int, str]], source: _Source) -> Iterator[str]:
    """The lines that one record asks for, the first of which is taken already."""
    yield taken[0][1]
    while len(taken) < MOST_LINES and (more := source.take()) is not None:
        taken.append(more)
        yield more[1]


def _loose(line: str, shape: tuple[str, int]) -> list[str] | ValueError:
    """A line with a quote in an odd place, such as "Jan" Smit: taken as it can be, unless a quote stays open."""
    delimiter, wanted = shape
    try:
        values = next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return _unclosed()
    if any(each.endswith(("\n", "\r")) for each in values):
        return _unclosed()
    return _fitting(values, wanted)


def _fitting(values: list[str], wanted: int) -> list[str] | ValueError:
    """Empty columns at the end, which spreadsheets add, are no matter."""
    if wanted and len(values) > wanted and not any(values[wanted:]):
        values = values[:wanted]
    if wanted and len(values) != wanted:
        return ValueError(f"{len(values)} kolommen in plaats van {wanted}")
    return values
