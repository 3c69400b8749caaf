"""The database's history: each change one file in versions/, the same for SQLite and PostgreSQL."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from socialwatch.errors import Misconfigured
from socialwatch.store.unit import Database

HEAD = "0009"
UPGRADING = 72616  # any number, as long as nothing else holds it


def prepare(database: Database) -> None:
    """The embedded database is made and upgraded on first use; PostgreSQL only by `db upgrade`.

    Raises Misconfigured when PostgreSQL is not up to date.
    """
    with database.read() as unit:
        if version(unit.connection) == HEAD:
            return
    if database.postgresql:
        raise Misconfigured("De database is niet bij. Draai eerst: socialwatch db upgrade")
    upgrade(database)


def upgrade(database: Database) -> None:
    """Bring the tables up to date, in one transaction; two processes that start together wait for each other."""
    with database.write() as unit:
        unit.alone(UPGRADING)
        if version(unit.connection) == HEAD:
            return
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = unit.connection
        command.upgrade(config, "head")


def version(connection: Connection) -> str | None:
    """The migration this database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
