"""One section of the configuration, read strictly: whatever is missing or wrong is named in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from socialwatch.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Section:
    """The keys and values of one section; `of` is what it is about, as a reader knows it: *kanaal x*.

    Every method raises Misconfigured naming the key.
    """

    values: Mapping[str, Any]
    of: str

    def text(self, name: str, default: str = "") -> str:
        """Text without spaces around it; numbers count as text, because ids are sometimes written without quotes."""
        value = self.values.get(name)
        reveal = getattr(value, "get_secret_value", None)  # pydantic keeps secrets wrapped
        value = reveal() if callable(reveal) else value
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Misconfigured(f"{name} van {self.of} moet tekst zijn")
        return str(value).strip() or default

    def needed(self, name: str) -> str:
        """Text that must be there."""
        value = self.text(name)
        if not value:
            raise Misconfigured(f"{name} van {self.of} ontbreekt")
        return value

    def secret(self, name: str) -> str:
        """A token or key, "" when absent; what cannot travel in a header is refused here, without showing it."""
        value = self.text(name)
        if not value.isascii() or not value.isprintable() or " " in value:
            raise Misconfigured(f"{name} van {self.of} bevat tekens die in een sleutel niet kunnen")
        return value

    def number(self, name: str, default: int, bounds: tuple[int, int]) -> int:
        """A whole number between `bounds`, both included."""
        value = self.values.get(name, default)
        try:
            number = int(str(value))
        except ValueError:
            number = bounds[0] - 1
        if not bounds[0] <= number <= bounds[1]:
            raise Misconfigured(f"{name} van {self.of} moet een getal van {bounds[0]} tot en met {bounds[1]} zijn")
        return number

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no; from the environment also as text."""
        value = str(self.values.get(name, default)).strip().lower()
        if value not in ("true", "false", "1", "0"):
            raise Misconfigured(f"{name} van {self.of} moet true of false zijn")
        return value in ("true", "1")

    def words(self, name: str) -> list[str]:
        """A list of texts; empty when absent."""
        value = self.values.get(name) or []
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            raise Misconfigured(f"{name} van {self.of} moet een lijst van woorden zijn")
        return list(value)
