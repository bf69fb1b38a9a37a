import pytest

from api.problems import ProblemError, problem_of
from kg.errors import (
    GraphError,
    KgError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    ResultTooLargeError,
    StoreError,
)
from tests.api.conftest import Site
from tests.api.sample import FIRST


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/entities?type=Dragon", 422),
        ("/api/v1/entities?limit=0", 422),
        ("/api/v1/entities?limit=501", 422),
        ("/api/v1/entities?limit=x", 422),
        ("/api/v1/entities?year=0", 422),
        ("/api/v1/entities?cursor=%21%21", 422),
        ("/api/v1/entities?cursor=_w", 422),
        (f"/api/v1/entities?q={'x' * 101}", 422),
        ("/api/v1/entities/place/none", 404),
        ("/api/v1/entities/place/none/figures", 404),
        ("/api/v1/entities/" + "x" * 1500, 404),
        ("/api/v1/figures?period=lately", 422),
        ("/api/v1/figures?period=2013-13", 422),
        ("/api/v1/figures?period=2013-02-30", 422),
        ("/api/v1/figures?period=%EF%BC%92%EF%BC%90%EF%BC%91%EF%BC%93", 422),
        ("/figures?period=abc", 422),
        ("/api/v1/figures?place=nowhere", 404),
        ("/api/v1/claims/none", 404),
        ("/api/v1/articles/none", 404),
        ("/api/v1/articles/none/text", 404),
        ("/api/v1/search", 422),
        ("/dumps/none.ttl", 404),
        ("/dumps/..%2Fmeta.json", 404),
        ("/id/place/none", 404),
        ("/entity/place/none.ttl", 404),
        ("/nowhere", 404),
    ],
)
def test_every_error_has_the_one_body(site: Site, path: str, status: int) -> None:
    """Errors of any kind are problem+json with status, title and a sentence."""
    answer = site.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/figures?place=nope", 404),
        ("/figures?limit=-1", 422),
        ("/figures?period=2013-13", 422),
        ("/entities?type=%3Cscript%3E", 422),
        ("/entity/place/%3Cb%3Enope", 404),
        ("/nope", 404),
        ("/sparql?update=x", 400),
        ("/dumps/none.ttl", 404),
    ],
)
def test_browsers_get_errors_as_pages(site: Site, path: str, status: int) -> None:
    """Who prefers HTML gets a page with the way back, the same status, and nothing of the request as markup."""
    answer = site.get(path, headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert '<a href="/entities">' in answer.text
    assert str(status) in answer.text
    assert "<script" not in answer.text
    assert "<b>" not in answer.text


def test_errors_before_any_route_are_pages_too(site: Site) -> None:
    """What is refused for its size is told to a browser as a page."""
    answer = site.get("/", params={"q": "x" * 20_000}, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (414, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=x",
        "/entities",
        "/figures",
        "/articles",
        "/conflicts",
        "/docs",
        "/ns",
        "/dumps/",
        "/sparql",
        "/api/v1/entities",
        "/api/v1/entities/place/990101",
        "/api/v1/figures",
        "/api/v1/conflicts",
        "/api/v1/articles",
        f"/api/v1/articles/{FIRST}/text",
        "/api/v1/search?q=x",
        "/api/v1/stats",
        "/api/v1/validation",
        "/.well-known/void",
        "/readyz",
    ],
)
def test_what_nobody_offers_is_not_acceptable(site: Site, path: str) -> None:
    """Every route with a representation answers 406 where nothing fits; no preference fits always."""
    refused = site.get(path, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "Offered" in refused.json()["hint"]
    assert site.get(path, headers={"Accept": "image/png, */*;q=0.1"}).status_code == 200


def test_writing_is_not_allowed(site: Site) -> None:
    """Methods that would write get 405 with what is allowed."""
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = site.request(method, "/api/v1/entities")
        assert answer.status_code == 405
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QuerySyntaxError("no", line=1, column=2), 400),
        (QueryTimeoutError(1.0), 504),
        (ResultTooLargeError(10), 507),
        (QueryError("no"), 400),
        (StoreError("gone", where="/secret/place"), 503),
        (GraphError("no"), 500),
    ],
)
def test_errors_of_ours_have_statuses(error: KgError, status: int) -> None:
    """The table gives each class its status; where a store lies is not told."""
    problem = problem_of(error)
    assert problem.status == status
    assert "/secret" not in problem.detail
    assert ("line" in problem.fields) == isinstance(error, QuerySyntaxError)


def test_problems_are_answers_of_their_own() -> None:
    """A problem carries its header fields and members."""
    response = ProblemError(503, "Busy.", headers={"Retry-After": "5"}, hint="Wait.").response()
    assert response.headers["retry-after"] == "5"
    assert b'"hint": "Wait."' in response.body
