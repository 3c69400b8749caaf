"""The calls of X's API v2 that a webcare product makes, each with what it reads or does."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from socialwatch.playground.living import World
from socialwatch.playground.scene import Post, Scene
from socialwatch.playground.script import Profile
from socialwatch.playground.wire import Answer, Request, json_answer
from socialwatch.playground.x import query as language
from socialwatch.playground.x import text
from socialwatch.playground.x.pages import Page, Rules, page
from socialwatch.playground.x.problems import Refusal, forbidden, invalid, not_found, problem
from socialwatch.playground.x.shapes import beside, post_shape, user_shape
from socialwatch.playground.x.spelling import Wish, wish

Call = Callable[[World, Request, str], Answer]
_FIELDS = ("tweet.fields", "post.fields", "user.fields", "media.fields", "poll.fields", "place.fields")
_READING = frozenset([*_FIELDS, "expansions"])
_PAGING = frozenset(["since_id", "until_id", "start_time", "end_time", "max_results", "pagination_token"])
_NOT_SUMMONED = "You can only reply to or quote posts where you are mentioned or are the author."
_TOO_LONG = (
    "Your Tweet text is too long. For more information on how Twitter determines text length see the documentation."
)
_DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


def me(world: World, request: Request, _: str) -> Answer:
    """The account the credentials belong to."""
    _only(request, _READING)
    return json_answer(200, {"data": user_shape(world.script.shop.x, wish(request, users=True))})


def by_username(world: World, request: Request, username: str) -> Answer:
    _only(request, _READING)
    asked = wish(request, users=True)
    for profile in _users(world):
        if profile.username.lower() == username.lower():
            return json_answer(200, {"data": user_shape(profile, asked)})
    return json_answer(200, {"errors": [not_found("username", username, "user")]})


def mentions(world: World, request: Request, user_id: str) -> Answer:
    """Posts that name the account, retweets of such posts included; 800 at most."""
    return _timeline(world, request, user_id, lambda made, profile: _naming(made, profile))


def own_posts(world: World, request: Request, user_id: str) -> Answer:
    """What the account itself posted; `exclude` leaves out replies or retweets. 3,200 at most."""
    left_out = set(request.query.get("exclude", "").split(","))

    def posts(made: Scene, profile: Profile) -> list[Post]:
        found = [post for post in made.on("x") if post.author.id == profile.id]
        found = [post for post in found if not ("replies" in left_out and post.parent)]
        return [post for post in found if not ("retweets" in left_out and post.repost_of)]

    return _timeline(world, request, user_id, posts)


def search(world: World, request: Request, _: str) -> Answer:
    """Recent search: the last seven days up to thirty seconds ago, without retweets."""
    _only(request, _READING | _PAGING | {"query", "next_token", "sort_order"})
    given = request.query.get("query", "")
    try:
        fits = language.parse(given)
    except language.BadQuery as error:
        raise Refusal(invalid({"query": given}, str(error))) from None
    made, asked = world.scene(), wish(request)
    posts = [post for post in made.on("x") if post.repost_of is None and fits(made, post)]
    return _listed(made, page(request, posts, made.now, Rules(smallest=10, search=True)), asked)


def lookup(world: World, request: Request, _: str) -> Answer:
    """Up to a hundred posts by id; those that are gone come back as partial errors."""
    _only(request, _READING | {"ids"})
    wanted = [part for part in request.query.get("ids", "").split(",") if part]
    if not 1 <= len(wanted) <= 100 or not all(part.isdigit() for part in wanted):
        message = "The number of values in the `ids` query parameter list must be between 1 and 100, each an id"
        raise Refusal(invalid({"ids": ",".join(wanted)}, message))
    made, asked = world.scene(), wish(request)
    found = {one: made.find("x", one) for one in wanted}
    posts = {post.key: post for post in found.values() if post is not None}
    missing = [not_found("ids", one, asked.spelling.noun) for one, post in found.items() if post is None]
    return json_answer(200, _body(made, list(posts.values()), asked, missing))


def one_post(world: World, request: Request, post_id: str) -> Answer:
    _only(request, _READING)
    made, asked = world.scene(), wish(request)
    post = made.find("x", post_id)
    if post is None:
        return json_answer(200, {"errors": [not_found("id", post_id, asked.spelling.noun)]})
    body = _body(made, [post], asked, [])
    return json_answer(200, {**body, "data": body["data"][0]})


def create(world: World, request: Request, _: str) -> Answer:
    """A reply of the shop. What is no reply is refused: a webcare product has no business posting out of nowhere."""
    said, target_id = _create_request(request)
    if text.weight(said) > text.LONGEST:
        return forbidden(_TOO_LONG)
    made = world.scene()
    target = made.find("x", target_id)
    if target is None:
        return forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
    if not _summoned(made, target):
        return forbidden(_NOT_SUMMONED)
    earlier = {(reply.target, reply.text.strip()) for reply in world.received if reply.platform == "x"}
    if any(text_of == said.strip() and _same_author(made, key, target) for key, text_of in earlier):
        return forbidden(_DUPLICATE)
    reply = world.reply(target, target_id, said)
    made = world.scene()
    written = text.full_text(made, made.posts[reply.key])
    return json_answer(201, {"data": {"id": reply.id, "text": written, "edit_history_tweet_ids": [reply.id]}})


def usage(world: World, request: Request, _: str) -> Answer:
    """How many posts were read this month; here always the same, because nothing is billed."""
    _only(request, frozenset(["days", "usage.fields"]))
    return json_answer(200, {"data": {"cap_reset_day": 1, "project_cap": "3000000", "project_usage": "1200"}})


def delete(world: World, _request: Request, post_id: str) -> Answer:
    post = world.scene().find("x", post_id)
    if post is not None and not post.author.own:
        return forbidden("You are not authorized to delete this Tweet.")
    if post is not None:
        world.delete(post)
    return json_answer(200, {"data": {"deleted": post is not None}})


def like(world: World, request: Request, user_id: str) -> Answer:
    """A like of the shop itself; a second one is answered as the first."""
    if user_id != world.script.shop.x.id:
        return forbidden("You can only like Posts as the authenticating user.")
    try:
        post_id = str(request.json()["tweet_id"])
    except (ValueError, KeyError, TypeError):
        raise Refusal(problem(400, "Invalid Request", "Requests must have tweet_id.", "invalid-request")) from None
    post = world.scene().find("x", post_id)
    if post is None:
        return forbidden("You cannot like a Post that is deleted or not visible to you.")
    world.like(post)
    return json_answer(200, {"data": {"liked": True}})


def _timeline(
    world: World, request: Request, user_id: str, posts: Callable[[Scene, Profile], Sequence[Post]]
) -> Answer:
    own = request.path.endswith("/tweets")
    _only(request, _READING | _PAGING | ({"exclude"} if own else set()))
    asked = wish(request)
    profile = next((profile for profile in _users(world) if profile.id == user_id), None)
    if profile is None:
        return json_answer(200, {"errors": [not_found("id", user_id, "user")]})
    made = world.scene()
    rules = Rules(smallest=5, most=3_200 if own else 800)
    return _listed(made, page(request, posts(made, profile), made.now, rules), asked)


def _naming(made: Scene, profile: Profile) -> list[Post]:
    return [post for post in made.on("x") if profile.username.lower() in text.mentioned(made, post)]


def _listed(made: Scene, found: Page, asked: Wish) -> Answer:
    return json_answer(200, {**_body(made, found.posts, asked, []), "meta": found.meta})


def _body(made: Scene, posts: Sequence[Post], asked: Wish, errors: list[dict[str, Any]]) -> dict[str, Any]:
    extra = beside(made, posts, asked)
    body: dict[str, Any] = {"data": [post_shape(made, post, asked) for post in posts]}
    body |= {"includes": extra.includes, "errors": [*errors, *extra.errors]}
    return {name: value for name, value in body.items() if value}


def _users(world: World) -> list[Profile]:
    return [profile for (on, _), profile in world.script.profiles.items() if on == "x"]


def _only(request: Request, known: frozenset[str]) -> None:
    """X refuses parameters it does not know."""
    for name, value in request.pairs:
        if name not in known:
            message = f"The query parameter [{name}] is not one of [{','.join(sorted(known))}]"
            raise Refusal(invalid({name: value}, message))


def _create_request(request: Request) -> tuple[str, str]:
    try:
        body = request.json()
        said, reply = body["text"], body["reply"]["in_reply_to_tweet_id"]
    except (ValueError, KeyError, TypeError):
        raise Refusal(
            problem(400, "Invalid Request", "Requests with bodies must have text and reply.", "invalid-request")
        ) from None
    if not isinstance(said, str) or not said.strip() or not re.fullmatch(r"[0-9]{1,19}", str(reply)):
        raise Refusal(problem(400, "Invalid Request", "text or in_reply_to_tweet_id is not valid.", "invalid-request"))
    return said, str(reply)


def _summoned(made: Scene, target: Post) -> bool:
    """Since February 2026 an app may answer only who named the account or quoted it."""
    shop = made.script.shop.x
    quoted = made.posts[target.quote_of].author.own if target.quote_of else False
    return target.author.own or quoted or shop.username.lower() in text.mentioned(made, target)


def _same_author(made: Scene, key: str, target: Post) -> bool:
    return made.posts[key].author.id == target.author.id
