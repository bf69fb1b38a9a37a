from tests.api.conftest import Site


def test_shortest_paths_name_their_relations(site: Site) -> None:
    """A path leads over the plain triples, forwards and backwards, and says which."""
    answer = site.get("/api/v1/path", params={"from": "person/990101/赵有田", "to": "place/9901"}).json()
    (path,) = answer["items"]
    assert next(step["relations"] for step in path["steps"]) == ["residentOf"]
    assert path["steps"][-1]["end"]["address"] == "place/9901"
    back = site.get("/api/v1/path", params={"from": "place/9901", "to": "person/990101/赵有田"}).json()["items"][0]
    assert [step["relations"] for step in back["steps"]][-1] == ["<residentOf"]


def test_a_path_to_itself_has_no_steps(site: Site) -> None:
    """An entity is reached from itself without a step."""
    same = {"from": "place/9901", "to": "place/9901"}
    assert site.get("/api/v1/path", params=same).json()["items"] == [{"steps": []}]


def test_unknown_entities_are_not_found(site: Site) -> None:
    """Both ends must be entities of the graph."""
    answer = site.get("/api/v1/path", params={"from": "place/9901", "to": "place/nowhere"})
    assert answer.status_code == 404
    assert "place/nowhere" in answer.json()["detail"]
