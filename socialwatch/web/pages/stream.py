"""The event stream of an open page: ids only, of the agent's own brand."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from socialwatch.web.auth import Signed
from socialwatch.web.live import Live

router = APIRouter()


@router.get("/live", response_class=EventSourceResponse)
async def live(
    request: Request,
    visitor: Signed,
    since: Annotated[int | None, Query(ge=0)] = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """`since` is the mark that the page was rendered after; a browser that lost its stream knows a later one."""
    streams: Live = request.app.state.live
    since = int(last_event_id) if last_event_id and last_event_id.isdecimal() else since
    stream = streams.open(visitor.agent.brand, visitor.key, since)
    async for told in streams.follow(stream):
        yield told
