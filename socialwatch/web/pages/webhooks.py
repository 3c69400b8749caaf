"""Webhooks: platforms bring what happens; no session and no token, the signature over the raw body decides.

The answer tells the platform what to do: 200 it is stored (or was already), 403 it is not theirs, 404 nobody listens
here, 503 bring it again later. A refused delivery is never echoed.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from socialwatch.errors import Refused, Unavailable
from socialwatch.steps import deliver
from socialwatch.web.desk import Inlet, desk_of

router = APIRouter()


async def raw_body(request: Request) -> bytes:
    return await request.body()


Raw = Annotated[bytes, Depends(raw_body)]


@router.post("/webhooks/{source:path}")
def receive(request: Request, source: str, body: Raw) -> Response:
    """One delivery. What the platform brings again later is the same delivery, and is stored once."""
    at = desk_of(request)
    inlet = at.inlets.get(source)
    if inlet is None:
        return _said(404)
    delivery = deliver.Delivery(
        inlet.source, inlet.brand, inlet.kind, dict(request.headers), body, inlet.receive, inlet.first
    )
    try:
        deliver.run(at.database, delivery, at.clock())
    except Refused:
        return _said(403)
    except Unavailable:
        return _said(503)
    return _said(200)


@router.get("/webhooks/{source:path}")
def handshake(request: Request, source: str) -> Response:
    """The platform asks, before it delivers anything, whether this address is ours."""
    inlet: Inlet | None = desk_of(request).inlets.get(source)
    if inlet is None or inlet.handshake is None:
        return _said(404)
    try:
        return PlainTextResponse(inlet.handshake(dict(request.query_params)))
    except Refused:
        return _said(403)


def _said(status: int) -> Response:
    said = {200: "ok", 403: "refused", 404: "nobody listens here", 503: "try again later"}[status]
    return PlainTextResponse(said, status, headers={"retry-after": "30"} if status == 503 else None)
