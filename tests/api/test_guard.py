import asyncio
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.settings import Settings
from kg.store import write_store
from tests.api.conftest import Site
from tests.api.sample import write_sample


def test_every_answer_has_the_header_fields_that_protect(site: Site) -> None:
    """Pages, data, errors and queries carry the same fields."""
    for answer in (site.get("/"), site.get("/api/v1/stats"), site.get("/nope"), site.query("ASK {}")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "script" not in answer.headers["content-security-policy"].replace("default-src 'none'", "")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("path", ["/", "/api/v1/stats", "/entity/place/990101.ttl", "/static/app.css", "/ns", "/docs"])
def test_what_is_known_is_not_sent_again(site: Site, path: str) -> None:
    """A strong validator comes with each answer, and 304 for it."""
    first = site.get(path)
    validator = first.headers["etag"]
    assert validator.startswith('"')
    again = site.get(path, headers={"If-None-Match": f'W/"other", {validator}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", validator)
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/v1/entities", "/sparql?query=ASK%20%7B%7D", "/dumps/", "/entity/place/99"])
def test_head_is_get_without_a_body(site: Site, path: str) -> None:
    """HEAD has the status and header of GET."""
    got, head = site.get(path), site.request("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == str(len(got.content))


def test_browsers_may_ask_from_other_sites(site: Site) -> None:
    """A preflight is answered for reads and queries."""
    answer = site.request("OPTIONS", "/sparql", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("path", ["/", "/api/v1/entities", "/dumps/", "/entity/place/990101"])
def test_only_queries_are_posted(site: Site, path: str) -> None:
    """Elsewhere OPTIONS and 405 name the methods of reading alone."""
    answers = [site.request("OPTIONS", path), site.request("POST", path)]
    assert [answer.status_code for answer in answers] == [204, 405]
    assert {answer.headers["allow"] for answer in answers} == {"GET, HEAD, OPTIONS"}
    assert answers[0].headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/dumps", "/entity", "/ns/", "/entities/", "/api/v1/entities/"])
def test_no_answer_repeats_the_host(site: Site, path: str) -> None:
    """A slash more or less is served or not found; nothing leads to the host that the client has named."""
    answer = site.get(path, headers={"Host": "evil.example"})
    assert answer.status_code in {200, 404}
    assert "evil.example" not in f"{answer.headers}{answer.text}"


def test_long_targets_and_headers_are_refused(site: Site) -> None:
    """The size of target and header is limited before anything is read."""
    assert site.get(f"/sparql?query={'x' * 20_000}").status_code == 414
    assert site.get("/", headers={"X-Long": "x" * 40_000}).status_code == 431


def test_without_a_store_the_server_says_so(tmp_path: Path) -> None:
    """Health needs no store; everything else is 503 until there is one, and then answers at once."""
    site = Site(Settings(store=tmp_path))
    try:
        assert site.get("/healthz").status_code == 200
        missing = site.get("/readyz")
        assert missing.status_code == 503
        assert str(tmp_path) not in missing.text
        write_sample(tmp_path)
        assert site.get("/readyz").status_code == 200
    finally:
        site.close()


def test_a_store_without_its_snapshot_is_not_ready(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Readiness tries what queries need, and a query says so too, without noise."""
    write_sample(tmp_path)
    site = Site(Settings(store=tmp_path, query_workers=1))
    try:
        for snapshot in tmp_path.glob("gen-*/oxigraph"):
            shutil.rmtree(snapshot)
        answer = site.get("/readyz")
        assert (answer.status_code, str(tmp_path) in answer.text) == (503, False)
        assert site.query("ASK {}").status_code == 503
        assert site.get("/healthz").status_code == 200
        assert "Traceback" not in capfd.readouterr().err
    finally:
        site.close()


def test_a_newer_store_is_picked_up_without_a_restart(tmp_path: Path) -> None:
    """After a build the next request is answered from the new generation, queries too."""
    write_sample(tmp_path)
    site = Site(Settings(store=tmp_path, query_workers=1))
    try:
        before, first = site.get("/readyz").json()["build"], site.get("/")
        ask = "ASK { <urn:new> <urn:new> <urn:new> }"
        assert site.query(ask).json()["boolean"] is False
        new = NamedNode("urn:new")
        write_sample(tmp_path, extra=(Quad(new, new, new),))
        assert site.get("/readyz").json()["build"] != before
        assert site.query(ask).json()["boolean"] is True
        assert site.get("/").headers["etag"] != first.headers["etag"]
        shutil.rmtree(tmp_path / f"gen-{before}")
        assert site.query(ask).json()["boolean"] is True
    finally:
        site.close()


def test_swaps_under_load_fail_no_request(tmp_path: Path) -> None:
    """While builds replace the store, each answer is whole and from one generation."""
    write_sample(tmp_path)
    site = Site(Settings(store=tmp_path, query_workers=1))
    names = [NamedNode(f"urn:build:{number}") for number in range(3)]
    builds = set()

    async def ask_until(writing: asyncio.Future[None]) -> None:
        while not writing.done():
            stats = (await site.client.get("/api/v1/stats")).json()
            builds.add((stats["build"], stats["triples"]))
            count = await site.client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
            assert count.status_code == 200
            page = await site.client.get("/entity/place/990101.html")
            assert page.status_code == 200

    async def swap() -> None:
        for name in names:
            quad = Quad(name, name, name)
            writing = asyncio.ensure_future(asyncio.to_thread(_write, tmp_path, quad))
            await ask_until(writing)
            await writing

    try:
        site.runner.run(swap())
        assert len({build for build, _ in builds}) == len(builds) >= 2
    finally:
        site.close()


def _write(directory: Path, quad: Quad) -> None:
    write_sample(directory, extra=(quad,))


def test_any_rdf_can_be_served(tmp_path: Path) -> None:
    """A store of foreign RDF has its pages, counts and queries."""
    name = NamedNode("http://example.org/a")
    write_store(tmp_path, [Quad(name, name, name)], summary={})
    site = Site(Settings(store=tmp_path, query_workers=1))
    try:
        for path in ("/", "/entities", "/figures", "/articles", "/conflicts", "/ns", "/dumps/", "/.well-known/void"):
            assert site.get(path, headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200, path
        assert site.get("/api/v1/stats").json()["triples"] == 1
        assert site.query("ASK { <http://example.org/a> ?p ?o }").json()["boolean"] is True
    finally:
        site.close()


def test_a_fault_of_ours_is_a_problem_too(tmp_path: Path) -> None:
    """What nobody foresaw is answered with 500 and told in the log alone."""
    write_sample(tmp_path)
    site = Site(Settings(store=tmp_path), raises=False)
    try:
        assert site.get("/readyz").status_code == 200
        for report in tmp_path.glob("gen-*/index.sqlite"):
            report.write_bytes(b"damaged" * 10_000)
        answer = site.get("/api/v1/entities?limit=3")
        assert answer.status_code == 500
        assert answer.json()["detail"] == "The server has a fault."
        assert answer.headers["content-type"] == "application/problem+json"
    finally:
        site.close()
