"""Canned: whether this reply went out (nearly) word for word to others before."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from socialwatch.domain.coach.reading import level, roots
from socialwatch.domain.coach.words import Check, Draft, Remark, Scene

SAME = 86  # how alike two replies are at least, 0..100
FEWEST_WORDS = 8  # a shorter one is a courtesy
FEWEST_TELLING = 2  # of those that carry meaning
MOST_BEFORE, MOST_READ = 500, 1200
_WHY = (
    "Wie na het sturen even bij anderen kijkt, ziet dezelfde zinnen staan en voelt zich een nummer. Bouwstenen mogen; "
    "één zin over deze klant maakt het verschil."
)
_GREETING = re.compile(
    r"^\W*(?:@\w+\W+)*(?:(?:hoi|hallo|hey|hai|ha|dag|beste|geachte|goede(?:n)?(?:morgen|middag|avond|dag)"
    r"|goeie(?:morgen|middag|avond)|goedemorgen|goedemiddag|goedenavond)\b[^,.!?\n]{0,40}[,.!?\n]+)?",
    re.I,
)
_SIGNED = re.compile(
    r"(?:\^\s?\w+|[-–/]\s?[A-Z]\w{1,12}|\b(?:met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groet(?:en"
    r"|jes)?|gr|mvg)\b[^.!?]{0,60})"
    r"\W*$",
    re.I,
)
_NOT_WORDS = re.compile(r"[\W_]+")


def canned(draft: Draft, scene: Scene) -> Iterator[Remark]:
    mine = _bare(draft.text[:MOST_READ])
    if len(mine.split()) < FEWEST_WORDS or len(roots(level(mine))) < FEWEST_TELLING:
        return
    others = [_bare(each[:MOST_READ]) for each in scene.before[:MOST_BEFORE]]
    same = process.extract(mine, others, scorer=fuzz.ratio, processor=None, score_cutoff=SAME, limit=None)
    if same:
        times = len(same)
        told = "aan iemand anders" if times == 1 else f"aan {times} anderen"
        says = f"Dit antwoord ging (bijna) woord voor woord al {told}."
        toward = "Wat is er bij deze klant anders? Begin daar, de rest mag blijven staan."
        yield Remark(Check.CANNED, says, toward, _WHY)


@lru_cache(maxsize=2048)  # the replies sent before stay the same while somebody types
def _bare(text: str) -> str:
    """The words in lower case, without who is greeted and who signs."""
    body = _SIGNED.sub("", _GREETING.sub("", text, count=1), count=1)
    return _NOT_WORDS.sub(" ", body.lower()).strip()
