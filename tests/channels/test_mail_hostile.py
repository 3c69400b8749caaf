"""Nasty mails: each gives one mention with an id, a moment and words or a reason, and in little time."""

import base64
import time
from datetime import UTC, datetime

import pytest

from socialwatch.channels.mail import wire
from socialwatch.channels.mail.wire import Account, Lying

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
US = Account("sokkerij", ("klantenservice@sokkerij.example",))
SECONDS = 10.0  # of processor time; a bomb that is read in full takes minutes

HEAD = b"From: Jan <jan@example.nl>\r\nMessage-ID: <n@example.nl>\r\nSubject: Gat\r\n"
HEAD += b"Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n"


def plain(headers: bytes, body: bytes = b"er zit een gat in") -> bytes:
    return HEAD + headers + b"\r\n" + body


def parts(*each: bytes, boundary: bytes = b"grens") -> bytes:
    inside = b"".join(b"--%s\r\n%s\r\n" % (boundary, one) for one in each)
    return plain(b'Content-Type: multipart/mixed; boundary="%s"\r\n' % boundary, inside + b"--%s--\r\n" % boundary)


def nested(depth: int) -> bytes:
    text = b"Content-Type: text/plain\r\n\r\ndiep gat"
    for level in range(depth):
        text = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n%s\r\n--b%d--' % (
            level,
            level,
            text,
            level,
        )
    return HEAD + text


def rfc822(depth: int) -> bytes:
    text = plain(b"", b"diep gat")
    for _ in range(depth):
        text = HEAD + b"Content-Type: message/rfc822\r\n\r\n" + text
    return text


GAT = b"Content-Type: text/plain; charset=utf-8\r\n\r\ngat"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
NASTY: dict[str, bytes] = {
    "nothing": b"",
    "one newline": b"\r\n",
    "only NULs": b"\x00" * 5000,
    "only 8-bit": bytes(range(128, 256)) * 50,
    "no headers": b"\r\n\r\ngat in sok",
    "headers only": HEAD,
    "headers without end": HEAD.rstrip(),
    "body without headers": b"gat in sok zonder kop\r\nen nog een regel\r\n",
    "bare CR": HEAD.replace(b"\r\n", b"\r") + b"\rgat",
    "bare LF": HEAD.replace(b"\r\n", b"\n") + b"\ngat",
    "NUL in headers and body": plain(b"X-A: \x00\x00\r\n", b"g\x00at"),
    "unknown charset": plain(b"Content-Type: text/plain; charset=bestaat-niet\r\n", b"gat \xe9"),
    "charset with NUL": plain(b'Content-Type: text/plain; charset="u\x00tf"\r\n', b"gat"),
    "charset punycode": plain(b"Content-Type: text/plain; charset=punycode\r\n", b"gat-" + b"z" * 200_000),
    "charset zlib": plain(b"Content-Type: text/plain; charset=zlib\r\n", b"gat"),
    "charset utf-7": plain(b"Content-Type: text/plain; charset=utf-7\r\n", b"gat +AAAA-+2AA-"),
    "charset utf-16 odd": plain(b"Content-Type: text/plain; charset=utf-16\r\n", b"g\x00a"),
    "charset long": plain(b"Content-Type: text/plain; charset=" + b"a" * 90_000 + b"\r\n", b"gat"),
    "charset in pieces": plain(b"Content-Type: text/plain; charset*0*=x'y'%ff; charset*1=z; charset*2*=%\r\n", b"gat"),
    "lying utf-8": plain(b"Content-Type: text/plain; charset=utf-8\r\n", "één gat".encode("cp1252")),
    "surrogates": plain(b"Content-Type: text/plain; charset=utf-8\r\n", b"gat \xed\xa0\x80"),
    "base64 cut short": plain(b"Content-Transfer-Encoding: base64\r\n", base64.b64encode(b"gat in sok")[:-3]),
    "base64 junk": plain(b"Content-Transfer-Encoding: base64\r\n", b"@@@!!!\xff\xfe==="),
    "quoted-printable junk": plain(b"Content-Transfer-Encoding: quoted-printable\r\n", b"gat =ZZ =\r\n=E9=="),
    "uuencode junk": plain(b"Content-Transfer-Encoding: x-uuencode\r\n", b"begin 666 x\r\n\xff\xff\r\nend"),
    "unknown encoding": plain(b"Content-Transfer-Encoding: rot13\r\n", b"gat"),
    "encoding twice": plain(b"Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n", b"gat"),
    "no boundary": plain(b"Content-Type: multipart/mixed\r\n", b"--x\r\nContent-Type: text/plain\r\n\r\ngat\r\n--x--"),
    "boundary never used": plain(b"Content-Type: multipart/mixed; boundary=x\r\n", b"gat zonder grens"),
    "boundary of regexes": plain(b'Content-Type: multipart/mixed; boundary="(((.*)*)*"\r\n', b"--(((.*)*)*\r\n\r\ngat"),
    "boundary empty": plain(b'Content-Type: multipart/mixed; boundary=""\r\n', b"--\r\n\r\ngat\r\n----"),
    "boundary very long": parts(GAT, boundary=b"x" * 20_000),
    "closed too early": plain(b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x--\r\n--x\r\n\r\ngat"),
    "content type junk": plain(b"Content-Type: ;;;=;\xff\r\n"),
    "content type twice": plain(b"Content-Type: text/html\r\nContent-Type: text/plain\r\n"),
    "text/anything": plain(b"Content-Type: text/calendar\r\n", b"BEGIN:VCALENDAR"),
    "1,000 parts": parts(*[GAT] * 1000),
    "100,000 empty parts": parts(*[b"\r\n"] * 100_000),
    "nested 30": nested(30),
    "nested 150": nested(150),
    "nested 3,000": nested(3_000),
    "rfc822 in rfc822 in": rfc822(3),
    "rfc822 500 deep": rfc822(500),
    "rfc822 broken": plain(b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n", b"####"),
    "alternatives 200 deep": nested(200).replace(b"multipart/mixed", b"multipart/alternative"),
    "partial": plain(b'Content-Type: message/partial; number=1; total=9; id="x"\r\n', b"gat"),
    "external body": plain(b'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"\r\n'),
    "8-bit header junk": HEAD.replace(b"Subject: Gat", b"Subject: " + bytes(range(128, 256))) + b"\r\ngat",
    "encoded word junk": HEAD.replace(b"Gat", b"=?utf-8?b?@@@=?= =?x?q?=ZZ?= =?utf-8?B?4pyT") + b"\r\ngat",
    "encoded word bomb": HEAD.replace(b"Gat", b"=?utf-8?q?a?= " * 40_000) + b"\r\ngat",
    "subject of a megabyte": HEAD.replace(b"Gat", b"a" * 1_000_000) + b"\r\ngat",
    "50,000 headers": plain(b"X-A: b\r\n" * 50_000),
    "folded 50,000 times": HEAD.replace(b"Gat", b"a\r\n " * 50_000) + b"\r\ngat",
    "from nobody": HEAD.replace(b"Jan <jan@example.nl>", b"<>") + b"\r\ngat",
    "from a thousand": HEAD.replace(b"jan@example.nl>", b"jan@example.nl>, x@y.nl" * 1_000) + b"\r\ngat",
    "from nested comments": HEAD.replace(b"Jan ", b"(" * 9_000) + b"\r\ngat",
    "from quotes": HEAD.replace(b"Jan ", b'"\\"' * 5_000) + b"\r\ngat",
    "from with a line break": HEAD.replace(b"Jan", b"=?utf-8?q?Jan=0D=0ABcc:_x@y.nl?=") + b"\r\ngat",
    "from a number": HEAD.replace(b"Jan <jan@example.nl>", b"12345") + b"\r\ngat",
    "two froms": HEAD + b"From: ander@example.nl\r\n\r\ngat",
    "no message id": HEAD.replace(b"Message-ID: <n@example.nl>\r\n", b"") + b"\r\ngat",
    "empty message id": HEAD.replace(b"<n@example.nl>", b"<>") + b"\r\ngat",
    "message id of 5,000": HEAD.replace(b"n@", b"n" * 5_000 + b"@") + b"\r\ngat",
    "message id 8-bit": HEAD.replace(b"n@", b"\xff\x00@") + b"\r\ngat",
    "message id folded": HEAD.replace(b"<n@", b"\r\n <n\r\n @") + b"\r\ngat",
    "references of 100,000": plain(b"References: " + b"<a@b>\r\n " * 100_000 + b"\r\n"),
    "references without end": plain(b"References: <" + b"a" * 90_000 + b"\r\n"),
    "in reply to itself": plain(b"In-Reply-To: <n@example.nl>\r\n"),
    "year 99999": HEAD.replace(b"2026", b"99999") + b"\r\ngat",
    "date in 1970": HEAD.replace(b"20 Nov 2026", b"1 Jan 1970") + b"\r\ngat",
    "date of tomorrow": HEAD.replace(b"20 Nov 2026", b"22 Nov 2026") + b"\r\ngat",
    "zone of 99 hours": HEAD.replace(b"+0000", b"+9999") + b"\r\ngat",
    "date in words": HEAD.replace(b"Fri, 20 Nov 2026 10:00:00 +0000", b"gisteren na het eten") + b"\r\ngat",
    "html deep": HEAD + HTML + b"\r\n" + b"<div>" * 50_000 + b"gat",
    "html tables": HEAD + HTML + b"\r\n" + b"<table><tr><td>" * 3_000 + b"gat",
    "html wide table": HEAD + HTML + b"\r\n<table>" + (b"<tr>" + b"<td>gat</td>" * 300 + b"</tr>") * 60 + b"</table>",
    "html open tag": HEAD + HTML + b"\r\ngat " + b"<" * 300_000,
    "html attributes": HEAD + HTML + b"\r\n<p " + b"a='b' " * 100_000 + b">gat",
    "html entities": HEAD + HTML + b"\r\ngat " + b"&#1114112;&#xD800;&bestaatniet;" * 5_000,
    "html lists": HEAD + HTML + b"\r\n" + b"<ul><li>" * 2_000 + b"gat",
    "html doctype bomb": HEAD + HTML + b'\r\n<!DOCTYPE x [<!ENTITY a "gat"><!ENTITY b "&a;&a;&a;">]><p>gat &b;</p>',
    "html only a picture": HEAD + HTML + b"\r\n<img src=x>",
    "html only a quotation": HEAD + HTML + b"\r\n<blockquote type=cite>gat</blockquote>",
    "html style": HEAD + HTML + b"\r\n<style>p{}</style><script>alert(1)</script><p>gat</p>",
    "a line of 5 MB": plain(b"", b"gat " * 1_250_000),
    "a million lines": plain(b"", b"gat\r\n" * 1_000_000),
    "two million line ends": plain(b"", b"\n" * 2_000_000),
    "nested and long": nested(100)[:-50] + b"\r\nx" * 400_000,
    "quotation bomb": plain(b"", b"Op x 10:00 schreef\r\n" * 20_000),
    "closing bomb": plain(b"", b"x\r\n" + b"groet\r\n" * 50_000),
    "marks only": plain(b"", b">" * 100_000),
    "right to left": plain(b"Content-Type: text/plain; charset=utf-8\r\n", "\u202egat\u202c \ufeff".encode()),
    "calendar and gat": parts(b"Content-Type: text/calendar\r\n\r\nX", GAT),
    "attachment named in pieces": parts(b"Content-Disposition: attachment; filename*0*=x'%; filename*1=\r\n\r\nx", GAT),
}


def test_there_are_enough_of_them():
    assert len(NASTY) >= 60


@pytest.mark.parametrize("name", list(NASTY))
def test_none_crashes_and_none_is_lost(name):
    lying = Lying(7, len(NASTY[name]), NOW, NASTY[name])
    started = time.process_time()
    one = wire.mention(lying, US)
    took = time.process_time() - started
    assert took < SECONDS
    assert one.text.strip() or one.aside == "mail zonder leesbare tekst"
    assert 1 <= len(one.id) <= 180
    assert one.conversation_id
    assert len(one.conversation_id) <= 180
    assert len(one.aside) <= 40
    assert len(one.text) < 130_000
    assert one.created_at.utcoffset() is not None
    assert abs((one.created_at - NOW).total_seconds()) < 14 * 3600
    one.text.encode("utf-8")
    assert "\x00" not in one.text + one.id + one.conversation_id
    assert one.can_reply is (one.author is not None)
    if took < 1:
        assert wire.mention(lying, US) == one


READABLE = [name for name, data in NASTY.items() if b"gat" in data.split(b"\r\n\r\n", 1)[-1]]
UNREADABLE = {  # what no mail program can show either, or what was not written as text
    "charset utf-16 odd",
    "charset zlib",
    "encoding twice",
    "uuencode junk",
}


@pytest.mark.parametrize("name", [name for name in READABLE if name not in UNREADABLE])
def test_what_can_be_read_is_read(name):
    one = wire.mention(Lying(7, 1, NOW, NASTY[name]), US)
    assert "gat" in one.text.lower()
