"""The file: complete lines only, good rows kept, bad ones named without their text, and a new file noticed."""

import json
import os
from datetime import UTC, datetime

import pytest
import structlog

from socialwatch.channels import file
from socialwatch.channels.file import connect
from socialwatch.errors import Misconfigured, Refused, Unavailable

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "berichten.jsonl"


@pytest.fixture
def channel(path):
    return connect({"path": str(path), "brand": "sokkerij"})


def line(number, **more):
    row = {"channel": "forum", "id": str(number), "text": f"gat {number}", "created_at": "2026-11-20T10:00:00Z"}
    return json.dumps(row | more) + "\n"


def polled(channel, cursor=None):
    pages = list(channel.poll(cursor, NOW))
    assert all(page.cursor is None for page in pages[:-1])
    return [one for page in pages for one in page.mentions], pages[-1].cursor


def test_it_goes_on_where_it_was(channel, path):
    path.write_text(line(1) + line(2))
    found, cursor = polled(channel)
    assert [(one.id, one.brand, one.channel, one.can_reply) for one in found] == [
        ("1", "sokkerij", "forum", False),
        ("2", "sokkerij", "forum", False),
    ]
    assert polled(channel, cursor) == ([], cursor)
    with path.open("a") as more:
        more.write(line(3))
    found, _ = polled(channel, cursor)
    assert [one.id for one in found] == ["3"]


def test_a_half_line_waits_for_its_end(channel, path):
    whole = line(2)
    path.write_text(line(1) + whole[:20])
    found, cursor = polled(channel)
    assert [one.id for one in found] == ["1"]
    path.write_text(line(1) + whole)
    found, _ = polled(channel, cursor)
    assert [one.id for one in found] == ["2"]


def test_bad_lines_are_named_and_good_ones_kept(channel, path):
    geheim = "dit staat nergens"
    rows = [
        line(1),
        f'{{"text": "{geheim}"}}\n',
        "geen json " + geheim + "\n",
        "\n",
        line(5, created_at="2026-11-20T10:00:00", text=geheim),
        line(6, author=5, text=geheim),
        line(7),
    ]
    path.write_text("".join(rows))
    with structlog.testing.capture_logs() as lines:
        found, _ = polled(channel)
    assert [one.id for one in found] == ["1", "7"]
    assert [entry["event"] for entry in lines] == [
        "regel 2: id ontbreekt",
        "regel 3: geen geldige JSON",
        "regel 5: created_at heeft geen tijdzone",
        "regel 6: author is geen object met velden",
    ]
    assert geheim not in str(lines)


def test_line_numbers_go_on_with_the_next_poll(channel, path):
    path.write_text(line(1) + line(2))
    _, cursor = polled(channel)
    with path.open("a") as more:
        more.write("kapot\n")
    with structlog.testing.capture_logs() as lines:
        polled(channel, cursor)
    assert lines[0]["event"] == "regel 3: geen geldige JSON"


def test_byte_order_mark_windows_ends_and_odd_characters(channel, path):
    path.write_bytes(b"\xef\xbb\xbf" + line(1).replace("\n", "\r\n").encode() + line(2, text="a\ud800\0").encode())
    path.write_bytes(path.read_bytes() + b'{"text": "\xff"}\n')
    found, _ = polled(channel)
    assert [one.text for one in found] == ["gat 1", "a\ufffd\ufffd"]


def test_many_lines_come_in_pages(channel, path):
    path.write_text("".join(line(number) for number in range(1200)))
    pages = list(channel.poll(None, NOW))
    assert [len(page.mentions) for page in pages] == [500, 500, 200]


def test_a_line_that_is_too_long_is_passed_over(channel, path, monkeypatch):
    monkeypatch.setattr(file, "_LONGEST_LINE", 200)
    path.write_text(line(1) + line(2, text="a" * 5000) + line(3))
    with structlog.testing.capture_logs() as lines:
        found, _ = polled(channel)
    assert [one.id for one in found] == ["1", "3"]
    assert lines[0]["event"] == "regel 2: langer dan 200 bytes"


@pytest.mark.parametrize("text", [line(9), line(9) * 20])
def test_a_new_file_under_the_old_name_is_read_from_its_beginning(channel, path, text):
    path.write_text(line(1) + line(2) + line(3))
    _, cursor = polled(channel)
    os.replace(path, path.with_suffix(".oud"))
    path.write_text(text)
    found, _ = polled(channel, cursor)
    assert {one.id for one in found} == {"9"}


@pytest.mark.parametrize("cursor", ['{"offset": -5}', '{"offset": "x"}', '{"iets": 1}', '{"offset": 999999}', "kapot"])
def test_a_strange_cursor_means_reading_again(channel, path, cursor):
    path.write_text(line(1))
    found, _ = polled(channel, cursor)
    assert [one.id for one in found] == ["1"]


def test_a_file_that_is_not_there_yet(channel, path):
    with pytest.raises(Unavailable, match="er \\(nog\\) niet"):
        polled(channel)
    assert not channel.check()[0].good
    path.write_text("")
    assert channel.check()[0].good
    found, cursor = polled(channel)
    assert found == []
    path.write_text(line(1))
    assert [one.id for one in polled(channel, cursor)[0]] == ["1"]


def test_only_a_plain_file_is_read(tmp_path):
    os.mkfifo(tmp_path / "pijp")
    for name in ("pijp", "."):
        with pytest.raises(Unavailable, match="geen gewoon bestand"):
            polled(connect({"path": str(tmp_path / name)}))


def test_there_is_nothing_to_answer(channel, path):
    path.write_text(line(1))
    mention = polled(channel)[0][0]
    assert not channel.can_reply(mention)
    with pytest.raises(Refused):
        channel.reply(mention, "hoi", "k")
    assert channel.find_own_reply(mention, "hoi", NOW) is None
    assert channel.lookup(["1"]).gone == ()


def test_the_path_must_be_there():
    with pytest.raises(Misconfigured, match="path van kanaal file ontbreekt"):
        connect({"brand": "sokkerij"})
