"""The rules of X's filtered stream: kept per app, tagged or not, added and deleted through one call."""

import itertools
import threading
from datetime import datetime
from typing import Any

from socialwatch.playground.living import World
from socialwatch.playground.scene import Post, Scene
from socialwatch.playground.wire import Answer, Request, json_answer
from socialwatch.playground.x import query as language
from socialwatch.playground.x.problems import Refusal, invalid
from socialwatch.playground.x.shapes import stamp

MOST, LONGEST = 1_000, 1_024
_FIRST = 1_165_037_377_523_306_497


class Rules:
    """All rules of the app, in the order in which they were added."""

    def __init__(self) -> None:
        self._numbers, self._lock = itertools.count(_FIRST), threading.Lock()
        self._rules: dict[str, tuple[dict[str, str], language.Test]] = {}

    def matching(self, made: Scene, post: Post) -> list[dict[str, str]]:
        """Id and tag of the rules that a post fits; a rule without a tag has none here either."""
        with self._lock:
            rules = list(self._rules.values())
        fits = [rule for rule, test in rules if test(made, post)]
        return [{name: value for name, value in rule.items() if name != "value"} for rule in fits]

    def listed(self, world: World, request: Request, _: str) -> Answer:
        """GET: all rules, or those of `ids`."""
        _only(request, {"ids", "max_results", "pagination_token"})
        wanted = set(filter(None, request.query.get("ids", "").split(",")))
        with self._lock:
            rules = [rule for number, (rule, _) in self._rules.items() if not wanted or number in wanted]
        meta = {"sent": stamp(world.now()), "result_count": len(rules)}
        return json_answer(200, {"data": rules, "meta": meta} if rules else {"meta": meta})

    def changed(self, world: World, request: Request, _: str) -> Answer:
        """POST: exactly one of add and delete."""
        _only(request, {"dry_run", "delete_all"})
        body, dry = _body(request), request.query.get("dry_run") == "true"
        with self._lock:
            return self._add(body["add"], world.now(), dry) if "add" in body else self._delete(body, world.now(), dry)

    def _add(self, asked: list[dict[str, str]], now: datetime, dry: bool) -> Answer:
        made, errors, before = [], [], dict(self._rules)
        for rule in asked:
            problem = self._problem(str(rule.get("value", "")))
            if problem is not None:
                errors.append(problem)
                continue
            new = {"id": str(next(self._numbers)), **{name: str(value) for name, value in rule.items()}}
            self._rules[new["id"]] = (new, language.parse(new["value"]))
            made.append(new)
        invalid_ones = sum(problem["type"].endswith("invalid-rules") for problem in errors)
        summary = {"created": len(made), "not_created": len(errors)}
        summary |= {"valid": len(asked) - invalid_ones, "invalid": invalid_ones}
        if (errors and not made) or dry:
            self._rules = before
        return _answer(200 if dry else 201, now, summary, made, errors)

    def _problem(self, value: str) -> dict[str, Any] | None:
        for number, (rule, _) in self._rules.items():
            if rule["value"] == value:
                return {"value": value, "id": number, "title": "DuplicateRule", "type": _type("duplicate-rules")}
        try:
            language.parse(value, LONGEST)
        except language.BadQuery as error:
            details = [str(error)]
            return {"value": value, "details": details, "title": "UnprocessableEntity", "type": _type("invalid-rules")}
        if len(self._rules) >= MOST:
            return {"title": "RulesCapExceeded", "detail": "Too many rules.", "type": _type("rule-cap")}
        return None

    def _delete(self, body: dict[str, Any], now: datetime, dry: bool) -> Answer:
        ids, values = set(body["delete"].get("ids", ())), set(body["delete"].get("values", ()))
        found = [number for number, (rule, _) in self._rules.items() if number in ids or rule["value"] in values]
        for number in found if not dry else ():
            del self._rules[number]
        summary = {"deleted": len(found), "not_deleted": len(ids) + len(values) - len(found)}
        return _answer(200, now, summary, [], [])


def _answer(
    status: int, now: datetime, summary: dict[str, int], made: list[dict[str, str]], errors: list[dict[str, Any]]
) -> Answer:
    body: dict[str, Any] = {"data": made, "meta": {"sent": stamp(now), "summary": summary}, "errors": errors}
    return json_answer(status, {name: value for name, value in body.items() if value})


def _type(kind: str) -> str:
    return f"https://api.x.com/2/problems/{kind}"


def _body(request: Request) -> dict[str, Any]:
    try:
        body = request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or len({"add", "delete"} & set(body)) != 1 or len(body) != 1:
        raise Refusal(invalid({"body": ""}, "Exactly one of `add`, `delete`, or `?delete_all=true` must be specified"))
    return body


def _only(request: Request, known: set[str]) -> None:
    for name, value in request.pairs:
        if name not in known:
            raise Refusal(invalid({name: value}, f"The query parameter [{name}] is not known here"))
