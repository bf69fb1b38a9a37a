"""Builds: the same graph from the same articles, claims that open their source, and nothing lost on the way."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from opencc import OpenCC
from pyoxigraph import BlankNode, NamedNode

from kg import results as results_module
from kg.build import Outcome, build, load
from kg.errors import ArticleError, ExtractionError, GraphError, StoreError, StoreLossError
from kg.model import Article, Reading
from kg.settings import Settings
from kg.store import Store
from kg.terms import OA, PA, PROV, RDF
from kg.text import parse_document
from tests.conftest import ROOT, seed_articles

SEEDS = ROOT / "seeds"
ARTICLE = (
    "甘谷县脱贫攻坚纪实\n\n" + "2019年，甘谷县大庄镇有贫困户35户，村民王小兰种植苹果3亩。全县干部群众一起努力。\n" * 3
)

STORY = (
    "走进甘谷县磐安镇的村庄,一排排新房整齐地立在公路两旁,村里的广场上老人们正在晒太阳。\n"
    "去年全镇新修道路12.5公里,安装路灯340盏,发展大棚蔬菜1800亩,带动贫困户520户增收。\n"
    "镇上办起的扶贫车间吸纳了86名妇女就近务工,每人每月能挣2000多元,日子一天比一天好。\n"
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with three small articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(3):
        text = ARTICLE.replace("35", str(35 + number))
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


def settings(tmp_path: Path, **values: object) -> Settings:
    """Return settings with a store of the test's own."""
    return Settings(store=tmp_path / "store", **values)  # type: ignore[arg-type]


# ---- The graph of the seeds ------------------------------------------------------------------------------------------


def test_the_seeds_give_a_whole_graph(seed_outcome: Outcome) -> None:
    """Nothing is skipped, nothing but warnings is said, at most 2 % of the claims are kept out."""
    assert not seed_outcome.intake.skipped
    validation = seed_outcome.store.report()["validation"]
    assert len(validation["quarantined"]) <= 0.02 * validation["claims"]
    assert validation["claims"] > 500


def test_the_graph_has_no_blank_node(seed_outcome: Outcome) -> None:
    """Subjects and objects are IRIs and literals."""
    terms = {type(term) for quad in seed_outcome.store.quads() for term in (quad.subject, quad.object)}
    assert BlankNode not in terms


def evidence_of(store: Store) -> Iterator[dict[NamedNode, list[str]]]:
    """Yield the properties of each piece of evidence."""
    nodes: dict[NamedNode, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in store.triples():
        nodes[triple.subject][triple.predicate].append(triple.object.value)
    yield from (node for node in nodes.values() if PA.Evidence.value in node[RDF.type])


def test_every_claim_opens_its_sentence(seed_outcome: Outcome) -> None:
    """oa:exact is raw[start:end], and lies within one sentence of the content, for every claim."""
    documents = {article.key: parse_document(article) for article in seed_articles()}
    raw_sentences = {
        key: [document.raw_span(sentence.span) for sentence in document.sentences]
        for key, document in documents.items()
    }
    count = 0
    for node in evidence_of(seed_outcome.store):
        key = node[OA.hasSource][0].rpartition("/")[2]
        start, end = int(node[OA.start][0]), int(node[OA.end][0])
        assert documents[key].article.raw[start:end] == node[OA.exact][0]
        assert any(span.start <= start and end <= span.end for span in raw_sentences[key])
        count += 1
    assert count > 500


def test_every_claim_has_source_run_and_evidence(seed_outcome: Outcome) -> None:
    """No claim stands without the article and the run that made it."""
    by_predicate = defaultdict(set)
    for triple in seed_outcome.store.triples():
        by_predicate[triple.predicate].add(triple.subject)
        if triple.predicate == RDF.type and triple.object in {PA.Figure, PA.Mention, PA.PostHolding, PA.RelationClaim}:
            by_predicate["claims"].add(triple.subject)
    for predicate in (PROV.wasDerivedFrom, PROV.wasGeneratedBy, PA.evidence, PA.confidence):
        assert by_predicate["claims"] <= by_predicate[predicate]


@pytest.mark.parametrize(
    "words",
    ["白银区", "新安村", "陈红兵", "五员", "1324攻坚体系", "1+15+109作战指挥体系", "大庄村", "李晓梦", "借母还羔"],
)
def test_what_the_articles_are_about_is_there(seed_outcome: Outcome, words: str) -> None:
    """The named systems, people and villages of the five articles have an entity of that name."""
    hits = seed_outcome.store.index.search(words, limit=5)
    assert words in {name for hit in hits for name in (hit.entity.label, *hit.entity.aliases)}


def test_rankings_and_related_articles_are_no_content(seed_outcome: Outcome) -> None:
    """Names that only stand in sidebars (安定, 金塔, 孙崇吉, 黄杨) are not in the graph."""
    for name in ("孙崇吉", "薛长宝", "金塔县", "林铎", "欧阳坚", "萌萌"):
        assert not any(hit.reason == "name" for hit in seed_outcome.store.index.search(name, limit=3)), name


def test_the_report_lists_what_was_left_out_and_no_content(seed_outcome: Outcome) -> None:
    """Lines left out come with role and reason, and none of them is content."""
    for article in seed_outcome.store.report()["articles"]:
        roles = {line["role"] for line in article["dropped"]}
        assert roles, article["identifier"]
        assert roles <= {"header", "footer", "furniture"}
        assert all(line["reason"] for line in article["dropped"])


def test_a_destroyed_digit_is_reported_and_makes_no_figure(seed_outcome: Outcome) -> None:
    """总人口的?.33% in seed 001 is damage, and no figure has .33 or 33 %."""
    report = next(row for row in seed_outcome.store.report()["articles"] if row["identifier"].startswith("001_"))
    raw = (SEEDS / report["identifier"]).read_text("utf-8")
    spans = [damage["span"] for damage in report["damages"]]
    assert any(raw[start - 1 : end + 4].endswith("?.33%") for start, end in spans)
    values = {triple.object.value for triple in seed_outcome.store.triples() if triple.predicate == PA.value}
    assert "8.61" in values
    assert not any(value == "0.33" or (value.endswith("33") and "." in value) for value in values)


# ---- The same input gives the same bytes -----------------------------------------------------------------------------


def test_order_folder_hash_seed_and_time_zone_do_not_matter(tmp_path: Path, seed_outcome: Outcome) -> None:
    """A build elsewhere, in another order and environment, gives the same dumps and reports of articles."""
    folder = tmp_path / "else where"
    shutil.copytree(SEEDS, folder)
    names = sorted((path.name for path in SEEDS.glob("*.txt")), reverse=True)
    environment = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Shanghai", "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "kg.cli", "build", "--store", "../store", "--runner", "pool:2", *names]
    environment["PYTHONPATH"] = str(ROOT)
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    store = Store.open(tmp_path / "store")
    assert [dump.sha256 for dump in store.dumps()] == [dump.sha256 for dump in seed_outcome.store.dumps()]
    assert store.report()["articles"] == seed_outcome.store.report()["articles"]


def test_unchanged_articles_are_not_extracted_again(tmp_path: Path, articles: Path) -> None:
    """A second build takes them from the cache and gives the same store; a changed one is read anew."""
    own = settings(tmp_path)
    first = build([str(articles)], own)
    second = build([str(articles)], own)
    assert (first.cached, second.cached) == (0, 3)
    assert first.store.key == second.store.key
    (articles / "0.txt").write_text(ARTICLE.replace("35户", "99户"), "utf-8")
    third = build([str(articles)], own)
    assert (third.cached, third.left) == (2, ("0.txt",))
    assert third.store.key != first.store.key
    assert len(list((own.store / "cache").iterdir())) == len(["0.txt", "1.txt", "2.txt"])


def test_a_damaged_cache_is_made_again(tmp_path: Path, articles: Path) -> None:
    """What a killed build left in the cache is no result."""
    own = settings(tmp_path)
    first = build([str(articles)], own)
    for path in (own.store / "cache").iterdir():
        path.write_text('{"key": ')
    assert build([str(articles)], own).store.key == first.store.key


def test_another_base_moves_resources_and_keeps_the_vocabulary(tmp_path: Path, articles: Path) -> None:
    """Entities and claims move; code lists and terms stay; nothing is quarantined for it."""
    base = "http://localhost:8000/id/"
    store = build([str(articles)], settings(tmp_path, base_iri=base)).store
    assert store.report()["validation"]["quarantined"] == []
    objects = {triple.object.value for triple in store.triples() if isinstance(triple.object, NamedNode)}
    assert f"{base}place/620523" in objects
    assert "https://w3id.org/poverty-kg/id/unit/household" in objects
    assert not any(iri.startswith(f"{base}unit/") for iri in objects)


# ---- What goes wrong -------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_skipped_and_reported(tmp_path: Path, articles: Path) -> None:
    """The rest is built; the report holds the reason."""
    (articles / "empty.txt").write_bytes(b"")
    outcome = build([str(articles)], settings(tmp_path))
    assert [Path(skipped.source).name for skipped in outcome.intake.skipped] == ["empty.txt"]
    assert outcome.store.report()["inputs"]["skipped"][0]["reason"]
    assert outcome.store.report()["inputs"]["read"] == len(["0.txt", "1.txt", "2.txt"])


def test_a_defect_loses_one_article_alone(tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that fails on one article is named, with the article; the others are built and nothing of it is cached."""
    read = results_module.read_one

    def failing(article: Article, *, base_iri: str) -> Reading:
        if article.identifier == "1.txt":
            raise ExtractionError("figures failed: KeyError('x')", where=article.identifier)
        return read(article, base_iri=base_iri)

    monkeypatch.setattr(results_module, "read_one", failing)
    own = settings(tmp_path)
    outcome = build([str(articles)], own)
    assert [skipped.source for skipped in outcome.intake.skipped] == ["1.txt"]
    assert "figures failed" in outcome.intake.skipped[0].reason
    assert outcome.store.summary()["totals"]["articles"] == outcome.articles == len(["0.txt", "2.txt"])
    monkeypatch.undo()
    assert build([str(articles)], own).cached == len(["0.txt", "2.txt"])


def test_copies_are_one_source(tmp_path: Path, articles: Path) -> None:
    """An article that three sites have, one of them in other characters, makes its claims once and names the places."""
    record = {"text": STORY, "url": "http://b.example/1", "title": "甘谷县脱贫攻坚纪实"}
    (articles / "site.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", "utf-8")
    (articles / "a-other.txt").write_text(f"首页 新闻 正文\n甘谷县脱贫攻坚纪实\n{STORY}\n责任编辑:李大山\n", "utf-8")
    (articles / "old.txt").write_bytes(OpenCC("s2tw").convert(f"甘谷县脱贫攻坚纪实\n{STORY}\n").encode("big5"))
    outcome = build([str(articles)], settings(tmp_path))
    assert outcome.intake.read == 6
    assert outcome.articles == 4
    (row,) = outcome.store.summary()["inputs"]["copies"]
    assert {row["identifier"], *row["copies"]} == {"a-other.txt", "old.txt", "http://b.example/1"}
    copies = {str(triple.object.value) for triple in outcome.store.triples() if triple.predicate == PA.copy}
    assert copies == set(row["copies"])
    article = outcome.store.index.article(row["article"])
    assert article is not None
    assert list(article.copies) == sorted(row["copies"])
    kept = build([str(articles / "0.txt")], settings(tmp_path), keep_earlier=True)
    assert kept.store.index.article(row["article"]) == article


def test_what_stands_beside_a_text_is_kept(tmp_path: Path, articles: Path) -> None:
    """Address, time of retrieval, date and title of a record are in the graph, and survive --add."""
    record = {
        "text": STORY,
        "url": "http://b.example/1",
        "title": "甘谷纪实",
        "date": "2020/11/16",
        "fetched": "2021-01-02",
    }
    source = articles / "site.jsonl"
    source.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    own = settings(tmp_path)
    first = build([str(articles)], own).store
    row = next(row for row in first.index.articles(limit=9) if row.address)
    assert (row.identifier, row.address, row.retrieved) == ("http://b.example/1", "http://b.example/1", "2021-01-02")
    assert (row.title, row.issued) == ("甘谷纪实", "2020-11-16")
    source.unlink()
    again = build([str(articles)], own, keep_earlier=True)
    assert again.cached == 4
    assert again.store.index.article(row.key) == row


def test_what_is_no_article_is_left_aside_and_counted(tmp_path: Path, articles: Path) -> None:
    """A picture in a folder is no fault; the report says that it was there."""
    (articles / "map.png").write_bytes(b"\x89PNG")
    outcome = build([str(articles)], settings(tmp_path))
    assert (outcome.intake.skipped, dict(outcome.intake.ignored)) == ([], {".png": 1})
    assert outcome.store.summary()["inputs"]["ignored"] == {".png": 1}


def test_no_readable_article_keeps_the_store(tmp_path: Path, articles: Path) -> None:
    """A build of nothing is an error and changes nothing."""
    own = settings(tmp_path)
    key = build([str(articles)], own).store.key
    with pytest.raises(ArticleError, match="no article could be read"):
        build([str(tmp_path / "absent.txt")], own)
    assert Store.current_key(own.store) == key


def test_articles_leave_only_when_allowed(tmp_path: Path, articles: Path) -> None:
    """More than half leaving needs a yes; --add keeps all."""
    own = settings(tmp_path)
    build([str(articles)], own)
    one = [str(articles / "0.txt")]
    with pytest.raises(StoreError, match="2 of 3 articles are not among the sources"):
        build(one, own)
    kept = build(one, own, keep_earlier=True)
    assert (kept.left, kept.cached) == ((), 3)
    gone = build(one, own, may_shrink=True)
    assert gone.left == ("1.txt", "2.txt")


def test_a_damaged_store_is_not_lost_in_silence(tmp_path: Path, articles: Path) -> None:
    """What would leave a store that cannot be read is not known: the build says so, and goes on when told."""
    own = settings(tmp_path)
    key = build([str(articles)], own).store.key
    (own.store / f"gen-{key}" / "meta.json").unlink()
    with pytest.raises(StoreError, match="damaged"):
        build([str(articles)], own, keep_earlier=True)
    assert build([str(articles)], own, may_shrink=True).store.key == key


def test_loaded_articles_without_text_are_not_kept_as_empty_ones(
    tmp_path: Path, articles: Path, seed_outcome: Outcome
) -> None:
    """--add on a store of loaded RDF adds; it makes no article of a text that is not there."""
    own = settings(tmp_path)
    load([seed_outcome.store.generation / "dumps" / "poverty-kg.nt"], own)
    outcome = build([str(articles)], own, keep_earlier=True)
    assert outcome.store.report()["inputs"]["read"] == len(["0.txt", "1.txt", "2.txt"])


def test_a_killed_build_leaves_the_earlier_store(tmp_path: Path, articles: Path) -> None:
    """SIGKILL in the middle: the earlier store answers, and the next build works."""
    own = settings(tmp_path)
    key = build([str(articles)], own).store.key
    command = [sys.executable, "-m", "kg.cli", "build", "--yes", "--store", str(own.store), str(SEEDS)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list(own.store.glob("tmp-*")) and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert Store.open(own.store).key == key
    assert build([str(articles)], own).store.key == key
    assert not list(own.store.glob("tmp-*"))


# ---- Loading ---------------------------------------------------------------------------------------------------------


def test_any_rdf_can_be_loaded(tmp_path: Path, seed_outcome: Outcome) -> None:
    """A dump loaded elsewhere holds the same quads, named graphs included."""
    own = settings(tmp_path)
    path = seed_outcome.store.generation / "dumps" / "poverty-kg.nq"
    assert set(load([path], own).quads()) == set(seed_outcome.store.quads())
    build([str(SEEDS / "003_3601df6cb3c88dfe.txt")], own)
    with pytest.raises(StoreLossError, match="holds 1 article"):
        load([path], own)


def test_rdf_that_does_not_parse_changes_nothing(tmp_path: Path) -> None:
    """The error names the file; no store appears."""
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>")
    with pytest.raises(GraphError, match=r"broken\.ttl"):
        load([broken], settings(tmp_path))
    assert Store.current_key(tmp_path / "store") is None


def test_the_report_is_plain_json(seed_outcome: Outcome) -> None:
    """The report has no value that JSON lacks."""
    assert json.loads(json.dumps(seed_outcome.store.report())) == seed_outcome.store.report()
