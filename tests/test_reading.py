"""Articles as records: what reading makes of a page, and that it can be read again."""

import json

from kg.model import Article
from kg.reading import article_record
from tests.conftest import ROOT

PAGE = """某县走出脱贫路
2020-11-16 来源:某某日报
记者 王小明
全县贫困人口由１.２万人减少到300人,群众日子一天比一天好过了。
村里办起了合作社,种植大棚蔬菜,人均增收2000元。
责任编辑:李大山
"""


def test_a_page_gives_its_content_and_what_it_says_of_itself() -> None:
    """Paragraphs without imprint, title apart, with date, publisher, author and editor, and a count of repairs."""
    record = article_record(Article("a.txt", PAGE))
    assert record["text"].split("\n") == [
        "全县贫困人口由1.2万人减少到300人,群众日子一天比一天好过了。",
        "村里办起了合作社,种植大棚蔬菜,人均增收2000元。",
    ]
    assert (record["title"], record["date"], record["publisher"]) == ("某县走出脱贫路", "2020-11-16", "某某日报")
    assert (record["authors"], record["editors"]) == (["王小明"], ["李大山"])
    assert record["repairs"]["full-width"] == 2
    assert "url" not in record


def test_damage_is_said_with_its_place() -> None:
    """The destroyed digit of seed 001 is a damaged raw span of its record, which is plain JSON."""
    path = next((ROOT / "seeds").glob("001_*.txt"))
    raw = path.read_text("utf-8")
    record = json.loads(json.dumps(article_record(Article(path.name, raw))))
    assert any("?" in raw[start:end] for start, end in record["damaged"])
    assert "�.33%" in record["text"]
