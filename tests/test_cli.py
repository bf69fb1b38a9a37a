"""The commands as a user runs them: output on stdout, messages on stderr, exit codes of the contract."""

import csv
import gzip
import io
import json
import os
import pty
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from kg import cli
from kg.store import Store, lock_store
from tests.conftest import ROOT

SEEDS = str(ROOT / "seeds")
GOLD = str(ROOT / "tests" / "quality" / "gold")
QUERY = "SELECT ?code WHERE { ?place a pa:County ; rdfs:label '甘谷县'@zh ; pa:officialCode ?code }"

#: Exit code, stdout and stderr of a command.
Answer = tuple[int, str, str]
Command = Callable[..., Answer]


@pytest.fixture
def kg(seed_directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs a command as main does, on the store of the seeds unless another is given."""

    def run(*arguments: str, store: Path = seed_directory) -> Answer:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments, "--store", str(store)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def process(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run kg as a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    command = [sys.executable, "-m", "kg.cli", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, cwd=ROOT, env=inherited | environment, check=False
    )


# ---- Building --------------------------------------------------------------------------------------------------------


def test_build_says_what_it_made(kg: Command, tmp_path: Path) -> None:
    """The summary goes to stderr, nothing to stdout."""
    code, out, err = kg("build", f"{SEEDS}/003_3601df6cb3c88dfe.txt", store=tmp_path / "store")
    assert (code, out) == (0, "")
    assert "1 article (0 unchanged)" in err


def test_progress_shows_on_a_terminal_only(tmp_path: Path) -> None:
    """A terminal sees bars with counts and remaining time; a pipe sees none (other tests)."""
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "kg.cli", "build", "--store", str(tmp_path / "store"), SEEDS]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=terminal, stdout=terminal) as running:
        os.close(terminal)
        shown = b""
        while True:
            try:
                chunk = os.read(main, 65_536)
            except OSError:  # the other end is closed: the command has ended
                break
            if not chunk:
                break
            shown += chunk
    os.close(main)
    assert running.returncode == 0
    assert b"read the sources" in shown
    assert b"extract from articles" in shown
    assert "5/5" in shown.decode("utf-8", "replace")


def test_skipped_inputs_end_with_four(kg: Command, tmp_path: Path) -> None:
    """One line for each file that cannot be read; the rest is built."""
    (tmp_path / "empty.txt").write_bytes(b"")
    sources = [f"{SEEDS}/003_3601df6cb3c88dfe.txt", str(tmp_path / "empty.txt"), str(tmp_path / "absent.txt")]
    code, _, err = kg("build", *sources, store=tmp_path / "store")
    assert code == cli.SKIPPED_EXIT
    assert len([line for line in err.splitlines() if line.startswith("kg: skipped: ")]) == len(["empty", "absent"])
    assert Store.open(tmp_path / "store").report()["inputs"]["read"] == 1


def test_no_input_ends_with_three(kg: Command, tmp_path: Path) -> None:
    """Nothing to read is an error, and no store appears."""
    code, _, err = kg("build", str(tmp_path / "absent.txt"), store=tmp_path / "store")
    assert code == 3
    assert "absent.txt" in err
    assert Store.current_key(tmp_path / "store") is None


def test_articles_that_leave_are_listed(kg: Command, tmp_path: Path) -> None:
    """What is no longer among the sources is named on stderr."""
    store = tmp_path / "store"
    names = ["003_3601df6cb3c88dfe.txt", "000_13416122e25fee1c.txt"]
    kg("build", *(f"{SEEDS}/{name}" for name in names), store=store)
    code, _, err = kg("build", f"{SEEDS}/{names[0]}", store=store)
    assert code == 0
    assert f"left the graph: {names[1]}" in err


def test_the_same_text_twice_is_said(kg: Command, tmp_path: Path) -> None:
    """A source with the very text of another one is a copy: counted on stderr, named in the statistics."""
    for name in ("a.txt", "b.txt"):
        shutil.copy(f"{SEEDS}/003_3601df6cb3c88dfe.txt", tmp_path / name)
    code, _, err = kg("build", str(tmp_path), store=tmp_path / "store")
    assert code == 0
    assert "kg: 1 article (0 unchanged), 1 further copy (kg stats), " in err


def test_losing_much_of_the_store_needs_a_yes(kg: Command, tmp_path: Path) -> None:
    """Neither a build of other articles nor a load replaces a store without being told; the exit code is 1."""
    store, path = tmp_path / "store", tmp_path / "little.nt"
    kg("build", f"{SEEDS}/003_3601df6cb3c88dfe.txt", store=store)
    path.write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    for command in (("load", str(path)), ("build", f"{SEEDS}/000_13416122e25fee1c.txt")):
        code, _, err = kg(*command, store=store)
        assert code == 1
        assert "--yes" in err
    assert kg("load", "--yes", str(path), store=store)[0] == 0


def test_a_locked_store_ends_with_five(kg: Command, tmp_path: Path) -> None:
    """A second build does not wait."""
    with lock_store(tmp_path / "store"):
        code, _, err = kg("build", SEEDS, store=tmp_path / "store")
    assert code == cli.BUSY_EXIT
    assert "another build is writing this store" in err


def test_load_takes_any_rdf(kg: Command, tmp_path: Path) -> None:
    """Loaded triples can be asked for."""
    path = tmp_path / "little.ttl"
    path.write_text('<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "小"@zh .', "utf-8")
    assert kg("load", str(path), store=tmp_path / "store")[0] == 0
    code, out, _ = kg("query", "SELECT ?l WHERE { ?s rdfs:label ?l }", "--format", "csv", store=tmp_path / "store")
    assert (code, out.splitlines()[1:]) == (0, ["小"])


# ---- Asking ----------------------------------------------------------------------------------------------------------


def test_query_answers_in_every_format(kg: Command) -> None:
    """Rows as JSON, XML, CSV, TSV and table; triples as Turtle and N-Triples."""
    answers = {name: kg("query", QUERY, "--format", name)[1] for name in ("json", "xml", "csv", "tsv", "table")}
    assert json.loads(answers["json"])["results"]["bindings"][0]["code"]["value"] == "620523"
    assert list(csv.reader(io.StringIO(answers["csv"]))) == [["code"], ["620523"]]
    assert all("620523" in answer for answer in answers.values())
    construct = "CONSTRUCT { ?p pa:officialCode ?c } WHERE { ?p a pa:County ; pa:officialCode ?c }"
    for name, parser in (("ttl", "turtle"), ("nt", "nt")):
        graph = rdflib.Graph().parse(data=kg("query", construct, "--format", name)[1], format=parser)
        assert len(graph) > 0
    assert kg("query", "ASK { ?s ?p ?o }")[1] == "true\n"


def test_queries_come_from_files_and_stdin(tmp_path: Path, seed_directory: Path, kg: Command) -> None:
    """@FILE and - read the query."""
    path = tmp_path / "query.rq"
    path.write_text(QUERY, "utf-8")
    assert "620523" in kg("query", f"@{path}")[1]
    assert "620523" in process("query", "-", "--store", str(seed_directory), stdin=QUERY).stdout
    assert kg("query", f"@{tmp_path / 'absent.rq'}")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("SELECT * WHERE {\n ?s ?p",), 2, "line 2"),
        (("ASK {}", "--format", "ttl"), 2, "cannot be answered as ttl"),
        (("CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"), 2, "cannot be answered as csv"),
        (("ASK {}", "--format", "odf"), 2, "Invalid value"),
        (("",), 2, "the query is empty"),
        (("PREFIX a: <urn:a>\nCLEAR ALL",), 2, "The graph is read only"),
        (("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",), 1, "cannot be evaluated"),
    ],
)
def test_bad_queries_say_where(kg: Command, arguments: tuple[str, ...], code: int, words: str) -> None:
    """The place of a fault is named, and formats that do not fit are refused."""
    status, _, err = kg("query", *arguments)
    assert status == code
    assert words in err


@pytest.mark.parametrize(
    "command", [("query", "ASK {}"), ("dump",), ("stats",), ("validate",), ("show", "x"), ("serve",)]
)
def test_no_store_ends_with_three(kg: Command, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Every command that reads a store says how to make one."""
    code, _, err = kg(*command, store=tmp_path / "absent")
    assert code == 3
    assert "there is no store here. Make one with: kg build" in err


def test_validate_writes_a_report(kg: Command, tmp_path: Path) -> None:
    """The graph of the seeds has no violation; the report is a SHACL report in Turtle."""
    code, _, err = kg("validate", "--report", str(tmp_path / "report.ttl"))
    assert code == 0
    assert "0 violations" in err
    graph = rdflib.Graph().parse(tmp_path / "report.ttl")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert (None, rdflib.RDF.type, shacl.ValidationReport) in graph
    assert (None, shacl.resultSeverity, shacl.Violation) not in graph


def test_validate_fails_on_a_broken_graph(kg: Command, tmp_path: Path) -> None:
    """A violation is printed with its node, and the exit code is 1, by both engines."""
    path = tmp_path / "broken.ttl"
    path.write_text("<https://w3id.org/poverty-kg/id/place/62> a <https://w3id.org/poverty-kg/ns#Province> .", "utf-8")
    kg("load", str(path), store=tmp_path / "store")
    for flags in ((), ("--reference",)):
        code, out, _ = kg("validate", *flags, store=tmp_path / "store")
        assert code == 1
        assert "https://w3id.org/poverty-kg/id/place/62" in out


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "rdfxml", "jsonld"])
def test_dumps_equal_the_published_ones(kg: Command, seed_directory: Path, tmp_path: Path, name: str) -> None:
    """Kg dump writes the bytes that the server gives, plain and compressed."""
    kg("dump", "--format", name, "-o", str(tmp_path / "plain"))
    kg("dump", "--format", name, "--gz", "-o", str(tmp_path / "packed"))
    plain = (tmp_path / "plain").read_bytes()
    assert gzip.decompress((tmp_path / "packed").read_bytes()) == plain
    assert plain in {dump.path.read_bytes() for dump in Store.open(seed_directory).dumps()}


def test_a_dump_that_cannot_be_written_leaves_nothing(kg: Command, tmp_path: Path) -> None:
    """The error names the file."""
    target = tmp_path / "absent" / "dump.ttl"
    code, _, err = kg("dump", "-o", str(target))
    assert code == 1
    assert str(target) in err


def test_a_pipe_is_written_to_as_it_is(kg: Command, tmp_path: Path) -> None:
    """What is no regular file stays what it is: kg dump -o /dev/null must not make a file of the device."""
    target = tmp_path / "pipe"
    os.mkfifo(target)
    with (tmp_path / "copy").open("wb") as copy, subprocess.Popen(["cat", str(target)], stdout=copy):
        assert kg("dump", "--format", "nt", "-o", str(target))[0] == 0
    assert (tmp_path / "copy").read_bytes().endswith(b" .\n")
    assert target.is_fifo()


def test_articles_are_written_cleaned_and_can_be_read_again(kg: Command, tmp_path: Path) -> None:
    """Kg read gives a line an article; what it wrote is a source; what cannot be read ends with 4."""
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    (tmp_path / "broken.jsonl").write_text("{no JSON\n", "utf-8")
    assert kg("read", SEEDS, "-o", str(first))[0] == 0
    records = [json.loads(line) for line in first.read_text("utf-8").splitlines()]
    assert [record["id"][:3] for record in records] == ["000", "001", "002", "003", "004"]
    assert all(record["title"] and record["text"] and record["publisher"] for record in records)
    code, _, err = kg("read", str(first), str(tmp_path / "broken.jsonl"), "-o", str(second), "--runner", "pool:2")
    assert code == cli.SKIPPED_EXIT
    assert len([line for line in err.splitlines() if line.startswith("kg: skipped: ")]) == 1
    again = [json.loads(line) for line in second.read_text("utf-8").splitlines()]
    for name in ("id", "title", "date", "publisher", "authors"):
        assert [record.get(name) for record in again] == [record.get(name) for record in records], name


def test_fields_of_records_can_be_named(kg: Command, tmp_path: Path) -> None:
    """Unusual names of fields are told by --fields; a role that there is not is a usage error."""
    source, target = tmp_path / "news.jsonl", tmp_path / "out.jsonl"
    text = "全县干部群众一起努力,贫困户的日子一天比一天好过了,村里办起了合作社,种植大棚蔬菜。\n" * 3
    source.write_text(json.dumps({"neirong": text, "bianhao": 17}) + "\n", "utf-8")
    assert kg("read", str(source), "-o", str(target))[0] == 3
    assert kg("read", str(source), "-o", str(target), "--fields", "text=neirong,id=bianhao")[0] == 0
    assert json.loads(target.read_text("utf-8"))["id"] == "17"
    assert kg("read", str(source), "--fields", "colour=red")[0] == 2


@pytest.mark.parametrize("arguments", ["dump", "stats --json", "query --format nt 'CONSTRUCT WHERE { ?s ?p ?o }'"])
def test_a_reader_that_leaves_is_no_error(seed_directory: Path, arguments: str) -> None:
    """A pipe into head ends quietly with 0, whichever command writes."""
    command = f"set -o pipefail; {sys.executable} -m kg.cli {arguments} --store {seed_directory} | head -n 1"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(ended.stdout.splitlines()) == 1


@pytest.mark.parametrize("arguments", ["dump", "stats", "query 'ASK {}'"])
def test_output_that_cannot_be_written_is_one_line(seed_directory: Path, arguments: str) -> None:
    """A full disk is named in one line with exit code 1; a closed stdout is nobody reading."""
    command = f"{sys.executable} -m kg.cli {arguments} --store {seed_directory}"
    full = subprocess.run(
        ["bash", "-c", f"{command} >/dev/full"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert full.returncode == 1
    assert full.stderr.splitlines() == ["kg: output: No space left on device"]
    closed = subprocess.run(["bash", "-c", f"{command} >&-"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (closed.returncode, closed.stderr) == (0, "")


def test_deep_nesting_does_not_end_the_process(seed_directory: Path) -> None:
    """Fifty thousand braces are answered or refused."""
    query = "SELECT * " + "{" * 50_000 + "}" * 50_000
    assert process("query", "-", "--store", str(seed_directory), stdin=query).returncode in {0, 1, 2}


def test_rdf_that_cannot_be_read_ends_with_three(kg: Command, tmp_path: Path) -> None:
    """A missing or broken file is no input."""
    (tmp_path / "broken.ttl").write_text("<a> <b>")
    for name in ("absent.ttl", "broken.ttl"):
        code, _, err = kg("load", str(tmp_path / name), store=tmp_path / "store")
        assert code == 3
        assert name in err


# ---- Looking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["甘谷县", "620523", "place/620523", "https://w3id.org/poverty-kg/id/place/620523"])
def test_show_finds_by_name_code_and_iri(kg: Command, name: str) -> None:
    """Any way of naming an entity leads to it."""
    code, out, _ = kg("show", name)
    assert code == 0
    assert out.startswith("甘谷县  County\n")
    assert "天水市 < 甘肃省" in out


def test_names_of_nothing_are_an_error(kg: Command) -> None:
    """What comes near is offered."""
    code, _, err = kg("show", "甘谷甲县乙")
    assert code == 1
    assert "nothing is called" in err


def test_explain_marks_the_words(kg: Command, seed_directory: Path) -> None:
    """A claim is shown with its sentence and offsets; an entity with its mentions and why they are one."""
    query = "SELECT ?f WHERE { ?f a pa:Figure ; pa:surfaceForm '16.62万' } ORDER BY ?f LIMIT 1"
    figure = json.loads(kg("query", query, "--format", "json")[1])["results"]["bindings"][0]["f"]["value"]
    code, out, _ = kg("explain", figure)
    assert code == 0
    assert "【" in out
    assert "16.62万人" in out
    code, out, _ = kg("explain", "甘谷县")
    assert code == 0
    assert "reference" in out
    assert kg("explain")[0] == 2
    assert seed_directory.is_dir()


def test_rejected_numbers_are_listed_with_reason(kg: Command) -> None:
    """What was looked at and not taken can be asked for, by file name or key."""
    code, out, _ = kg("explain", "--rejected", "001_fcd2deebf2371fda.txt")
    assert code == 0
    assert "figures: " in out
    code, _, err = kg("explain", "--rejected", "absent.txt")
    assert code == 1
    assert "It has: " in err


def test_stats_count_and_tell_what_was_dropped(kg: Command) -> None:
    """Kinds are counted; damage and furniture are reported; --json gives the whole report."""
    code, out, _ = kg("stats")
    assert code == 0
    assert "County" in out
    assert "damaged: 001_" in out
    assert "4 lines" in kg("stats", "--articles")[1]
    report = json.loads(kg("stats", "--json")[1])
    assert report["inputs"]["read"] == len(list(Path(SEEDS).glob("*.txt")))


def test_evaluate_scores_the_seeds(kg: Command, tmp_path: Path) -> None:
    """A table, the misses, or JSON; a source without gold is an error."""
    source = f"{SEEDS}/003_3601df6cb3c88dfe.txt"
    code, out, _ = kg("evaluate", "--gold", GOLD, source, "--show")
    assert code == 0
    assert "persons" in out
    scores = json.loads(kg("evaluate", "--gold", GOLD, source, "--json")[1])
    assert scores
    assert kg("evaluate", "--gold", GOLD, source, str(tmp_path / "absent.txt"))[0] == cli.SKIPPED_EXIT
    assert kg("evaluate", "--gold", str(tmp_path), source)[0] == 3


# ---- The command itself ----------------------------------------------------------------------------------------------


def test_settings_come_from_the_environment(seed_directory: Path) -> None:
    """KG_STORE names the store; an unknown KG_ name is an error of usage."""
    assert process("query", "ASK {}", KG_STORE=str(seed_directory)).stdout == "true\n"
    wrong = process("query", "ASK {}", KG_SHOP="1")
    assert wrong.returncode == 2
    assert "unknown setting 'shop'" in wrong.stderr


def test_usage_errors_end_with_two() -> None:
    """Unknown commands and options say so."""
    assert process("fly").returncode == 2
    assert process("build", "--fast").returncode == 2
    assert process("--help").returncode == 0
    assert process("--version").stdout.startswith("kg, version ")


def test_interruption_ends_with_130(kg: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is no traceback."""

    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.build.build", interrupted)
    code, _, err = kg("build", SEEDS)
    assert code == cli.INTERRUPTED_EXIT
    assert "interrupted" in err


def test_a_busy_port_ends_with_five(kg: Command) -> None:
    """The port is tried before anything is loaded."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, err = kg("serve", "--port", str(taken.getsockname()[1]))
    assert code == cli.BUSY_EXIT
    assert "cannot be used" in err


def test_serve_answers_and_stops(seed_directory: Path) -> None:
    """The server answers on its port, REST and SPARQL, and ends on SIGTERM."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(seed_directory), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert json.loads(_get(f"http://127.0.0.1:{port}/api/v1/stats"))
        query = f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D"
        assert json.loads(_get(query, accept="application/sparql-results+json"))["boolean"] is True
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert server.returncode is not None


def _get(address: str, *, accept: str = "*/*", wait_s: float = 60) -> bytes:
    deadline = time.monotonic() + wait_s
    while True:
        try:
            request = urllib.request.Request(address, headers={"Accept": accept})  # noqa: S310 - our own server
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                content: bytes = answer.read()
                return content
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
