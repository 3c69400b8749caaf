"""The shop's agents, played: they sign in to the app like people and give the answers the script has for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from socialwatch.playground.living import World
from socialwatch.playground.script import Deed, packaged_agents
from socialwatch.playground.webpage import Attributes, Form, Visitor, Webpage

_ANSWERING = ("agent", "lead")
_SWEEPS = 2  # how often all cases are searched for a post that is in none of them
_PATIENCE = timedelta(minutes=30)
_THINKING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing an agent did. `what` is answer, by hand, thanks, yes (to *mag dit?*) or the form of a deed, `where` the
    case, thanks or question, `status` what the app said.
    """

    agent: str
    what: str
    where: str
    mention: str
    text: str
    status: int
    at: datetime


class Agent:
    """One agent with a browser."""

    def __init__(self, base_url: str, row: Mapping[str, Any]) -> None:
        self.name, self._row = str(row["name"]), row
        self.visitor = Visitor(base_url)
        self.starts_after = timedelta(minutes=float(row.get("from_minute", 0)))
        self.leads = row["role"] == "lead"
        self._came_in = False

    def come_in(self) -> None:
        """Sign in at the start of the shift."""
        if not self._came_in:
            self.open("/inbox")
            self._came_in = True

    def open(self, path: str) -> Webpage:
        """A page behind the sign-in; signs in where the app asks for it. PermissionError when it will not have us."""
        page = self.visitor.get(path)
        if page.path != "/inloggen":
            return page
        form = page.form("/inloggen") or Form("/inloggen")
        fields = {**form.fields, "email": str(self._row["email"]), "password": str(self._row["password"])}
        if self.visitor.post("/inloggen", fields, page="/inloggen").path == "/inloggen":
            raise PermissionError(f"{self.name} cannot sign in")
        return self.visitor.get(path)


class Agents:
    """All agents together. They remember what they answered, so that nobody answers a post twice."""

    def __init__(self, base_url: str, world: World, rows: Sequence[Mapping[str, Any]] | None = None) -> None:
        listed = packaged_agents() if rows is None else rows
        self._agents = [Agent(base_url, row) for row in listed if row["role"] in _ANSWERING]
        self._world = world
        self._answered: set[str] = set()
        self._where: dict[str, str] = {}  # post -> the case it was seen in
        self._seen: set[str] = set()  # cases that somebody has opened
        self._sweeps: dict[str, int] = {}
        self._asked: dict[str, datetime] = {}  # questions to the lead, and when they were first seen
        self._intended: list[tuple[Done, Deed]] = []  # what they do in a while, with the answer it belongs to

    def arrive(self, now: datetime) -> list[Agent]:
        """Whose shift has begun signs in; gives back everybody who is there."""
        here = [agent for agent in self._agents if now >= self._world.start + agent.starts_after]
        for agent in here:
            agent.come_in()
        return here

    def turn(self, now: datetime) -> list[Done]:
        """One round of all agents over new work; empty when nothing was left to do. Nothing is tried a second time."""
        done: list[Done] = []
        here = self.arrive(now)
        for agent in here:
            done += self._allow(agent, now)
            done += self._do_intended(agent, now)
        if not self._open_posts():
            return done
        for agent in here:
            done += self._thank(agent, now)
        inboxes = [(agent, agent.open("/inbox").cases) for agent in here]
        for agent, cases in inboxes:
            done += self._work(agent, cases, now, everywhere=False)
        for agent, cases in inboxes:
            if self._lost(now):
                done += self._work(agent, cases, now, everywhere=True)
        for one in self._lost(now):
            self._sweeps[one] = self._sweeps.get(one, 0) + 1
        return done

    def _allow(self, agent: Agent, now: datetime) -> list[Done]:
        """A lead says yes to what colleagues ask, once they have seen it lie there for a while."""
        if not agent.leads:
            return []
        done = []
        for link in agent.open("/mag-dit").links:
            if link.startswith("/mag-dit/") and now - self._asked.setdefault(link, now) >= _THINKING:
                form = agent.open(link).form(link)
                if form is not None:
                    page = agent.visitor.post(link, {**form.fields, "verdict": "yes"}, page=link)
                    done.append(Done(agent.name, "yes", link.rsplit("/", 1)[-1], "", "", page.status, now))
        return done

    def _open_posts(self) -> dict[str, str]:
        """Posts with a scripted answer that nobody has given yet: `channel:id` and the answer."""
        made, lines = self._world.scene(), self._world.lines
        received = {reply.target for reply in self._world.received}
        found = {}
        for key, post in made.posts.items():
            line, name = lines.get(key), f"{post.channel}:{post.first_id}"
            if line and line.answer and not post.gone and key not in received and name not in self._answered:
                found[name] = line.answer
        return found

    def _lost(self, now: datetime) -> list[str]:
        """Open posts that were seen in no case so far, as long as there is hope that they will be."""
        found = []
        for one in self._open_posts():
            channel, _, post_id = one.partition(":")
            age = now - self._world.scene().by_id[channel, post_id].created_at
            hopeless = self._sweeps.get(one, 0) >= _SWEEPS or age > _PATIENCE
            if one not in self._where and not hopeless:
                found.append(one)
        return found

    def _work(self, agent: Agent, cases: list[Attributes], now: datetime, *, everywhere: bool) -> list[Done]:
        done = []
        for case in cases:
            case_id = case["data-case"]
            wanted = {self._where[one] for one in self._open_posts() if one in self._where}
            due = case_id in wanted or case_id not in self._seen or everywhere
            if due and case.get("data-owner", "") in ("", agent.name):
                done += self._case(agent, case_id, now)
        return done

    def _case(self, agent: Agent, case_id: str, now: datetime) -> list[Done]:
        """Open a case and answer its newest post that has a scripted answer."""
        path = f"/dossier/{case_id}"
        page = agent.open(path)
        self._seen.add(case_id)
        theirs = [one["data-mention"] for one in page.articles if "data-mention" in one and "data-own" not in one]
        self._where.update(dict.fromkeys(theirs, case_id))
        answers = self._open_posts()
        newest = next((one for one in reversed(theirs) if one in answers), None)
        forms = [form for form in page.forms if form.action == f"{path}/antwoord"]
        if newest is None or page.owner not in (None, "", agent.name):
            return []
        form = next((form for form in forms if newest in _offered(form)), None)
        if form is None:
            return self._by_hand(agent, page, Done(agent.name, "by hand", case_id, newest, answers[newest], 0, now))
        fields = {**form.fields, "mention": newest, "text": answers[newest]}
        one = self._send(agent, Done(agent.name, "answer", case_id, newest, answers[newest], 0, now), form, fields)
        return [one, *self._deeds(agent, one)]

    def _deeds(self, agent: Agent, one: Done) -> list[Done]:
        """What the script has this agent do for the customer, once the answer is on its way."""
        channel, _, post_id = one.mention.partition(":")
        line = self._world.script_of(channel, post_id)
        deeds = line.deeds if line and one.status < 400 else ()
        self._intended += [(one, deed) for deed in deeds if deed.after]
        return [done for deed in deeds if not deed.after for done in self._do(agent, one, deed)]

    def _do_intended(self, agent: Agent, now: datetime) -> list[Done]:
        mine = [(one, deed) for one, deed in self._intended if one.agent == agent.name]
        due = [(one, deed) for one, deed in mine if now - one.at >= timedelta(minutes=deed.after)]
        self._intended = [each for each in self._intended if each not in due]
        return [done for one, deed in due for done in self._do(agent, replace(one, at=now), deed)]

    def _do(self, agent: Agent, one: Done, deed: Deed) -> list[Done]:
        path = f"/dossier/{one.where}"
        fits = (form for form in agent.open(path).forms if _takes(form, f"{path}/{deed.form}", deed.fields))
        form = next(fits, None)
        if form is None:
            return []
        page = agent.visitor.post(form.action, {**form.fields, **deed.fields}, page=path)
        return [replace(one, what=deed.form, text="", status=page.status)]

    def _by_hand(self, agent: Agent, page: Webpage, one: Done) -> list[Done]:
        """A post that the platform takes no reply to by API: answered on the platform itself and marked so here."""
        action = f"/dossier/{one.where}/beantwoord"
        marks = [form for form in page.forms if form.action == action and one.mention in _offered(form)]
        return [self._send(agent, one, marks[0], marks[0].fields)] if marks else []

    def _thank(self, agent: Agent, now: datetime) -> list[Done]:
        """Answer the thanks that the agent's own cases brought."""
        done = []
        for form in agent.open("/bedankjes").forms:
            mention, answers = form.article.get("data-mention", ""), self._open_posts()
            if "data-thanks" in form.article and mention in answers and form.action.endswith("/antwoord"):
                one = Done(agent.name, "thanks", form.article["data-thanks"], mention, answers[mention], 0, now)
                done.append(self._send(agent, one, form, {**form.fields, "text": one.text}))
        return done

    def _send(self, agent: Agent, one: Done, form: Form, fields: Mapping[str, str]) -> Done:
        """Noted before it is sent: an answer whose fate is unknown is not given again."""
        self._answered.add(one.mention)
        page = agent.visitor.post(form.action, fields, page="/bedankjes" if one.what == "thanks" else "/inbox")
        return Done(one.agent, one.what, one.where, one.mention, one.text, page.status, one.at)


def _takes(form: Form, action: str, fields: Mapping[str, str]) -> bool:
    return form.action == action and form.fields.get("kind") == fields.get("kind")


def _offered(form: Form) -> list[str]:
    return [*form.choices.get("mention", []), form.fields.get("mention", "")]
