"""What the desk is built from: the database, the clock, and how it is served."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from starlette.requests import Request

from socialwatch.store.unit import Database


def wall_clock() -> datetime:
    """The real time: sessions end by it, also where the demo's own time runs faster."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """`clock` is domain time (aware UTC, simulated in the demo); `brand_names` gives the name on screen per brand key;
    `hint` is one line below the sign-in form (the demo's logins)."""

    database: Database
    clock: Callable[[], datetime]
    brand_names: Mapping[str, str] = field(default_factory=dict)
    secure_cookies: bool = False
    hint: str = ""
    wall: Callable[[], datetime] = wall_clock


def desk_of(request: Request) -> Desk:
    """The desk this request came in at."""
    desk: Desk = request.app.state.desk
    return desk
