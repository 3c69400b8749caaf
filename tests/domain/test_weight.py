"""How long a text is as its platform counts it."""

import pytest

from socialwatch.domain.weight import length, links, longest


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Hallo daar", 10),
        ("cafe\u0301", 4),
        ("👍", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇳🇱", 2),
        ("❤️", 2),
        ("日本", 4),
        ("“Ja” – nee…", 12),
        ("kijk op https://www.sok.nl/een/heel/lang/adres?met=vragen.", 32),
        ("sok.nl", 23),
        ("mail naar hulp@sok.nl", 21),
        ("Klaar.Ja", 8),
    ],
)
def test_x_counts_links_emoji_and_far_scripts_its_own_way(text: str, used: int) -> None:
    assert length(text, "x") == used


def test_mastodon_counts_links_as_23_and_the_server_of_a_handle_not_at_all() -> None:
    assert length("@jan@mastodon.nl https://sok.nl/ruilen", "mastodon") == len("@jan ") + 23


def test_bluesky_counts_what_is_seen() -> None:
    assert length("👨‍👩‍👧 ja", "bluesky") == 4


@pytest.mark.parametrize(("channel", "most"), [("x", 280), ("mail", 50_000), ("forum", 5_000)])
def test_how_much_fits(channel: str, most: int) -> None:
    assert longest(channel) == most


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zie www.sok.nl.", "www.sok.nl"),
        ("zie bit.ly/3x en verder", "bit.ly/3x"),
        ("om 10.30 uur, o.a. hier", None),
        ("jan@sok.nl", None),
    ],
)
def test_links_also_without_https(text: str, found: str | None) -> None:
    assert [text[slice(*each)] for each in links(text)] == ([found] if found else [])
