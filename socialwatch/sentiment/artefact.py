"""A model folder: config.json, tokenizer.json and weights.safetensors, checked by their sums before loading."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from socialwatch.errors import Misconfigured
from socialwatch.sentiment.heads import HEADS

FORMAT = 2
FILES = ("weights.safetensors", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Artefact:
    """What config.json says, after the files were found whole. `temperatures` soften each head (1 = as trained)."""

    folder: Path
    model: str
    encoder: Mapping[str, Any]
    temperatures: Mapping[str, float]
    longest: int

    @property
    def weights(self) -> Path:
        return self.folder / "weights.safetensors"

    @property
    def tokenizer(self) -> Path:
        return self.folder / "tokenizer.json"


def open_artefact(folder: Path) -> Artefact:
    """Read and verify; raises Misconfigured with one sentence that names the path and what is wrong with it."""
    config = _config(folder / "config.json")
    for name in FILES:
        _verify(folder / name, config.get("sha256", {}).get(name))
    try:
        heads = {head["name"]: head for head in config["heads"]}
        if config["format"] != FORMAT or any(tuple(heads[head.name]["labels"]) != head.labels for head in HEADS):
            raise ValueError("other format or labels")
        return Artefact(
            folder=folder,
            model=str(config["model"]),
            encoder=dict(config["encoder"]),
            temperatures={name: float(head["temperature"]) for name, head in heads.items()},
            longest=int(config["longest"]),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise Misconfigured(f"The model in {folder} does not fit this version of socialwatch ({wrong}).") from wrong


def _config(path: Path) -> dict[str, Any]:
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise Misconfigured(f"There is no model in {path.parent}: {path.name} cannot be read.") from wrong
    except ValueError as wrong:
        raise Misconfigured(f"The model in {path.parent} is damaged: {path.name} is not JSON.") from wrong
    if not isinstance(config, dict):
        raise Misconfigured(f"The model in {path.parent} is damaged: {path.name} holds no settings.")
    return config


def _verify(path: Path, expected: object) -> None:
    try:
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except OSError as wrong:
        raise Misconfigured(f"There is no whole model in {path.parent}: {path.name} cannot be read.") from wrong
    if found != expected:
        raise Misconfigured(
            f"The model in {path.parent} is damaged: {path.name} is not the file config.json names (sha256)."
        )
