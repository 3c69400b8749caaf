"""The commands. Exit codes everywhere: 0 fine, 1 some input refused, 2 configuration or model wrong.

What a command needs is imported inside it: `score` starts without web, channels and store.
"""

import atexit
import gc
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from socialwatch.errors import Misconfigured, SocialwatchError, Unavailable

FINE, REFUSED, WRONG = 0, 1, 2

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
db = typer.Typer(no_args_is_help=True, help="De database.")
user = typer.Typer(no_args_is_help=True, help="Wie mag inloggen.")
queue = typer.Typer(no_args_is_help=True, help="De wachtrij.")
app.add_typer(db, name="db")
app.add_typer(user, name="user")
app.add_typer(queue, name="queue")

Config = Annotated[Path | None, typer.Option("--config", help="Configuratiebestand, anders config/socialwatch.toml.")]


def main() -> None:
    """Run a command; whatever goes wrong becomes one sentence and an exit code."""
    # At the end Python walks every object of the model and the web once more, for a second or more, to free nothing
    # that the end of the process does not free as well.
    atexit.register(gc.freeze)
    try:
        app(standalone_mode=True)
    except (Misconfigured, Unavailable) as problem:
        _say(str(problem))
        sys.exit(WRONG)
    except SocialwatchError as problem:
        _say(str(problem))
        sys.exit(REFUSED)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(REFUSED)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201


def _print(words: str) -> None:
    print(words)  # noqa: T201


def _opened(config: Path | None) -> tuple[Any, Any]:
    from socialwatch import settings
    from socialwatch.wiring import parts

    found = settings.load(config)
    return found, parts.parts(found, parts.database(found))


@app.command()
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Draai de hele wereld zonder browser en geef een samenvatting.")
    ] = False,
    port: Annotated[int, typer.Option(help="Poort van de webpagina's; 0 kiest een vrije.")] = 8000,
) -> None:
    """De sokkenwinkel: speeltuin en app op een tijdelijke database, niets in te stellen."""
    from socialwatch.wiring import logs

    logs.quiet()
    from socialwatch import demo as world

    sys.exit(world.once() if once else world.live(port))


@app.command()
def run(config: Config = None) -> None:
    """Web, pollers en werkers in één proces."""
    _serve(config, web=True, poll=True, work=True)


@app.command()
def web(config: Config = None) -> None:
    """Alleen de webpagina's."""
    _serve(config, web=True)


@app.command()
def poll(config: Config = None) -> None:
    """Alleen de pollers."""
    _serve(config, poll=True)


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="Werk de wachtrij leeg en stop.")] = False, config: Config = None
) -> None:
    """Alleen de werkers."""
    if not once:
        _serve(config, work=True)
        return
    from socialwatch.wiring import logs
    from socialwatch.worker import corridor

    logs.plain()
    _, made = _opened(config)
    made.assessor()
    _print(f"{corridor.drain(made)} klaar")


def _serve(config: Path | None, **duties: bool) -> None:
    from socialwatch.wiring import logs, process

    logs.plain()
    found, made = _opened(config)
    process.run(found, made, process.Duties(**duties), lambda address: _print(f"socialwatch draait op {address}"))


@app.command()
def score(
    file: Annotated[str, typer.Argument(help="Bestand met berichten; - of niets is de standaardinvoer.")] = "-",
    why: Annotated[bool, typer.Option("--why", help="Met de stukken tekst die de frustratie bepaalden.")] = False,
    config: Config = None,
) -> None:
    """Beoordeel teksten: JSON-regels of gewone regels erin, JSON-regels eruit."""
    from socialwatch import settings
    from socialwatch.steps import score as step
    from socialwatch.wiring import model

    source = None if file == "-" else _readable(Path(file))
    refused: list[int] = []

    def complain(number: int, reason: str) -> None:
        refused.append(number)
        _say(f"regel {number}: {reason}")

    scoring = step.Scoring(model.assessor(settings.load(config)), datetime.now(UTC), why, complain)
    with source.open("rb") if source else nullcontext(sys.stdin.buffer) as lines:
        for line in step.run(lines, scoring):
            _print(line)
    sys.exit(REFUSED if refused else FINE)


def _readable(path: Path) -> Path:
    if not path.is_file():
        _say(f"Het bestand {path} bestaat niet.")
        sys.exit(REFUSED)
    return path


@app.command(name="import")
def import_(
    what: Annotated[str, typer.Argument(help="mentions, orders, customers of contacts")],
    file: Annotated[Path, typer.Argument(help="JSONL of CSV")],
    brand: Annotated[str | None, typer.Option(help="Merk; anders het eerste.")] = None,
    config: Config = None,
) -> None:
    """Haal berichten, klanten, bestellingen of eerdere contacten binnen."""
    from socialwatch.steps import bring, line

    if what not in ("mentions", "orders", "customers", "contacts"):
        _say(f"Ik ken {what!r} niet: kies mentions, orders, customers of contacts.")
        sys.exit(WRONG)
    found, made = _opened(config)
    if brand is not None and brand not in found.brands:
        _say(f"Het merk {brand!r} staat niet onder brands.")
        sys.exit(WRONG)
    delivery = bring.Delivery(what, brand or found.first_brand, line.first)
    report = bring.run(made.database, delivery, _readable(file), datetime.now(UTC))
    for number, reason in report.refused:
        _say(f"regel {number}: {reason}")
    new = f", {report.new} nieuw" if what == "mentions" else ""
    _print(f"{what}: {report.kept} binnen{new}, {len(report.refused)} geweigerd")
    sys.exit(REFUSED if report.refused else FINE)


@app.command()
def cases(as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False, config: Config = None) -> None:
    """De dossiers, zwaarste eerst."""
    from socialwatch.wiring import listing

    _, made = _opened(config)
    _print(listing.cases_json(made.database) if as_json else listing.cases_text(made.database))


@app.command()
def corrections(config: Config = None) -> None:
    """Wat collega's anders lazen dan het model, als JSON-regels om van te leren: alleen waar het kanaal dat toelaat."""
    from socialwatch.wiring import learning

    _, made = _opened(config)
    for line in learning.lines(made.database):
        _print(line)


@app.command()
def check(config: Config = None) -> None:
    """Klopt alles: configuratie, database, model, kanalen."""
    from socialwatch import settings
    from socialwatch.wiring import checking, logs

    logs.quiet()
    good = True
    for finding in checking.findings(settings.load(config)):
        good = good and finding.good
        _print(f"{'goed' if finding.good else 'FOUT'}  {finding.text}")
    sys.exit(FINE if good else WRONG)


@db.command()
def upgrade(config: Config = None) -> None:
    """Breng de tabellen bij."""
    from socialwatch import settings
    from socialwatch.store import migrations
    from socialwatch.store.unit import Database

    opened = Database(settings.database_url(settings.load(config)))
    migrations.upgrade(opened)
    _print("De database is bij.")


@user.command()
def add(
    email: str,
    name: Annotated[str, typer.Option(help="Voornaam zoals collega's hem zien.")],
    role: Annotated[str, typer.Option(help="agent, lead, brand of admin")] = "agent",
    brand: Annotated[str | None, typer.Option(help="Merk; anders het eerste.")] = None,
    euros_per_case: Annotated[str, typer.Option(help="Wat deze collega per dossier zelf beslist, in euro's.")] = "0",
    euros_per_day: Annotated[str, typer.Option(help="Hetzelfde per dag.")] = "0",
    password_file: Annotated[
        Path | None, typer.Option(help="Bestand met het wachtwoord; anders wordt het gevraagd.")
    ] = None,
    config: Config = None,
) -> None:
    """Laat een collega toe."""
    from socialwatch.wiring import people

    found, made = _opened(config)
    password = (
        _readable(password_file).read_text().strip()
        if password_file
        else typer.prompt("Wachtwoord", hide_input=True, confirmation_prompt=True)
    )
    row = {
        "name": name,
        "email": email,
        "password": password,
        "role": role,
        "mandate": {"euros_per_case": euros_per_case, "euros_per_day": euros_per_day},
    }
    people.add(made.database, row, brand or found.first_brand)
    _print(f"{name} kan inloggen met {email}.")


@queue.command()
def dead(config: Config = None) -> None:
    """Wat is vastgelopen, en waarom."""
    from socialwatch.store import queue as table

    _, made = _opened(config)
    with made.database.read() as unit:
        letters = table.dead(unit)
    for each in letters:
        _print(f"{each.id}\t{each.step}\t{each.subject}\t{each.attempts}x\t{each.reason}")
    _print(f"{len(letters)} vastgelopen")


@queue.command()
def replay(
    ids: Annotated[list[int] | None, typer.Argument(help="Nummers uit `queue dead`; niets is alles.")] = None,
    config: Config = None,
) -> None:
    """Probeer vastgelopen werk opnieuw."""
    from socialwatch.store import queue as table

    _, made = _opened(config)
    with made.database.write() as unit:
        raised = table.replay(unit, ids or None)
    _print(f"{raised} opnieuw in de wachtrij")


if __name__ == "__main__":
    main()
