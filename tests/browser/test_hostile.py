"""Some of the hostile texts of tests/bench/hostile in every run: nothing breaks, nothing runs, nothing goes out."""

from playwright.sync_api import Browser

from socialwatch.store.unit import Database
from tests.bench import hostile, hostile_texts


def test_hostile_texts_break_no_page(chromium: Browser, sqlite: Database) -> None:
    found, on = hostile.Found(), hostile.stage(sqlite)
    with hostile.served(sqlite) as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.set_default_timeout(60_000)
        hostile.watch(page, found, address)
        hostile.sign_in(page)
        hostile.run(page, on, hostile_texts.texts(300), found)
        context.close()
    assert found.examples == {}
    assert found.texts == 300


def test_the_look_does_see_what_breaks(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<div class=pane><p style='width: 9000px'>x</p></div><script>window.__ran = 1</script>")
    broken = page.evaluate(hostile.LOOK)
    page.close()
    assert [each.split(":")[0] for each in broken[:2]] == ["the page scrolls sideways", "something ran"]
    assert any(each.startswith("p leaves its pane") for each in broken)
