"""The rules of the open line: what config asks, tagged as ours, put in place without touching anybody else's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from socialwatch.channels.x import wire
from socialwatch.channels.x.keys import Settings
from socialwatch.channels.x.verdict import detail
from socialwatch.errors import Halted

_AGAIN = "duplicate-rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as tweepy takes it."""

    value: str
    tag: str


class Rules(Protocol):
    """tweepy's three calls; each gives X's answer as a dict."""

    def get_rules(self) -> wire.Fields: ...
    def add_rules(self, add: Sequence[Rule]) -> wire.Fields: ...
    def delete_rules(self, ids: Sequence[str]) -> wire.Fields: ...


@dataclass(frozen=True, slots=True)
class Ours:
    """Which rules are ours, by id and by the beginning of their tag."""

    ids: frozenset[str]
    prefix: str

    def matched(self, document: wire.Fields) -> bool:
        """Whether a post came for one of our rules; so it counts when X does not say. The tag may be missing."""
        matching = document.get("matching_rules")
        told = [one for one in matching if isinstance(one, Mapping)] if isinstance(matching, list) else []
        return not told or any(str(one.get("id")) in self.ids or self._tagged(one) for one in told)

    def _tagged(self, rule: wire.Fields) -> bool:
        return str(rule.get("tag") or "").startswith(self.prefix)


def wanted(given: Settings) -> list[Rule]:
    """Mentions of the account, the words to search for, and our own posts where those are wanted; no retweets.

    The tag carries a digest of the rule: X may write a rule down differently, but leaves a tag alone.
    """
    values = [f"@{given.username} -is:retweet", given.query]
    values += [f"from:{given.username} -is:retweet"] if given.own_posts else []
    return [Rule(value, f"{prefix(given)}{sha256(value.encode()).hexdigest()[:12]}") for value in values if value]


def prefix(given: Settings) -> str:
    """How the tags of one account's rules begin."""
    return f"socialwatch:{given.username}:"


def synchronise(client: Rules, given: Settings) -> Ours:
    """Add what is missing, then take away what config no longer asks. Rules of others on the same app stay.

    Raises Halted when X does not take a rule, and what the door raises.
    """
    present, asked = wire.rows(client.get_rules()), wanted(given)
    tags = {_tag(row) for row in present}
    values = {_value(row) for row in present}
    missing = [rule for rule in asked if rule.tag not in tags and rule.value not in values]
    added = _added(client.add_rules(missing)) if missing else []
    known, prefixed = {rule.tag for rule in asked}, prefix(given)
    old = [row for row in present if _tag(row).startswith(prefixed) and _tag(row) not in known]
    if old:
        client.delete_rules(_ids(old))
    kept = [row for row in present if _tag(row) in known or _value(row) in {rule.value for rule in asked}]
    return Ours(frozenset(_ids([*kept, *added])), prefixed)


def _added(answer: wire.Fields) -> list[wire.Fields]:
    errors = answer.get("errors")
    for problem in [one for one in errors if isinstance(one, Mapping)] if isinstance(errors, list) else []:
        if not str(problem.get("type", "")).endswith(_AGAIN):
            raise Halted(f"X neemt een zoekregel voor de open lijn niet aan: {detail(dict(problem))}")
    return wire.rows(answer)


def _tag(row: wire.Fields) -> str:
    return str(row.get("tag") or "")


def _value(row: wire.Fields) -> str:
    return str(row.get("value") or "")


def _ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(row["id"]) for row in rows if row.get("id")]
