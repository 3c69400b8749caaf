"""HTML mails as text, without what the mail program quoted beneath the answer."""

import re
from html import unescape

from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import html

_LONGEST = 1_000_000  # characters; a newsletter has 150 thousand
_DEEPEST = 200  # elements inside each other
_MOST_CELLS = 1_500  # of tables, which are laid out cell by cell; a newsletter has a few hundred
_QUOTES = (
    "//blockquote[@type='cite']",
    "//*[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    "//*[contains(concat(' ', @class, ' '), ' moz-cite-prefix ')]",
    "//*[contains(concat(' ', @class, ' '), ' yahoo_quoted ')]",
    "//*[@id='divRplyFwdMsg' or @id='x_divRplyFwdMsg']/following-sibling::node()",
    "//*[@id='divRplyFwdMsg' or @id='x_divRplyFwdMsg']",
)
_SILENT = "//script | //style | //head | //title | //comment()"
_TAGS = re.compile(r"<[^<>]*>")


def as_text(source: str, *, whole: bool) -> str:
    """What a reader sees; `whole` keeps the quoted part. Never fails: what no parser reads loses its tags only."""
    source = source[:_LONGEST]
    try:
        return _rendered(source, whole)
    except Exception:  # hostile markup breaks parsers in ways of its own, and the words still count
        return unescape(_TAGS.sub(" ", source)).strip()


def _rendered(source: str, whole: bool) -> str:
    tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source.replace("\x00", "")))
    _drop(tree, _SILENT)
    if not whole:
        before = tree.text_content().strip()
        for path in _QUOTES:
            _drop(tree, path)
        if before and not tree.text_content().strip():
            return _rendered(source, True)
    if _depth(tree) > _DEEPEST or len(tree.findall(".//td")) > _MOST_CELLS:
        return "\n".join(each.strip() for each in tree.itertext() if each.strip())
    text = Inscriptis(tree, ParserConfig()).get_text()
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _drop(tree: html.HtmlElement, path: str) -> None:
    """Remove elements, keeping the text that follows them."""
    for found in tree.xpath(path):
        if isinstance(found, str):
            holder = found.getparent()  # type: ignore[attr-defined]  # text found by XPath knows its element
            if holder is not None and found.is_tail:  # type: ignore[attr-defined]
                holder.tail = None
        elif found.getparent() is not None:
            found.drop_tree()


def _depth(tree: html.HtmlElement) -> int:
    deepest, stack = 0, [(tree, 1)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in element]
    return deepest
