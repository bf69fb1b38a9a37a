import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from starlette.types import Message, Scope

from kg.settings import Settings
from tests.api.conftest import Site
from tests.api.sample import write_sample

PERSONS = "SELECT ?s WHERE { ?s a <https://w3id.org/poverty-kg/ns#Person> }"
GRAPH = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 5"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_is_answered_by_all_three_request_forms(site: Site) -> None:
    """GET, form POST and direct POST give the same answer."""
    got = site.query(PERSONS)
    form = site.request("POST", "/sparql", data={"query": PERSONS})
    direct = site.request(
        "POST", "/sparql", content=PERSONS.encode(), headers={"Content-Type": "application/sparql-query; charset=utf-8"}
    )
    assert [answer.status_code for answer in (got, form, direct)] == [200, 200, 200]
    assert got.json() == form.json() == direct.json()
    assert got.json()["results"]["bindings"][0]["s"]["value"].endswith("/person/990101/赵有田")


@pytest.mark.parametrize(
    ("accept", "media_type", "results_format"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", QueryResultsFormat.TSV),
    ],
)
def test_tables_come_in_the_formats_of_the_standard(
    site: Site, accept: str, media_type: str, results_format: QueryResultsFormat
) -> None:
    """SELECT is answered in the format accepted, and the answer parses."""
    answer = site.query(PERSONS, Accept=accept)
    assert answer.headers["content-type"] == media_type
    table = parse_query_results(answer.content, results_format)
    assert isinstance(table, QuerySolutions)
    assert len(list(table)) == 1


def test_tables_come_as_csv(site: Site) -> None:
    """CSV has a header and a line for each solution."""
    assert site.query(PERSONS, Accept="text/csv").text.splitlines()[0] == "s"


@pytest.mark.parametrize(
    ("name", "rdf_format"),
    [
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("rdf", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_graphs_come_in_four_formats(site: Site, name: str, rdf_format: RdfFormat) -> None:
    """CONSTRUCT is answered in the format asked for, and the answer parses."""
    answer = site.get("/sparql", params={"query": GRAPH, "format": name})
    assert len(list(parse(answer.content, rdf_format))) == 5


def test_an_answer_in_no_accepted_format_is_refused(site: Site) -> None:
    """A graph cannot be sent to a client that takes tables alone, nor a table to one that takes graphs alone."""
    assert site.query(GRAPH, Accept="text/csv").status_code == 406
    assert site.query("ASK {}", Accept="text/turtle").status_code == 406


def test_a_syntax_error_tells_line_and_column(site: Site) -> None:
    """The problem names line and column from 1; columns count characters, not bytes."""
    body = site.query("SELECT * {\n ?甘 ?谷 }").json()
    assert (body["status"], body["line"], body["column"]) == (400, 2, 9)


def test_a_query_that_evaluates_to_an_error_is_the_client_s_fault(site: Site) -> None:
    """An undefined prefix is a 400 with a sentence."""
    answer = site.query("SELECT * { foo:x ?p ?o }")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_updates_are_refused_in_every_form(site: Site) -> None:
    """No form of an update is answered with 2xx."""
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    answers = [
        site.request("POST", "/sparql", data={"update": update}),
        site.request("POST", "/sparql", content=update, headers={"Content-Type": "application/sparql-update"}),
        site.get("/sparql", params={"update": update}),
        site.query(update),
        site.request("PUT", "/sparql", content=update),
        site.request("DELETE", "/sparql"),
    ]
    assert [answer.status_code for answer in answers] == [400, 415, 400, 400, 405, 405]
    assert answers[4].headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"content": b"query=ASK%20%7B%7D", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"content": b"x", "headers": {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}}, 415),
        ({"content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ({"content": b"query=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"#" * (1 << 20) + b"#", "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ({"data": {f"field{number}": "x" for number in range(100)}}, 400),
        ({"data": {}}, 415),
    ],
)
def test_bodies_that_are_no_query_are_refused(site: Site, options: dict[str, object], status: int) -> None:
    """Media type, coding, characters, size and number of fields are checked before anything is evaluated."""
    assert site.request("POST", "/sparql", **options).status_code == status


def test_a_body_that_grows_beyond_its_limit_is_refused(site: Site) -> None:
    """A body without a length is counted as it arrives."""
    parts = [{"type": "http.request", "body": b"#" * 400_000, "more_body": True}] * 3
    status, _, _ = ask_by_hand(site, "POST", parts, headers=[(b"content-type", b"application/sparql-query")])
    assert status == 413


def test_without_a_query_the_service_describes_itself(site: Site) -> None:
    """Machines get the service description, browsers a form."""
    description = site.get("/sparql", headers={"Accept": "text/turtle"})
    triples = list(parse(description.content, RdfFormat.TURTLE, base_iri="http://kg.test/sparql"))
    endpoint = NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert NamedNode("http://kg.test/sparql") in {quad.object for quad in triples if quad.predicate == endpoint}
    form = site.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert "<textarea" in form.text
    assert site.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_the_dataset_of_the_request_is_queried(tmp_path: Path) -> None:
    """``default-graph-uri`` and ``named-graph-uri`` name the graphs that a query sees."""
    graph = NamedNode("https://w3id.org/poverty-kg/graph/quarantine")
    kept_out = Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"), graph)
    write_sample(tmp_path, extra=(kept_out,))
    site = Site(Settings(store=tmp_path, query_workers=1))
    try:
        ask = {"query": "ASK { <urn:s> <urn:p> <urn:o> }"}
        ask_named = {"query": "ASK { GRAPH ?g { <urn:s> <urn:p> <urn:o> } }"}
        answers = [
            site.get("/sparql", params=parameters).json()["boolean"]
            for parameters in (
                ask,
                {**ask, "default-graph-uri": graph.value},
                ask_named,
                {**ask_named, "default-graph-uri": "urn:none"},
                {**ask_named, "named-graph-uri": graph.value},
            )
        ]
        assert answers == [False, True, True, False, True]
    finally:
        site.close()


def test_a_known_answer_is_not_sent_again(site: Site) -> None:
    """The validator of an answer gives 304, that of another format does not."""
    first = site.query(PERSONS)
    again = site.query(PERSONS, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert site.query(PERSONS, **{"If-None-Match": first.headers["etag"], "Accept": "text/csv"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (PERSONS, 'href="/entity/person/990101/%E8%B5%B5%E6%9C%89%E7%94%B0"'),
        ("SELECT * { VALUES (?x ?y) { (UNDEF <javascript:alert(1)>) } }", "<td>javascript:alert(1)</td>"),
        ('SELECT ("<script>" AS ?x) {}', "<td>&lt;script&gt;</td>"),
        ("SELECT (<<( <urn:s> <urn:p> <urn:o> )>> AS ?t) {}", "urn:o"),
        ("SELECT ?c { ?c a <http://www.w3.org/2002/07/owl#Class> }", 'href="/ns#Figure"'),
        ("ASK {}", "是 true"),
        ("ASK { FILTER(false) }", "否 false"),
        (GRAPH, "@prefix"),
    ],
)
def test_browsers_see_answers_on_the_page(site: Site, query: str, shown: str) -> None:
    """A table with links to what is ours, a truth value, or Turtle; everything escaped."""
    answer = site.query(query, Accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert shown in answer.text
    assert site.get("/sparql", params={"query": query, "format": "html"}).text == answer.text


def test_browsers_see_what_is_wrong(site: Site) -> None:
    """The page says where a query fails, keeps it in the form, and has the status of the problem."""
    answer = site.query("SELECT * {\n<b>", Accept="text/html")
    assert answer.status_code == 400
    assert "第 2 行" in answer.text
    assert "&lt;b&gt;</textarea>" in answer.text
    large = site.query("SELECT * { ?s ?p ?o . ?s ?q ?r }", Accept="text/html")
    assert large.status_code == 507
    assert "LIMIT" in large.text


# ---- Limits ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def narrow_site(store_directory: Path) -> Iterator[Site]:
    """A server with one query process and little of everything."""
    settings = Settings(
        store=store_directory, query_workers=1, query_timeout_s=1.0, query_memory_mb=200, result_limit_mb=1
    )
    site = Site(settings)
    yield site
    site.close()


def test_a_query_is_stopped_in_time_and_the_next_one_is_answered(narrow_site: Site) -> None:
    """A runaway gets 504 after its time; its process is replaced."""
    assert narrow_site.query(RUNAWAY).status_code == 504
    assert narrow_site.query("ASK {}").json()["boolean"] is True


def test_a_query_that_eats_memory_dies_alone(narrow_site: Site) -> None:
    """A process that runs into its limit of memory is a 507; the server goes on."""
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a"
    assert narrow_site.query(greedy).status_code in {504, 507}
    assert narrow_site.query("ASK {}").json()["boolean"] is True


def test_an_answer_over_its_limit_is_an_error_never_a_short_answer(narrow_site: Site) -> None:
    """Below the part held back the error has a status; after it the connection breaks."""
    status, body, is_complete = ask_by_hand(narrow_site, "GET", [], query="SELECT * { ?s ?p ?o . ?s ?q ?r }")
    assert status == 200
    assert not is_complete
    assert 0 < len(body) <= 1 << 20
    assert narrow_site.query("ASK {}").json()["boolean"] is True


def test_deep_nesting_crashes_nothing(narrow_site: Site) -> None:
    """Thousands of braces are answered or refused."""
    nested = "SELECT * WHERE " + "{" * 4000 + "}" * 4000
    answer = narrow_site.request("POST", "/sparql", data={"query": nested})
    assert answer.status_code in {200, 400, 504, 507}
    assert narrow_site.query("ASK {}").json()["boolean"] is True


def test_a_departed_client_frees_its_process(narrow_site: Site) -> None:
    """When the client leaves, its query is stopped and the next one need not wait."""
    status, _, _ = ask_by_hand(narrow_site, "GET", [], query=RUNAWAY, stays=False)
    assert status is None
    assert narrow_site.query("ASK {}").json()["boolean"] is True


def test_a_request_that_finds_no_free_process_is_told_when_to_come_back(narrow_site: Site) -> None:
    """Behind a runaway the second request is sent away with Retry-After, or served when the first one is stopped."""

    async def both() -> list[int]:
        ask = [narrow_site.client.get("/sparql", params={"query": query}) for query in (RUNAWAY, "ASK {}")]
        answers = await asyncio.gather(*ask)
        assert answers[1].headers.get("retry-after") == "5"
        return [answer.status_code for answer in answers]

    assert narrow_site.runner.run(both()) == [504, 503]


def test_a_snapshot_that_is_gone_is_the_server_s_fault(tmp_path: Path) -> None:
    """Without its files no query process starts: 503, and REST goes on."""
    store = write_sample(tmp_path)
    shutil.rmtree(store.oxigraph_path)
    site = Site(Settings(store=tmp_path, query_workers=1))
    try:
        assert site.query("ASK {}").status_code == 503
        assert site.get("/api/v1/stats").status_code == 200
    finally:
        site.close()


def ask_by_hand(
    site: Site,
    method: str,
    messages: list[Message],
    *,
    query: str = "",
    headers: list[tuple[bytes, bytes]] | None = None,
    stays: bool = True,
) -> tuple[int | None, bytes, bool]:
    """Send one request message by message; return status, body, and whether the answer came to its end."""
    sent: list[Message] = []
    pending = [*messages, {"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if pending:
            return pending.pop(0)
        await asyncio.sleep(60 if stays else 0.2)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": method,
        "path": "/sparql",
        "raw_path": b"/sparql",
        "query_string": urlencode({"query": query}).encode() if query else b"",
        "headers": headers or [],
        "root_path": "",
        "scheme": "http",
        "server": ("kg.test", 80),
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }
    site.runner.run(site.app(scope, receive, send))
    status = next((message["status"] for message in sent if message["type"] == "http.response.start"), None)
    parts = [message for message in sent if message["type"] == "http.response.body"]
    is_complete = bool(parts) and not parts[-1].get("more_body", False)
    return status, b"".join(part.get("body", b"") for part in parts), is_complete


def test_a_long_answer_is_streamed_whole(site: Site) -> None:
    """An answer longer than what is held back arrives complete."""
    status, body, is_complete = ask_by_hand(site, "GET", [], query="SELECT * { ?s ?p ?o }")
    assert (status, is_complete) == (200, True)
    assert len(json.loads(body)["results"]["bindings"]) > 1000


@pytest.mark.parametrize("function", ["RAND", "NOW", "UUID", "STRUUID", "BNODE"])
def test_what_changes_each_time_has_no_validator(site: Site, function: str) -> None:
    """A query with chance or clock is not to be kept, as data and as a page."""
    query = f"SELECT ({function}() AS ?x) {{}}"
    for accept in ("application/json", "text/html"):
        answer = site.query(query, Accept=accept)
        assert answer.status_code == 200
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"


def test_a_query_that_dies_makes_one_line_of_the_log(
    store_directory: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """What the evaluator prints when memory is over stays with it; the log says what happened."""
    site = Site(Settings(store=store_directory, query_workers=1, query_memory_mb=8))
    try:
        query = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        assert site.query(query).status_code == 507
        assert capfd.readouterr().err == ""
        assert [record.levelname for record in caplog.records if record.name == "api.sparql"] == ["WARNING"]
    finally:
        site.close()
