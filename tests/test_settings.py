"""Settings: the file, then the environment, which wins; nonsense is named by its key and a secret is never repeated."""

from pathlib import Path

import pytest

from socialwatch import settings
from socialwatch.errors import Misconfigured

SECRET = "hunter2-geheim"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings from outside, and no config folder in sight."""
    import os

    for name in list(os.environ):
        if name.upper().startswith("SOCIALWATCH_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "eigen.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_any_configuration_everything_has_a_value() -> None:
    found = settings.load()
    assert found.first_brand == "merk"
    assert found.channels == {}
    assert found.database.url is None


def test_the_file_of_this_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "socialwatch.toml").write_text('[brands.sokkerij]\nname = "Sokkerij"\n')
    assert settings.load().brands["sokkerij"].name == "Sokkerij"


def test_the_environment_wins_from_the_file_and_both_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, '[database]\nurl = "sqlite:///a"\n[channels.x]\nusername = "sok"\nbearer_token = "oud"\n')
    monkeypatch.setenv("SOCIALWATCH_DATABASE__URL", "postgresql://b")
    monkeypatch.setenv("SOCIALWATCH_CHANNELS__X__BEARER_TOKEN", SECRET)
    monkeypatch.setenv("SOCIALWATCH_WEB__PORT", "9000")
    found = settings.load(file)
    assert (found.database.url, found.web.port) == ("postgresql://b", 9000)
    assert found.channels["x"] == {"username": "sok", "bearer_token": SECRET}
    assert settings.load(file, {"database": {"url": "sqlite:///c"}}).database.url == "sqlite:///c"
    assert settings.load(file, environment=False).channels["x"]["bearer_token"] == "oud"


def test_the_file_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIALWATCH_CONFIG", str(written(tmp_path, "[web]\nport = 81\n")))
    assert settings.load().web.port == 81
    monkeypatch.setenv("SOCIALWATCH_CONFIG", str(tmp_path / "weg.toml"))
    with pytest.raises(Misconfigured, match=r"weg\.toml"):
        settings.load()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[web]\nport = "hunter2-geheim"\n', "web.port"),
        ("[web]\nport = 70000\n", "web.port"),
        ('[web]\npoort = "hunter2-geheim"\n', "web.poort"),
        ('[webb]\nx = "hunter2-geheim"\n', "webb"),
        ('channels = "hunter2-geheim"\n', "channels"),
        ('[channels]\nx = "hunter2-geheim"\n', "channels.x"),
        ("[polling]\nevery_seconds = 0\n", "polling.every_seconds"),
        ("[model]\nthreads = 0\n", "model.threads"),
        ('[brands.sokkerij]\nnaam = "hunter2-geheim"\n', "brands.sokkerij"),
    ],
)
def test_nonsense_is_one_sentence_with_the_key_and_without_the_value(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        settings.load(written(tmp_path, text))
    assert f"Instelling {key}" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("SOCIALWATCH_WEB__PORT", SECRET), ("SOCIALWATCH_CHANNELS", SECRET), ("SOCIALWATCH_CHANELS__X__TOKEN", SECRET)],
)
def test_nonsense_in_the_environment_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured) as caught:
        settings.load()
    assert SECRET not in str(caught.value)
    assert name.split("__")[0].removeprefix("SOCIALWATCH_").lower() in str(caught.value).lower()


@pytest.mark.parametrize("text", ["[web\n", 'token = "hunter2-geheim', "\x00", "web = {port = 1, port = 2}"])
def test_what_is_no_toml_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(Misconfigured, match=r"eigen\.toml") as caught:
        settings.load(written(tmp_path, text))
    assert SECRET not in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"weg\.toml bestaat niet"):
        settings.load(tmp_path / "weg.toml")


def test_a_secret_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "sleutel").write_text(f"{SECRET}\n")
    file = written(tmp_path, f'[channels.x]\nbearer_token_file = "{tmp_path / "sleutel"}"\n')
    assert settings.load(file).channels["x"] == {"bearer_token": SECRET}


@pytest.mark.parametrize("broken", ["missing", "folder", "bytes"])
def test_a_secret_that_cannot_be_read_names_its_key(tmp_path: Path, broken: str) -> None:
    place = tmp_path / "sleutel"
    if broken == "folder":
        place.mkdir()
    if broken == "bytes":
        place.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Misconfigured, match=r"channels\.x\.bearer_token_file"):
        settings.load(written(tmp_path, f'[channels.x]\nbearer_token_file = "{place}"\n'))


def test_the_embedded_database_lives_at_home_which_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "diep" / "thuis"
    monkeypatch.setenv("SOCIALWATCH_HOME", str(home))
    assert settings.database_url(settings.load()) == f"sqlite:///{home}/socialwatch.sqlite"
    assert home.is_dir()
    monkeypatch.delenv("SOCIALWATCH_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert settings.home() == tmp_path / "data" / "socialwatch"
    (tmp_path / "bestand").touch()
    monkeypatch.setenv("SOCIALWATCH_HOME", str(tmp_path / "bestand"))
    with pytest.raises(Misconfigured, match="bestand"):
        settings.home()


def test_settings_are_frozen() -> None:
    with pytest.raises(Exception, match="frozen"):
        settings.load().web.port = 1  # type: ignore[misc]
