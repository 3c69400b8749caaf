"""Logging for the commands: one JSON line per event, without personal data; what the SDKs would say of tokens is
silenced.
"""

import logging
import sys

import structlog

from socialwatch import outgoing


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
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
