"""X's batch compliance: a job, an upload of ids, some patience, and a list of what must go or was edited."""

import itertools
import json
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from socialwatch.playground.living import World
from socialwatch.playground.scene import Scene
from socialwatch.playground.wire import Answer, Request, json_answer
from socialwatch.playground.x.problems import Refusal, forbidden, invalid, not_found, problem
from socialwatch.playground.x.shapes import stamp

UPLOAD_LASTS, DOWNLOAD_LASTS = timedelta(minutes=15), timedelta(days=7)
_FIRST = 1_423_095_206_576_984_067
_ACTIVE = ("created", "in_progress")


@dataclass(slots=True)
class Job:
    """One job. `looks` is how often its state is still told as in progress."""

    id: str
    kind: str
    name: str
    at: datetime
    base: str
    status: str = "created"
    ids: list[str] = field(default_factory=list)
    looks: int = 1
    token: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def address(self, what: str) -> str:
        return f"{self.base}/2/compliance/jobs/{self.id}/{what}?token={self.token}"

    def shape(self) -> dict[str, Any]:
        """As X describes a job."""
        named = {"name": self.name} if self.name else {}
        return {
            "id": self.id,
            "type": self.kind,
            "status": self.status,
            "created_at": stamp(self.at),
            "upload_url": self.address("upload"),
            "upload_expires_at": stamp(self.at + UPLOAD_LASTS),
            "download_url": self.address("download"),
            "download_expires_at": stamp(self.at + DOWNLOAD_LASTS),
            **named,
        }


class Jobs:
    """All jobs of the app."""

    def __init__(self) -> None:
        self._numbers, self._lock = itertools.count(_FIRST), threading.Lock()
        self._jobs: dict[str, Job] = {}

    def create(self, world: World, request: Request, _: str) -> Answer:
        """POST: one active job per type, 409 for a second."""
        kind, name = _asked(request)
        with self._lock:
            self._expire(world.now())
            if any(job.kind == kind and job.status in _ACTIVE for job in self._jobs.values()):
                return problem(409, "ConflictProblem", "You cannot create a new job if one is in progress.", "conflict")
            base = f"http://{request.host}{request.prefix}"
            job = Job(str(next(self._numbers)), kind, name, world.now(), base)
            self._jobs[job.id] = job
            return json_answer(200, {"data": job.shape()})

    def listed(self, world: World, request: Request, _: str) -> Answer:
        """GET: the jobs of a type, of one status if asked."""
        kind, status = request.query.get("type", ""), request.query.get("status")
        if kind not in ("tweets", "users"):
            raise Refusal(invalid({"type": kind}, "`type` is one of [tweets,users]"))
        with self._lock:
            self._expire(world.now())
            found = [job for job in self._jobs.values() if job.kind == kind and status in (None, job.status)]
        meta = {"result_count": len(found)}
        return json_answer(200, {"data": [job.shape() for job in found], "meta": meta} if found else {"meta": meta})

    def one(self, world: World, _: Request, number: str) -> Answer:
        """GET: a job as it stands; it is complete when it was looked at once while in progress."""
        with self._lock:
            self._expire(world.now())
            job = self._jobs.get(number)
            if job is None:
                return json_answer(200, {"errors": [not_found("id", number, "compliance_job")]})
            shape = job.shape()
            if job.status == "in_progress":
                job.looks -= 1
                job.status = "in_progress" if job.looks > 0 else "complete"
            return json_answer(200, {"data": shape})

    def upload(self, world: World, request: Request, number: str) -> Answer:
        """PUT of one id a line, once, within a quarter of an hour."""
        with self._lock:
            self._expire(world.now())
            job = self._jobs.get(number)
            if job is None or request.query.get("token") != job.token or job.status != "created":
                return forbidden("This URL is expired or not valid for this operation.")
            job.ids = request.body.decode("utf-8", "replace").split()
            fault = world.faults.take("x", write=True, traits=frozenset(["upload"]))
            job.status = "in_progress" if fault is None else "failed"
            return Answer(200, b"", {"content-type": "text/plain"})

    def download(self, world: World, request: Request, number: str) -> Answer:
        """GET of one JSON object a line; an id that does not appear is as it was."""
        with self._lock:
            job = self._jobs.get(number)
            late = job is not None and world.now() > job.at + DOWNLOAD_LASTS
            if job is None or late or request.query.get("token") != job.token or job.status != "complete":
                return forbidden("This URL is expired or not valid for this operation.")
        rows = [json.dumps(row) + "\n" for row in _events(world.scene(), job.ids)]
        return Answer(200, "".join(rows).encode(), {"content-type": "application/x-ndjson"})

    def _expire(self, now: datetime) -> None:
        for job in self._jobs.values():
            if job.status == "created" and now > job.at + UPLOAD_LASTS:
                job.status = "expired"


def _events(made: Scene, ids: list[str]) -> Iterator[dict[str, Any]]:
    for number in dict.fromkeys(ids):
        post = made.by_id.get(("x", number))
        if not number.isdigit():
            yield {"id": number, "error": "invalid_id"}
        elif post is not None and post.gone:
            at = {"created_at": stamp(post.created_at), "redacted_at": stamp(made.now), "deleted_at": stamp(made.now)}
            yield {"id": number, "action": "delete", "reason": "deleted", **at}
        elif post is not None and post.id != number:
            at = {"created_at": stamp(post.created_at), "redacted_at": stamp(post.versions[-1].at)}
            yield {"id": number, "action": "rehydrate", "reason": "tweet_edited", **at}


def _asked(request: Request) -> tuple[str, str]:
    try:
        body = request.json()
        kind, name = body["type"], str(body.get("name", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        kind, name = "", ""
    if kind not in ("tweets", "users") or len(name) > 64:
        raise Refusal(invalid({"type": str(kind)}, "`type` is one of [tweets,users]"))
    return kind, name
