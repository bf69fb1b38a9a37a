from urllib.parse import quote

from tests.api.conftest import Site


def test_a_claim_opens_its_sentence(site: Site) -> None:
    """Offsets of a claim's evidence count in the text that is served."""
    for figure in site.get("/api/v1/figures").json()["items"]:
        claim = site.get(f"/api/v1/claims/{quote(figure['key'])}").json()
        text = site.get(f"/api/v1/articles/{figure['article']}/text").text
        evidence = claim["evidence"][0]
        assert text[evidence["start"] : evidence["end"]] == evidence["exact"]
        assert claim["figure"]["value"] == figure["value"]
        assert claim["article"]["address"] == f"article/{figure['article']}"
