"""Pages that were decoded wrongly are read again; what was guessed and what is lost is marked, good pages stay."""

import random
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Repair, Span
from kg.text.clean import clean
from kg.text.edits import Changes, Mapped
from kg.text.garbled import is_suspect, repair_garbled
from tests.text.garbling import (
    BROWSER,
    PAGES,
    SILENT,
    STRICT,
    Decoder,
    cut_up,
    garble,
    glossable,
    glossed,
    in_gbk,
    narrowed,
    traditional,
)

SEEDS = Path(__file__).parents[2] / "seeds"
#: Three glosses that make a page a garbled one.
PAGE = "白銀區(qū)推進(jìn)脫貧攻堅(jiān)。"
PROSE = "全县贫困人口已经脱贫，村里修通了水泥路，家家户户用上了自来水。"


def repaired(text: str) -> str:
    """Return a text with its damage undone."""
    return Mapped.of(text).apply(repair_garbled(text)).text


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("", ""),
        ("農業總?cè)丝诘?.33%", "農業總人口的\ufffd.33%"),
        ("來源:甘肅日?qǐng)?bào)", "來源:甘肅日報"),
        ("村“動?dìng)T(yuán)會", "村“動員會"),
        ("English (really) and (x) stay", "English (really) and (x) stay"),
        ("真的嗎?(sic)", "真的嗎?(sic)"),
        ("縣(xiàn)縣(xiàn)瑩(yíng)瑩(yíng)", "縣縣瑩瑩"),
        ("他不走了?！跋衷谇锾斓?年", "他不走了。“现在秋天的\ufffd年"),
    ],
)
def test_accidents_of_the_converter_are_undone(garbled: str, meant: str) -> None:
    """Glosses go, wrongly paired bytes are paired again, a swallowed digit stays unknown."""
    assert repaired(PAGE + garbled) == f"白銀區推進脫貧攻堅。{meant}"


@pytest.mark.parametrize(
    "text",
    [
        "區(qū)、進(jìn)",
        "蕺(jí)菜、魍(wǎng)魎、跫(qióng)音",
        "區(qū)進(jìn)堅(jiān)區進堅",
        "真的吗?！他不信。",
        "憧憬着、憧憬着，咔哒咔哒地走",
        PROSE,
        "",
    ],
)
def test_good_text_stays(text: str) -> None:
    """An author's glosses, real question marks and rare characters are no damage."""
    assert repair_garbled(text) == Changes()


def test_every_change_is_logged_with_its_certainty() -> None:
    """A removed gloss is certain; a character that the bytes leave open is a guess; what is lost is a damage."""
    text = f"{PAGE}農業總?cè)丝诘?.33%"
    changes = repair_garbled(text)
    mark = text.index("?.33")
    assert changes.repairs[0] == Repair(Span(3, 7), "", "pinyin")
    run = {repair.text: repair.certain for repair in changes.repairs if repair.text}
    assert run == {"人": True, "口": True, "的": False, "\ufffd": True}
    assert [damage.raw for damage in changes.damages] == [Span(mark, mark + 1)]


def test_what_the_bytes_do_not_allow_is_left_and_reported() -> None:
    """A mark with a syllable that fits no character is a damage and stays as it is."""
    text = f"{PAGE}\n?qū)貧\nA?qū)"
    assert repaired(text).endswith("\n?qū)貧\nA?qū)")
    assert ["could not be undone" in damage.reason for damage in repair_garbled(text).damages] == [True, True]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (f"{PROSE}锟斤拷锟斤拷{PROSE}", "锟斤拷锟斤拷"),
        (f"{PROSE}烫烫烫{PROSE}", "烫烫烫"),
        (f"{PROSE}\ufffd\ufffd{PROSE}", "\ufffd\ufffd"),
        (f"{PROSE}\n谇锏隽蹉瑗璇鬣黼谠诨谥\n{PROSE}", "谠诨谥"),
    ],
)
def test_debris_is_reported_and_stays(text: str, lost: str) -> None:
    """What famous accidents leave behind is a damage, and no text is made of it."""
    changes = repair_garbled(text)
    assert changes.edits == ()
    assert "".join(damage.raw.of(text) for damage in changes.damages).endswith(lost)


def test_a_gone_byte_is_found_and_marked() -> None:
    """Where a byte is missing the pairs that follow are read again, and the character without its byte is lost."""
    whole = in_gbk("村里依托现有种养企业和专业合作社，盘活闲置厂房，发展手工制作，户均增收3000元。")
    data = bytearray(whole.encode("gbk"))
    del data[5]
    changes = Mapped.of(text := PAGES.read(bytes(data))).apply(repair_garbled(text))
    assert "有种养企业和专业合作社，盘活闲置厂房，发展手工制作" in changes.text
    assert changes.damages


def test_seed_001_is_readable() -> None:
    """The garbled seed equals its text as edited by hand, the destroyed digit apart, which is the one damage."""
    expected = (Path(__file__).parents[1] / "cases" / "seed-001.txt").read_text("utf-8").split()
    mapped = clean((SEEDS / "001_fcd2deebf2371fda.txt").read_text("utf-8"))
    assert all(paragraph in mapped.text for paragraph in expected)
    assert not re.search("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", mapped.text)
    assert len(mapped.damages) == 1
    assert sum(not repair.certain for repair in mapped.repairs if repair.kind == "pinyin") == 1


@cache
def base(number: int, *, simple: bool = False) -> str:
    """Return the head of a clean seed, as GBK can write it."""
    source = sorted(SEEDS.glob("00[234]*.txt"))[number % 3].read_text("utf-8")[:3000]
    return in_gbk(source) if simple else traditional(source)


@pytest.mark.parametrize("decoder", [PAGES, STRICT, BROWSER, SILENT, Decoder("")])
@pytest.mark.parametrize("seed", range(4))
def test_replayed_damage_is_undone(seed: int, decoder: Decoder) -> None:
    """On text garbled with a random table in random order nothing wrong stands outside of marked spans."""
    chance = random.Random(seed)  # noqa: S311 - the same tables in every run, and no secret
    page = base(seed)
    known = glossable(page)
    table = chance.sample(known, chance.randint(20, min(150, len(known))))
    garbled = garble(page, table, decoder)
    written, meant = (narrowed(garbled), narrowed(page)) if seed % 2 else (garbled, page)
    check(written, meant)


@pytest.mark.parametrize("seed", range(4))
def test_cut_up_pages_are_undone(seed: int) -> None:
    """Nothing wrong stands outside of marked spans where glossed text was cut at marks, byte by byte."""
    chance = random.Random(seed)  # noqa: S311 - the same
    page = base(seed)
    table = glossable(page)[:: seed + 2]
    check(cut_up(glossed(page, table), chance), page)


@pytest.mark.parametrize("mark", ["?", "\ufffd"])
def test_cut_up_pages_without_pinyin_are_undone(mark: str) -> None:
    """The same holds of simplified text without any gloss, up to single places that may be meant as they are."""
    page = base(0, simple=True)
    text = cut_up(page.encode("gbk"), random.Random(1), Decoder(mark))  # noqa: S311 - the same
    assert is_suspect(text)
    shifted = text.count(f"{mark}！")
    assert shifted
    assert repaired(text).count(f"{mark}！") < shifted / 4


def test_partly_garbled_pages_are_undone() -> None:
    """Navigation that the converter did not touch does not hide what it did to the article."""
    page = base(1)
    table = glossable(page)[::2]
    head, body = page[:600], page[600:]
    check(f"{head}\n{garble(body, table)}", f"{head}\n{body}")


def check(written: str, meant: str) -> None:
    """Assert that a page is repaired to what was meant, marked spans apart."""
    changes = repair_garbled(written)
    assert _wrong(_marked(written, changes), meant) == ""


def _marked(text: str, changes: Changes) -> str:
    """Return the repaired text with a wildcard for everything that is marked as guessed or lost."""
    mapped = Mapped.of(text).apply(changes)
    spans = [repair.raw for repair in mapped.repairs if not repair.certain] + [it.raw for it in mapped.damages]
    doubtful = {at for span in spans for at in range(span.start, span.end)}
    starts = (mapped.raw(Span(at, at + 1)).start for at in range(len(mapped.text)))
    return "".join("\0" if at in doubtful else character for at, character in zip(starts, mapped.text, strict=True))


def _wrong(marked: str, truth: str) -> str:
    """Return the first unmarked stretch that is not where the truth has it, or an empty string."""
    at = 0
    for stretch in re.split("\0+", marked):
        found = truth.find(stretch, at)
        if found < 0 or found > at + 40:
            return stretch
        at = found + len(stretch)
    return ""


DAMAGED = st.text(
    st.sampled_from("全县脱贫總人口丝诘跋衷谇锊区區进進。，“”！?\ufffd(qū)jìn)aAO3%\n \ue123跫"), max_size=60
)


@settings(max_examples=150, deadline=None)
@given(DAMAGED)
def test_changes_keep_the_laws_of_edits(text: str) -> None:
    """Edits lie in the text in order, sources within their edit, and all but the edited stays."""
    page = f"{PAGE}{text}"
    changes = repair_garbled(page)
    done = 0
    for edit in changes.edits:
        assert done <= edit.span.start <= edit.span.end <= len(page)
        assert len(edit.sources) in {0, len(edit.text)}
        assert all(edit.span.contains(source) and len(source) for source in edit.sources)
        assert list(edit.sources) == sorted(edit.sources)
        done = edit.span.end
    assert all(0 <= damage.raw.start < damage.raw.end <= len(page) for damage in changes.damages)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_decoder_of_any_table_is_survived(data: st.DataObject) -> None:
    """Whatever is glossed and however it is decoded, digits that are not marked are those of the page."""
    page = traditional("全縣總人口12345人，占農業人口的8.61%，實現整體脫貧。幹部為貧困戶發展產業，建檔立卡。")
    table = data.draw(st.lists(st.sampled_from(glossable(page)), unique=True, min_size=1))
    decoder = data.draw(st.sampled_from([PAGES, STRICT, BROWSER, SILENT, Decoder("")]))
    garbled = garble(page, table, decoder)
    found = re.findall(r"(?<![\0\d.])\d[\d.]*(?![\0\d.])", _marked(garbled, repair_garbled(garbled)))
    assert set(found) <= {"12345", "8.61"}
