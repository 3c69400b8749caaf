"""Our answers held against the platforms' own published descriptions, where a copy of them is at hand."""

import json
from collections.abc import Callable
from typing import Any

import facebook
import jsonschema
import pytest
import requests
import tweepy

from socialwatch.playground import Server, World
from socialwatch.playground.graph import names
from socialwatch.playground.x.spelling import NEW, OLD

Wire = Callable[[str], Any]
OLD_API, NEW_API = "x-openapi-2.166.json", "x-openapi-2.167.json"
OLD_QUERY = {
    "tweet.fields": ",".join(sorted(OLD.fields)),
    "expansions": ",".join(sorted(OLD.expansions)),
    "user.fields": ",".join(sorted(OLD.user_fields)),
}
NEW_QUERY = {
    "post.fields": ",".join(sorted(NEW.fields)),
    "expansions": ",".join(sorted(NEW.expansions)),
    "user.fields": ",".join(sorted(NEW.user_fields)),
}


def conforms(api: Any, path: str, method: str, status: str, body: Any) -> None:
    """Every property of the answer is one the description knows, and has its form."""
    content = api["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"]
    jsonschema.Draft7Validator({**closed(content), "components": closed(api["components"])}).validate(body)


def closed(schema: Any) -> Any:
    """The same schema, refusing properties that it does not list; nullable in its modern spelling."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(one) for name, one in schema.items()}
    if isinstance(schema.get("properties"), dict) and "allOf" not in schema:
        made.setdefault("additionalProperties", False)
    return made


def without_problems(api: Any) -> Any:
    """Problems are extended by allOf, which closed schemas cannot follow: they have a test of their own."""
    schemas = {**api["components"]["schemas"], "Problem": {"type": "object", "required": ["type", "title"]}}
    for name in ("MentionEntity", "UrlEntity", "HashtagEntity"):
        if "allOf" in schemas.get(name, {}):
            schemas[name] = {"type": "object", "required": ["start", "end"]}
    return {**api, "components": {**api["components"], "schemas": schemas}}


@pytest.mark.parametrize(("document", "query"), [(OLD_API, OLD_QUERY), (NEW_API, NEW_QUERY)])
def test_x_answers_fit_both_descriptions(
    wire: Wire, ask: Callable[..., requests.Response], world: World, document: str, query: dict[str, str]
) -> None:
    api = without_problems(wire(document))
    world.say({"channel": "x", "who": "els", "text": "@sokkerij zie dit", "quote_of": "sok"})
    posts = {key: post.id for key, post in world.scene().posts.items()}
    user = {name: value if name == "user.fields" else "id" for name, value in query.items() if name != "expansions"}
    for path, real, asked in (
        ("/2/users/{id}/mentions", "/2/users/1000/mentions", query),
        ("/2/users/{id}/tweets", "/2/users/1000/tweets", query),
        ("/2/tweets/search/recent", "/2/tweets/search/recent", {**query, "query": "sokkerij OR kleuren"}),
        ("/2/tweets", "/2/tweets", {**query, "ids": f"{posts['sok']},{posts['weg']}"}),
        ("/2/tweets/{id}", f"/2/tweets/{posts['erop']}", query),
        ("/2/tweets/{id}", f"/2/tweets/{posts['weg']}", query),
        ("/2/users/by/username/{username}", "/2/users/by/username/els", user),
        ("/2/users/by/username/{username}", "/2/users/by/username/niemand", user),
    ):
        answer = ask(f"/x{real}", params=asked)
        assert answer.status_code == 200, answer.text
        conforms(api, path, "get", "200", answer.json())


@pytest.mark.parametrize("document", [OLD_API, NEW_API])
def test_x_writes_fit_both_descriptions(wire: Wire, x: tweepy.Client, world: World, document: str) -> None:
    api = wire(document)
    made = x.create_tweet(text="Dag", in_reply_to_tweet_id=world.scene().posts["sok"].id)
    made["data"].pop("edit_history_tweet_ids", None)  # the live service sends it, the description does not list it
    conforms(without_problems(api), "/2/tweets", "post", "201", made)
    liked = x.request("POST", "/2/users/1000/likes", json={"tweet_id": world.scene().posts["sok"].id}, user_auth=True)
    conforms(without_problems(api), "/2/users/{id}/likes", "post", "200", liked.json())
    assert world.liked == {"sok"}
    conforms(without_problems(api), "/2/tweets/{id}", "delete", "200", x.delete_tweet(made["data"]["id"]))


@pytest.mark.parametrize("document", [OLD_API, NEW_API])
def test_x_rules_and_jobs_fit_both_descriptions(
    wire: Wire, ask: Callable[..., requests.Response], document: str
) -> None:
    api, rules, jobs = without_problems(wire(document)), "/2/tweets/search/stream/rules", "/2/compliance/jobs"
    added = ask(f"/x{rules}", "POST", json={"add": [{"value": "sok", "tag": "a"}, {"value": "gat"}]})
    conforms(api, rules, "post", "200", added.json())
    listed = ask(f"/x{rules}").json()
    if document == NEW_API:
        listed["meta"].pop("sent")  # 2.166 wants it, 2.167 no longer lists it
        conforms(api, "/2/usage/tweets", "get", "200", ask("/x/2/usage/tweets").json())  # numbers became texts
    conforms(api, rules, "get", "200", listed)
    removed = ask(f"/x{rules}", "POST", json={"delete": {"ids": [added.json()["data"][0]["id"]]}})
    conforms(api, rules, "post", "200", removed.json())
    conforms(api, rules, "post", "200", ask(f"/x{rules}", "POST", json={"add": [{"value": "gat"}]}).json())
    job = ask(f"/x{jobs}", "POST", json={"type": "tweets", "name": "proef"}).json()
    conforms(api, jobs, "post", "200", job)
    conforms(api, jobs, "get", "200", ask(f"/x{jobs}?type=tweets").json())
    conforms(api, f"{jobs}/{{id}}", "get", "200", ask(f"/x{jobs}/{job['data']['id']}").json())


def test_x_lines_fit_the_old_description(
    wire: Wire, ask: Callable[..., requests.Response], world: World, playground: Server
) -> None:
    """2.167 describes the answers in the new spelling and the request in the old one: only 2.166 agrees with itself."""
    api = without_problems(wire(OLD_API))
    rules = {"add": [{"value": "@sokkerij", "tag": "a"}, {"value": "kapot"}]}
    ask("/x/2/tweets/search/stream/rules", "POST", json=rules)
    with ask("/x/2/tweets/search/stream", params=OLD_QUERY, stream=True) as line:
        world.say({"channel": "x", "who": "els", "text": "@sokkerij kapot", "quote_of": "sok"})
        said = next(one for one in line.iter_lines(chunk_size=1) if one)
    conforms(api, "/2/tweets/search/stream", "get", "200", json.loads(said))


def test_x_problems_fit_their_description(wire: Wire, ask: Callable[..., requests.Response], world: World) -> None:
    api = wire(NEW_API)
    gone = ask(f"/x/2/tweets/{world.scene().posts['weg'].id}").json()["errors"][0]
    refused = ask("/x/2/tweets/search/recent?query=sok&max_results=3").json()
    for problem, name in ((gone, "ResourceNotFoundProblem"), (refused, "InvalidRequestProblem")):
        schema = {"$ref": f"#/components/schemas/{name}", "components": api["components"]}
        jsonschema.Draft7Validator(schema).validate(problem)


@pytest.mark.parametrize(("document", "spelling", "prefix"), [(OLD_API, OLD, "Tweet"), (NEW_API, NEW, "Post")])
def test_x_may_be_asked_for_exactly_what_is_described(wire: Wire, document: str, spelling: Any, prefix: str) -> None:
    parameters = wire(document)["components"]["parameters"]

    def values(name: str) -> set[str]:
        return set(parameters[name]["schema"]["items"]["enum"])

    assert values(f"{prefix}FieldsParameter") == spelling.fields
    assert values(f"{prefix}ExpansionsParameter") == spelling.expansions
    assert values("UserFieldsParameter") == spelling.user_fields


@pytest.mark.parametrize(
    ("document", "known"), [("PagePost", names.POST), ("Comment", names.COMMENT), ("Page", names.PAGE)]
)
def test_graph_field_names_are_metas(wire: Wire, document: str, known: frozenset[str]) -> None:
    described = wire(f"meta-{document}.json")
    listed = {field["name"] for field in described["fields"]} | {api.get("endpoint") for api in described["apis"]}
    edges_beside = {"is_unclaimed", "with_tags", "private_replies", "picture", "business", "products", "tasks"}
    edges_beside |= {"global_brand_page_name", "country_page_likes", "comments", "likes", "reactions"}
    assert known <= listed | edges_beside
    if document != "Page":
        assert {field["name"] for field in described["fields"]} <= known


def test_graph_answers_use_only_known_fields(wire: Wire, graph: facebook.GraphAPI, world: World) -> None:
    for edge, document in (("feed", "PagePost"), ("comments", "Comment")):
        described = {field["name"]: field for field in wire(f"meta-{document}.json")["fields"]}
        parent = "me" if edge == "feed" else world.scene().posts["fb-eigen"].first_id
        data = graph.get_connections(parent, edge, fields=",".join(described))["data"]
        assert data
        for one in data:
            assert set(one) <= set(described)
            assert all(fits(described[name]["type"], value) for name, value in one.items())


def fits(kind: str, value: Any) -> bool:
    """Whether a value has the form that Meta's description names; forms we do not use count as fitting."""
    forms: dict[str, Any] = {"string": str, "datetime": str, "bool": bool, "int": int, "unsigned int": int}
    return isinstance(value, forms.get(kind, object))
