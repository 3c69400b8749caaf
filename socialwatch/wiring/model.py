"""The model from its settings; imports neither store, channels nor web, so that `score` starts without them."""

from pathlib import Path

from socialwatch import plugs
from socialwatch.domain.assessment import Assessor
from socialwatch.settings import Section, Settings

PACKAGE = Path(__file__).parents[1]


def assessor(found: Settings) -> Assessor:
    """The model, loaded. Raises Misconfigured when it is missing, damaged or does not fit."""
    section: Section = {"path": str(path(found)), "threads": found.model.threads}
    loaded: Assessor = plugs.load("sentiment", found.model.kind, section)
    return loaded


def path(found: Settings) -> Path:
    """The configured model, else the one that came with the package, else the one of this checkout."""
    if found.model.path:
        return Path(found.model.path)
    return shipped("dutch", "models/dutch")


def shipped(in_package: str, in_checkout: str) -> Path:
    """A file or folder that the build copies into the package; a checkout uses its own."""
    packed = PACKAGE / "shipped" / in_package
    return packed if packed.exists() else PACKAGE.parent / in_checkout
