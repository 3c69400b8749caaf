"""Mentions: taken once whatever is redelivered, edits keep what stood there, odd characters survive both engines."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.impression import assessment
from socialwatch.domain.mention import Author, Mention, Metrics
from socialwatch.store import assessments, mentions
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.tables import mention_version
from socialwatch.store.unit import Database


def take(database: Database, fakes: Any, *found: Mention, hours: float = 0) -> mentions.Taken:
    with database.write() as unit:
        return mentions.take(unit, found, fakes.START + timedelta(hours=hours))


def test_everything_a_channel_says_is_kept(database: Database, fakes: Any) -> None:
    seen = fakes.mention(
        7,
        "Gat in mijn sok",
        author=Author("a7", "marieke", "Marieke", 1200),
        url="https://x.example/7",
        conversation_id="5",
        in_reply_to="6",
        metrics=Metrics(1, 2, 3),
        version_id="7",
        may_train=True,
        audience="private",
    )
    (found,) = take(database, fakes, seen).new
    assert found.mention == seen
    assert (found.state, found.case_id, found.gone_at, found.received_at) == ("waiting", None, None, fakes.START)


def test_an_unknown_author_stays_unknown(database: Database, fakes: Any) -> None:
    (found,) = take(database, fakes, fakes.mention(1, author=None, channel="facebook")).new
    assert found.mention.author is None


def test_a_page_that_comes_again_shuffled_and_overlapping_brings_only_what_is_new(
    database: Database, fakes: Any
) -> None:
    first = [fakes.mention(number) for number in range(60)]
    again = [fakes.mention(number) for number in (70, 3, 59, 65, 3, 0)]
    assert len(take(database, fakes, *first).new) == 60
    taken = take(database, fakes, *again)
    assert [each.mention.id for each in taken.new] == ["65", "70"]
    assert taken.edited == ()
    assert fakes.count(database, mention_table) == 62


def test_the_same_id_on_another_channel_is_another_mention(database: Database, fakes: Any) -> None:
    assert len(take(database, fakes, fakes.mention(1), fakes.mention(1, channel="facebook")).new) == 2


def test_an_edit_replaces_the_text_and_keeps_the_old_one(database: Database, fakes: Any) -> None:
    (first,) = take(database, fakes, fakes.mention(1, "wanner")).new
    taken = take(database, fakes, fakes.mention(1, "wanneer", version_id="2"), hours=1)
    assert taken.new == ()
    (edited,) = taken.edited
    assert (edited.id, edited.mention.text, edited.mention.version_id) == (first.id, "wanneer", "2")
    assert edited.edited_at == fakes.START + timedelta(hours=1)
    (kept,) = fakes.rows(database, mention_version)
    assert (kept["mention_id"], kept["version_id"], kept["text"]) == (first.id, "1", "wanner")


def test_an_older_version_that_comes_late_does_not_overwrite(database: Database, fakes: Any) -> None:
    take(database, fakes, fakes.mention(100, "nieuw", version_id="1001"))
    assert take(database, fakes, fakes.mention(100, "oud", version_id="999")).edited == ()
    with database.read() as unit:
        (found,) = mentions.by_native(unit, "x", ["100"])
    assert (found.mention.text, found.mention.version_id) == ("nieuw", "1001")


def test_edits_under_the_same_id_are_all_kept(database: Database, fakes: Any) -> None:
    for hours, words in enumerate(("een", "twee", "drie")):
        take(database, fakes, fakes.mention("1_2", words, channel="facebook"), hours=hours)
    assert [row["text"] for row in fakes.rows(database, mention_version)] == ["een", "twee"]


def test_counters_are_renewed_and_unknown_ones_left(database: Database, fakes: Any) -> None:
    take(database, fakes, fakes.mention(1, metrics=Metrics(1, 1, 1)))
    assert take(database, fakes, fakes.mention(1, metrics=Metrics(likes=9))).edited == ()
    with database.read() as unit:
        (found,) = mentions.by_native(unit, "x", ["1"])
    assert found.mention.metrics == Metrics(9, 1, 1)


ODD = {
    "NUL": ("gat\x00in sok", "gat�in sok"),
    "lone surrogate": ("sok \ud83d en \udca9", "sok � en �"),
    "ten thousand": ("sokken é " * 1111 + "!", None),
    "emoji": ("👩‍👩‍👧‍👦🧦🇧🇪" * 20, None),
    "zero width": ("s\u200bo\u200dk\ufeff", None),
    "right to left": ("\u202esok\u202c שלום \u2066x\u2069", None),
    "empty": ("", None),
    "controls": ("\x01\x1b[31m\x7f\r\n\t", None),
    "looks like SQL": ("'; DROP TABLE mention; -- %s :x {0}", None),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_stored_as_written_but_for_nul_and_lone_surrogates(
    database: Database, fakes: Any, name: str
) -> None:
    words, kept = ODD[name]
    odd = fakes.mention(1, words, author=Author("a1", "h\x00", "Naam \udc80", 3))
    (found,) = take(database, fakes, odd).new
    expected = words if kept is None else kept
    assert found.mention.text == expected
    assert found.mention.author == Author("a1", "h\ufffd", "Naam \ufffd", 3)
    assert take(database, fakes, odd).edited == ()  # and seen again it is not an edit
    read = assessment(fakes.reading(expected), expected, fakes.START)
    with database.write() as unit:
        assessments.keep(unit, {found.id: ("merk", read)}, fakes.START)
    with database.read() as unit:
        assert assessments.of(unit, [found.id]) == {found.id: read}


def test_odd_characters_beside_the_text_do_not_stop_a_page(database: Database, fakes: Any) -> None:
    odd = fakes.mention(1, url="https://x.example/\x00\ud800", conversation_id="5\x00", in_reply_to="6\udfff")
    (found,) = take(database, fakes, odd).new
    assert found.mention.url == "https://x.example/\ufffd\ufffd"


def test_what_was_read_is_given_back_and_a_second_reading_replaces_the_first(database: Database, fakes: Any) -> None:
    (found,) = take(database, fakes, fakes.mention(1)).new
    text = "klacht: bestelling SK-10234 moet morgen op de verjaardag van mijn oma zijn, al 3x gebeld, slijtage"
    for words in ("vraag", text):
        read = assessment(fakes.reading(words), words, fakes.START)
        with database.write() as unit:
            assessments.keep(unit, {found.id: ("merk", read)}, fakes.START)
    with database.read() as unit:
        kept = assessments.of(unit, [found.id, 999])
    assert kept == {found.id: read}
    assert kept[found.id].facts


def test_a_deleted_post_leaves_an_empty_row(database: Database, fakes: Any) -> None:
    (found,) = take(database, fakes, fakes.mention(1, "mijn nummer is 0612345678")).new
    take(database, fakes, fakes.mention(1, "weg met dat nummer", version_id="2"))
    with database.write() as unit:
        (lost,) = mentions.empty_gone(unit, "x", ["2", "404"], fakes.START)
        assert mentions.empty_gone(unit, "x", ["1"], fakes.START) == []
    assert lost.id == found.id
    (row,) = fakes.rows(database, mention_table)
    assert (row["text"], row["gone_at"]) == ("", fakes.START)
    assert [each["text"] for each in fakes.rows(database, mention_version)] == [""]
    # A late page does not bring it back.
    assert take(database, fakes, fakes.mention(1, "mijn nummer is 0612345678", version_id="3")) == mentions.Taken(
        (), ()
    )


def test_a_thousand_at_once(database: Database, fakes: Any) -> None:
    found = take(database, fakes, *(fakes.mention(number) for number in range(1000))).new
    assert len(found) == 1000
    with database.read() as unit:
        assert mentions.waiting(unit) == 1000
