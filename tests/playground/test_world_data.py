"""The scripted world is whole: counts hold, references resolve, and nobody says the same thing twice."""

import csv
import json
import re
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

WORLD = Path(__file__).parents[2] / "socialwatch" / "playground" / "world"
START = datetime.fromisoformat("2026-11-23T08:00:00+01:00")
KINDS = {"complaint", "question", "request", "report", "thanks", "praise", "other", "spam", "brand"}
OPENS_A_CASE = {"complaint", "question", "request", "report"}
WANTED_TAGS = {
    "story",
    "rejected",
    "furious",
    "annoyed",
    "mild",
    "sarcasm",
    "understatement",
    "flemish",
    "dialect",
    "behalf",
    "birthday",
    "duplicate",
    "edit",
    "deletion",
    "retweet",
    "spam",
    "press",
    "safety",
    "privacy",
    "playful",
    "polite-severe",
    "swearing",
    "emoji",
    "media-threat",
    "phone",
    "asked-twice",
    "hidden",
    "rant",
    "english",
    "code-switching",
    "bereavement",
    "vacancy",
    "news",
    "competitor",
    "staff-abuse",
    "typo-order",
    "crosschannel",
    "discrimination",
    "fraud",
    "vulnerable",
    "outage",
    "unsummoned",
}


def lines(name):
    return [json.loads(line) for line in (WORLD / name).read_text(encoding="utf-8").splitlines()]


SHOP = json.loads((WORLD / "shop.json").read_text(encoding="utf-8"))
AGENTS = json.loads((WORLD / "agents.json").read_text(encoding="utf-8"))
with (WORLD / "customers.csv").open(encoding="utf-8", newline="") as rows:
    CUSTOMERS = list(csv.DictReader(rows))
PEOPLE = {person["key"]: person for person in lines("people.jsonl")}
ORDERS = {order["number"]: order for order in lines("orders.jsonl")}
CONTACTS = lines("contacts.jsonl")
POSTS = {post["key"]: post for post in lines("posts.jsonl")}
POST_LIST = list(POSTS.values())


def plain(text):
    """The letters and digits alone, so that a stray emoji does not make two texts different."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def kind(post):
    return post["tags"][0]


def test_counts():
    assert len(CUSTOMERS) == 41
    assert len(AGENTS) == 7
    assert sum(agent["mandate"] is not None for agent in AGENTS) == 5
    assert [agent["role"] for agent in AGENTS if agent["mandate"] is None] == ["brand", "admin"]
    assert 140 <= len(POSTS) <= 165
    assert sum(post["answer"] is not None for post in POST_LIST) >= 90
    assert 25 <= len(CONTACTS) <= 40
    assert {post["channel"] for post in POST_LIST} == {"x", "facebook"}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("people.jsonl", "key"),
        ("orders.jsonl", "number"),
        ("contacts.jsonl", "id"),
        ("posts.jsonl", "key"),
    ],
)
def test_keys_are_unique(name, field):
    assert max(Counter(row[field] for row in lines(name)).values()) == 1


def test_profiles_and_customers_are_unique():
    profiles = [SHOP["x"]["id"], SHOP["facebook"]["id"]]
    profiles += [who[channel]["id"] for who in PEOPLE.values() for channel in ("x", "facebook") if who[channel]]
    assert len(profiles) == len(set(profiles))
    for field in ("id", "email", "phone"):
        assert len({customer[field] for customer in CUSTOMERS}) == 41


def test_handles_belong_to_somebody():
    known = {f"x:{person['x']['username']}" for person in PEOPLE.values() if person["x"]}
    known |= {f"facebook:{person['facebook']['id']}" for person in PEOPLE.values() if person["facebook"]}
    given = [handle for customer in CUSTOMERS for handle in customer["handles"].split(";") if handle]
    assert set(given) <= known
    assert len(given) == len(set(given))
    assert 15 <= sum(bool(customer["handles"]) for customer in CUSTOMERS) <= 30


def test_nothing_can_be_mailed_or_dialled():
    addresses = [row["email"] for row in CUSTOMERS + AGENTS]
    assert [address for address in addresses if not address.endswith(".example")] == []
    assert [row["phone"] for row in CUSTOMERS if "00 00" not in row["phone"]] == []


def test_every_customer_has_two_to_eight_orders():
    per_customer = Counter(order["customer_id"] for order in ORDERS.values())
    assert set(per_customer) == {customer["id"] for customer in CUSTOMERS}
    assert min(per_customer.values()) >= 2
    assert max(per_customer.values()) <= 8


@pytest.mark.parametrize("order", ORDERS.values(), ids=lambda order: order["number"])
def test_order_makes_sense(order):
    assert re.fullmatch(r"SK-\d{6}", order["number"])
    assert order["status"] in {"delivered", "shipped", "packed", "returned", "cancelled"}
    moments = [order[name] for name in ("ordered_at", "shipped_at", "delivered_at") if order[name]]
    times = [datetime.fromisoformat(moment) for moment in moments]
    assert times == sorted(times)
    assert all(time.tzinfo and time < START for time in times)
    assert (order["delivered_at"] is not None) == (order["status"] in {"delivered", "returned"})
    assert all(Decimal(line["price"]) > 0 and line["quantity"] > 0 for line in order["lines"])


def test_contacts_refer_to_the_customers_own_orders():
    for contact in CONTACTS:
        assert datetime.fromisoformat(contact["at"]) < START
        if contact["order_number"]:
            assert ORDERS[contact["order_number"]]["customer_id"] == contact["customer_id"]


def test_references_resolve():
    for post in POST_LIST:
        for field in ("reply_to", "after_reply_to", "repost_of"):
            if post[field]:
                assert post[field] in POSTS, (post["key"], field)
                assert POSTS[post[field]]["channel"] == post["channel"]
        parent = POSTS.get(post["reply_to"])
        if parent and not post["after_reply_to"]:
            assert parent["minute"] < post["minute"], post["key"]


def test_facebook_comments_are_at_most_two_deep():
    for post in POST_LIST:
        if post["channel"] == "facebook" and post["reply_to"]:
            parent = POSTS[post["reply_to"]]
            assert not (parent["reply_to"] and POSTS[parent["reply_to"]]["reply_to"]), post["key"]


@pytest.mark.parametrize("post", POST_LIST, ids=lambda post: post["key"])
def test_post_is_well_formed(post):
    profile = SHOP if post["who"] == "sokkerij" else PEOPLE[post["who"]]
    assert profile[post["channel"]], "no profile on this channel"
    assert 0 <= post["minute"] <= 235
    assert post["place"] in {"feed", "tagged"}
    assert kind(post) in KINDS
    assert len(KINDS.intersection(post["tags"])) == 1
    assert (kind(post) == "brand") == (post["who"] == "sokkerij")
    assert "—" not in post["text"] + (post["answer"] or "")
    texts = [post["text"], *(edit["text"] for edit in post["edits"])]
    if post["channel"] == "x":
        assert all(len(text) <= 280 for text in texts)
        summoned = all("@sokkerij" in text for text in texts)
        assert summoned or post["who"] == "sokkerij" or "unsummoned" in post["tags"]


@pytest.mark.parametrize("post", [post for post in POST_LIST if post["answer"]], ids=lambda post: post["key"])
def test_answer_is_fit_to_send(post):
    answer = post["answer"]
    assert "!" not in answer
    assert "http" not in answer
    assert "www." not in answer
    assert "^" not in answer, "the agent engine signs"
    assert "vervelend dat je dit zo ervaart" not in answer.lower()
    if post["channel"] == "x":
        assert len(answer) <= 270


def test_what_opens_a_case_is_answered():
    silent = {post["key"] for post in POST_LIST if kind(post) in OPENS_A_CASE and not post["answer"]}
    assert silent == {post["key"] for post in POST_LIST if kind(post) in OPENS_A_CASE and post["delete_after"]}


def test_thanks_follow_an_answer():
    thanks = [post for post in POST_LIST if kind(post) == "thanks"]
    assert len([post for post in thanks if post["after_reply_to"]]) >= 15
    for post in POST_LIST:
        if post["after_reply_to"]:
            thanked = POSTS[post["after_reply_to"]]
            assert thanked["answer"], post["key"]
            assert thanked["who"] == post["who"], post["key"]


def test_no_two_texts_alike_but_the_marked_duplicate():
    seen = {}
    twice = []
    for post in POST_LIST:
        if post["repost_of"]:
            continue
        if plain(post["text"]) and plain(post["text"]) in seen:
            twice.append(post)
        seen[plain(post["text"]) or post["text"]] = post
    assert [post["tags"].count("duplicate") for post in twice] == [1]
    answers = [post["answer"] for post in POST_LIST if post["answer"]]
    assert len(answers) == len(set(answers))


def test_every_slice_is_there():
    present = {tag for post in POST_LIST for tag in post["tags"]}
    assert present >= KINDS | WANTED_TAGS
    assert any(len(post["text"]) >= 1100 for post in POST_LIST if "rant" in post["tags"])
    assert any(PEOPLE[post["who"]]["facebook_hidden"] for post in POST_LIST if "hidden" in post["tags"])
    assert any(post["edits"] for post in POST_LIST)
    assert any(post["delete_after"] for post in POST_LIST)


def test_order_numbers_in_texts_exist_except_the_typo():
    for post in POST_LIST:
        for number in re.findall(r"SK-\d{6}", post["text"]):
            assert (number in ORDERS) == ("typo-order" not in post["tags"]), post["key"]


def test_the_team_can_be_rostered():
    names = {agent["name"] for agent in AGENTS}
    for agent in AGENTS:
        for _, start, till in agent.get("shifts", ()):
            assert start < till
        for first, last, deputy in agent.get("absences", ()):
            assert first <= START.date().isoformat() <= last
            assert deputy in names - {agent["name"]}
            assert START + timedelta(minutes=agent["from_minute"]) > datetime.fromisoformat(f"{last}T23:59+01:00")
        assert agent.get("deputy", "Freek") in names
    assert [agent["name"] for agent in AGENTS if agent.get("absences")] == ["Joost"]
    assert [agent["name"] for agent in AGENTS if (agent["mandate"] or {}).get("press")] == ["Wil"]


def test_deeds_are_done_beside_an_answer():
    doing = [post for post in POST_LIST if post.get("deeds")]
    assert all(post["answer"] for post in doing)
    forms = [deed["form"] for post in doing for deed in post["deeds"]]
    assert set(forms) == {"gebaar", "anders", "belofte", "notitie", "wie", "later"}
    costs = [deed["fields"].get("cost", "0") for post in doing for deed in post["deeds"]]
    assert sum(float(cost.replace(",", ".")) > 75 for cost in costs) == 1, "one of them is more than an agent may give"


def test_the_sock_story():
    jeroen = next(customer for customer in CUSTOMERS if customer["name"] == "Jeroen Wiarda")
    person = PEOPLE["jeroen"]
    assert jeroen["handles"] == f"x:{person['x']['username']};facebook:{person['facebook']['id']}"
    rejection = next(contact for contact in CONTACTS if contact["customer_id"] == jeroen["id"])
    assert (rejection["channel"], rejection["outcome"]) == ("mail", "rejected")
    assert "slijtage, kunnen we niks aan doen" in rejection["answered"]
    assert (START - datetime.fromisoformat(rejection["at"])).days <= 3
    bought = datetime.fromisoformat(ORDERS[rejection["order_number"]]["ordered_at"])
    assert 80 <= (START - bought).days <= 110
    first, second, thanks = (POSTS[f"sok-{number}"] for number in (1, 2, 3))
    assert (first["channel"], second["channel"], thanks["channel"]) == ("x", "facebook", "x")
    assert 0 < second["minute"] - first["minute"] <= 10
    assert thanks["after_reply_to"] == "sok-1"
    assert "?" not in first["answer"] + second["answer"]
