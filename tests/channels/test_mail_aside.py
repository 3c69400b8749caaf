"""Which mails are kept out of the cases, and which of a human never are."""

from datetime import UTC, datetime, timedelta

import pytest

from socialwatch.channels.mail import quoted, wire
from socialwatch.channels.mail.wire import Account, Lying

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
US = Account("sokkerij", ("klantenservice@sokkerij.example",))


@pytest.fixture
def read(mailroom):
    def mention(text="er zit een gat in", **headers):
        data = mailroom.mail(text, **headers)
        return wire.mention(Lying(1, len(data), NOW, data), US)

    return mention


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied (vacation)"}, "automatisch antwoord"),
        ({"Auto_Submitted": "auto-generated; x=y"}, "automatisch antwoord"),
        ({"X_Autoreply": "yes"}, "automatisch antwoord"),
        ({"Precedence": "auto-reply"}, "automatisch antwoord"),
        ({"Subject": "Automatisch antwoord: Gat in sok"}, "automatisch antwoord"),
        ({"Subject": "Out of Office: Re: Gat"}, "automatisch antwoord"),
        ({"Subject": "=?utf-8?q?Afwezigheidsbericht=3A_tot_maandag?="}, "automatisch antwoord"),
        ({"List_Id": "<nieuws.example.nl>"}, "nieuwsbrief of mailinglijst"),
        ({"Precedence": "bulk"}, "nieuwsbrief of mailinglijst"),
        ({"From": "MAILER-DAEMON@example.nl"}, "melding over bezorging"),
        ({"From": "bounces+123@example.nl"}, "melding over bezorging"),
        ({"Return_Path": "<>"}, "melding over bezorging"),
        ({"Content_Type": "multipart/report; boundary=x"}, "melding over bezorging"),
        ({"X_Socialwatch": "abc"}, "ons eigen antwoord kwam terug"),
    ],
)
def test_what_no_human_wrote_to_us_says_why(read, headers, reason):
    assert read(**headers).aside == reason


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "no"},
        {"Precedence": "first-class"},
        {"Subject": "Jullie automatisch antwoord helpt niet"},
        {"Subject": "Is er iemand niet op kantoor?"},
        {"From": "bouncer@example.nl"},
        {"Return_Path": "<marieke@example.nl>"},
        {"List_Unsubscribe": "<mailto:x@y.nl>"},
    ],
)
def test_what_a_human_wrote_stays(read, headers):
    assert read(**headers).aside == ""


def test_what_we_wrote_is_ours_and_not_set_aside(read):
    one = read(From="Sokkerij <Klantenservice@Sokkerij.example>", X_Socialwatch="abc", Auto_Submitted="auto-replied")
    assert (one.own, one.aside, one.can_reply) == (True, "", False)


def test_a_wrong_clock_gives_way_to_the_servers(read):
    assert read(Date="Fri, 20 Nov 2026 11:00:00 +0100").created_at == NOW - timedelta(hours=2)
    for wrong in ("Thu, 1 Jan 1970 00:00:00 +0000", "Mon, 1 Jan 2035 00:00:00 +0000", "morgen"):
        assert read(Date=wrong).created_at == NOW


def test_a_mail_without_a_number_gets_one_that_stays(read):
    one = read(Message_ID="")
    assert one.id.startswith("zonder-")
    assert one == read(Message_ID="")
    assert one.id != read("iets anders", Message_ID="").id


def test_a_number_that_is_too_long_fits_its_thread(read):
    long = "a" * 300 + "@example.nl"
    first = read(Message_ID=f"<{long}>")
    answer = read(Message_ID="<b@x>", In_Reply_To=f"<{long}>")
    assert len(first.id) == 64
    assert (answer.conversation_id, answer.in_reply_to) == (first.id, first.id)


def test_a_photo_alone_is_said_and_not_lost(read):
    body = "--g\nContent-Disposition: attachment; filename=gat.jpg\nContent-Type: image/jpeg\n\nx\n--g--"
    one = read(body, Content_Type="multipart/mixed; boundary=g", Subject="Re: gat", References="<a@b>")
    assert (one.text, one.aside) == ("(Alleen een bijlage: gat.jpg)", "")


def test_html_alone_is_read_without_what_it_quotes(read):
    body = (
        "<html><head><style>p{color:red}</style></head><body><p>Nog steeds <b>kapot</b> &amp; geen antwoord.</p>"
        '<div class="gmail_quote">Op vr 20 nov 2026 om 11:00 schreef K &lt;k@s.nl&gt;:<p>oud</p></div>'
    )
    one = read(body, Content_Type="text/html; charset=utf-8", References="<a@b>")
    assert one.text == "Nog steeds kapot & geen antwoord."


def test_a_forwarded_mail_keeps_what_it_forwards(read):
    one = read("Zie hieronder\n\n---------- Forwarded message ---------\nVan: K\nBestelling 123", Subject="Fwd: order")
    assert "Bestelling 123" in one.text


WROTE = "Op vr 20 nov 2026 om 11:00 schreef Klantenservice <k@s.nl>:"
OUTLOOK = "Van: K <k@s.nl>\nVerzonden: vrijdag 20 november 2026 11:00\nAan: Marieke\nOnderwerp: RE: Gat\n\nHoi"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Top, bedankt!\n\n{WROTE}\n\n> Hoi", "Top, bedankt!"),
        ("Top!\n\nOp vr 20 nov 2026 om 11:00 schreef Klantenservice\n<k@s.nl>:\n\n> Hoi", "Top!"),
        ("Prima!\n\n> Op 20 nov 2026, om 11:00 heeft K <k@s.nl> het volgende geschreven:\n> \n> Hoi", "Prima!"),
        ("Prima!\n\nOp 20 nov 2026, om 11:00 heeft K <k@s.nl> het volgende geschreven:\n\nHoi", "Prima!"),
        (f"Dank je wel.\n\n{OUTLOOK}", "Dank je wel."),
        (f"Dank je wel.\n\n{'_' * 32}\n{OUTLOOK}", "Dank je wel."),
        ("Nee\n\n-----Oorspronkelijk bericht-----\nVan: K", "Nee"),
        ("Thanks!\n\nOn Fri, Nov 20, 2026 at 11:00 AM K <k@s.nl> wrote:\n> hi", "Thanks!"),
        ("Danke\n\nAm 20.11.2026 um 11:00 schrieb K <k@s.nl>:\n> hi", "Danke"),
        ("Ja\n\nKlantenservice <k@s.nl> schreef op 20 november 2026 11:00:\n\noud", "Ja"),
        (f"{WROTE}\n> Hoi\n\nHet is nog steeds kapot!", "Het is nog steeds kapot!"),
        (f"Zie onder.\n{WROTE}\n> welke maat?\nmaat 43\n> kleur?\nblauw", "Zie onder.\n\nmaat 43\nblauw"),
        ("Kapot\n\nVerstuurd vanaf mijn iPhone", "Kapot"),
        ("Kapot\n-- \nMarieke\n06-12345678", "Kapot"),
        ("Kapot\nMet vriendelijke groet,\nMarieke", "Kapot"),
        (
            "Beste Freek,\nBedankt, het is gelukt.\n- snel\n- aardig",
            "Beste Freek,\nBedankt, het is gelukt.\n- snel\n- aardig",
        ),
        ("Op maandag schreef ik al:\nkapot", "Op maandag schreef ik al:\nkapot"),
        ("Op 12 november 2026 schreef ik jullie dit:\nkapot", "Op 12 november 2026 schreef ik jullie dit:\nkapot"),
        ("> alles\n> geciteerd", "> alles\n> geciteerd"),
        ("Groet", "Groet"),
        ("", ""),
    ],
)
def test_only_the_new_words_are_kept(text, kept):
    assert quoted.fresh(text) == kept
