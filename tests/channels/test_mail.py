"""Mail against real servers on loopback: pymap for IMAP, aiosmtpd for SMTP."""

import logging
import traceback
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
import structlog

from socialwatch.errors import Halted, Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.plugs import load

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def polled(channel, cursor=None):
    pages = list(channel.poll(cursor, NOW))
    assert all(page.cursor is None for page in pages[:-1])
    return [one for page in pages for one in page.mentions], pages[-1].cursor


@pytest.fixture
def folder(mail_section):
    return mail_section["folder"]


@pytest.fixture
def channel(mail_section):
    return load("channels", "mail", mail_section)


@pytest.fixture
def put(mailroom, post_office, folder):
    def deliver(text="gat in sok", at=NOW, **headers):
        post_office.put(folder, mailroom.mail(text, **headers), at)

    return deliver


def test_a_mail_becomes_a_private_mention(channel, put, post_office, folder):
    put("Er zit een gat in.\nMet vriendelijke groet,\nMarieke")
    (one,), cursor = polled(channel)
    assert (one.channel, one.id, one.brand) == ("mail", "eerste@example.nl", "sokkerij")
    assert one.text == "Gat in sok\n\nEr zit een gat in."
    assert one.author is not None
    assert (one.author.id, one.author.handle, one.author.name) == ("marieke@example.nl", None, "Marieke de Vries")
    assert (one.audience, one.can_reply, one.may_train, one.url, one.own, one.aside) == (
        "private",
        True,
        True,
        None,
        False,
        "",
    )
    assert one.conversation_id == one.id
    assert one.in_reply_to is None
    assert one.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert channel.can_reply(one)
    assert polled(channel, cursor) == ([], cursor)
    assert post_office.unseen(folder) == 1


def test_a_new_uidvalidity_reads_again_without_doubling(channel, put, post_office, folder):
    put("een", Message_ID="<a@example.nl>")
    put("oud", Message_ID="<oud@example.nl>", at=NOW - timedelta(days=20))
    first, cursor = polled(channel)
    post_office.remake(folder)
    put("een", Message_ID="<a@example.nl>")
    put("twee", Message_ID="<b@example.nl>")
    second, later = polled(channel, cursor)
    assert [one.id for one in first] == ["a@example.nl"]
    assert [one.id for one in second] == ["a@example.nl", "b@example.nl"]
    assert second[0] == first[0]
    assert later != cursor
    assert polled(channel, later)[0] == []


def test_a_mailbox_that_lost_all_its_mails_keeps_its_place(channel, put, post_office, folder):
    put()
    _, cursor = polled(channel)
    with post_office.open() as line:
        line.select(folder)
        line.store("1:*", "+FLAGS", r"(\Deleted)")
        line.expunge()
    assert polled(channel, cursor) == ([], cursor)
    put(Message_ID="<nieuw@example.nl>")
    assert [one.id for one in polled(channel, cursor)[0]] == ["nieuw@example.nl"]


def test_an_answer_goes_out_in_its_thread(mailroom, channel, put, sink, post_office, mail_section):
    put("en?", Message_ID="<tweede@x.nl>", References="<eerste@x.nl>\r\n <onze@y.nl>", Subject="Re: Gat in sok")
    (one,), _ = polled(channel)
    sent = channel.reply(one, "Wat vervelend, Marieke.\n.\nHij is onderweg: ✓", "sleutel-1")
    (sender, whom, _), (got,) = sink.received[0], sink.mails()
    assert (sender, whom) == (mailroom.ADDRESS, ["marieke@example.nl"])
    assert got["Message-ID"] == f"<{sent.id}>"
    assert got["In-Reply-To"] == "<tweede@x.nl>"
    assert got["References"].split() == ["<eerste@x.nl>", "<onze@y.nl>", "<tweede@x.nl>"]
    assert got["Subject"] == "Re: Gat in sok"
    assert got["Auto-Submitted"] is None
    assert got["X-Socialwatch"]
    assert got.get_content_type() == "text/plain"
    assert got.get_payload(decode=True).decode().splitlines() == [
        "Wat vervelend, Marieke.",
        ".",
        "Hij is onderweg: ✓",
    ]
    assert len(post_office.all(mail_section["sent_folder"])) == 1
    assert one.in_reply_to == "onze@y.nl"
    assert one.conversation_id == "eerste@x.nl"


def test_the_same_key_gives_the_same_message_id(channel, put, sink):
    put()
    (one,), _ = polled(channel)
    assert channel.reply(one, "hoi", "k").id == channel.reply(one, "hoi", "k").id
    assert channel.reply(one, "hoi", "ander").id != channel.reply(one, "hoi", "k").id


def test_our_own_answer_is_found_and_comes_back_as_ours(channel, put, sink):
    put()
    (one,), cursor = polled(channel)
    before = datetime.now(UTC)
    assert channel.find_own_reply(one, "Wat vervelend!", before) is None
    sent = channel.reply(one, "Wat vervelend!", "k")
    assert channel.find_own_reply(one, "Wat  vervelend!", before) == sent
    assert channel.find_own_reply(one, "iets anders", before) is None
    assert channel.find_own_reply(one, "Wat vervelend!", before + timedelta(hours=1)) is None
    (ours,), _ = polled(channel, cursor)
    assert (ours.id, ours.own, ours.aside, ours.in_reply_to) == (sent.id, True, "", one.id)
    assert ours.conversation_id == one.id
    assert not channel.can_reply(ours)
    assert ours.text == "Wat vervelend!"


def test_an_answer_to_a_mail_that_left_the_mailbox_still_fits_its_thread(channel, put, post_office, folder, sink):
    put()
    (one,), _ = polled(channel)
    post_office.remake(folder)
    channel.reply(one, "hoi", "k")
    (got,) = sink.mails()
    assert (got["In-Reply-To"], got["Subject"]) == ("<eerste@example.nl>", "Re: Gat in sok")


@pytest.mark.parametrize(
    ("step", "said", "kind"),
    [
        ("MAIL", "550 5.7.1 not you", Refused),
        ("MAIL", "421 4.3.2 later", Unavailable),
        ("RCPT", "550 5.1.1 no such user", Refused),
        ("RCPT", "451 4.7.1 greylisted", Unavailable),
        ("DATA", "554 5.7.1 spam", Refused),
        ("DATA", "452 4.2.2 full", Unavailable),
        ("MAIL", None, Unavailable),
        ("RCPT", None, Unavailable),
    ],
)
def test_a_server_that_refuses_has_accepted_nothing(channel, put, sink, step, said, kind):
    put()
    (one,), _ = polled(channel)
    sink.answers[step] = said
    with pytest.raises(kind) as problem:
        channel.reply(one, "hoi", "k")
    assert type(problem.value) is kind
    assert sink.received == []
    assert "marieke" not in str(problem.value)


def test_a_line_that_breaks_after_the_mail_went_out_is_a_doubt(channel, put, sink):
    put()
    (one,), _ = polled(channel)
    sink.answers["DATA"] = None
    with pytest.raises(Unanswered):
        channel.reply(one, "hoi", "k")
    assert len(sink.received) == 1


def test_what_the_server_kept_itself_settles_the_doubt(channel, put, sink, post_office, mail_section):
    """Many providers put what goes out in the sent folder themselves; that copy proves that it went."""
    put()
    (one,), _ = polled(channel)
    sink.answers["DATA"] = None
    sink.delivered = lambda data: post_office.put(mail_section["sent_folder"], data)
    before = datetime.now(UTC)
    with pytest.raises(Unanswered):
        channel.reply(one, "hoi", "k")
    found = channel.find_own_reply(one, "hoi", before)
    assert found is not None
    assert sink.mails()[0]["Message-ID"] == f"<{found.id}>"


def test_a_copy_that_fails_does_not_undo_the_answer(mail_section, put, sink):
    channel = load("channels", "mail", mail_section | {"sent_folder": "weg"})
    put()
    (one,), _ = polled(load("channels", "mail", mail_section))
    with structlog.testing.capture_logs() as lines:
        assert channel.reply(one, "hoi", "k").id
    assert [line["event"] for line in lines] == ["mail.copy_failed"]


def test_a_wrong_password_halts_with_one_sentence(mailroom, mail_section, put):
    put()
    (one,), _ = polled(load("channels", "mail", mail_section))
    for key in ("imap_password", "smtp_password"):
        wrong = load("channels", "mail", mail_section | {"smtp_password": mailroom.PASSWORD, key: "mis"})
        with pytest.raises(Halted, match="wachtwoord"):
            wrong.reply(one, "hoi", "k")
        assert [finding.good for finding in wrong.check()].count(False) == 1


def test_a_folder_that_is_not_there_halts(mail_section):
    with pytest.raises(Halted, match="De map weg bestaat niet"):
        polled(load("channels", "mail", mail_section | {"folder": "weg"}))


def test_nobody_there(mailroom, mail_section):
    closed = {"imap_port": mailroom.free_port(), "smtp_port": mailroom.free_port()}
    channel = load("channels", "mail", mail_section | closed)
    with pytest.raises(Unavailable, match="niet te bereiken") as problem:
        polled(channel)
    assert not isinstance(problem.value, Unanswered)
    assert not any(finding.good for finding in channel.check())


def _says(*lines):
    def script(caller):
        caller.sendall(lines[0])
        for line in lines[1:]:
            asked = caller.recv(4096)
            caller.sendall(line.replace(b"TAG", asked.split(b" ")[0]))
        caller.recv(4096)

    return script


_HELLO = (b"* OK hoi\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK ja\r\n")


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (_says(b""), Unavailable),
        (_says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), Unavailable),
        (_says(b"* BYE te druk\r\n"), Unavailable),
        (_says(b"\xff\xfe\x00\r\n" * 9), Unavailable),
        (_says(*_HELLO, b"TAG NO [UNAVAILABLE] even niet\r\n"), Unavailable),
        (_says(*_HELLO, b"TAG NO [ALERT] Too many simultaneous connections\r\n"), Unavailable),
        (_says(*_HELLO, b"TAG NO [AUTHENTICATIONFAILED] nee\r\n"), Halted),
        (_says(*_HELLO, b"TAG BAD wat\r\n"), Unavailable),
        (_says(*_HELLO, b"TAG OK ja\r\n", b"TAG NO [SERVERBUG] stuk\r\n"), Unavailable),
        (_says(*_HELLO, b"TAG OK ja\r\n", b"* 3 EXISTS\r\nTAG OK [READ-ONLY] ja\r\n"), Unavailable),
        (
            _says(
                *_HELLO, b"TAG OK ja\r\n", b"* OK [UIDVALIDITY 7] x\r\nTAG OK ja\r\n", b"* SEARCH een\r\nTAG OK ja\r\n"
            ),
            Unavailable,
        ),
        (_says(*_HELLO, b"TAG OK ja\r\n", b"* OK [UIDVALIDITY 7] x\r\nTAG OK ja\r\n", b"TAG NO nee\r\n"), Unavailable),
    ],
)
def test_a_mail_server_in_trouble_is_one_sentence(mailroom, mail_section, script, kind):
    with mailroom.talking(script) as port:
        channel = load("channels", "mail", mail_section | {"imap_port": port})
        with pytest.raises(SocialwatchError) as problem:
            polled(channel)
    assert type(problem.value) is kind
    assert "\n" not in str(problem.value)


def test_a_server_that_lies_about_sizes_and_tells_of_other_mails_is_read_with_care(mailroom, mail_section):
    def fetched(*rows):
        return b"".join(rows) + b"TAG OK ja\r\n"

    body = mailroom.mail().replace(b"\r\n", b"\n")
    script = _says(
        *_HELLO,
        b"TAG OK ja\r\n",
        b"* OK [UIDVALIDITY 7] x\r\nTAG OK ja\r\n",
        b"* SEARCH 5 9\r\nTAG OK ja\r\n",
        fetched(
            b"* 1 FETCH (RFC822.SIZE 10 UID 5)\r\n* 2 FETCH (UID 9 RFC822.SIZE 99999999999)\r\n",
            b"* 7 FETCH (FLAGS (\\Seen) UID 77)\r\n",
        ),
        fetched(b"* 1 FETCH (BODY[]<0> {%d}\r\n%s UID 5)\r\n" % (len(body), body)),
        fetched(b"* 2 FETCH (UID 9 BODY[HEADER]<0> {25}\r\nMessage-ID: <groot@x>\r\n\r\n)\r\n"),
    )
    with mailroom.talking(script) as port:
        section = mail_section | {"imap_port": port}
        section.pop("sent_folder")
        found, cursor = polled(load("channels", "mail", section))
    assert [(one.id, one.aside) for one in found] == [("eerste@example.nl", ""), ("groot@x", "mail groter dan 25 MB")]
    assert cursor == f'{{"{section["folder"]}": [7, 9]}}'


def test_a_mail_that_is_too_big_is_not_downloaded(channel, put, monkeypatch):
    monkeypatch.setattr("socialwatch.channels.mail.box.BIGGEST", 10_000)
    put("x\n" * 20_000, Message_ID="<groot@example.nl>")
    put(Message_ID="<klein@example.nl>")
    (big, small), _ = polled(channel)
    assert (big.id, big.text, big.aside) == ("groot@example.nl", "Gat in sok", "mail groter dan 25 MB")
    assert (small.id, small.aside) == ("klein@example.nl", "")


def test_what_it_cannot_do_it_says(channel):
    assert channel.lookup(["a"]).gone == ()
    with pytest.raises(Refused):
        channel.receive({}, b"")
    assert [finding.good for finding in channel.check()] == [True, True]


def test_no_secret_and_no_customer_in_errors_and_logs(mailroom, mail_section, put, sink, caplog):
    caplog.set_level(logging.DEBUG)
    put()
    (one,), _ = polled(load("channels", "mail", mail_section))
    said = []
    with structlog.testing.capture_logs() as lines:
        for change in ({"imap_password": "foutwoord"}, {"smtp_password": "foutwoord"}, {"folder": "weg"}):
            with pytest.raises(SocialwatchError) as problem:
                load("channels", "mail", mail_section | change).reply(one, "hoi", "k")
            said += traceback.format_exception(problem.value)
        sink.answers["RCPT"] = "550 marieke@example.nl is onbekend"
        with pytest.raises(SocialwatchError) as problem:
            load("channels", "mail", mail_section).reply(one, "hoi", "k")
        said += traceback.format_exception(problem.value)
    logged = [each.getMessage() for each in caplog.records if each.name != "mail.log"]  # that is the server's own
    everything = "\n".join([*said, str(lines), *logged])
    assert not [each for each in (mailroom.PASSWORD, "foutwoord", mailroom.USER, "marieke") if each in everything]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": ""}, "address van kanaal mail ontbreekt"),
        ({"address": "geen adres"}, "address van kanaal mail is geen mailadres"),
        ({"imap_host": ""}, "imap_host van kanaal mail ontbreekt"),
        ({"imap_password": ""}, "imap_password van kanaal mail ontbreekt"),
        ({"imap_password": "a\nb"}, "imap_password van kanaal mail bevat tekens"),
        ({"security": "ssl"}, "security van kanaal mail moet"),
        ({"imap_host": "mail.example.nl"}, 'alleen "none" zijn voor een server op deze machine'),
        ({"smtp_port": 70000}, "smtp_port van kanaal mail moet een getal"),
        ({"folder": "a\r\nb"}, "folder van kanaal mail bevat tekens"),
        ({"imap_host": "a b"}, "imap_host van kanaal mail is geen naam"),
    ],
)
def test_a_section_that_is_wrong_names_the_key(mail_section, change, words):
    with pytest.raises(Misconfigured, match=words):
        load("channels", "mail", mail_section | change)


def test_a_contact_form_in_our_own_name_is_the_customer(mailroom, channel, put):
    put("via formulier", From=f"Webwinkel <{mailroom.ADDRESS}>", Reply_To="Jan <jan@example.nl>")
    (one,), _ = polled(channel)
    assert one.author is not None
    assert (one.own, one.author.id, one.author.name) == (False, "jan@example.nl", "Jan")


def test_a_reply_goes_where_it_was_asked_but_never_to_a_list(mailroom, channel, put, sink):
    put(Message_ID="<1@x>", Reply_To="thuis@example.nl")
    put(Message_ID="<2@x>", Reply_To="lijst@example.nl", List_Post="<mailto:lijst@example.nl>")
    put(Message_ID="<3@x>", Reply_To=mailroom.ADDRESS)
    found, _ = polled(channel)
    for number, one in enumerate(found):
        channel.reply(one, "hoi", str(number))
    assert [whom for _, whom, _ in sink.received] == [
        ["thuis@example.nl"],
        ["marieke@example.nl"],
        ["marieke@example.nl"],
    ]


def test_a_hostile_subject_and_id_stay_in_their_headers(channel, put, sink):
    put(
        Subject="=?utf-8?q?Hoi=0D=0ABcc:_alle@example.nl?=",
        Message_ID='<a"b\\c@x>',
        References="<é@x> <goed@x>",
        From="=?utf-8?q?Jan=0D=0AX-Kwaad:_ja?= <jan@example.nl>",
    )
    (one,), _ = polled(channel)
    channel.reply(one, "hoi", "k")
    (got,) = sink.mails()
    assert got["Bcc"] is None
    assert sink.received[0][1] == ["jan@example.nl"]
    assert message_from_bytes(sink.received[0][2])["In-Reply-To"] == '<a"b\\c@x>'
