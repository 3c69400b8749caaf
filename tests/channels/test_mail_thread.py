"""A mail finds its case: the whole way from the mailbox through the steps, with our answer by mail in between."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from socialwatch.plugs import load
from socialwatch.steps import line, say
from socialwatch.store import cases, replies
from socialwatch.store.replies import Draft
from socialwatch.worker import corridor

SOURCE = "sokkerij/mail"
START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class Desk:
    """A world with a mailbox, a customer who mails and an agent who answers."""

    def __init__(self, world, section, rooms, office):
        self.world, self.rooms, self.office, self.folder = world, rooms, office, section["folder"]
        self.parts = world.parts
        self.parts.channels[SOURCE] = load("channels", "mail", section)
        self.freek = world.colleague()

    def deliver(self, number, text, **headers):
        at = self.world.clock()
        data = self.rooms.mail(text, Message_ID=f"<{number}@example.nl>", Date=format_datetime(at), **headers)
        self.office.put(self.folder, data, at)
        self.fetch()
        return self.world.stored(f"{number}@example.nl", "mail")

    def fetch(self):
        self.world.register("mail")
        counted = line.poll_source(self.parts, SOURCE, self.world.lead(), 60.0)
        assert counted is not None
        assert counted.failed is None
        corridor.drain(self.parts)

    def answer(self, found):
        draft = Draft("sokkerij", found.case_id, found.id, self.freek.id, "Nieuwe sokken zijn onderweg.", "klik-1")
        with self.world.database.write() as unit:
            made = say.approve(unit, self.freek, draft, self.world.clock())
        corridor.drain(self.parts)
        with self.world.database.read() as unit:
            return replies.by_id(unit, made.id)

    def lines(self, case):
        with self.world.database.read() as unit:
            return [each.kind.value for each in cases.lines(unit, case)]


@pytest.fixture
def desk(sqlite, fakes, mail_section, mailroom, post_office):
    return Desk(fakes.World(sqlite), mail_section, mailroom, post_office)


def test_a_thank_you_that_answers_our_mail_belongs_to_its_case(desk, sink):
    complaint = desk.deliver("klacht", "een klacht over mijn sok")
    sent = desk.answer(complaint)
    assert sent.state.value == "sent"
    assert sink.mails()[0]["Message-ID"] == f"<{sent.platform_id}>"
    desk.world.clock.forward(days=9)
    thread = f"<klacht@example.nl> <{sent.platform_id}>"
    thanks = desk.deliver("dank", "bedankt!", References=thread, In_Reply_To=f"<{sent.platform_id}>")
    assert (thanks.mention.conversation_id, thanks.mention.in_reply_to) == ("klacht@example.nl", sent.platform_id)
    assert (thanks.state, thanks.case_id) == ("thanks", complaint.case_id)
    assert "thanks" in desk.lines(complaint.case_id)


def test_a_further_complaint_in_the_thread_joins_however_late(desk, sink):
    complaint = desk.deliver("klacht", "een klacht over mijn sok")
    sent = desk.answer(complaint)
    desk.world.clock.forward(days=9)
    thread = f"<klacht@example.nl> <{sent.platform_id}>"
    again = desk.deliver("weer", "nog een klacht", References=thread, In_Reply_To=f"<{sent.platform_id}>")
    assert again.case_id == complaint.case_id


def test_a_mail_that_names_only_our_answer_joins_however_late(desk, sink):
    complaint = desk.deliver("klacht", "een klacht over mijn sok")
    sent = desk.answer(complaint)
    desk.world.clock.forward(days=9)
    again = desk.deliver("weer", "nog een klacht", In_Reply_To=f"<{sent.platform_id}>")
    assert again.case_id == complaint.case_id


def test_our_own_answer_comes_back_and_is_not_doubled(desk, sink):
    complaint = desk.deliver("klacht", "een klacht over mijn sok")
    sent = desk.answer(complaint)
    desk.fetch()
    ours = desk.world.stored(sent.platform_id, "mail")
    assert (ours.mention.own, ours.state) == (True, "ours")
    assert desk.lines(complaint.case_id).count("reply") == 1


def test_somebody_else_with_our_thread_in_hand_does_not_join(desk, sink):
    complaint = desk.deliver("klacht", "een klacht over mijn sok")
    other = desk.deliver("ander", "een klacht van mij", From="ander@example.nl", References="<klacht@example.nl>")
    assert other.case_id not in (None, complaint.case_id)


def test_a_robot_opens_no_case(desk, sink):
    robot = desk.deliver("robot", "een klacht", Auto_Submitted="auto-replied")
    assert (robot.state, robot.dismissed, robot.case_id) == ("dismissed", "automatisch antwoord", None)
