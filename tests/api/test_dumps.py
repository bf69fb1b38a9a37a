import hashlib

import pytest

from tests.api.conftest import Site


def test_dumps_are_listed_with_size_digest_and_licence(site: Site) -> None:
    """Each listed file has the bytes and the digest that are stated."""
    files = site.get("/dumps/").json()
    assert [file["name"].rpartition(".")[2] for file in files] == ["jsonld", "nq", "nt", "rdf", "trig", "ttl"]
    for file in files:
        content = site.get(file["url"])
        assert len(content.content) == file["bytes"]
        assert hashlib.sha256(content.content).hexdigest() == file["sha256"]
        assert content.headers["content-type"].startswith(file["media_type"])
        assert file["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert site.get("/dumps/", headers={"Accept": "image/png"}).status_code == 406


def test_a_dump_is_sent_in_parts(site: Site) -> None:
    """Ranges, HEAD and validators work as a download manager needs them."""
    whole = site.get("/dumps/poverty-kg.nt")
    part = site.get("/dumps/poverty-kg.nt", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
    changed = site.get("/dumps/poverty-kg.nt", headers={"Range": "bytes=10-19", "If-Range": '"other"'})
    assert changed.status_code == 200
    head = site.request("HEAD", "/dumps/poverty-kg.nt")
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(whole.content)))
    beyond = site.get("/dumps/poverty-kg.nt", headers={"Range": "bytes=999999999-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(whole.content)}")
    assert beyond.json()["status"] == 416
    known = site.get("/dumps/poverty-kg.nt", headers={"If-None-Match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    known = site.get("/dumps/poverty-kg.nt", headers={"If-None-Match": whole.headers["etag"], "Range": "bytes=0-5"})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize(
    "ranges",
    ["items=0-5", "bytes", "bytes=", "bytes=abc", "bytes=-", "bytes=5-2", "bytes=0-1,5-2", f"bytes=0-{'9' * 5000}"],
)
def test_ranges_that_are_none_are_passed_over(site: Site, ranges: str) -> None:
    """An unknown unit or a malformed range gets the whole file (RFC 9110 §14.2)."""
    whole = site.get("/dumps/poverty-kg.nt")
    answer = site.get("/dumps/poverty-kg.nt", headers={"Range": ranges})
    assert (answer.status_code, answer.content) == (200, whole.content)


def test_ranges_may_be_written_in_every_way(site: Site) -> None:
    """Suffixes, open ends, several ranges and capitals are ranges."""
    whole = site.get("/dumps/poverty-kg.nt").content
    for ranges, part in (("bytes=-5", whole[-5:]), ("Bytes=7-", whole[7:]), ("bytes=, 0-3", whole[:4])):
        answer = site.get("/dumps/poverty-kg.nt", headers={"Range": ranges})
        assert (answer.status_code, answer.content) == (206, part), ranges
    assert site.get("/dumps/poverty-kg.nt", headers={"Range": "bytes=0-1,10-11"}).status_code == 206
