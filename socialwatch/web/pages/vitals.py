"""For machines: does the process live, can it work, and how much waits. No sign-in, nothing personal."""

import threading
import time
import uuid
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from socialwatch.errors import Unavailable
from socialwatch.store import health
from socialwatch.web.desk import Desk, desk_of

LEAST_DISK = 100 * 1024 * 1024  # bytes; below this an embedded database is about to stop writing
LEAST_ROOM = 1024 * 1024  # bytes until SQLite's own limit of pages; one page of a poll takes up to a quarter
KEPT = 1.0  # seconds an answer of /readyz is given again, so that asking often does not mean writing often
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"

router = APIRouter()
_guard = threading.Lock()


@router.get("/healthz")
def alive() -> Response:
    """200 while this process answers at all; whether it can work is /readyz's question."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(request: Request) -> Response:
    """200 when this process can do its work, else 503; what it found is in the body.

    A source in trouble is told and does not make the answer 503: taking the desk away would hide the sentence that
    says what is the matter.
    """
    kept: dict[str, Any] = request.app.state.ready
    with _guard:
        if not kept or time.monotonic() - kept["at"] > KEPT:
            kept |= {"told": _look(desk_of(request)), "at": time.monotonic()}
        told = kept["told"]
    return JSONResponse(told, 200 if told["ready"] else 503)


def _look(desk: Desk) -> dict[str, Any]:
    model, disk = desk.vitals.model(), desk.vitals.disk()
    told: dict[str, Any] = {"ready": False, "database": "away", "model": model, "disk_free_bytes": disk, "sources": {}}
    try:
        with desk.database.write() as unit:
            room = health.probe(unit, uuid.uuid4().hex)
        with desk.database.read() as unit:
            found = health.seen(unit, desk.clock(), desk.vitals.sources)
            told["sources"] = {each.source.name: _source(each, desk) for each in found}
    except Unavailable:
        return told
    short = (disk is not None and disk < LEAST_DISK) or (room is not None and room < LEAST_ROOM)
    told["database"] = "full" if short else "writable"
    told["ready"] = not short and model != "missing"
    return told


def _source(seen: health.Seen, desk: Desk) -> dict[str, Any]:
    last = seen.source.last_success_at
    age = None if last is None else round((desk.clock() - last).total_seconds(), 1)
    return {"state": seen.condition.value, "last_success_age_seconds": age, "failures": seen.source.failures}


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The figures for Prometheus, when the settings switch them on."""
    written = desk_of(request).vitals.metrics
    if written is None:
        return PlainTextResponse("off", 404)
    return Response(written(), media_type=PROMETHEUS)
