"""A session with Shopify's GraphQL Admin API: the key, questions, writes, and waiting where that is short."""

import json
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from socialwatch.domain.written import Fields, fields
from socialwatch.errors import Unanswered, Unavailable
from socialwatch.outgoing import Answer, Door, Limited, Site, quiet_sdk_logging
from socialwatch.outgoing.asking import Asker
from socialwatch.shops.shopify.keys import Settings
from socialwatch.shops.shopify.verdict import NAME, OldKey, as_read, judge

_WORTH = 2.0  # seconds; for a longer wait the whole work is put off
_MARGIN = 0.05
_SIGN_IN = "/admin/oauth/access_token"


class Session:
    """Asks nothing until the first question. Keys that last a day are fetched anew when Shopify refuses the old one."""

    def __init__(self, given: Settings) -> None:
        quiet_sdk_logging()
        self._settings = given
        site = Site(NAME, given.base_url, secrets=(given.access_token, given.client_secret))
        self._door = Door(site, judge, given.timeout)
        self._path = f"/admin/api/{given.version}/graphql.json"
        self._signing_in = threading.Lock()
        self._asker = self._with(given.access_token) if given.access_token else None
        self.version = ""  # the one that Shopify really answered with

    def ask(self, document: str, **variables: Any) -> Fields:
        """The `data` of a question. Raises Unavailable, Refused or Halted."""
        try:
            return self._known(document, variables, write=False)
        except Unavailable as problem:
            last = as_read(problem)
        raise last

    def change(self, document: str, **variables: Any) -> Fields:
        """The `data` of a mutation. Raises Unavailable (nothing was done), Unanswered (nobody knows), Refused or
        Halted.
        """
        return self._known(document, variables, write=True)

    def _known(self, document: str, variables: Mapping[str, Any], *, write: bool) -> Fields:
        """With the key we have, and once with a new one; a refused key means that nothing was done."""
        asker = self._asker or self._sign_in(None)
        try:
            return self._patient(asker, document, variables, write)
        except OldKey:
            if not self._settings.client_id:
                raise
        return self._patient(self._sign_in(asker), document, variables, write)

    def _patient(self, asker: Asker, document: str, variables: Mapping[str, Any], write: bool) -> Fields:
        """Once more after a short wait, when Shopify says how long: what was throttled was not done."""
        try:
            return self._one(asker, document, variables, write)
        except Limited as problem:
            if problem.retry_after is None or problem.retry_after > _WORTH:
                raise
            wait = problem.retry_after
        time.sleep(wait + _MARGIN)
        return self._one(asker, document, variables, write)

    def _one(self, asker: Asker, document: str, variables: Mapping[str, Any], write: bool) -> Fields:
        content = {"query": document, "variables": variables}
        answer = asker.write(self._path, content) if write else asker.inquire(self._path, content)
        self.version = answer.headers.get("x-shopify-api-version", "")
        return fields(answer.fields().get("data"))

    def _sign_in(self, refused: Asker | None) -> Asker:
        """A key for a day (client credentials grant). Threads that come together ask for one."""
        with self._signing_in:
            if self._asker is None or self._asker is refused:
                self._asker = self._with(_token(self._sign_in_answer()))
            return self._asker

    def _sign_in_answer(self) -> Answer:
        given = self._settings
        asked = {"grant_type": "client_credentials", "client_id": given.client_id, "client_secret": given.client_secret}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            return self._door.ask("POST", given.base_url + _SIGN_IN, headers, urlencode(asked).encode())
        except Unanswered as problem:
            last = as_read(problem)
        raise last

    def _with(self, token: str) -> Asker:
        headers = {"X-Shopify-Access-Token": token, "Accept": "application/json"}
        return Asker(self._door, headers, self._settings.rest)


def _token(answer: Answer) -> str:
    token = answer.fields().get("access_token")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise Unavailable("Shopify gaf geen sleutel")
    return token


def gid(kind: str, number: str) -> str:
    """Shopify's own name for an object of which we keep the number."""
    return f"gid://shopify/{kind}/{number}"


def number(given: Any) -> str:
    """The number in gid://shopify/Customer/123."""
    return str(given or "").rpartition("/")[2].partition("?")[0]


def quoted(value: str) -> str:
    """A value in Shopify's search syntax, as one phrase: what somebody wrote cannot become a condition."""
    return json.dumps(value, ensure_ascii=False)
