from tests.api.conftest import Site


def test_search_says_why(site: Site) -> None:
    """Each hit has its entity, the name that matched and the reason."""
    hit = site.get("/api/v1/search", params={"q": "qhx", "type": "County"}).json()["items"][0]
    assert (hit["entity"]["label"], hit["name"], hit["reason"]) == ("青禾县", "青禾县", "initials")
