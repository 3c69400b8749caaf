"""Budgets: read from any channel's section, kept from the channel itself, registered, and shown by check."""

from pathlib import Path
from typing import Any

import pytest

from socialwatch import settings
from socialwatch.domain.budget import MILLIONTHS
from socialwatch.domain.channel import Finding
from socialwatch.errors import Misconfigured, Unavailable
from socialwatch.settings import Settings
from socialwatch.store import sources, spending
from socialwatch.store.spending import What
from socialwatch.store.unit import Database
from socialwatch.wiring import checking, parts


def found(database: Database, file: Path, **section: Any) -> Settings:
    extra = {
        "brands": {"merk": {"name": "Merk"}},
        "database": {"url": database.url.render_as_string(hide_password=False)},
        "channels": {"file": {"path": str(file), **section}},
    }
    return settings.load(extra=extra, environment=False)


def register(database: Database, given: Settings) -> sources.Source:
    parts.register_sources(database, parts.parts(given, database))
    with database.read() as unit:
        (known,) = sources.every(unit)
    return known


def test_a_budget_is_registered_and_taken_back_with_the_setting(sqlite: Database, tmp_path: Path) -> None:
    assert register(sqlite, found(sqlite, tmp_path / "x", daily_dollars=2.5)).budget == 2_500_000
    assert register(sqlite, found(sqlite, tmp_path / "x", daily_dollars="5")).budget == 5 * MILLIONTHS
    assert register(sqlite, found(sqlite, tmp_path / "x")).budget is None


@pytest.mark.parametrize("nonsense", [0, -1, "veel", True, 1e9, "nan"])
def test_nonsense_is_refused_with_the_key(sqlite: Database, tmp_path: Path, nonsense: Any) -> None:
    with pytest.raises(Misconfigured, match=r"channels\.file\.daily_dollars"):
        parts.budgets(found(sqlite, tmp_path / "x", daily_dollars=nonsense))


@pytest.mark.parametrize(("spent", "good"), [(1.25, True), (5.0, False)])
def test_check_says_what_today_cost(sqlite: Database, tmp_path: Path, spent: float, good: bool) -> None:
    given = found(sqlite, tmp_path / "x", daily_dollars=5)
    register(sqlite, given)
    with sqlite.write() as unit:
        spending.book(unit, "merk/file", What.POLL, round(spent * MILLIONTHS), parts.wall_clock())
    (line,) = [each for each in checking.costs(given)]
    assert line.good is good
    assert line.text == f"Kosten merk/file: vandaag {f'$ {spent:.2f}'.replace('.', ',')} van het dagbudget van $ 5,00."


class Asked:
    """A channel whose check costs something."""

    kind = "file"

    def check(self) -> list[Finding]:
        return [Finding(True, "Wij zijn @merk.", 10_000), Finding(False, "Lezen mag niet.", 25_000), Finding(True, "!")]


def test_what_a_check_costs_is_in_the_ledger_and_in_its_own_last_line(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = found(sqlite, tmp_path / "x", daily_dollars=5)
    monkeypatch.setattr(parts, "channels", lambda _: {"merk/file": Asked()})
    monkeypatch.setattr(checking, "_model", lambda _: "geladen.")
    told = [each.text for each in checking.findings(given)]
    assert told[-4:-1] == ["Wij zijn @merk.", "Lezen mag niet.", "!"]
    assert told[-1] == "Kosten merk/file: vandaag $ 0,04 van het dagbudget van $ 5,00."
    with sqlite.read() as unit:
        ((what, amount),) = [(each.what, each.amount) for each in spending.since(unit, "2000-01-01")]
        (known,) = sources.every(unit)
        assert spending.purse(unit, known, What.POLL, parts.wall_clock()).usual == 0, "a check is no page of a poll"
    assert (what, amount) == (What.CHECK, 35_000)


def test_a_check_without_a_database_still_says_what_it_found(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Settings) -> Database:
        raise Unavailable("De database doet het even niet.")

    monkeypatch.setattr(parts, "channels", lambda _: {"merk/file": Asked()})
    monkeypatch.setattr(checking, "_model", lambda _: "geladen.")
    monkeypatch.setattr(parts, "database", away)
    told = [each.text for each in checking.findings(found(sqlite, tmp_path / "x"))]
    assert told[1] == "Database: De database doet het even niet."
    assert told[-3:] == ["Wij zijn @merk.", "Lezen mag niet.", "!"]


def test_check_is_silent_about_what_is_free(sqlite: Database, tmp_path: Path) -> None:
    assert list(checking.costs(found(sqlite, tmp_path / "x"))) == []
