"""X's batch compliance: ids in, patience, and only what X names comes out."""

import json
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.channels.x import X, connect
from socialwatch.channels.x import compliance as room
from socialwatch.errors import Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable

JOBS = "/2/compliance/jobs"


@pytest.fixture
def channel(playground, x_section) -> X:
    return connect(x_section | {"base_url": playground.x_url})  # type: ignore[return-value]


@pytest.fixture
def told(platform, x_section) -> X:
    return connect(x_section | {"base_url": platform.url})  # type: ignore[return-value]


def ids(world: Any) -> list[str]:
    return [post.id for post in world.scene().on("x")]


def test_what_is_gone_is_named_and_the_rest_stays(channel, world):
    wanted = ids(world)
    for number in wanted[:3]:
        world.delete(world.scene().find("x", number))
    job = channel.begin_compliance(wanted, "a")
    assert channel.finish_compliance(job) is None
    looked = channel.finish_compliance(job)
    assert looked is not None
    assert looked.gone == tuple(wanted[:3])
    assert looked.mentions == ()
    assert looked.cost == 0


def job(platform: Any, status: str = "complete", **more: Any) -> dict[str, Any]:
    """A job as X describes it, its addresses on the same host."""
    address = f"{platform.url}{JOBS}/5"
    urls = {"upload_url": f"{address}/upload?token=a", "download_url": f"{address}/download?token=b"}
    return {"id": "5", "type": "tweets", "status": status, "name": "socialwatch", **urls, **more}


def events(*rows: dict[str, Any]) -> tuple[int, bytes]:
    return 200, b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_an_edited_post_is_looked_up_at_once(platform, told):
    post = {"id": "7", "text": "beter", "created_at": "2026-11-20T10:00:00Z", "edit_history_post_ids": ["6", "7"]}
    platform.queue(
        (200, {"data": job(platform)}),
        events({"id": "6", "action": "rehydrate", "reason": "tweet_edited"}, {"id": "9", "action": "delete"}),
        (200, {"data": [post]}),
    )
    looked = told.finish_compliance("5")
    assert looked is not None
    assert [(one.id, one.version_id, one.text) for one in looked.mentions] == [("6", "7", "beter")]
    assert looked.gone == ("9",)
    assert looked.cost == 5_000


def test_both_forms_of_the_list_are_read(platform, told):
    platform.queue(
        (200, {"data": job(platform)}),
        events(
            {"id": "1", "action": "delete", "reason": "suspended", "redacted_at": None},
            {"id": "2", "action": "scrub_geo", "reason": "geo_scrubbed"},
            {"id": "3", "action": "delete", "reason": "scrub_geo"},
            {"id": "niet-een-nummer", "error": "invalid_id"},
        ),
    )
    looked = told.finish_compliance("5")
    assert looked is not None
    assert looked.gone == ("1",)
    assert len(platform.asked) == 2


@pytest.mark.parametrize("body", [b"<html>", b'{"id": "1", "action": "delete"}\n{"id": "2", "act', b"[]", b'{"a": 1}'])
def test_a_list_that_is_half_readable_proves_nothing(platform, told, body):
    platform.queue((200, {"data": job(platform)}), (200, body))
    with pytest.raises(Unavailable):
        told.finish_compliance("5")


def test_an_empty_list_means_that_all_is_well(platform, told):
    platform.queue((200, {"data": job(platform)}), (200, b""))
    looked = told.finish_compliance("5")
    assert looked is not None
    assert looked.gone == ()


@pytest.mark.parametrize("status", ["failed", "expired", None])
def test_a_failed_job_is_refused(platform, told, status):
    platform.queue((200, {"data": job(platform, status)}))
    with pytest.raises(Refused):
        told.finish_compliance("5")


def test_a_failed_job_on_the_playground(channel, world):
    world.fault("x", "job-failed")
    number = channel.begin_compliance(ids(world), "a")
    with pytest.raises(Refused, match="failed"):
        channel.finish_compliance(number)


def test_an_unknown_job_is_refused(channel, platform, told):
    for number in ("123", "", "../users/me", "5?a=b"):
        with pytest.raises(Refused):
            channel.finish_compliance(number)
    platform.queue((404, {"title": "Not Found"}))
    with pytest.raises(Refused):
        told.finish_compliance("5")


def test_a_list_may_be_read_for_a_week(channel, world, clock):
    number = channel.begin_compliance(ids(world), "a")
    assert channel.finish_compliance(number) is None
    clock.now += timedelta(days=8)
    with pytest.raises(Refused, match="verlopen"):
        channel.finish_compliance(number)


def test_one_job_at_a_time(channel, world):
    channel.begin_compliance(ids(world), "a")
    with pytest.raises(Unavailable, match="nog met iets anders bezig"):
        channel.begin_compliance(ids(world), "b")


def test_a_job_whose_number_nobody_wrote_down_is_found_back_and_handed_in_once(channel, world):
    """The process died after X took the ids: X runs the job, and would refuse any other until it is done."""
    wanted = ids(world)
    world.delete(world.scene().find("x", wanted[0]))
    number = channel.begin_compliance(wanted, "a")
    assert channel.begin_compliance(wanted, "a") == number
    assert channel.finish_compliance(number) is None
    assert channel.begin_compliance(wanted, "a") == number  # complete by now
    looked = channel.finish_compliance(number)
    assert looked is not None
    assert looked.gone == (wanted[0],)
    made = channel._ask("GET", JOBS, {"type": "tweets"}, None)["data"]
    assert [one["id"] for one in made] == [number]


@pytest.mark.parametrize("status", ["failed", "expired"])
def test_a_job_that_came_to_nothing_is_made_anew(platform, told, status):
    earlier = job(platform, status, id="4", name="socialwatch-a")
    platform.queue((200, {"data": [earlier]}), (200, {"data": job(platform, "created")}), (200, b""))
    assert told.begin_compliance(["1"], "a") == "5"
    assert [one.method for one in platform.asked] == ["GET", "POST", "PUT"]


def test_a_job_of_somebody_else_under_the_same_app_is_left_alone(platform, told):
    other = job(platform, "in_progress", id="4", name="socialwatch-b")
    platform.queue((200, {"data": [other]}), (409, {"type": "https://api.x.com/2/problems/conflict", "title": "x"}))
    with pytest.raises(Unavailable):
        told.begin_compliance(["1"], "a")


def test_a_job_that_never_got_its_ids_is_taken_up_again(channel, world):
    """Else a process that dies between the two would bar the way for a quarter of an hour."""
    made = channel._ask("POST", JOBS, None, {"type": "tweets", "name": f"{room.NAME}-a"})["data"]
    assert channel.begin_compliance(ids(world), "a") == made["id"]
    assert channel.finish_compliance(made["id"]) is None


def test_the_ids_go_up_one_a_line_with_our_token_to_x_alone(platform, told):
    platform.queue((200, {"meta": {}}), (200, {"data": job(platform, "created")}), (200, b""))
    assert told.begin_compliance(["1", "2", "geen", "3"], "a") == "5"
    upload = platform.asked[-1]
    assert (upload.method, upload.path, upload.query) == ("PUT", f"{JOBS}/5/upload", {"token": "a"})
    assert upload.body == b"1\n2\n3\n"
    assert upload.headers["content-type"] == "text/plain"
    assert upload.headers["authorization"] == "Bearer playground-app-token"
    assert platform.asked[1].json() == {"type": "tweets", "name": "socialwatch-a"}


def test_our_token_goes_to_no_other_house(platform, told, monkeypatch):
    """Before 2026 the addresses led to a storage house; a token sent there would be a token lost."""
    asked: list[tuple[str, dict[str, str], bool]] = []

    def request(method: str, url: str, **options: Any) -> Any:
        asked.append((url, dict(options["headers"]), options["allow_private"]))
        raise Refused("nee")

    monkeypatch.setattr(room, "request", request)
    for url in ("https://storage.example/x?sig=geheim", f"{platform.url}.evil.example/x", "http://10.0.0.1/x"):
        platform.queue((200, {"data": job(platform, download_url=url)}))
        with pytest.raises(Refused, match="verlopen") as problem:
            told.finish_compliance("5")
        assert "geheim" not in str(problem.value)
        assert problem.value.__context__ is None
    assert [(headers, private) for _, headers, private in asked] == [({}, False)] * 3


def test_a_private_address_that_x_would_name_is_not_asked(platform, told):
    platform.queue((200, {"data": job(platform, download_url="http://169.254.169.254/latest")}))
    with pytest.raises(Refused):
        told.finish_compliance("5")


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([(503, b"<html>")], Unavailable),
        ([(200, {"meta": {}}), (500, b"")], Unanswered),
        ([(200, {"meta": {}}), (409, {"type": "https://api.x.com/2/problems/conflict", "title": "x"})], Unavailable),
        ([(200, {"meta": {}}), (200, {"errors": [{"detail": "nee"}]})], Unavailable),
        ([(200, {"meta": {}}), "job", (403, b"")], Refused),
        ([(200, {"meta": {}}), "job", (413, b"")], Refused),
        ([(200, {"meta": {}}), "job", (503, b"")], Unanswered),
        ([(403, {"type": "https://api.x.com/2/problems/client-forbidden", "detail": "x"})], Refused),
    ],
)
def test_what_goes_wrong_while_handing_in(platform, told, answers, kind):
    platform.queue(*[(200, {"data": job(platform, "created")}) if one == "job" else one for one in answers])
    with pytest.raises(SocialwatchError) as problem:
        told.begin_compliance(["1"], "a")
    assert isinstance(problem.value, kind)


def test_it_needs_the_token_of_the_app(x_section):
    section = {name: value for name, value in x_section.items() if name != "bearer_token"}
    with pytest.raises(Misconfigured, match="bearer_token"):
        connect(section).begin_compliance(["1"], "a")  # type: ignore[attr-defined]
