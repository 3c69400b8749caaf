"""The label map: how frustrated each label of somebody else's classifier is, 0..1."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from socialwatch.errors import Misconfigured


def label_map(wanted: Mapping[str, Any], known: Mapping[int, str], path: str) -> list[float]:
    """The frustration of each output of the classifier, in its own order; capitals make no difference.

    Raises Misconfigured naming the label that is missing, unknown, double or without a number 0..1.
    """
    values: dict[str, float] = {}
    for label, value in wanted.items():
        if label.casefold() in values:
            raise Misconfigured(f"labels noemt {label!r} twee keer.")
        values[label.casefold()] = _frustration(label, value)
    names = [str(known[place]) for place in sorted(known)]
    for name in names:
        if name.casefold() not in values:
            raise Misconfigured(f"labels mist {name!r}; het model {path} kent {_listed(names)}.")
    for label in wanted:
        if label.casefold() not in {name.casefold() for name in names}:
            raise Misconfigured(f"labels noemt {label!r}; het model {path} kent alleen {_listed(names)}.")
    return [values[name.casefold()] for name in names]


def _frustration(label: str, value: Any) -> float:
    sound = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    if not sound or not 0 <= value <= 1:
        raise Misconfigured(f"labels.{label} moet een getal van 0 tot en met 1 zijn.")
    return float(value)


def _listed(names: list[str]) -> str:
    return ", ".join(map(repr, names))
