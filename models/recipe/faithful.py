"""Is `why` faithful? Without its top span the score must fall further than without a random stretch of that length."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from socialwatch.domain.assessment import Assessor, Span
from socialwatch.sentiment.spans import without


def faithfulness(assessor: Assessor, held: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Over the complaints of level 1 and up in which a span is shown and another one could have been."""
    texts = [post["text"] for post in held if post["kind"] == "complaint" and post["frustration"] >= 1]
    draw, wins = random.Random(7), []
    for text in texts:
        spans = assessor.why(text)
        other = _random_stretch(text, spans[0], draw) if spans else None
        if other is not None:
            cut, chance = assessor.read([without(text, (spans[0].start, spans[0].end)), other])
            wins.append(cut.frustration < chance.frustration)
    return {"value": sum(wins) / max(1, len(wins)), "posts": len(wins), "complaints": len(texts)}


def _random_stretch(text: str, top: Span, draw: random.Random) -> str | None:
    """The text without as many words as the top span has, somewhere it is not; None when there is no such place."""
    size = len(top.text.split())
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append((start, at))
    places = [
        (words[first][0], words[first + size - 1][1])
        for first in range(len(words) - size + 1)
        if words[first + size - 1][1] <= top.start or words[first][0] >= top.end
    ]
    return without(text, draw.choice(places)) if places else None
