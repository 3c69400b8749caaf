"""The count under the reply box is the platform's own, so that what it shows as fitting is accepted."""

from typing import Any

from playwright.sync_api import expect

from socialwatch.domain.weight import length


def test_the_reply_box_counts_as_x_does(enter: Any) -> None:
    page = enter()
    page.locator("[data-rows] a.row").first.click()
    for words in (
        "Sorry 👨‍👩‍👧‍👦 日本 cafe\u0301…",
        "Kijk op https://www.sok.nl/een/lang/adres?met=vragen.",
        "sok.nl of hulp@sok.nl",
    ):
        page.get_by_label("Je antwoord", exact=True).fill(words)
        expect(page.locator("[data-count]")).to_have_text(f"{length(words, 'x')} / 280")
