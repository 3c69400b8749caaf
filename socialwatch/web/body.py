"""The size of what comes in, counted before anything is parsed: no form of ours is larger than this, nor a webhook."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from socialwatch.web.dutch import TOO_LARGE

WEBHOOKS = "/webhooks/"

BODY_LIMIT = 256 * 1024  # bytes
WEBHOOK_LIMIT = 1024 * 1024


class TooLarge(Exception):
    """A body that turned out larger than it said, or said nothing."""


class BodyLimit:
    """ASGI middleware: refuses what says it is too large, and stops reading what turns out to be."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = WEBHOOK_LIMIT if scope["path"].startswith(WEBHOOKS) else BODY_LIMIT
        said = Headers(scope=scope).get("content-length", "0")
        if not said.isdecimal() or int(said) > limit:
            await PlainTextResponse(TOO_LARGE, 413)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise TooLarge
            return message

        await self.app(scope, counted, send)
