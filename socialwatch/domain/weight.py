"""Weight: how long a text is as its platform counts it, and how long it may be there."""

import re
from unicodedata import category, normalize

# Characters of a public answer; where a platform is not named, what all of them take.
LONGEST = {"x": 280, "bluesky": 300, "mastodon": 500, "facebook": 8000, "mail": 50_000}
ELSEWHERE = 5000
LINK = 23  # what any link counts for on X (docs.x.com/fundamentals/counting-characters) and on Mastodon
_ENDS = (
    r"(?:nl|be|com|eu|org|net|nu|info|amsterdam|vlaanderen|brussels|shop|store|io|co|app|de|fr|uk|me|gov|edu|biz|frl"
    r"|tv|online|site|website|ly|gl|gd|to|link|page|dev|lu|es|it|at|ch|pl|care|help|support|energy|bank|cloud)"
)
_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,4}"
_PATH = r"/[^\s<>\"]*[^\s<>\".,;:!?)\]'’”]"
_LINK = re.compile(
    rf"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'’”]"
    rf"|(?<![\w@./-])(?:www\.{_NAME}[a-z]{{2,15}}(?![\w-])(?:{_PATH})?|{_NAME}[a-z]{{2,15}}{_PATH}"
    rf"|{_NAME}{_ENDS}(?![\w-]|\.[a-z]))",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@])@(\w+)@[\w-]+(?:\.[\w-]+)+")
# An emoji with everything that is joined to it is one, X counts it as two.
_EMOJI = re.compile(
    r"(?:[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\uFE0F?\u20E3"
    r"|[\U0001F000-\U0001FAFF\u2600-\u27BF\u2300-\u23FF\u2B00-\u2BFF\u00A9\u00AE\u2122](?:\uFE0F"
    r"|[\U0001F3FB-\U0001F3FF])?"
    r"(?:[\U000E0020-\U000E007F]+)?"
    r"(?:\u200D[\U0001F000-\U0001FAFF\u2600-\u27BF](?:\uFE0F|[\U0001F3FB-\U0001F3FF])?)*)"
)


def links(text: str) -> list[tuple[int, int]]:
    """Where X makes a link of it: a web address, also without https:// before it."""
    return [match.span() for match in _LINK.finditer(text)]


def length(text: str, channel: str) -> int:
    """How many of its characters a platform counts."""
    match channel:
        case "x":
            return _on_x(text)
        case "bluesky":
            return graphemes(text)
        case "mastodon":
            return len(_LINK.sub("-" * LINK, _HANDLE.sub(r"@\1", text)))
        case _:
            return len(text)


def longest(channel: str) -> int:
    """How many of them it takes in one public answer."""
    return LONGEST.get(channel, ELSEWHERE)


def _on_x(text: str) -> int:
    """Links 23, an emoji 2 whatever it is made of, CJK and other far scripts 2, all else 1, after composing (NFC): the
    ranges of twitter-text's config/v3.json.
    """
    rest, linked = _LINK.subn("", normalize("NFC", text))
    rest, drawn = _EMOJI.subn("", rest)
    return LINK * linked + 2 * drawn + sum(1 if _is_light(ord(sign)) else 2 for sign in rest)


def _is_light(code: int) -> bool:
    return code <= 4351 or 8192 <= code <= 8205 or 8208 <= code <= 8223 or 8242 <= code <= 8247


def graphemes(text: str) -> int:
    """How many signs a reader sees, at least: marks, joined emoji and flags count as one."""
    joined, count, flags = False, 0, 0
    for sign in text:
        if sign == "\u200d":
            joined = True
            continue
        flags += "\U0001f1e6" <= sign <= "\U0001f1ff"
        part = joined or category(sign) in ("Mn", "Me", "Mc", "Cf") or "\U0001f3fb" <= sign <= "\U0001f3ff"
        count, joined = count + (not part), False
    return count - flags // 2
