"""Serve: uvicorn, with the open streams ended before it starts to wait for them."""

import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from socialwatch.errors import Misconfigured
from socialwatch.web.live import Live


class DeskServer(uvicorn.Server):
    """A server that lets go of its streams first and returns to its caller after Ctrl+C instead of raising."""

    def __init__(self, app: FastAPI, host: str, port: int, on_started: Callable[[str], None] | None = None) -> None:
        settings: dict[str, Any] = {"log_level": "warning", "log_config": None, "access_log": False}
        config = uvicorn.Config(app, host=host, port=port, server_header=False, **settings)
        config.timeout_graceful_shutdown = 1
        super().__init__(config)
        self._live: Live = app.state.live
        self._on_started = on_started
        self._socket = _bound(host, port)
        self.address = "http://{}:{}".format("[::1]" if ":" in host else host, self._socket.getsockname()[1])

    def serve_until_stopped(self) -> None:
        """Blocks. In the main thread Ctrl+C and SIGTERM end it within two seconds."""
        self.run(sockets=[self._socket])

    def stop(self) -> None:
        """From another thread."""
        self._live.stop()
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_started is not None:
            self._on_started(self.address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._live.stop()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Not recorded, so that uvicorn does not raise it again when it is done: the caller still has to tidy up.
        # A second one forces nothing: the end is less than two seconds away, and it is a tidy one.
        self.should_exit = True


def serve(app: FastAPI, host: str, port: int, on_started: Callable[[str], None] | None = None) -> None:
    """Serve until Ctrl+C or SIGTERM; `on_started` hears the address (port 0 chooses one). Raises Misconfigured."""
    DeskServer(app, host, port, on_started).serve_until_stopped()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as problem:
        made.close()
        raise Misconfigured(f"web.port: op {host}:{port} kan ik niet luisteren ({problem.strerror}).") from None
    return made
