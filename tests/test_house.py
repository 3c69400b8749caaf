"""The house stands as it was drawn: the floors, the tools' verdicts, and what no tool looks at."""

import ast
import os
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "socialwatch"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 300  # lines
TABLES = {"store/migrations/versions/m0001_first_tables.py"}  # lists, not code to be read


def name(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def tool(module: str, *arguments: str) -> None:
    program = [sys.executable, "-m", module, *arguments]
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_floors_and_all_other_contracts_hold() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    program = [sys.executable, "-c", code, "--no-cache"]
    # The modules are only read, not run, but import-linter has to find them.
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


def test_ruff_finds_nothing() -> None:
    tool("ruff", "check", ".")


def test_everything_is_formatted() -> None:
    tool("ruff", "format", "--check", ".")


def test_the_types_hold() -> None:
    tool("mypy")


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_file_opens_with_a_sentence_and_is_short(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    opening = ast.get_docstring(ast.parse(text))
    assert opening, "it does not say what lives here"
    first = opening.split("\n\n")[0].replace("\n", " ")
    assert first.endswith((".", "?"))
    assert first[0].isupper() or first.split()[0] == "socialwatch:"
    assert len(text.splitlines()) <= LONGEST_FILE or name(file) in TABLES


def calls(file: Path) -> Iterator[tuple[int, str]]:
    """(line, name) of every call, *commit* for `connection.commit()` too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.lineno, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id


@pytest.mark.parametrize(
    ("forbidden", "allowed"),
    [
        ({"commit", "rollback", "begin_nested"}, {"store/unit.py"}),
        ({"print"}, {"__main__.py", "demo.py"}),
        ({"utcnow", "utcfromtimestamp"}, set()),
        ({"eval", "exec", "breakpoint"}, set()),
    ],
    ids=["only a unit commits", "only commands print", "no naive clock", "nothing left behind"],
)
def test_some_calls_have_their_place(forbidden: set[str], allowed: set[str]) -> None:
    found = [
        f"{name(file)}:{line} {called}"
        for file in FILES
        if name(file) not in allowed
        for line, called in calls(file)
        if called in forbidden
    ]
    assert found == []


def test_the_walls_hold_against_a_first_stone() -> None:
    """The checks above do see what they should: tried on lines that break them."""
    broken = ast.parse("connection.commit()\nprint('x')\n")
    seen = {
        each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")
        for each in ast.walk(broken)
        if isinstance(each, ast.Call)
    }
    assert seen == {"commit", "print"}


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_no_test_reaches_the_network(address: tuple[object, ...]) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as outside, pytest.raises(ConnectionRefusedError, match="no network"):
        outside.connect(address)
    with pytest.raises(socket.gaierror, match="no network"):
        socket.create_connection(("example.com", 80))


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_what_must_be_pinned_is_pinned() -> None:
    wanted = project()["dependencies"]
    assert isinstance(wanted, list)
    for pinned in ("torch==2.13.0", "transformers==5.23.0", "tweepy==4.17.0", "facebook-sdk==3.1.0", "alembic==1.20.1"):
        assert pinned in wanted
    without = [each for each in wanted if not any(sign in each for sign in ("==", ">=", "<"))]
    assert without == []


def test_what_was_found_wanting_is_not_used() -> None:
    wanted = " ".join(map(str, project()["dependencies"])).lower()  # type: ignore[call-overload]
    for unwanted in ("fastapi-users", "sqladmin", "celery", "redis"):
        assert unwanted not in wanted


@pytest.mark.parametrize("room", ["channels", "shops", "notifiers", "gestures"])
def test_every_socket_can_be_connected(room: str) -> None:
    """What plugs loads by name is seen by no linter, so each file of a room is looked at here."""
    sockets = [each for each in (PACKAGE / room).iterdir() if not each.name.startswith("__")]
    assert sockets
    for each in sockets:
        file = each / "__init__.py" if each.is_dir() else each
        defined = {
            node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
        }
        assert "connect" in defined, file
