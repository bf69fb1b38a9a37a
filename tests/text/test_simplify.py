"""Traditional pages are simplified, names on simplified pages are not."""

import csv
from pathlib import Path

import pytest
from opencc import OpenCC

from kg.model import Span
from kg.text.clean import clean

CASES = Path(__file__).parents[1] / "cases" / "simplify.tsv"
with CASES.open(encoding="utf-8", newline="") as table:
    ROWS = [(row["traditional"], row["simplified"]) for row in csv.DictReader(table, delimiter="\t")]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("00[0234]*.txt"))


@pytest.mark.parametrize(("traditional", "simplified"), ROWS)
def test_words_are_written_as_simplified_texts_write_them(traditional: str, simplified: str) -> None:
    """Each row of the table is converted as it says; one character stays one character."""
    mapped = clean(traditional)
    assert mapped.text == simplified
    assert not mapped.repairs


@pytest.mark.parametrize("simplified", [simplified for _, simplified in ROWS])
def test_simplified_sentences_stay(simplified: str) -> None:
    """What is simplified already, rare characters included, is not converted again."""
    assert clean(simplified).text == simplified


@pytest.mark.parametrize("scheme", ["s2t", "s2tw", "s2hk"])
def test_pages_there_and_back_are_the_same(scheme: str) -> None:
    """The seeds in traditional characters, as three regions write them, are read as the seeds."""
    traditional = OpenCC(scheme).convert
    for text in (clean(path.read_text("utf-8")).text for path in SEEDS):
        assert clean(traditional(text)).text == text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("白銀區推進脫貧攻堅,著力解決乾旱", "白银区推进脱贫攻坚,着力解决干旱"),
        ("乾縣的著名作家、鍾書記", "乾县的著名作家、钟书记"),
        ("陜西省的貧困鄕", "陕西省的贫困乡"),
        ("全县徐著成、张乾两户脱贫,著力很大", "全县徐著成、张乾两户脱贫,著力很大"),
        (
            "白銀區推進脫貧攻堅,著力解決乾旱\n全县徐著成和张乾两户人家去年已经通过国家验收并且顺利脱了贫,人人都说好",
            "白银区推进脱贫攻坚,着力解决干旱\n全县徐著成和张乾两户人家去年已经通过国家验收并且顺利脱了贫,人人都说好",
        ),
        ("全县脱贫。相关文章\n相關文章:", "全县脱贫。相关文章\n相关文章:"),
    ],
)
def test_what_is_traditional_as_a_whole_is_simplified(raw: str, cleaned: str) -> None:
    """A traditional page or line is converted, and nothing is logged; a name on another page stays."""
    mapped = clean(raw)
    assert mapped.text == cleaned
    assert not mapped.repairs


def test_conversions_that_change_the_length_are_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a phrase is written with another number of characters, what surrounds it keeps its place."""
    shorter = {"貧困老太太戶": "贫困老妪户", "貧困": "贫困", "戶": "户"}
    monkeypatch.setattr(
        "kg.text.simplify._simplify", lambda text: shorter.get(text, {"貧": "贫", "戶": "户"}.get(text, text))
    )
    mapped = clean("貧困老太太戶")
    assert mapped.text == "贫困老妪户"
    assert [mapped.raw(Span(at, at + 1)) for at in range(5)] == [
        Span(0, 1),
        Span(1, 2),
        Span(2, 3),
        Span(3, 5),
        Span(5, 6),
    ]
