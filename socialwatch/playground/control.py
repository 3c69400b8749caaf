"""The playground's own switches over HTTP: its health, faults, what it received, and saying something live."""

from typing import Any

from socialwatch.playground.living import World
from socialwatch.playground.wire import Answer, Request, json_answer


def answer(world: World, request: Request) -> Answer:
    """GET /healthz, GET /playground/received, POST and DELETE /playground/faults, POST /playground/say."""
    try:
        match (request.method, request.path):
            case ("GET", "/healthz"):
                return json_answer(200, {"status": "ok", "now": world.now().isoformat()})
            case ("GET", "/playground/received"):
                return json_answer(200, {"received": _received(world)})
            case ("POST", "/playground/faults"):
                return _fault(world, request.json())
            case ("DELETE", "/playground/faults"):
                world.faults.clear()
                return json_answer(200, {"faults": 0})
            case ("POST", "/playground/say"):
                return _say(world, request.json())
    except (ValueError, KeyError, TypeError) as error:
        return json_answer(400, {"error": f"{type(error).__name__}: {error}"})
    return json_answer(404, {"error": f"nothing at {request.method} {request.path}"})


def _received(world: World) -> list[dict[str, Any]]:
    return [
        {
            "platform": reply.platform,
            "in_reply_to": reply.in_reply_to,
            "text": reply.text,
            "at": reply.at.isoformat(),
            "id": reply.id,
        }
        for reply in world.received
    ]


def _fault(world: World, body: dict[str, Any]) -> Answer:
    """Body: platform, kind, and optionally times, only, seconds."""
    world.fault(**body)
    return json_answer(200, {"faults": len(world.faults.waiting)})


def _say(world: World, body: dict[str, Any]) -> Answer:
    """Body: a row of posts.jsonl without key and minute; `person` beside it may bring a new row of people.jsonl."""
    post = {name: value for name, value in body.items() if name != "person"}
    said = world.say(post, body.get("person"))
    return json_answer(201, {"key": said.key, "id": world.scene().posts[said.key].id})
