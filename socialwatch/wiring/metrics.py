"""Metrics in Prometheus' text format: what the database knows, read at every scrape, and what this process measured."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Histogram, generate_latest, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from socialwatch.domain import audit
from socialwatch.domain.assessment import Assessor, Reading, Span
from socialwatch.errors import Misconfigured, SocialwatchError
from socialwatch.steps.parts import Parts
from socialwatch.store import health
from socialwatch.store.audit import lost as lost_mentions
from socialwatch.store.audit import standings
from socialwatch.store.unit import Unit

MILLIONTH = 1_000_000
SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
TEXTS = (1, 2, 4, 8, 16, 32, 64)


class Timed:
    """A model that says how long each batch took and how large it was."""

    def __init__(self, assessor: Assessor, took: Histogram, size: Histogram) -> None:
        self.model = assessor.model
        self._assessor = assessor
        self._took = took
        self._size = size

    def read(self, texts: Sequence[str]) -> list[Reading]:
        with self._took.time():
            found = list(self._assessor.read(texts))
        self._size.observe(len(texts))
        return found

    def why(self, text: str) -> list[Span]:
        return list(self._assessor.why(text))


class Measured:
    """One registry per process: the database's figures and the model's."""

    def __init__(self, parts: Parts, untold: timedelta) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(FromDatabase(parts, untold))
        self._took = Histogram(
            "socialwatch_model_batch_seconds", "Time of one batch.", buckets=SECONDS, registry=self.registry
        )
        self._size = Histogram(
            "socialwatch_model_batch_texts", "Texts in one batch.", buckets=TEXTS, registry=self.registry
        )

    def timed(self, assessor: Callable[[], Assessor]) -> Callable[[], Assessor]:
        return lambda: Timed(assessor(), self._took, self._size)

    def text(self) -> bytes:
        return generate_latest(self.registry)

    def serve(self, host: str, port: int) -> Callable[[], None]:
        """Serve them on a port of their own; gives back how to stop. Raises Misconfigured when it is taken."""
        try:
            server, thread = start_http_server(port, host, self.registry)
        except OSError as problem:
            raise Misconfigured(
                f"health.metrics_port: op {host}:{port} kan ik niet luisteren ({problem.strerror})."
            ) from None

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join(2)

        return stop


class FromDatabase(Collector):
    """What the database knows at the moment of the scrape; without it only `socialwatch_database_up` 0."""

    def __init__(self, parts: Parts, untold: timedelta) -> None:
        self._parts = parts
        self._untold = untold

    def describe(self) -> list[Metric]:
        """Nothing is asked of the database when the registry is made."""
        return []

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("socialwatch_database_up", "Whether the database answered this scrape.")
        try:
            with self._parts.database.read() as unit:
                found = [*_queue(unit), *_sources(unit, self._parts), *_cases(unit, self._parts.clock(), self._untold)]
        except SocialwatchError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found


def _queue(unit: Unit) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("socialwatch_jobs", "Jobs per step and state.", labels=["step", "state"])
    oldest = GaugeMetricFamily(
        "socialwatch_oldest_job_seconds", "Age of the job enqueued first.", labels=["step", "state"]
    )
    for each in health.depths(unit):
        jobs.add_metric([each.step, each.state], each.jobs)
        oldest.add_metric([each.step, each.state], each.oldest)
    dead = GaugeMetricFamily("socialwatch_dead_jobs", "Dead letters per class of reason.", labels=["step", "reason"])
    for (step, reason), count in health.troubles(unit).items():
        dead.add_metric([step, reason.value], count)
    yield from (jobs, oldest, dead)


def _sources(unit: Unit, parts: Parts) -> Iterator[Metric]:
    now = parts.clock()
    by_source = ["source"]
    polled = CounterMetricFamily("socialwatch_polled_mentions", "New mentions that came in.", labels=by_source)
    age = GaugeMetricFamily("socialwatch_source_success_age_seconds", "Since the last good poll.", labels=by_source)
    failures = GaugeMetricFamily("socialwatch_source_failures", "Polls failed in a row.", labels=by_source)
    halted = GaugeMetricFamily("socialwatch_source_halted", "1 until a human acts.", labels=by_source)
    slowed = GaugeMetricFamily("socialwatch_source_slowed", "Times slower than asked.", labels=by_source)
    spent = GaugeMetricFamily("socialwatch_spent_today_dollars", "Spent on this UTC day.", labels=by_source)
    state = GaugeMetricFamily("socialwatch_source_state", "1 for the present state.", labels=["source", "state"])
    for each in health.seen(unit, now, frozenset(parts.channels)):
        name = [each.source.name]
        polled.add_metric(name, each.source.polled)
        if each.source.last_success_at is not None:
            age.add_metric(name, max(0.0, (now - each.source.last_success_at).total_seconds()))
        failures.add_metric(name, each.source.failures)
        halted.add_metric(name, int(each.source.halted))
        slowed.add_metric(name, each.source.slowed)
        spent.add_metric(name, each.spent / MILLIONTH)
        state.add_metric([*name, each.condition.value], 1)
    yield from (polled, age, failures, halted, slowed, spent, state)


def _cases(unit: Unit, now: datetime, untold: timedelta) -> Iterator[Metric]:
    cases = GaugeMetricFamily("socialwatch_open_cases", "Cases that are not closed.", labels=["brand", "state"])
    for (brand, state), count in health.open_cases(unit).items():
        cases.add_metric([brand, state], count)
    none = GaugeMetricFamily("socialwatch_cases_without_next_step", "Found by the audit.", labels=["why"])
    counted = Counter(each.why for each in audit.loose(standings(unit), now, untold))
    for why in audit.Missing:
        none.add_metric([why.value], counted[why])
    lost = GaugeMetricFamily("socialwatch_lost_mentions", "Mentions that wait without any job.", lost_mentions(unit))
    yield from (cases, none, lost)
