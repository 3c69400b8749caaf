"""A session with Magento's REST API (V1): one integration, search criteria, pages, and errors turned into ours."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from socialwatch.domain.written import Fields, rows
from socialwatch.errors import Halted, Refused, SocialwatchError, Unavailable
from socialwatch.outgoing import Answer, Door, Site, json_error, quiet_sdk_logging, status_error, unreadable
from socialwatch.outgoing.asking import Asker
from socialwatch.shops.magento.keys import Settings

_READABLE_RIGHTS = 120  # characters of the list of rights that Magento names


class NotThere(Refused):
    """It does not exist, or this edition has no such thing."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition; `how` is Magento's condition type: eq, in (commas), like (with %)."""

    field: str
    value: str
    how: str = "eq"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: all groups must hold, of each group one condition. Newest first unless `sort` is empty."""

    groups: tuple[tuple[Filter, ...], ...]
    most: int
    sort: str = "created_at"


class Session:
    """Asks nothing until the first call."""

    def __init__(self, given: Settings) -> None:
        quiet_sdk_logging()
        site = Site("Magento", given.base_url, secrets=(given.access_token,))
        headers = {"Authorization": f"Bearer {given.access_token}", "Accept": "application/json"}
        self._asker = Asker(Door(site, judge, given.timeout), headers, given.rest)
        self._root = f"/rest/{given.store_code}/V1"
        self._page_size = given.page_size

    def one(self, *path: str) -> Fields:
        """One object by its number. Raises NotThere, Unavailable, Refused or Halted."""
        found = self._get("/".join(quote(part, safe="") for part in path), {})
        if not isinstance(found, dict) or "id" not in found:
            raise Unavailable("Magento gaf een onleesbaar antwoord")
        return found

    def found(self, path: str, wanted: Wanted) -> list[Fields]:
        """At most `wanted.most` objects."""
        return [one for page in self._pages(path, wanted) for one in page][: wanted.most]

    def _pages(self, path: str, wanted: Wanted) -> Iterator[list[Fields]]:
        """Page by page until the total: a page beyond the last gives the last one again (magento2 issue 3787)."""
        size, read, page = min(self._page_size, wanted.most), 0, 1
        while True:
            answer = self._get(path, _criteria(wanted, size, page))
            if not isinstance(answer, dict) or "items" not in answer:
                raise Unavailable("Magento gaf een onleesbaar antwoord")
            here = rows(answer.get("items"))
            yield here
            read, page, total = read + len(here), page + 1, answer.get("total_count")
            done = not here or read >= wanted.most or (isinstance(total, int) and read >= total)
            if done:
                return

    def _get(self, path: str, query: Mapping[str, str | int]) -> Any:
        return self._asker.read(f"{self._root}/{path}", query).json()


def judge(answer: Answer) -> SocialwatchError | None:
    """The error an answer stands for; None when it may be used. A list or a bare value is sound too."""
    if 200 <= answer.status < 300:
        return None if _is_json(answer) else unreadable(answer)
    if not answer.fields():
        return json_error(answer)
    if answer.status in (401, 403):
        return Halted(
            f"Magento weigert access_token van winkel magento, of deze integratie heeft geen recht op {_rights(answer)}"
            f" ({answer.status})"
        )
    if answer.status == 404:
        return NotThere("Dit staat niet in Magento")
    return status_error(answer)


def _rights(answer: Answer) -> str:
    """The rights that Magento misses, by their names: it says the same for a wrong key."""
    named = answer.fields().get("parameters")
    said = str(named.get("resources", "")) if isinstance(named, dict) else ""
    return "".join(sign for sign in said[:_READABLE_RIGHTS] if sign.isalnum() or sign in "_:, ") or "wat gevraagd werd"


def _is_json(answer: Answer) -> bool:
    try:
        json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    return True


def _criteria(wanted: Wanted, size: int, page: int) -> dict[str, str | int]:
    asked: dict[str, str | int] = {}
    for group, filters in enumerate(wanted.groups):
        for place, one in enumerate(filters):
            start = f"searchCriteria[filter_groups][{group}][filters][{place}]"
            asked |= {f"{start}[field]": one.field, f"{start}[value]": one.value, f"{start}[condition_type]": one.how}
    if wanted.sort:
        asked |= {"searchCriteria[sortOrders][0][field]": wanted.sort}
        asked |= {"searchCriteria[sortOrders][0][direction]": "DESC"}
    return asked | {"searchCriteria[pageSize]": size, "searchCriteria[currentPage]": page}


def any_of(field: str, values: Sequence[str]) -> tuple[Filter, ...]:
    """A group in which the field holds one of the values; Magento separates them by commas."""
    return (Filter(field, ",".join(value.replace(",", " ") for value in values), "in"),)
