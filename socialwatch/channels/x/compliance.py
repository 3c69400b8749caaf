"""X's batch compliance: hand in the ids we keep, and hear later which of those posts must go or were edited.

One job of a kind runs at a time, its upload address lives a quarter of an hour and its result a week
(docs.x.com/x-api/compliance/batch-compliance/integrate). X's price list names no price for it.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from socialwatch.channels.x import wire
from socialwatch.channels.x.keys import BASE_URL
from socialwatch.channels.x.verdict import detail
from socialwatch.errors import Misconfigured, Refused, Unavailable
from socialwatch.outgoing import Options, request

JOBS = "/2/compliance/jobs"
NAME = "socialwatch"
_LONGEST_NAME = 64  # ComplianceJobName in X's OpenAPI
_WAITING = ("created", "in_progress")
_HANDED_IN = ("in_progress", "complete")
_KEPT = "scrub_geo"  # the older form calls this a deletion; we keep no places


@dataclass(frozen=True, slots=True)
class Counter:
    """Where jobs are handed in: `ask` takes method, route, query and body, and gives X's JSON."""

    ask: Callable[[str, str, dict[str, str] | None, dict[str, str] | None], wire.Fields]
    base_url: str
    bearer: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """Ids as they were handed in. Whatever X does not name is as it was."""

    gone: tuple[str, ...]
    edited: tuple[str, ...]


def begin(counter: Counter, ids: Sequence[str], key: str) -> str:
    """The number of the job that bears this key, made now or by an attempt that broke off. Raises Unavailable while
    another runs, Misconfigured without a bearer token.
    """
    if counter.bearer is None:
        raise Misconfigured("bearer_token van kanaal x ontbreekt; X neemt de lijst met berichten alleen daarmee aan")
    name = f"{NAME}-{key}"[:_LONGEST_NAME]
    job = _begun(counter, name) or _made(counter, name)
    if job.get("status") not in _HANDED_IN:
        body = "".join(f"{number}\n" for number in ids if number.isdigit())
        _carry(counter, "PUT", str(job.get("upload_url")), body.encode())
    return str(job["id"])


def finish(counter: Counter, job: str) -> Result | None:
    """The result, or None while X is at it. Raises Refused when the job failed, expired or is unknown."""
    if not job.isdigit():
        raise Refused("X kent deze opdracht niet")
    document = counter.ask("GET", f"{JOBS}/{job}", None, None)
    rows = wire.rows(document)
    if not rows:
        raise Refused(f"X kent opdracht {job} niet: {detail(dict(document))}")
    status = rows[0].get("status")
    if status in _WAITING:
        return None
    if status != "complete":
        raise Refused(f"X heeft opdracht {job} niet afgemaakt ({status})")
    return _result(_carry(counter, "GET", str(rows[0].get("download_url"))))


def _begun(counter: Counter, name: str) -> wire.Fields | None:
    """The job of this name from an attempt that broke off. One that has not its ids yet bars the way until it expires;
    one that has them bars it until X is done, and then would be handed in again. What failed or expired counts not.
    """
    document = counter.ask("GET", JOBS, {"type": "tweets"}, None)
    ours = [row for row in wire.rows(document) if row.get("name") == name and row.get("id")]
    done = (row for row in ours if row.get("status") in _HANDED_IN)
    waiting = (row for row in ours if row.get("status") == "created" and row.get("upload_url"))
    return next(done, None) or next(waiting, None)


def _made(counter: Counter, name: str) -> wire.Fields:
    document = counter.ask("POST", JOBS, None, {"type": "tweets", "name": name})
    rows = wire.rows(document)
    if not rows or not rows[0].get("id"):
        raise Unavailable(f"X gaf de opdracht geen nummer: {detail(dict(document))}")
    return rows[0]


def _carry(counter: Counter, method: str, url: str, body: bytes = b"") -> bytes:
    """To or from a signed address. Our token goes along to X itself only: such an address led to a storage house
    before 2026, which asks for none.
    """
    ours = url.startswith((f"{counter.base_url}/", f"{BASE_URL}/"))
    headers = {"Authorization": f"Bearer {counter.bearer}"} if ours else {}
    options: Options = {"headers": headers, "allow_private": url.startswith(f"{counter.base_url}/")}
    if method == "PUT":
        options |= {"headers": {**headers, "Content-Type": "text/plain"}, "data": body}
    problem: Refused
    try:
        return request(method, url, **options).body
    except Refused:
        problem = Refused("X laat de lijst met berichten niet (meer) in- of uitlezen; het adres is verlopen")
    raise problem


def _result(body: bytes) -> Result:
    rows = list(_rows(body))
    gone = [row for row in rows if row.get("action") == "delete" and row.get("reason") != _KEPT]
    edited = [row for row in rows if row.get("action") == "rehydrate"]
    return Result(tuple(str(row["id"]) for row in gone), tuple(str(row["id"]) for row in edited))


def _rows(body: bytes) -> Iterator[wire.Fields]:
    """JSON, one a line. One line that is none makes all of it doubtful: posts would be emptied on its word."""
    for line in body.splitlines():
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            row = ""
        if row is None:
            continue
        if not isinstance(row, dict) or "id" not in row:
            raise Unavailable("X gaf een onleesbare lijst van vervallen berichten")
        yield row
