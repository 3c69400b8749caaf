"""The one HTTP door for SDKs that are built on httpx: the same bounds, the same addresses, the same errors."""

import logging

import httpx

from socialwatch.outgoing import Door

_HOP = ("host", "content-length", "connection", "accept-encoding", "transfer-encoding")  # the door makes its own
_KEPT = ("content-encoding", "content-length", "transfer-encoding", "connection")


class ThroughDoor(httpx.BaseTransport):
    """Give it to `httpx.Client(transport=…)`: what `door` raises comes out of the client unchanged."""

    def __init__(self, door: Door) -> None:
        self._door = door
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)  # at INFO httpx logs every address it asks

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, one sound answer. Raises Unavailable, Unanswered, Refused or Halted."""
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        answer = self._door.ask(request.method, str(request.url), headers, request.read())
        kept = {name: value for name, value in answer.headers.items() if name not in _KEPT}
        return httpx.Response(answer.status, headers=kept, content=answer.body, request=request)

    def close(self) -> None:
        self._door.close()
