"""What tests of several steps share: a desk with one complaint, on both engines."""

from typing import Any

import pytest

from socialwatch.store.unit import Database
from tests.steps.answering import Desk


@pytest.fixture
def desk(database: Database, fakes: Any) -> Desk:
    return Desk(database, fakes)
