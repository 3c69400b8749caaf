"""The labelled replies: each check is right when it speaks, and speaks when it should."""

from itertools import product

import pytest

from socialwatch.domain.coach import Check
from tests.measure.coach import figures, labelled

ENOUGH_PRECISION, ENOUGH_RECALL = 0.9, 0.8


@pytest.mark.parametrize(("check", "folder"), [*product(Check, ("seen", "apart"))])
def test_precision_and_recall_of_every_check(check: Check, folder: str) -> None:
    told = figures(labelled(folder, check), check)
    assert told.replies >= 40
    assert told.precision >= ENOUGH_PRECISION, told.wrong
    assert told.recall >= ENOUGH_RECALL, told.missed
