"""The database's history leads to exactly the tables we work with, on both engines."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from socialwatch.errors import Misconfigured
from socialwatch.store import migrations
from socialwatch.store.tables import metadata
from socialwatch.store.unit import Database

SCRIPTS = Path(migrations.__file__).parent


def ours(_: object, name: str | None, *__: object) -> bool:
    """What the engine keeps to search in is no table of ours."""
    return not (name or "").startswith("search_")


OPTIONS = {"compare_type": True, "render_as_batch": True, "include_object": ours}


def test_upgrading_an_empty_database_gives_exactly_our_tables(empty_url: str) -> None:
    opened = Database(empty_url)
    migrations.upgrade(opened)
    with opened.read() as unit:
        context = MigrationContext.configure(unit.connection, opts=OPTIONS)
        assert compare_metadata(context, metadata) == []
        assert migrations.version(unit.connection) == migrations.HEAD
        assert set(metadata.tables) < set(inspect(unit.connection).get_table_names())
    migrations.upgrade(opened)  # again changes nothing
    opened.close()


def test_the_head_in_the_code_is_the_head_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_sqlite_is_made_on_first_use_and_postgresql_asks_for_it(empty_url: str) -> None:
    opened = Database(empty_url)
    with opened.read() as unit:
        assert migrations.version(unit.connection) is None
    if opened.postgresql:
        with pytest.raises(Misconfigured, match="socialwatch db upgrade"):
            migrations.prepare(opened)
        migrations.upgrade(opened)
    migrations.prepare(opened)
    with opened.read() as unit:
        assert migrations.version(unit.connection) == migrations.HEAD
    opened.close()


PREPARE = """
import sys
from socialwatch.store import migrations
from socialwatch.store.unit import Database
opened = Database(sys.argv[1])
sys.stdin.readline()
migrations.upgrade(opened)
with opened.read() as unit:
    assert migrations.version(unit.connection) == migrations.HEAD
opened.close()
"""


def test_processes_that_start_together_prepare_one_fresh_database(empty_url: str) -> None:
    together = [
        subprocess.Popen(
            [sys.executable, "-c", PREPARE, empty_url], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for each in together:  # all have imported and wait at the same line
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    for each in together:
        _, said = each.communicate(timeout=60)
        assert each.returncode == 0, said


def test_every_table_carries_the_brand() -> None:
    without = {"sign_in", "lease", "installation"}  # nobody's: who guesses passwords, which process polls, our own key
    assert {name for name, table in metadata.tables.items() if "brand" not in table.c} == without
