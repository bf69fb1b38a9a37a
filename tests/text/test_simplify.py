"""Traditional pages are simplified, names on simplified pages are not."""

import pytest

from kg.model import Span
from kg.text.clean import clean


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
