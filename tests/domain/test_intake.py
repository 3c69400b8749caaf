"""Lines of JSONL: what must be there, what is refused and with which words, and that nothing else ever escapes."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain import intake
from socialwatch.domain.intake import line, mention_of
from socialwatch.domain.mention import Author, Mention, Metrics

GOOD: dict[str, Any] = {"channel": "x", "id": "1", "text": "hoi", "created_at": "2026-11-22T14:05:00+01:00"}


def test_the_least_that_must_be_there():
    made = mention_of(GOOD)
    assert (made.channel, made.id, made.version_id, made.text) == ("x", "1", "1", "hoi")
    assert made.created_at == datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert made.created_at.utcoffset() == UTC.utcoffset(None)
    assert not any((made.own, made.repost, made.may_train, made.can_reply))


def test_all_that_may_be_there():
    made = mention_of(
        GOOD
        | {
            "author": {"id": 7, "handle": "marieke", "name": "Marieke 🌿", "followers": 12},
            "url": "https://x.com/marieke/status/1",
            "conversation_id": 5,
            "in_reply_to": "4",
            "metrics": {"likes": 1, "reposts": 2, "replies": None},
            "iets_anders": [1, 2],
        }
    )
    assert made.author == Author("7", "marieke", "Marieke 🌿", 12)
    assert made.metrics == Metrics(1, 2, None)
    assert (made.url, made.conversation_id, made.in_reply_to) == ("https://x.com/marieke/status/1", "5", "4")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"channel": None}, "channel ontbreekt"),
        ({"channel": " "}, "channel ontbreekt"),
        ({"id": None}, "id ontbreekt"),
        ({"id": ""}, "id ontbreekt"),
        ({"id": True}, "id is geen tekst"),
        ({"id": 1.5}, "id is geen tekst"),
        ({"id": ["1"]}, "id is geen tekst"),
        ({"id": "9" * 201}, "id is langer dan 200 tekens"),
        ({"text": None}, "text ontbreekt"),
        ({"text": 3}, "text is geen tekst"),
        ({"text": "a" * 3_000_001}, "text is langer dan 3000000 tekens"),
        ({"created_at": None}, "created_at ontbreekt"),
        ({"created_at": "2026-11-22T14:05:00"}, "created_at heeft geen tijdzone"),
        ({"created_at": "2026-11-22"}, "created_at heeft geen tijdzone"),
        ({"created_at": "2026-13-45T99:00:00Z"}, "created_at is geen tijdstip"),
        ({"created_at": "gisteren"}, "created_at is geen tijdstip"),
        ({"created_at": 1763812000}, "created_at is geen tijdstip"),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, "created_at ligt niet tussen"),
        ({"created_at": "9999-12-31T23:59:59-12:00"}, "created_at ligt niet tussen"),
        ({"author": "marieke"}, "author is geen object"),
        ({"author": {}}, "author.id ontbreekt"),
        ({"author": {"id": "1", "followers": -1}}, "author.followers is geen aantal"),
        ({"author": {"id": "1", "followers": "veel"}}, "author.followers is geen aantal"),
        ({"author": {"id": "1", "followers": 10**12}}, "author.followers is geen aantal"),
        ({"author": {"id": "1", "name": 5.5}}, "author.name is geen tekst"),
        ({"metrics": [1]}, "metrics is geen object"),
        ({"metrics": {"likes": True}}, "metrics.likes is geen aantal"),
        ({"url": "javascript:alert(1)"}, "url is geen adres"),
        ({"url": 5}, "url is geen adres"),
    ],
)
def test_what_is_refused_and_why(change, reason):
    with pytest.raises(ValueError, match=reason):
        mention_of(GOOD | change)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "geen geldige JSON"),
        (b"{", "geen geldige JSON"),
        (b"\xff\xfe", "geen geldige UTF-8"),
        (b"[]", "geen object met velden"),
        (b"null", "geen object met velden"),
        (b"[" * 200_000, "te diep genest"),
        ("{'id': 1}", "geen geldige JSON"),
    ],
)
def test_lines_that_are_no_row(raw, reason):
    with pytest.raises(ValueError, match=reason):
        line(raw)


def test_the_reason_holds_no_text_of_the_writer():
    with pytest.raises(ValueError, match="created_at") as problem:
        mention_of(GOOD | {"text": "geheim", "created_at": "geheim"})
    assert "geheim" not in str(problem.value)


def test_nul_and_lone_surrogates_are_replaced_everywhere():
    row = json.dumps(GOOD | {"text": "a\0b\ud800c", "id": "1\0", "author": {"id": "\udfff", "name": "n\ud83d"}})
    made = line(row)
    assert made.text == "a\ufffdb\ufffdc"
    assert made.id == "1\ufffd"
    assert made.author == Author("\ufffd", None, "n\ufffd", None)
    assert line(row.encode()) == made


@pytest.mark.parametrize("text", ["😀😀😀", "\u200b\u200b", "\u202eomgekeerd", "a" * 10_000, "", "  spaties  "])
def test_odd_texts_stay_as_written(text):
    assert mention_of(GOOD | {"text": text}).text == text


_ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.just("2026-11-22T14:05:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "handle", "likes"]), inner),
    max_leaves=8,
)
_FIELDS = ["channel", "id", "text", "created_at", "author", "url", "conversation_id", "in_reply_to", "metrics"]


def tried(read, given):
    """The mention, or the reason why not; anything else is a failure."""
    try:
        return read(given)
    except ValueError as reason:
        return str(reason)


@given(st.dictionaries(st.sampled_from(_FIELDS), _ANYTHING))
def test_any_row_is_a_mention_or_a_reason(changes):
    made = tried(mention_of, GOOD | changes)
    assert made
    if isinstance(made, Mention):
        made.text.encode("utf-8")
        made.id.encode("utf-8")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_mention_or_a_reason(raw):
    reasons = ("geen geldige JSON", "geen geldige UTF-8", "geen object met velden", "id ontbreekt")
    assert tried(line, raw) in reasons


def test_a_number_of_ten_thousand_digits_is_no_id():
    assert tried(mention_of, GOOD | {"id": 10**10_000}) == "id is langer dan 200 tekens"


def test_the_limit_is_a_limit():
    assert len(mention_of(GOOD | {"text": "a" * intake.MOST_TEXT}).text) == intake.MOST_TEXT
