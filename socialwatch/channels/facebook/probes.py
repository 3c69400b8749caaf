"""What `socialwatch check` tries on Facebook, each probe one question and one Dutch sentence."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from socialwatch.channels.facebook.keys import Settings
from socialwatch.channels.facebook.pace import Pace
from socialwatch.domain.channel import Finding
from socialwatch.errors import SocialwatchError, Unavailable


class Graph(Protocol):
    """What is needed of our facebook-sdk."""

    version: str
    served: str
    pace: Pace

    def get_object(self, id: str, **args: Any) -> Any: ...

    def get_connections(self, id: str, connection_name: str, **args: Any) -> Any: ...


def findings(graph: Graph, settings: Settings) -> list[Finding]:
    """Who are we, may we read, how about webhooks, what is left, which version answers."""
    return list(_tried(graph, settings, (_page, _feed, _tagged, _webhooks, _left, _version)))


def page(graph: Graph, page_id: str, name: str) -> Any:
    """One field of the page. Raises what asking raises, Unavailable when it is no page that comes back."""
    found = graph.get_object(page_id, fields=f"id,{name}")
    if not isinstance(found, dict):
        raise Unavailable("Facebook gaf een onleesbare pagina")
    return found.get(name)


Probe = Callable[[Graph, Settings], Finding]


def _tried(graph: Graph, settings: Settings, probes: tuple[Probe, ...]) -> Iterator[Finding]:
    for probe in probes:
        try:
            yield probe(graph, settings)
        except SocialwatchError as problem:
            yield Finding(False, str(problem))


def _page(graph: Graph, settings: Settings) -> Finding:
    name = page(graph, settings.page_id, "name") or settings.page_id
    return Finding(True, f"Facebook: wij zijn {name} (nummer {settings.page_id})")


def _feed(graph: Graph, settings: Settings) -> Finding:
    graph.get_connections(settings.page_id, "feed", limit=1, fields="id,comments.limit(1){id}")
    return Finding(True, "Facebook: berichten en reacties op de pagina mogen we lezen")


def _tagged(graph: Graph, settings: Settings) -> Finding:
    graph.get_connections(settings.page_id, "tagged", limit=1, fields="id")
    return Finding(True, "Facebook: berichten die de pagina noemen mogen we lezen")


def _webhooks(graph: Graph, settings: Settings) -> Finding:
    on = page(graph, settings.page_id, "is_webhooks_subscribed")
    if not settings.verify_token:
        return Finding(True, "Facebook: zonder verify_token geen webhooks; we peilen, dat duurt iets langer")
    if not settings.app_secret:
        return Finding(False, "Facebook: webhooks worden geweigerd zolang app_secret ontbreekt")
    if on is False:
        return Finding(False, "Facebook: de app is niet geabonneerd op de webhooks van deze pagina")
    return Finding(True, "Facebook: webhooks zijn ingesteld")


def _left(graph: Graph, settings: Settings) -> Finding:
    graph.get_object(settings.page_id, fields="id")  # whoever cannot ask, does not know what is left
    sentence = graph.pace.notice() or f"Facebook: nog {100 - graph.pace.used}% van de limiet over"
    return Finding(True, f"{sentence}. Of we mogen antwoorden, ook privé, zegt Meta pas bij het eerste antwoord")


def _version(graph: Graph, settings: Settings) -> Finding:
    upgraded = other_version(graph)
    return Finding(True, f"Facebook: versie {graph.served}") if upgraded is None else Finding(False, upgraded)


def other_version(graph: Graph) -> str | None:
    """Meta serves an expired version by the next living one, without a word."""
    if graph.served == graph.version:
        return None
    return f"Facebook: gevraagd {graph.version}, maar Meta antwoordt met {graph.served}; pas version aan"
