from tests.api.conftest import Site


def test_counts_report_and_health(site: Site) -> None:
    """The counts agree with the graph; the server says that it is well and ready."""
    stats = site.get("/api/v1/stats").json()
    assert (stats["kinds"]["Figure"], stats["conflicts"]) == (2, 1)
    count = site.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"]
    assert stats["triples"] == int(count)
    assert site.get("/api/v1/validation").json() == {"violations": []}
    assert site.get("/healthz").json() == {"status": "ok"}
    assert site.get("/readyz").json() == {"status": "ok", "build": stats["build"]}
