"""Where a classifier of one's own comes from: a folder, or a name on the hub that may or may not be fetched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socialwatch.errors import Misconfigured

WEIGHTS = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(?:/[A-Za-z0-9][\w.-]{0,95})?")


@dataclass(frozen=True, slots=True)
class Origin:
    """`path` is a folder or a hub id; `network` is true only for a hub id that the configuration allows to fetch."""

    path: str
    folder: bool
    revision: str | None
    network: bool


def origin(section: Mapping[str, Any]) -> Origin:
    """Raises Misconfigured when the folder, its config.json or its weights are not there."""
    path, revision = str(section["path"]), section.get("revision")
    folder = Path(path).expanduser()
    if folder.is_dir():
        _complete(folder)
        return Origin(str(folder), True, None, False)
    if not _HUB_ID.fullmatch(path):
        raise Misconfigured(f"De map {path} bestaat niet.")
    return Origin(path, False, str(revision) if revision else None, bool(section.get("network")))


def absent(source: Origin) -> str:
    """The sentence for a hub id that cannot be had."""
    if source.network:
        return f"Het model {source.path} is op de hub niet te vinden of niet op te halen."
    return (
        f"Er is geen map {source.path}, en een model met die naam staat niet op deze computer"
        " (ophalen mag met network = true)."
    )


def _complete(folder: Path) -> None:
    if not (folder / "config.json").is_file():
        raise Misconfigured(f"In de map {folder} staat geen config.json.")
    if not any((folder / name).is_file() for name in WEIGHTS):
        raise Misconfigured(f"In de map {folder} staan geen gewichten (model.safetensors of pytorch_model.bin).")
