"""Who carries gestures out: the order system first, then the sections that are not named after a gesture."""

from typing import Any

import pytest

from socialwatch import settings
from socialwatch.errors import Misconfigured
from socialwatch.settings import Settings
from socialwatch.wiring import checking, parts

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HOOK = {"url": "https://hook.example", "secret": SECRET}


def given(gestures: dict[str, Any]) -> Settings:
    brands = {"sokkerij": {"name": "Sokkerij"}, "buren": {"name": "Buren"}}
    return settings.load(None, {"brands": brands, "gestures": gestures}, environment=False)


def test_the_order_system_comes_first_where_it_can(fakes: Any) -> None:
    class Able(fakes.Carrier, fakes.Shop):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__(kind="woocommerce")

    found = given({"webhook": HOOK, "elders": HOOK | {"kind": "webhook", "brand": "buren"}, "courier": {"cost": "9"}})
    made = parts.carriers(found, {"sokkerij": Able(), "buren": fakes.Shop()})
    assert {brand: [each.kind for each in every] for brand, every in made.items()} == {
        "sokkerij": ["woocommerce", "webhook"],
        "buren": ["webhook"],
    }


@pytest.mark.parametrize(
    ("gestures", "named"),
    [
        ({"webhook": {"url": "https://hook.example"}}, "secret"),
        ({"webhok": HOOK}, "webhok"),
        ({"webhook": HOOK | {"brand": "niemand"}}, "niemand"),
    ],
)
def test_what_is_wrong_is_named(gestures: dict[str, Any], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        parts.carriers(given(gestures), {})


@pytest.mark.parametrize(
    ("gestures", "fine", "said"),
    [
        ({"webhook": HOOK}, True, "webhook"),
        ({"courier": {"until": "laat"}}, False, "until"),
        ({"webhook": HOOK | {"secret": "geheim"}}, False, "whsec_"),
    ],
)
def test_check_says_it_without_the_secret(gestures: dict[str, Any], fine: bool, said: str) -> None:
    (told,) = checking.gestures(given(gestures))
    assert (told.good, said in told.text) == (fine, True)
    assert "MfKQ" not in told.text
    assert "geheim" not in told.text
