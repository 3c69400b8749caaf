"""What we ask of X and Meta, held against their own documents: paths, parameters, fields and bodies.

The documents are not part of the project; where they are absent these tests are skipped.
"""

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from socialwatch.channels.facebook import connect as connect_facebook
from socialwatch.channels.facebook import wire as facebook_wire
from socialwatch.channels.x import connect as connect_x
from socialwatch.channels.x import wire
from socialwatch.channels.x.position import Position, dump
from socialwatch.domain.channel import Private
from socialwatch.errors import Refused, Unavailable

WIRE = Path(os.environ.get("WIRE_DOCUMENTS", Path(__file__).parents[3] / "shared" / "wire"))
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DOCUMENTS = {"tweet": "x-openapi-2.166.json", "post": "x-openapi-2.167.json"}
# Every edge takes these; Meta's lists name only what is special (https://developers.facebook.com/docs/graph-api/results).
EVERYWHERE = {"fields", "limit", "after", "until", "since", "access_token", "appsecret_proof", "__paging_token"}

pytestmark = pytest.mark.skipif(not WIRE.is_dir(), reason=f"the platforms' documents are not here ({WIRE.name}/)")


def document(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((WIRE / name).read_text("utf-8"))
    return content


def resolved(spec: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        found: Any = spec
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def operation(spec: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """The operation of the document that a path belongs to; a fixed path goes before one with a hole in it."""
    fits = [known for known in spec["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path)]
    best = min(fits, key=lambda known: known.count("{"))
    found: dict[str, Any] = spec["paths"][best][method.lower()]
    return found


def as_value(schema: dict[str, Any], text: str) -> Any:
    """A query value as the schema wants it: lists are comma-separated (style form, explode false)."""
    kinds: dict[str, Any] = {"array": lambda: text.split(","), "integer": lambda: int(text)}
    return kinds.get(schema.get("type", ""), lambda: text)()


def valid(spec: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    whole = {**resolved(spec, schema), "components": spec["components"]}
    Draft202012Validator(whole).validate(value)


def all_of_x(platform, section: dict[str, Any], spelling: str) -> None:
    """Every kind of request that the channel can make."""
    channel = connect_x(
        {key: value for key, value in section.items() if key != "user_id"}
        | {"base_url": platform.url, "spelling": spelling, "search": ["sokkerij"], "own_posts": True, "stream": True}
        | {"likes": True}
    )
    job = {"id": "7", "status": "complete", "name": "s", "upload_url": f"{platform.url}/up", "download_url": "x"}

    def answer(asked):
        if "/stream" in asked.path:
            present = {"data": [{"id": "12", "value": "oud", "tag": "socialwatch:sokkerij:oud"}]}
            return 200, b"\r\n" if asked.path.endswith("/stream") else present
        if "/compliance/" in asked.path or asked.path == "/up":
            return 200, {"data": job if asked.method == "POST" or asked.path.endswith("/7") else []}
        if asked.path.endswith("/likes"):
            return 200, {"data": {"liked": True}}
        if asked.method == "POST":
            return 201, {"data": {"id": "99"}}
        if "/users/by/" in asked.path or asked.path.endswith("/me"):
            return 200, {"data": {"id": "5", "username": "sokkerij"}}
        more = {} if "token" in str(asked.query) else {"next_token": "b26v89c19zqg8o3fo7gesq314yb9l2l4ptqy"}
        return 200, {"meta": {"result_count": 0, **more}}

    platform.answer = answer
    list(channel.poll(None, NOW))
    at = NOW - timedelta(hours=1)
    list(channel.poll(dump(dict.fromkeys(["mentions", "search", "own"], Position(wire.id_at(at), at))), NOW))
    channel.check()
    channel.lookup(["2123706664350646752", "1"])
    mention = wire.mention(
        {"id": "5", "text": "hoi", "created_at": NOW.isoformat()}, wire.Included(), channel._account()
    )
    channel.reply(mention, "Wat vervelend!", "k")
    assert channel.like(mention) == channel.like_price
    channel.find_own_reply(mention, "Wat vervelend!", NOW)
    with pytest.raises(Unavailable):
        list(channel.stream(lambda: False))
    assert channel.begin_compliance(["5"], "a") == "7"
    with pytest.raises(Refused):  # the address to download from is none
        channel.finish_compliance("7")


@pytest.mark.parametrize("spelling", ["tweet", "post"])
def test_every_request_to_x_is_in_its_document(platform, x_section, spelling):
    spec = document(DOCUMENTS[spelling])
    all_of_x(platform, x_section, spelling)
    assert len({(asked.method, re.sub(r"\d+", "N", asked.path)) for asked in platform.asked if asked.path}) >= 15
    for asked in platform.asked:
        if asked.path == "/up":  # a signed address: not part of the documents
            continue
        found = operation(spec, asked.method, asked.path)
        parameters = [resolved(spec, one) for one in found.get("parameters", [])]
        known = {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}
        assert set(asked.query) <= set(known), asked.path
        for name, text in asked.query.items():
            schema = resolved(spec, known[name])
            valid(spec, schema, as_value(schema, text))
        assert {one["name"] for one in parameters if one.get("required") and one["in"] == "query"} <= set(asked.query)
        assert not {"since_id", "start_time"} <= set(asked.query)
        if asked.method == "POST":
            valid(spec, found["requestBody"]["content"]["application/json"]["schema"], asked.json())


def meta(kind: str) -> tuple[set[str], dict[str, set[str]]]:
    """The fields of a kind, and the parameters of each of its edges by "GET comments"."""
    content = document(f"meta-{kind}.json")
    edges = {
        f"{api['method']} {api['endpoint']}": {one["name"] for one in api["params"]}
        for api in content["apis"]
        if api.get("endpoint")
    }
    return {one["name"] for one in content["fields"]}, edges


def test_every_field_of_graph_is_in_metas_lists():
    assert set(facebook_wire.POST.split(",")) <= meta("PagePost")[0]
    assert set(facebook_wire.COMMENT.split(",")) <= meta("Comment")[0]
    assert {"id", "name", "is_webhooks_subscribed"} <= meta("Page")[0]
    nested = facebook_wire.FEED.removeprefix(f"{facebook_wire.POST},comments")
    modifiers = set(re.findall(r"\.(\w+)\(", nested))
    assert modifiers - {"limit", "summary"} <= meta("PagePost")[1]["GET comments"]


def test_every_edge_and_parameter_of_graph_is_in_metas_lists(platform, facebook_section):
    channel = connect_facebook(facebook_section | {"base_url": platform.url})
    at = "2026-11-20T10:00:00+0000"

    def answer(asked):
        if asked.method == "POST":
            return 200, {"id": "1_9", "message_id": "m_1"}
        if asked.path.endswith(("/feed", "/tagged", "/comments")):
            return 200, {"data": [{"id": "1_2", "created_time": at, "message": "hoi"}]}
        return 200, {"id": "1_2", "name": "Sokkerij", "created_time": at}

    platform.answer = answer
    mention = next(one for page in channel.poll(None, NOW) for one in page.mentions)
    channel.lookup(["1_2"])
    channel.reply(mention, "hoi", "k")
    assert isinstance(channel, Private)
    channel.reply_privately(mention, "hoi", "k")
    assert channel.like(mention) == 0
    channel.find_own_reply(mention, "hoi", NOW)
    channel.check()
    assert {"messages", "comments", "feed", "likes"} <= {asked.path.rsplit("/", 1)[-1] for asked in platform.asked}
    for asked in platform.asked:
        edge = f"{asked.method} {asked.path.split('/')[3]}" if asked.path.count("/") == 3 else ""
        if not edge:
            continue  # a node itself: its fields are checked above
        node = "Page" if edge in ("GET feed", "GET tagged", "POST messages") else "PagePost"
        assert edge in meta(node)[1]
        given = set(asked.query) | set(asked.form)
        assert given <= meta(node)[1][edge] | EVERYWHERE


def test_the_values_of_filter_and_order_are_metas():
    values = {one["name"]: one["values"] for one in document("meta-enum_types.json")}
    assert "stream" in values["pagepostcomments_filter_enum_param"]
    assert "chronological" in values["pagepostcomments_order_enum_param"]
