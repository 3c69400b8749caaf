"""Order systems: connected by brand, what belongs to us kept from them, looked at by check."""

from pathlib import Path
from typing import Any

import pytest

from socialwatch import settings
from socialwatch.domain.freshness import remote
from socialwatch.errors import Misconfigured
from socialwatch.settings import Settings
from socialwatch.store.unit import Database
from socialwatch.wiring import checking, parts

NOWHERE = {"base_url": "http://127.0.0.1:9", "consumer_key": "ck", "consumer_secret": "cs", "timeout_seconds": 1}


def found(tmp_path: Path, **sections: Any) -> Settings:
    brands = {"sokkerij": {"name": "Sokkerij"}, "muts": {"name": "Muts"}}
    database = {"url": f"sqlite:///{tmp_path / 'x.sqlite'}"}
    return settings.load(None, {"brands": brands, "database": database, "shops": sections}, environment=False)


def test_one_brand_has_a_shop_elsewhere_and_the_other_our_tables(sqlite: Database, tmp_path: Path) -> None:
    given = found(tmp_path, woocommerce=NOWHERE | {"fresh_minutes": 3})
    made = parts.shops(given, sqlite, parts.wall_clock)
    assert {brand: remote(shop) for brand, shop in made.items()} == {"sokkerij": True, "muts": False}
    (fresh,) = parts.copies(given).values()
    assert (fresh.name, fresh.within.total_seconds()) == ("WooCommerce", 180)


def test_a_section_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    given = found(tmp_path, winkel=NOWHERE | {"kind": "woocommerce", "brand": "muts"})
    assert {brand: fresh.name for brand, fresh in parts.copies(given).items()} == {"muts": "WooCommerce"}


@pytest.mark.parametrize("minutes", [0, "straks", 1441])
def test_nonsense_is_named(tmp_path: Path, minutes: Any) -> None:
    with pytest.raises(Misconfigured, match="fresh_minutes"):
        parts.copies(found(tmp_path, woocommerce=NOWHERE | {"fresh_minutes": minutes}))


def test_check_asks_the_shops_that_live_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_model", lambda _: "geladen.")
    told = list(checking.findings(found(tmp_path, woocommerce=NOWHERE, table={"brand": "muts"})))
    about = [each for each in told if "WooCommerce" in each.text]
    assert [each.good for each in about] == [False, False]
    wrong = list(checking.findings(found(tmp_path, woocommerce={"base_url": "http://x"})))
    assert any("consumer_key" in each.text and not each.good for each in wrong)


def test_a_second_order_system_for_a_brand_is_not_passed_over_in_silence(sqlite: Database, tmp_path: Path) -> None:
    given = found(tmp_path, woocommerce=NOWHERE, winkel=NOWHERE | {"kind": "woocommerce"})
    with pytest.raises(Misconfigured, match=r"shops\.winkel: sokkerij"):
        parts.shops(given, sqlite, parts.wall_clock)
    assert [each.good for each in checking.wrong(given)] == [False]


@pytest.mark.parametrize(
    ("sections", "named"),
    [
        ({"notifiers": {"apprise": {"schemes": ["http"]}}}, "schemes"),
        ({"protocols": {"safety": {"titel": "x"}}}, "titel"),
        ({"situations": {"least": 0}}, "least"),
        ({"survey": {"geheim": "x"}}, "geheim"),
    ],
)
def test_check_names_what_would_keep_it_from_starting(sections: dict[str, Any], named: str) -> None:
    (told,) = checking.wrong(settings.load(None, sections, environment=False))
    assert not told.good
    assert named in told.text
