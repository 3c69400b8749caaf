"""A model that is missing, damaged or does not fit: one sentence, exit code 2, and nothing lost."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from socialwatch.__main__ import main
from socialwatch.store import queue
from socialwatch.store.tables import job
from socialwatch.store.unit import Database
from socialwatch.wiring import logs

MODEL = Path(__file__).parents[1] / "models" / "dutch"
MENTION = {"channel": "x", "id": "1", "text": "gat in mijn sok", "created_at": "2026-11-22T10:00:00+01:00"}
COMMANDS = (["score"], ["check"], ["work", "--once"], ["work"], ["run"])


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command in this process, in an empty folder; gives back its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOCIALWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SOCIALWATCH_WEB__PORT", "0")
    for name in ("plain", "quiet"):  # they set up logging for the rest of the process, which other tests share
        monkeypatch.setattr(logs, name, lambda: None)

    def run(*arguments: str, **environment: str) -> tuple[int, str]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["socialwatch", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return int(str(ended.value.code or 0)), written.out + written.err

    return run


def missing(folder: Path) -> dict[str, str]:
    return {"SOCIALWATCH_MODEL__PATH": str(folder / "nergens")}


def damaged(folder: Path) -> dict[str, str]:
    copy = Path(shutil.copytree(MODEL, folder / "beschadigd"))
    with (copy / "tokenizer.json").open("ab") as file:
        file.write(b" ")
    return {"SOCIALWATCH_MODEL__PATH": str(copy)}


def incompatible(folder: Path) -> dict[str, str]:
    copy = Path(shutil.copytree(MODEL, folder / "anders"))
    config = json.loads((copy / "config.json").read_text(encoding="utf-8"))
    (copy / "config.json").write_text(json.dumps(config | {"format": 99}), encoding="utf-8")
    return {"SOCIALWATCH_MODEL__PATH": str(copy)}


def elsewhere(folder: Path) -> dict[str, str]:
    named = {"SOCIALWATCH_MODEL__PATH": "organisatie/bestaat-niet", "SOCIALWATCH_MODEL__LABELS": '{"negative": 0.9}'}
    return named | {"SOCIALWATCH_MODEL__KIND": "classifier"}


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("wrong", [missing, damaged, incompatible, elsewhere])
def test_one_sentence_with_the_path_and_exit_code_2(command: Any, tmp_path: Path, arguments: Any, wrong: Any) -> None:
    environment = wrong(tmp_path)
    code, said = command(*arguments, **environment)
    about = [line for line in said.splitlines() if environment["SOCIALWATCH_MODEL__PATH"] in line]
    assert (code, len(about)) == (2, 1)
    assert "Traceback" not in said
    assert arguments == ["check"] or len(said.splitlines()) == 1


def test_work_with_a_wrong_model_keeps_the_queue(command: Any, tmp_path: Path) -> None:
    (tmp_path / "berichten.jsonl").write_text(json.dumps(MENTION) + "\n", encoding="utf-8")
    assert command("import", "mentions", "berichten.jsonl")[0] == 0
    for arguments in (["work", "--once"], ["work"]):
        assert command(*arguments, **missing(tmp_path))[0] == 2
    opened = Database(f"sqlite:///{tmp_path / 'home' / 'socialwatch.sqlite'}")
    with opened.read() as unit:
        assert [(row.step, row.attempts) for row in unit.run(select(job))] == [("assess", 0)]
        assert queue.dead(unit) == []
    opened.close()


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"SOCIALWATCH_MODEL__KIND": "classifier"}, "model.path"),
        ({"SOCIALWATCH_MODEL__LABELS": '{"negative": 0.9}'}, "model.labels"),
        ({"SOCIALWATCH_MODEL__NETWORK": "true"}, "model.network"),
        ({"SOCIALWATCH_MODEL__LABELS": '{"negative": "veel"}'}, "model.labels.negative"),
        ({"SOCIALWATCH_MODEL__KIND": "spans"}, "spans"),
        ({"SOCIALWATCH_MODEL__KIND": "bestaat_niet"}, "bestaat_niet"),
    ],
)
def test_settings_that_do_not_go_together_are_named(command: Any, changed: dict[str, str], key: str) -> None:
    code, said = command("score", **changed)
    assert code == 2
    assert key in said
    assert len(said.splitlines()) == 1
