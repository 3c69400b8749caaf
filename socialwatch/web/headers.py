"""The headers of every answer: nothing but our own files may run, and no page is kept by a proxy."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
STRICT_TRANSPORT = "max-age=31536000"


class Headers:
    """ASGI middleware that leaves streams alone but for their headers."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        static = scope["path"].startswith("/static/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                put_headers(MutableHeaders(scope=message), secure=self.secure, static=static)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def put_headers(headers: MutableHeaders, *, secure: bool, static: bool = False) -> None:
    for name, value in ALWAYS.items():
        headers[name] = value
    headers["cache-control"] = "no-cache" if static else "no-store"
    if secure:
        headers["strict-transport-security"] = STRICT_TRANSPORT
