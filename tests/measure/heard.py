"""The second sign of closing: how well it is proposed from the customer's last words, on labelled ones."""

from dataclasses import dataclass
from pathlib import Path

from socialwatch.domain.heard import Heard, heard

TITLE = "Does the customer feel heard"
FILES = (("seen", "heard.txt"), ("apart", "heard_apart.txt"))
LABELS = {"ja": Heard.YES, "nee": Heard.NO, "-": Heard.UNKNOWN}
NAMED = {Heard.YES: "feels heard", Heard.NO: "does not feel heard"}


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one sign: how many last words carry it, how many were said to, and how many of those rightly."""

    carry: int
    said: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.carry if self.carry else 0.0


def labelled(file: str) -> list[tuple[str, Heard]]:
    """Last words with what a reader says of them."""
    rows = (Path(__file__).parent / file).read_text("utf-8").splitlines()
    return [(words, LABELS[label]) for label, words in (row.split("\t", 1) for row in rows if row.strip())]


def figures(rows: list[tuple[str, Heard]], sign: Heard) -> Figures:
    read = [(label, heard(words).heard) for words, label in rows]
    right = sum(label is found is sign for label, found in read)
    return Figures(sum(label is sign for label, _ in read), sum(found is sign for _, found in read), right)


def report() -> list[str]:
    """One row per set and sign."""
    lines = [
        "Proposed from the last words of a customer; the agent decides, or leaves it open. The sets were written and",
        "labelled by a language model in one hand; `apart` was written after the rules, which were not mended by it.",
        "",
        "| set | sign | last words | carry it | proposed | rightly | precision | recall |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, file in FILES:
        rows = labelled(file)
        for sign, words in NAMED.items():
            one = figures(rows, sign)
            counted = f"{len(rows)} | {one.carry} | {one.said} | {one.right}"
            lines.append(f"| {name} | {words} | {counted} | {one.precision:.2f} | {one.recall:.2f} |")
    return lines
