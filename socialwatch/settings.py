"""Settings: read once from a TOML file and the environment (which wins), nonsense refused with the key's name."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from socialwatch.errors import Misconfigured

Section = dict[str, Any]
DEFAULT_FILE = Path("config/socialwatch.toml")
PREFIX = "SOCIALWATCH_"
OWN_NAMES = frozenset({"SOCIALWATCH_HOME", "SOCIALWATCH_CONFIG"})


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseSettings(Part):
    url: str | None = None


class ModelSettings(Part):
    kind: str = "transformer"
    path: str | None = None
    threads: int | None = Field(default=None, ge=1)
    precision: Literal["auto", "bf16", "fp32"] = "auto"
    revision: str | None = None
    labels: dict[str, float] | None = None
    network: bool = False


class WebSettings(Part):
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str | None = None
    secure_cookies: bool = False
    undo_seconds: float = Field(default=10, ge=0, le=60)


class PollingSettings(Part):
    every_seconds: float = Field(default=60, gt=0)
    follow_hours: float = Field(default=12, gt=0, le=24)
    follow_most: int = Field(default=100, ge=1, le=1000)


class HealthSettings(Part):
    """`metrics` opens /metrics on the desk; `metrics_port` a port of its own, for processes without a desk.

    `heartbeat_url` is asked after a clean audit, at most every `heartbeat_minutes`; a pressing case may lie
    `untold_minutes` without anybody having been told before the audit calls it forgotten.
    """

    metrics: bool = False
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    heartbeat_url: str | None = None
    heartbeat_minutes: float = Field(default=5, gt=0)
    untold_minutes: float = Field(default=60, gt=0)


class BrandSettings(Part):
    """`own` are numbers and addresses of the brand that anybody may read; `signs` ends public answers in ^Name."""

    name: str
    own: list[str] = Field(default_factory=list)
    signs: bool = False


class Settings(BaseSettings):
    """The whole configuration. `channels`, `shops`, `notifiers`, `gestures` and what follows are free sections: each
    kind, and each rule of the domain, reads its own keys.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", case_sensitive=False, frozen=True
    )

    brands: dict[str, BrandSettings] = Field(default_factory=lambda: {"merk": BrandSettings(name="Merk")})
    database: DatabaseSettings = DatabaseSettings()
    model: ModelSettings = ModelSettings()
    web: WebSettings = WebSettings()
    polling: PollingSettings = PollingSettings()
    health: HealthSettings = HealthSettings()
    channels: dict[str, Section] = Field(default_factory=dict)
    shops: dict[str, Section] = Field(default_factory=dict)
    notifiers: dict[str, Section] = Field(default_factory=dict)
    gestures: dict[str, Section] = Field(default_factory=dict)
    hours: Section = Field(default_factory=dict)
    norms: Section = Field(default_factory=dict)
    escalation: dict[str, Section] = Field(default_factory=dict)
    protocols: dict[str, Section] = Field(default_factory=dict)
    survey: Section = Field(default_factory=dict)
    situations: Section = Field(default_factory=dict)

    @property
    def first_brand(self) -> str:
        return next(iter(self.brands))


def load(path: Path | None = None, extra: Mapping[str, Any] | None = None, *, environment: bool = True) -> Settings:
    """Read `path`, or config/socialwatch.toml when that exists, then the environment; `extra` goes above both.

    Without `environment` only the file and `extra` count.

    Raises Misconfigured with one sentence that names the key and never its value.
    """
    named = os.environ.get("SOCIALWATCH_CONFIG")
    file = path or Path(named or DEFAULT_FILE)
    if environment:
        _refuse_unknown(os.environ)
    if (path is not None or named) and not file.is_file():
        raise Misconfigured(f"Het configuratiebestand {file} bestaat niet.")

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            from_file = TomlConfigSettingsSource(settings_cls, toml_file=file)
            return (init_settings, env_settings, from_file) if environment else (init_settings, from_file)

    try:
        return _with_secrets(FromFile(**dict(extra or {})))
    except ValidationError as problem:
        first = problem.errors()[0]
        key = ".".join(str(each) for each in first["loc"])
        raise Misconfigured(f"Instelling {key}: {first['msg']}.") from None
    except SettingsError as problem:
        raise Misconfigured(f"De omgeving bevat een instelling die niet te lezen is: {problem}") from None
    except ValueError as problem:
        raise Misconfigured(f"{file} is geen geldige TOML: {problem}") from None


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """A misspelt variable would otherwise be passed over in silence."""
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in OWN_NAMES:
            group = name[len(PREFIX) :].lower().split("__")[0]
            if group not in Settings.model_fields:
                raise Misconfigured(f"De omgevingsvariabele {name} hoort bij geen instelling.")


def _with_secrets(found: Settings) -> Settings:
    """A key that ends in `_file` names a file that holds the secret."""
    filled = {
        group: {name: _from_files(f"{group}.{name}", section) for name, section in getattr(found, group).items()}
        for group in ("channels", "shops", "notifiers", "gestures")
    }
    return found.model_copy(update={**filled, "survey": _from_files("survey", found.survey)})


def _from_files(name: str, section: Section) -> Section:
    filled = {key: value for key, value in section.items() if not key.endswith("_file")}
    for key in sorted(set(section) - set(filled)):
        try:
            filled[key.removesuffix("_file")] = Path(str(section[key])).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise Misconfigured(f"Instelling {name}.{key}: {problem.strerror or 'niet te lezen'}.") from None
        except ValueError:
            raise Misconfigured(f"Instelling {name}.{key}: dat bestand is geen tekst.") from None
    return filled


def home() -> Path:
    """Where the embedded database lives: $SOCIALWATCH_HOME, else the user's data folder. It is made when missing."""
    chosen = os.environ.get("SOCIALWATCH_HOME")
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    folder = Path(chosen) if chosen else Path(data) / "socialwatch"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise Misconfigured(f"De datamap {folder} is niet te maken: {problem.strerror}.") from None
    return folder


def database_url(found: Settings) -> str:
    return found.database.url or f"sqlite:///{home() / 'socialwatch.sqlite'}"
