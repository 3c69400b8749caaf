"""Returning: from where somebody came, so that a deed leads back to the very view in which it was done."""

from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request

from socialwatch.store.streams import Stream
from socialwatch.web.auth import local_path


def place(request: Request) -> str:
    """Where this page can be asked for again: its own address, or what it is a part of when a form was sent to it."""
    path, query = request.url.path, request.url.query
    if request.method == "GET":
        return f"{path}?{query}" if query else path
    return "/".join(path.split("/")[:3]) if path.startswith("/dossier/") else "/"


def page_of(request: Request) -> str:
    """The page of ours that asks for a part of itself; "/" when it does not say."""
    seen = urlsplit(request.headers.get("hx-current-url", ""))
    return local_path(f"{seen.path}?{seen.query}" if seen.query else seen.path)


def came_from(request: Request) -> str:
    """The page of ours on which a form was sent or a link followed; "" when the browser does not say, or it was
    another site.
    """
    seen = urlsplit(request.headers.get("referer", ""))
    if seen.netloc != request.headers.get("host"):
        return ""
    path = local_path(f"{seen.path}?{seen.query}" if seen.query else seen.path)
    return path if path != "/" else ""


def to_inbox(request: Request) -> str:
    """The stream that the dossier was opened from."""
    stream = stream_of(request)
    return "/inbox" if stream is Stream.ALL else f"/inbox?stream={stream.value}"


def stream_of(request: Request) -> Stream:
    """The stream from which the dossier was opened in which somebody did something."""
    seen = urlsplit(came_from(request))
    named = parse_qs(seen.query).get("stream", [""])[0] if seen.path.startswith("/dossier/") else ""
    return Stream(named) if named in set(Stream) else Stream.ALL
