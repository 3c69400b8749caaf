"""The commands as a person runs them: exit codes, one sentence when something is wrong, no traceback, no secret."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from socialwatch.domain.assessment import Reading
from socialwatch.steps.parts import Parts
from socialwatch.store import queue
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

SECRET = "hunter2-geheim"
GOOD = {"channel": "x", "id": "1", "text": "gat in mijn sok", "created_at": "2026-11-22T10:00:00+01:00"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "thuis"


@pytest.fixture
def socialwatch(home: Path, tmp_path: Path) -> Any:
    """Runs a command in an empty folder with its own home; the installed package is the one that runs."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SOCIALWATCH_")}

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            [sys.executable, "-m", "socialwatch", *map(str, arguments)],
            cwd=tmp_path,
            env=clean | {"SOCIALWATCH_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])} | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in ended.stderr + ended.stdout
        assert SECRET not in ended.stderr + ended.stdout
        return ended

    return run


def jsonl(tmp_path: Path, *rows: Any) -> Path:
    file = tmp_path / "berichten.jsonl"
    file.write_text("".join(each if isinstance(each, str) else json.dumps(each) + "\n" for each in rows))
    return file


def test_good_rows_are_kept_and_bad_ones_named_with_exit_code_1(socialwatch: Any, tmp_path: Path) -> None:
    ended = socialwatch("import", "mentions", jsonl(tmp_path, GOOD, "{half\n", GOOD | {"id": "2"}))
    assert ended.returncode == 1
    assert ended.stderr == "regel 2: geen geldige JSON\n"
    assert ended.stdout == "mentions: 2 binnen, 2 nieuw, 1 geweigerd\n"
    ended = socialwatch("import", "mentions", jsonl(tmp_path, GOOD))
    assert (ended.returncode, ended.stdout) == (0, "mentions: 1 binnen, 0 nieuw, 0 geweigerd\n")
    ended = socialwatch("cases", "--json")
    assert (ended.returncode, json.loads(ended.stdout)) == (0, {"waiting": 2, "cases": []})
    ended = socialwatch("cases")
    assert (ended.returncode, ended.stdout) == (0, "0 dossiers open, 2 berichten wachten nog\n")


def test_what_was_worked_through_is_listed_and_dead_letters_are_replayed(
    socialwatch: Any, tmp_path: Path, home: Path, fakes: Any
) -> None:
    rows = [GOOD | {"id": str(each), "text": words} for each, words in enumerate(["vraag", "woedend", "weiger"])]
    assert socialwatch("import", "mentions", jsonl(tmp_path, *rows)).returncode == 0
    opened = Database(f"sqlite:///{home / 'socialwatch.sqlite'}")
    world = fakes.World(opened)
    parts = Parts(
        opened, world.clock, lambda: world.assessor, {}, {"merk": world.shop}, {"log": world.log}, "http://desk"
    )
    corridor.drain(parts)
    with opened.read() as unit:
        (letter,) = queue.dead(unit)
    listed = json.loads(socialwatch("cases", "--json").stdout)
    assert [(each["level"], each["owner"]) for each in listed["cases"]] == [(3, None), (0, None)]
    assert listed["waiting"] == 1
    ended = socialwatch("queue", "dead")
    assert ended.stdout.splitlines() == [
        f"{letter.id}\tassess\t{letter.subject}\t1x\tDeze tekst is niet te lezen.",
        "1 vastgelopen",
    ]
    assert socialwatch("queue", "replay", "999").stdout == "0 opnieuw in de wachtrij\n"
    assert socialwatch("queue", "replay").stdout == "1 opnieuw in de wachtrij\n"
    assert socialwatch("queue", "dead").stdout == "0 vastgelopen\n"
    opened.close()
    assert isinstance(fakes.reading("vraag"), Reading)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[web]\npoort = "hunter2-geheim"\n', "web.poort"),
        ('[channels.x]\nbrand = "bestaatniet"\nbearer_token = "hunter2-geheim"\n', "channels.x.brand"),
        ('[channels.myspace]\ntoken = "hunter2-geheim"\n', "channels.myspace"),
        ('[channels.x]\nbearer_token = "hunter2-geheim\n', "eigen.toml"),
        ('[database]\nurl = "mysql://root:hunter2-geheim@localhost/x"\n', "database.url"),
        ('[database]\nurl = "postgresql://root:hunter2-geheim@/x?host=/no/such/folder"\n', "database"),
    ],
)
def test_a_wrong_configuration_is_one_sentence_with_the_key_and_exit_code_2(
    socialwatch: Any, tmp_path: Path, text: str, named: str
) -> None:
    (tmp_path / "eigen.toml").write_text(text)
    ended = socialwatch("cases", "--config", "eigen.toml")
    assert ended.returncode == 2
    assert named in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""


def test_what_does_not_exist_is_said(socialwatch: Any, tmp_path: Path) -> None:
    ended = socialwatch("import", "mentions", "weg.jsonl")
    assert (ended.returncode, ended.stderr) == (1, "Het bestand weg.jsonl bestaat niet.\n")
    assert socialwatch("import", "dromen", jsonl(tmp_path, GOOD)).returncode == 2
    assert socialwatch("import", "mentions", jsonl(tmp_path, GOOD), "--brand", "ander").returncode == 2
    assert socialwatch("cases", "--config", "weg.toml").returncode == 2


def test_two_imports_at_the_same_time_into_a_fresh_home(home: Path, tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SOCIALWATCH_")}
    environment = clean | {"SOCIALWATCH_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])}
    file = jsonl(tmp_path, *(GOOD | {"id": str(each)} for each in range(50)))
    program = [sys.executable, "-m", "socialwatch", "import", "mentions", str(file)]
    running = [
        subprocess.Popen(
            program, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=60) for each in running]
    assert [each.returncode for each in running] == [0, 0], said
    assert sorted(out.split(", ")[1] for out, _ in said) == ["0 nieuw", "50 nieuw"]


def test_score_starts_without_web_channels_and_store() -> None:
    code = (
        "import sys; sys.argv = ['socialwatch', 'score']\n"
        "from socialwatch.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "rooms = ('socialwatch.web', 'socialwatch.channels', 'socialwatch.store', 'sqlalchemy', 'fastapi', 'tweepy')\n"
        "print([each for each in sys.modules if each.startswith(rooms)], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], input="hoi", capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["id"] == 1
    assert done.stderr.strip() == "[]"
