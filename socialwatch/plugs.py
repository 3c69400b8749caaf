"""Plugs: a socket is loaded by its kind, which is the name of its file."""

import importlib
import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

from socialwatch.errors import Misconfigured

_KIND = re.compile(r"[a-z][a-z0-9_]*")


def load(room: str, name: str, section: Mapping[str, Any]) -> Any:
    """Connect the socket that `section` describes; its `kind` is `name` unless the section says otherwise.

    `room` is channels, shops, notifiers, gestures or sentiment. Raises Misconfigured naming the key.
    """
    kind = str(section.get("kind", name))
    path = f"socialwatch.{room}.{kind}"
    if not _KIND.fullmatch(kind) or find_spec(path) is None:
        raise Misconfigured(f"Instelling {room}.{name}: de soort {kind!r} bestaat niet.")
    connect: Callable[[Mapping[str, Any]], Any] | None = getattr(importlib.import_module(path), "connect", None)
    if connect is None:  # a file that lives in this room and is no socket
        raise Misconfigured(f"Instelling {room}.{name}: de soort {kind!r} bestaat niet.")
    try:
        return connect({key: value for key, value in section.items() if key != "kind"})
    except KeyError as problem:
        raise Misconfigured(f"Instelling {room}.{name}.{problem.args[0]} ontbreekt.") from None
    except Misconfigured as problem:
        raise Misconfigured(f"Instelling {room}.{name}: {problem}") from None
