"""The same webshop's own database on a PostgreSQL of the tests, where a query means other things than on SQLite."""

import sys
from pathlib import Path
from typing import Any

from socialwatch.store.unit import Database

stand_sql: Any = sys.modules["tests_shops_stands"].module(Path(__file__).with_name("stand_sql.py"))


class Stand(stand_sql.Stand):
    def __init__(self, database: Database, folder: Path, postgresql: str) -> None:
        self.url = postgresql
