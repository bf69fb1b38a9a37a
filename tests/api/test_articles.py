from tests.api.conftest import Site
from tests.api.sample import FIRST, SECOND, TEXTS


def test_articles_come_with_their_claims_and_text(site: Site) -> None:
    """An article lists its claims; its text is the raw one, to the code point."""
    keys = [article["key"] for article in site.get("/api/v1/articles").json()["items"]]
    assert keys == [FIRST, SECOND]
    body = site.get(f"/api/v1/articles/{FIRST}?limit=2").json()
    assert (body["article"]["claims"], len(body["claims"])) == (3, 2)
    assert body["next"]
    text = site.get(f"/api/v1/articles/{FIRST}/text")
    assert text.text == TEXTS[FIRST]
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
