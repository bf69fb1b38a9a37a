"""The commands: each a few lines over the layers below.

Data goes to stdout, progress and messages to stderr. Exit codes (design §1): 0 fine, 1 ran and the check failed,
2 usage, 3 no store or no input, 4 some inputs skipped, 5 port or lock busy, 130 interrupted.
"""

import json
import os
import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial, wraps
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar

import click
from rich import filesize
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from kg import __version__
from kg.errors import (
    ArticleError,
    KgError,
    OutputError,
    QueryFormatError,
    QuerySyntaxError,
    RdfFileError,
    SettingsError,
    StoreError,
    StoreLockedError,
    StoreLossError,
    reason_of,
)
from kg.settings import Settings, load_settings

#: Exit code of each error; the first class that fits counts.
EXIT_CODES: tuple[tuple[type[KgError], int], ...] = (
    (StoreLockedError, 5),
    (StoreLossError, 1),
    (StoreError, 3),
    (ArticleError, 3),
    (RdfFileError, 3),
    (SettingsError, 2),
    (QuerySyntaxError, 2),
    (QueryFormatError, 2),
    (KgError, 1),
)
SKIPPED_EXIT = 4
BUSY_EXIT = 5
INTERRUPTED_EXIT = 130

#: Task of the progress whose amounts are bytes.
_IN_BYTES = "read the sources"

_Result = TypeVar("_Result")


class PortBusyError(click.ClickException):
    """The port is taken."""

    exit_code = BUSY_EXIT


class _ReaderLeft(Exception):  # noqa: N818 - no error: kg dump | head
    """Whoever reads stdout has left."""


def main() -> None:
    """Run the command line."""
    if sys.stdout is None:  # the caller has closed it: kg query … >&-
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    try:
        status = commands.main(standalone_mode=False)
        sys.stdout.flush()
    except KgError as exc:
        _leave(str(exc), next(code for kind, code in EXIT_CODES if isinstance(exc, kind)))
    except (click.Abort, KeyboardInterrupt):
        _leave("interrupted", INTERRUPTED_EXIT)
    except click.UsageError as exc:
        usage = f"{exc.ctx.get_usage()}\n" if exc.ctx else ""
        click.echo(usage, err=True, nl=False)
        _leave(exc.format_message(), exc.exit_code)
    except click.ClickException as exc:
        _leave(exc.format_message(), exc.exit_code)
    except (_ReaderLeft, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as exc:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _leave(f"{exc.filename or 'output'}: {reason_of(exc)}", 1)
    sys.exit(status if isinstance(status, int) else 0)


def _leave(message: str, code: int) -> NoReturn:
    click.echo(f"kg: {message}", err=True)
    sys.exit(code)


def with_settings(command: Callable[..., _Result]) -> Callable[..., _Result]:
    """Give a command ``--store`` and pass it the settings."""

    @click.option("--store", type=click.Path(path_type=Path), help="Folder of the store (default: data/store).")
    @wraps(command)
    def wrapped(*args: Any, store: Path | None, **options: Any) -> _Result:  # noqa: ANN401 - click's own arguments
        try:
            result = command(*args, load_settings(os.environ, arguments={"store": store}), **options)
            sys.stdout.flush()
        except BrokenPipeError as exc:
            # click would end with 1; a reader that has seen enough is no failure.
            raise _ReaderLeft from exc
        return result

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def commands() -> None:
    """Chinese reports on poverty alleviation as a knowledge graph in which every claim opens its source sentence."""


# ---- Building --------------------------------------------------------------------------------------------------------


_fields_option = click.option(
    "--fields",
    metavar="ROLE=NAME,…",
    help="Which field of a record is what: text=content,id=news_id (kg.toml: fields).",
)
_runner_option = click.option("--runner", help="local, pool or pool:N (default: local).")


@commands.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--add", "keep_earlier", is_flag=True, help="Keep articles of the store that are not among the sources.")
@click.option("--yes", "may_shrink", is_flag=True, help="Let more than half of the store's articles leave it.")
@click.option("--pairs", metavar="FILE", help="Entities that are the same, or others in an article (kg.toml: pairs).")
@click.option("--suppress", metavar="FILE", help="Names and entities that are kept out (kg.toml: suppress).")
@_fields_option
@_runner_option
@with_settings
def build(settings: Settings, sources: Sequence[str], **options: Any) -> int:  # noqa: ANN401 - click's own options
    """Read articles and write a store.

    SOURCE is a file, a folder, a pattern such as 'pages/*.html', or - for stdin; without one the five seeds are read.
    Formats: .txt, .html, .jsonl, .parquet, .warc; .gz where it is usual. The sources are the whole set: an article of
    the store that is not among them leaves the graph. Articles that are the same with small differences are one source
    with copies.
    """
    from kg.build import build as build_store  # noqa: PLC0415 - the other commands start without the extractors

    given = {name: options.pop(name) for name in ("runner", "fields", "pairs", "suppress")}
    settings = load_settings(os.environ, arguments={"store": settings.store, **given})
    named = list(sources) or [str(_seeds_folder())]
    with _progress() as progress:
        outcome = build_store(named, settings, stdin=sys.stdin.buffer, progress=progress, **options)
    _say_inputs(outcome.intake.skipped, outcome.intake.ignored)
    for identifier in outcome.left:
        click.echo(f"kg: left the graph: {identifier}", err=True)
    _say_built(outcome)
    return SKIPPED_EXIT if outcome.intake.skipped else 0


def _say_inputs(skipped: Iterable[Any], ignored: Mapping[str, int]) -> None:
    for each in skipped:
        click.echo(f"kg: skipped: {each.reason}", err=True)
    if ignored:
        counts = ", ".join(f"{number} {kind}" for kind, number in sorted(ignored.items()))
        click.echo(f"kg: left aside as no article: {counts}", err=True)


def _say_built(outcome: Any) -> None:  # noqa: ANN401 - an Outcome; importing it costs every command's start
    summary = outcome.store.summary()
    validation = summary["validation"]
    copies = sum(len(row["copies"]) for row in summary["inputs"]["copies"])
    more = f", {copies} further {'copy' if copies == 1 else 'copies'} (kg stats)" if copies else ""
    click.echo(
        f"kg: {_count(outcome.articles, 'article')} ({outcome.cached} unchanged){more}, {validation['claims']} claims,"
        f" {len(validation['quarantined'])} in quarantine, {_count(len(summary['conflicts']), 'conflict')},"
        f" {outcome.store.meta['statements']} statements: {outcome.store.generation}",
        err=True,
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _seeds_folder() -> Path:
    """Return the seeds of the working directory, else the packaged ones."""
    here = Path("seeds")
    packaged = Path(__file__).parent / "data" / "seeds"
    checkout = Path(__file__).parent.parent / "seeds"
    return next((folder for folder in (here, packaged, checkout) if folder.is_dir()), here)


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write (default: stdout).")
@_fields_option
@_runner_option
@with_settings
def read(settings: Settings, sources: Sequence[str], output: Path | None, **options: str | None) -> int:
    """Read articles and write them as JSONL: repaired, simplified, without what is no content.

    SOURCE is as for kg build. Nothing is extracted and no store is touched; what is written can be read again.
    """
    from kg.read import Ignored, RecordFields, Skipped, read_sources  # noqa: PLC0415
    from kg.reading import article_record  # noqa: PLC0415
    from kg.runner import run  # noqa: PLC0415

    settings = load_settings(os.environ, arguments={"store": settings.store, **options})
    skipped, ignored = list[Skipped](), Counter[str]()
    with _progress() as progress, _output(output) as stream:

        def articles() -> Iterator[Any]:
            fields = RecordFields.parse(settings.fields)
            advance = partial(progress, _IN_BYTES)
            for item in read_sources(sources, fields=fields, stdin=sys.stdin.buffer, progress=advance):
                if isinstance(item, Skipped):
                    skipped.append(item)
                elif isinstance(item, Ignored):
                    ignored.update(dict(item.counts))
                else:
                    yield item

        written = 0
        for record in run(article_record, articles(), runner=settings.runner, chunk_items=32):
            written += stream.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    _say_inputs(skipped, ignored)
    if not written:
        raise ArticleError("no article could be read")
    return SKIPPED_EXIT if skipped else 0


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress on a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _task, _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _AmountColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, transient=True) as bar:

        def show(task: str, done: int, total: int) -> None:
            if task not in tasks:
                tasks[task] = bar.add_task(task, total=total or None)
            bar.update(tasks[task], completed=done, total=total or None)

        yield show


class _AmountColumn(ProgressColumn):
    """How much is done of how much, and how much of it a second."""

    def render(self, task: Task) -> Text:
        """Return the amounts: bytes of sources, else numbers."""
        is_bytes = task.description == _IN_BYTES
        shown = filesize.decimal if is_bytes else (lambda amount: f"{amount:,}")
        total = f"/{shown(int(task.total))}" if task.total else ""
        rate = f"  {shown(int(task.speed))}/s" if task.speed else ""
        return Text(f"{shown(int(task.completed))}{total}{rate}")


@commands.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--yes", "may_shrink", is_flag=True, help="Let the articles of the store leave it.")
@with_settings
def load(settings: Settings, files: Sequence[Path], may_shrink: bool) -> None:  # noqa: FBT001 - click's way
    """Write a store of RDF files (ttl, trig, nt, nq, rdf, jsonld, each also .gz), graphs as they are."""
    from kg.build import load as load_store  # noqa: PLC0415

    store = load_store(files, settings, may_shrink=may_shrink)
    click.echo(f"kg: {store.meta['statements']} statements: {store.generation}", err=True)


# ---- Serving ---------------------------------------------------------------------------------------------------------


@commands.command()
@click.option("--host", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (default: 8000).")
@with_settings
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve SPARQL, REST, dumps and pages."""
    import uvicorn  # noqa: PLC0415

    from kg.store import Store  # noqa: PLC0415

    given = {"store": settings.store, "host": host, "port": port}
    settings = load_settings(os.environ, arguments=given)
    Store.open(settings.store)
    _claim_port(settings.host, settings.port)
    # uvicorn makes the application from its name: kg imports nothing of api.
    os.environ["KG_STORE"] = str(settings.store)
    click.echo(f"kg: http://{settings.host}:{settings.port}/", err=True)
    uvicorn.run(
        "api.app:create_default_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        limit_concurrency=400,
        h11_max_incomplete_event_size=65_536,
    )


def _claim_port(host: str, port: int) -> None:
    """Refuse a port that is taken, before anything is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as exc:
            message = f"{host}:{port} cannot be used: {reason_of(exc)}. Name another with --port (make serve: PORT=…)."
            raise PortBusyError(message) from exc


# ---- Asking ----------------------------------------------------------------------------------------------------------


@commands.command()
@click.argument("query")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["json", "xml", "csv", "tsv", "table", "ttl", "nt"]),
    help="Format of the answer (default: table; ttl for CONSTRUCT and DESCRIBE).",
)
@with_settings
def query(settings: Settings, query: str, output_format: str | None) -> None:
    """Answer one SPARQL query; - reads it from stdin, @FILE from a file.

    The prefixes of the graph (pa, rdfs, skos, oa, prov, org, dct, xsd …) need not be declared.
    """
    from kg.rdf.answers import write_answer  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    text = _query_text(query)
    write_answer(Store.open(settings.store).graph, text, output_format or "", sys.stdout.buffer)


def _query_text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if not query.startswith("@"):
        return query
    try:
        return Path(query[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise click.UsageError(f"{query[1:]} cannot be read as a query: {exc}") from exc


@commands.command()
@click.option("--report", type=click.Path(path_type=Path), help="Write the SHACL report as Turtle.")
@click.option("--reference", is_flag=True, help="Check with pySHACL, the reference engine: slower.")
@with_settings
def validate(settings: Settings, report: Path | None, reference: bool) -> int:  # noqa: FBT001 - click's way
    """Check the graph against the shapes; exit code 1 where it breaks one."""
    from kg.rdf.ontology import load_ontology  # noqa: PLC0415
    from kg.rdf.shapes import validate_graph, validate_reference, write_report  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    check = validate_reference if reference else validate_graph
    # A store of other people's RDF may lack the ontology, and with it the classes that shapes speak of.
    found = check({*Store.open(settings.store).triples(), *load_ontology().triples})
    failures = [violation for violation in found if violation.is_failure]
    for violation in found:
        click.echo(str(violation))
    if report is not None:
        write_report(found, report)
    click.echo(f"kg: {len(failures)} violations, {len(found) - len(failures)} warnings", err=True)
    return 1 if failures else 0


@commands.command()
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["ttl", "nt", "nq", "trig", "rdfxml", "jsonld"]),
    default="ttl",
    show_default=True,
    help="nq and trig hold all graphs, the others the default graph.",
)
@click.option("--gz", is_flag=True, help="Compress with gzip.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write (default: stdout).")
@with_settings
def dump(settings: Settings, output_format: str, gz: bool, output: Path | None) -> None:  # noqa: FBT001
    """Write the whole graph; the same graph gives the same bytes."""
    from kg.rdf.serialise import DUMP_FORMATS, gzip_stable, write_dump  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    canonical = Store.open(settings.store).canonical
    with _output(output) as stream:
        if gz:
            with gzip_stable(stream) as packed:
                write_dump(canonical, packed, DUMP_FORMATS[output_format])
        else:
            write_dump(canonical, stream, DUMP_FORMATS[output_format])


@contextmanager
def _output(path: Path | None) -> Iterator[IO[bytes]]:
    """Give stdout, a device or pipe as it is, or a file that appears under its name only when it is complete."""
    if path is None:
        yield sys.stdout.buffer
        return
    path = path.resolve()
    is_special = path.exists() and not path.is_file() and not path.is_dir()
    part = path if is_special else path.parent / f"{path.name}.part"
    try:
        with part.open("wb") as file:
            yield file
        if not is_special:
            part.replace(path)
    except OSError as exc:
        raise OutputError(f"cannot be written: {reason_of(exc)}", where=str(path), remedy="Check the path.") from exc
    finally:
        if not is_special:
            with suppress(OSError):
                part.unlink(missing_ok=True)


# ---- Looking ---------------------------------------------------------------------------------------------------------


@commands.command()
@click.argument("entity")
@with_settings
def show(settings: Settings, entity: str) -> None:
    """Show an entity, given by IRI, official code or name."""
    from kg.explain import render_entity, resolve_name  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    index = Store.open(settings.store).index
    click.echo(render_entity(index, resolve_name(index, entity)))


@commands.command()
@click.argument("subject", metavar="CLAIM|ENTITY", required=False)
@click.option("--rejected", metavar="ARTICLE", help="List what was looked at in an article and not taken.")
@with_settings
def explain(settings: Settings, subject: str | None, rejected: str | None) -> None:
    """Say why a claim stands, or why mentions are one entity."""
    from kg.explain import render_claim, render_mentions, render_rejected, resolve_name  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    store = Store.open(settings.store)
    if rejected is not None:
        click.echo(render_rejected(store.index, rejected))
    elif subject is None:
        raise click.UsageError("name a claim or an entity, or use --rejected ARTICLE")
    elif (claim := store.index.claim(_claim_key(subject))) is not None:
        click.echo(render_claim(store.index, claim, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    else:
        click.echo(render_mentions(store.index, resolve_name(store.index, subject)))


def _claim_key(subject: str) -> str:
    return subject.rpartition("/id/")[2].removeprefix("claim/")


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--gold", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of gold files."
)
@click.option("--show", "shows", is_flag=True, help="List what was missed and what was too much.")
@click.option("--json", "as_json_text", is_flag=True, help="Write JSON.")
@with_settings
def evaluate(settings: Settings, sources: Sequence[str], gold: Path, **options: bool) -> int:
    """Score the extraction against gold files, by kind."""
    from kg.evaluate import as_json, evaluate, load_gold, render_misses, render_table  # noqa: PLC0415
    from kg.model import Article  # noqa: PLC0415
    from kg.rdf.ontology import load_ontology  # noqa: PLC0415
    from kg.read import Skipped, read_sources  # noqa: PLC0415
    from kg.results import read_one  # noqa: PLC0415

    golds, items = load_gold(gold), list(read_sources(sources))
    readings = {
        item.identifier: read_one(item, base_iri=settings.base_iri)
        for item in items
        if isinstance(item, Article) and item.identifier in golds
    }
    if not readings:
        raise ArticleError("no source has a gold file", where=str(gold), remedy="A gold file names its document: doc.")
    result = evaluate(readings, golds, load_ontology().vocabulary)
    if options["as_json_text"]:
        click.echo(json.dumps(as_json(result, show=options["shows"]), ensure_ascii=False, indent=1))
    else:
        click.echo(render_table(result))
        if options["shows"]:
            click.echo(render_misses(result))
    skipped = [item for item in items if isinstance(item, Skipped)]
    _say_inputs(skipped, {})
    return SKIPPED_EXIT if skipped else 0


@commands.command()
@click.option("--json", "as_json_text", is_flag=True, help="Write the whole report of the build as JSON.")
@click.option("--articles", "each_article", is_flag=True, help="Say it of each article, too.")
@with_settings
def stats(settings: Settings, as_json_text: bool, each_article: bool) -> None:  # noqa: FBT001 - click's way
    """Count what the graph holds and say what the build kept, dropped and repaired."""
    from kg.explain import render_stats  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    store = Store.open(settings.store)
    if as_json_text:
        click.echo(json.dumps(store.report(), ensure_ascii=False, indent=1, sort_keys=True))
    else:
        for line in render_stats(store.index, store.summary(), each_article=each_article):
            click.echo(line)


if __name__ == "__main__":
    main()
