"""A page of the app as a visitor without eyes sees it: articles, forms and links, read with the standard parser."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

Attributes = dict[str, str]
_WAIT = 15  # seconds


@dataclass(slots=True)
class Form:
    """A form: where it leads, the fields as they stand, what a choice offers, and the article around it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    article: Attributes = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.articles: list[Attributes] = []
        self.cases: list[Attributes] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.owner: str | None = None
        self._within: list[Attributes] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "data-owner" in found and "data-case" not in found and self.owner is None:
            self.owner = found["data-owner"]
        if "data-case" in found and tag == "a":
            self.cases.append(found)
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "article":
            self.articles.append(found)
            self._within.append(found)
        if tag == "form":
            self._form = Form(found.get("action", ""), article=self._within[-1] if self._within else {})
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "article" and self._within:
            self._within.pop()

    def _field(self, form: Form, tag: str, found: Attributes) -> None:
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option":
            form.choices.setdefault(self._select, []).append(value)
            if "selected" in found or self._select not in form.fields:
                form.fields[self._select] = value
        elif tag == "textarea" and name:
            form.fields[name] = ""
        elif tag == "input" and name:
            _input(form, name, value, found)


def _input(form: Form, name: str, value: str, found: Attributes) -> None:
    if found.get("type") == "radio":
        form.choices.setdefault(name, []).append(value)
    if found.get("type") not in ("radio", "checkbox") or "checked" in found:
        form.fields[name] = value


@dataclass(frozen=True, slots=True)
class Webpage:
    """What came back: status, where we ended up, and what stands on the page."""

    status: int
    path: str
    cases: list[Attributes]
    articles: list[Attributes]
    forms: list[Form]
    owner: str | None
    links: list[str]

    def form(self, action: str) -> Form | None:
        """The first form that leads to `action`."""
        return next((form for form in self.forms if urlsplit(form.action).path == action), None)


class Visitor:
    """Somebody with a browser of their own: keeps cookies, follows redirects, says where a form came from."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Webpage:
        return self._open(Request(self.base_url + path))  # noqa: S310  (the app under play)

    def post(self, path: str, fields: Mapping[str, str], *, page: str = "/") -> Webpage:
        """Send a form as the browser on `page` would."""
        headers = {"Origin": self.base_url, "Referer": self.base_url + page}
        body = urlencode(fields).encode("utf-8", "replace")
        return self._open(Request(self.base_url + path, data=body, headers=headers))  # noqa: S310

    def _open(self, request: Request) -> Webpage:
        try:
            answer: Any = self._opener.open(request, timeout=_WAIT)
        except HTTPError as error:
            answer = error
        with answer:
            reader = _Reader()
            reader.feed(answer.read().decode("utf-8", "replace"))
            path = urlsplit(answer.url).path
            return Webpage(answer.status, path, reader.cases, reader.articles, reader.forms, reader.owner, reader.links)
