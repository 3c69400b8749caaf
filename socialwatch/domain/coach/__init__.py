"""The Meelezer: reads along with a draft and names at most what a good colleague would; it never rewrites.

It judges the words on the screen, never who wrote them, and nothing it says is kept.
"""

from collections.abc import Callable, Iterable

from socialwatch.domain.coach.acknowledgement import acknowledgement
from socialwatch.domain.coach.canned import canned
from socialwatch.domain.coach.deflection import deflection
from socialwatch.domain.coach.known import known
from socialwatch.domain.coach.parroting import parroting
from socialwatch.domain.coach.platform import impossible, platform
from socialwatch.domain.coach.privacy import privacy
from socialwatch.domain.coach.promise import promise
from socialwatch.domain.coach.words import Check, Draft, Known, Remark, Scene

__all__ = ["Check", "Draft", "Known", "Remark", "Scene", "remarks"]

_CHECKS: tuple[tuple[Check, Callable[[Draft, Scene], Iterable[Remark]]], ...] = (
    (Check.PRIVACY, privacy),
    (Check.PLATFORM, impossible),
    (Check.ACKNOWLEDGEMENT, acknowledgement),
    (Check.KNOWN, known),
    (Check.DEFLECTION, deflection),
    (Check.PARROTING, parroting),
    (Check.CANNED, canned),
    (Check.PROMISE, promise),
    (Check.PLATFORM, platform),
)
_MAY_BLOCK = (privacy, impossible)


def remarks(draft: Draft, scene: Scene, off: frozenset[Check] = frozenset()) -> tuple[Remark, ...]:
    """What is worth a second look before this goes out, the most important first; a page shows the first alone.

    Never raises, whatever the text. An empty draft earns no remark but that it cannot be sent from here. `off` silences
    advice; what blocks the sending is told whatever is off.
    """
    looks = (look for check, look in _CHECKS if check not in off or look in _MAY_BLOCK)
    found = (each for look in looks for each in look(draft, scene))
    return tuple(each for each in found if each.blocks or each.check not in off)
