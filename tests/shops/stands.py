"""The register of order systems under contract: to add one, put a file stand_<kind>.py here with a class Stand.

A Stand stands in for the other side. Over HTTP it is a Counter (counter.py), which brings the server and the faults;
without HTTP (`remote` False) the faults do not apply.
"""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Protocol

from socialwatch.domain.customer import Customer, Order

HERE = Path(__file__).parent
BRAND = "sokkerij"


class Stand(Protocol):
    """One order system's other side."""

    kind: str
    secrets: tuple[str, ...]
    remote: ClassVar[bool]
    # Fields of Customer and Order, and questions ("by_name"), that this platform has no place for.
    lacks: ClassVar[frozenset[str]]
    # What the sentence about a refused key must name, such as "consumer_key".
    setting: ClassVar[str]

    def start(self) -> dict[str, Any]:
        """Open it; gives back the section for plugs.load("shops", kind, section). Reads are not paused after a
        failure in this section, and time out within 2 seconds.
        """
        ...

    def stop(self) -> None: ...

    def put(self, customers: Sequence[Customer], orders: Sequence[Order]) -> None:
        """Keep these in the platform's own form. Customer ids and order numbers are made of figures; the platform may
        give customers other ids.
        """
        ...


def module(path: Path) -> ModuleType:
    """A file beside this one; registered, because dataclasses look their module up."""
    name = f"tests_shops_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def kinds(*, remote: bool = False) -> list[str]:
    """All kinds there are, or those that are asked over HTTP."""
    files = sorted(HERE.glob("stand_*.py"))
    return [each.stem.removeprefix("stand_") for each in files if not remote or module(each).Stand.remote]


def stand(kind: str, **given: Any) -> Any:
    """A stand of this kind, not yet started; `given` goes to its constructor (`database` for those that need one)."""
    made: Any = module(HERE / f"stand_{kind}.py").Stand(**given)
    return made
