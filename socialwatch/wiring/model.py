"""The model from its settings; imports neither store, channels nor web, so that `score` starts without them."""

from pathlib import Path

from socialwatch import plugs
from socialwatch.domain.assessment import Assessor
from socialwatch.errors import Misconfigured
from socialwatch.settings import Section, Settings

OWN = "transformer"
PACKAGE = Path(__file__).parents[1]


def assessor(found: Settings) -> Assessor:
    """The model, loaded. Raises Misconfigured when it is missing, damaged or does not fit."""
    section: Section = found.model.model_dump(exclude={"kind", "path"}) | {"path": str(path(found))}
    loaded: Assessor = plugs.load("sentiment", found.model.kind, section)
    return loaded


def path(found: Settings) -> str | Path:
    """The configured model (a folder, or a hub id), else the one that came with the package, else the one of this
    checkout. Raises Misconfigured when another kind than our own names none, or our own gets another kind's settings.
    """
    if found.model.kind == OWN:
        for name in ("labels", "revision", "network"):
            if getattr(found.model, name):
                raise Misconfigured(f"Instelling model.{name} hoort bij een andere soort dan {OWN!r}: zie model.kind.")
    if found.model.path:
        return found.model.path
    if found.model.kind != OWN:
        raise Misconfigured(f"Instelling model.path ontbreekt: bij de soort {found.model.kind!r} komt geen model mee.")
    return shipped("dutch", "models/dutch")


def shipped(in_package: str, in_checkout: str) -> Path:
    """A file or folder that the build copies into the package; a checkout uses its own."""
    packed = PACKAGE / "shipped" / in_package
    return packed if packed.exists() else PACKAGE.parent / in_checkout
