"""Logging for the commands: one JSON line per event, without personal data; what the SDKs would say of tokens is
silenced, and of an unexpected error only its kind and place are told: its words may be a customer's.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

from socialwatch import outgoing

NAME = "socialwatch"
DEEPEST = 12  # frames, the innermost ones


def plain() -> None:
    """JSON lines on stderr, from information up."""
    _configure(logging.INFO)


def quiet() -> None:
    """Only what needs somebody's attention."""
    _configure(logging.ERROR)


def _configure(level: int) -> None:
    outgoing.quiet_sdk_logging()
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _take_the_others(shared, render, max(level, logging.WARNING))


def _take_the_others(shared: list[Any], render: Any, level: int) -> None:
    """What libraries log (uvicorn, the web's own errors) leaves as the same lines, through the same filter."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name(NAME)
    handler.setLevel(level)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in [each for each in root.handlers if each.get_name() == NAME]:
        root.removeHandler(old)
    root.addHandler(handler)


def without_words(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor: an exception becomes its kind and the places it came through, without its message; tokens in any
    text become stars.
    """
    problem = _exception(event.pop("exc_info", None))
    if problem is not None:
        event["error"] = type(problem).__name__
        event["at"] = _places(problem.__traceback__)
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = outgoing.redact(value)
    return event


def _exception(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    found = given if isinstance(given, tuple) else sys.exc_info() if given else (None, None, None)
    problem = found[1]
    return problem if isinstance(problem, BaseException) else None


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-DEEPEST:]
    return [f"{each.filename}:{each.lineno} {each.name}" for each in frames]
