"""What lies in the demo's shop when the doors open, and what follows from it."""

from dataclasses import replace

from socialwatch import demo
from socialwatch.domain.agent import Presence
from socialwatch.domain.case import LineKind
from socialwatch.domain.freshness import Copy, Trouble
from socialwatch.domain.mention import Author, Mention
from socialwatch.steps import line
from socialwatch.store import agents, cases, copies, mentions, queue
from socialwatch.wiring import before
from socialwatch.worker import corridor
from tests import fakes


def test_the_order_system_was_last_heard_yesterday() -> None:
    with demo.stage(demo.Clock(0.0), 0) as ready, ready.made.database.read() as unit:
        copy = copies.of(unit, demo.BRAND, before.UNHEARD)
    assert copy == Copy(before.LAST_HEARD, demo.START, Trouble.AWAY)


def test_who_was_turned_down_and_comes_back_gets_somebody_else() -> None:
    words = "@sokkerij klacht: donderdag afgewezen met één zin, 'afgeven is geen fabrieksfout'. ik ben woedend"
    post = Mention("x", "1", words, demo.START, Author("7", "margastuif", "Marga Stuifzand"), brand=demo.BRAND)
    with demo.stage(demo.Clock(0.0), 0) as ready:
        made = replace(ready.made, assessor=fakes.Assessor)
        with made.database.write() as unit:
            team = {each.id: each for each in agents.everyone(unit, demo.BRAND)}
            for each in team.values():
                agents.be(unit, each.id, Presence.AVAILABLE)
            queue.put(unit, [line.first(each) for each in mentions.take(unit, [post], demo.START).new])
        corridor.drain(made)
        with made.database.read() as unit:
            (found,) = (each for each in mentions.by_id(unit, range(1, 9)) if each.mention.channel == "x")
            given = cases.lines(unit, found.case_id or 0)
            owner = team[cases.by_id(unit, found.case_id or 0).owner_id or 0]
    assert found.customer_id == before.REFUSED
    assert [each.detail["why"] for each in given if each.kind is LineKind.ASSIGNED] == ["fresh_eyes"]
    assert owner.email != before.SAID_NO
