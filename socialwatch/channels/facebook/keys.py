"""The section of one Facebook page, read and checked; and how far each of its lists has been read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

BASE_URL = "https://graph.facebook.com"
VERSION = "v26.0"


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `rescan` is how old a post may be and still be looked at for new comments, `window` how old
    a webhook's delivery may be (Meta tries again for 36 hours).
    """

    brand: str
    page_id: str
    base_url: str
    version: str
    page_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    rescan: timedelta
    overlap: timedelta
    page_size: int
    window: timedelta

    @property
    def back(self) -> timedelta:
        """How far before the newest post seen a poll begins again."""
        return max(self.rescan, self.overlap)


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, "kanaal facebook")
    page_id, version, token = section.needed("page_id"), section.text("version", VERSION), section.secret("page_token")
    if not page_id.isdigit():
        raise Misconfigured("page_id van kanaal facebook moet het nummer van de pagina zijn")
    if not re.fullmatch(r"v\d+\.\d+", version):
        raise Misconfigured(f'version van kanaal facebook moet eruitzien als "{VERSION}"')
    if not token:
        raise Misconfigured("page_token van kanaal facebook ontbreekt")
    return Settings(
        brand=section.text("brand"),
        page_id=page_id,
        base_url=section.text("base_url", BASE_URL).rstrip("/"),
        version=version,
        page_token=token,
        app_secret=section.secret("app_secret"),
        verify_token=section.secret("verify_token"),
        rescan=timedelta(days=section.number("rescan_days", 3, (0, 90))),
        overlap=timedelta(minutes=section.number("overlap_minutes", 10, (0, 1440))),
        page_size=section.number("page_size", 100, (1, 100)),
        window=timedelta(hours=section.number("webhook_window_hours", 36, (1, 168))),
    )


def load(cursor: str | None) -> dict[str, datetime]:
    """The moment of the newest post seen, by list. An unreadable cursor counts as none: reading again is harmless."""
    try:
        kept = json.loads(cursor or "{}")
        return {name: datetime.fromisoformat(at).astimezone(UTC) for name, at in kept.items()}
    except (ValueError, TypeError, AttributeError, OverflowError):
        return {}


def dump(positions: Mapping[str, datetime]) -> str:
    """The cursor that `load` reads."""
    return json.dumps({name: at.isoformat() for name, at in positions.items()}, sort_keys=True)
