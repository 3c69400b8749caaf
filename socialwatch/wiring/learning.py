"""What agents corrected, written for the recipe of the model: no agent, no person, only what may be learnt from."""

import json
from collections.abc import Iterator

from socialwatch.domain import correction
from socialwatch.domain.correction import What
from socialwatch.domain.faceless import faceless
from socialwatch.store import corrections
from socialwatch.store.corrections import Taught
from socialwatch.store.unit import Database


def lines(database: Database) -> Iterator[str]:
    """One JSON object per correction: `text`, `language`, `model` (the level 0..3 the model read), `what` was said of
    it and the `level` that leads to. A wrong customer says nothing of the text, and is left out.
    """
    with database.read() as unit:
        found = list(corrections.taught(unit))
    return (_line(each) for each in found if each.what is not What.WRONG_CUSTOMER)


def _line(each: Taught) -> str:
    row = {
        "text": faceless(each.text, each.facts),
        "language": each.language,
        "model": each.model,
        "what": each.what.value,
        "level": correction.level(each.what, each.model),
    }
    return json.dumps(row, ensure_ascii=False)
