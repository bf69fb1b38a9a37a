"""Title, date, publisher, authors and editors are read from the imprint."""

from pathlib import Path

import pytest

from kg.extract.article import ArticleExtractor
from kg.model import Article, Metadata, Reading
from kg.read import read_article
from kg.text import parse_document

ROOT = Path(__file__).parents[2]
PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个。2019年11月，全县脱贫。"


def read(*lines: str) -> Metadata:
    """Return the metadata of a page."""
    document = parse_document(Article("page.txt", "\n".join(lines)))
    metadata = ArticleExtractor().extract(Reading(document)).metadata
    assert metadata is not None
    return metadata


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        (
            "000_13416122e25fee1c",
            Metadata(
                "聚力攻坚战贫困 昂首阔步迈小康——临泽县决战决胜脱贫攻坚工作综述",
                "2020-12-17",
                "中国甘肃网",
                ("徐焘",),
                ("魏湘",),
            ),
        ),
        (
            "001_fcd2deebf2371fda",
            Metadata("凝心聚力奔小康——白银区推进脱贫攻坚工作侧记", None, "甘肃日报", ("陈泳", "魏巍")),
        ),
        (
            "002_a9546640570710a6",
            Metadata(
                "尽锐出战 精准发力 决战决胜全面建成小康社会——甘谷县脱贫攻坚工作纪实",
                "2020-11-16",
                "甘谷县融媒体中心",
                (),
                ("马文洁",),
            ),
        ),
        (
            "003_3601df6cb3c88dfe",
            Metadata(
                "党建引领增活力 小康路上迈大步——清水县抓党建促脱贫纪实",
                "2020-09-28",
                "甘肃日报",
                ("邱暄美", "谢志娟", "白永萍", "崔亚明"),
                ("靳佩佩",),
            ),
        ),
        (
            "004_ced3dbedd266690c",
            Metadata(
                "绥阳县:90天大冲刺,坚决夺取脱贫攻坚战全胜",
                None,
                "绥阳县融媒体中心",
                ("姚浩",),
                ("周丽蓉", "卢永贤"),
            ),
        ),
    ],
)
def test_the_imprints_of_the_seeds(identifier: str, expected: Metadata) -> None:
    """All five seeds give what a reader sees on them."""
    document = parse_document(read_article(ROOT / "seeds" / f"{identifier}.txt"))
    assert ArticleExtractor().extract(Reading(document)).metadata == expected


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("本报记者 李 明 周小红", ("李明", "周小红")),
        ("某某日报记者 王小明 通讯员 陈大年、张三", ("王小明", "陈大年", "张三")),
        ("□ 本报记者 王小明", ("王小明",)),
        ("作者：欧阳文华 鲁佳 编辑：陈婷 点击：2317", ("欧阳文华", "鲁佳")),
        ("文/图 王小明", ("王小明",)),
        ("记者 买买提·吐尔逊 报道", ("买买提·吐尔逊",)),
        ("来源：某某网 作者：佚名", ()),
        ("◎王 强", ("王强",)),
        ("某某社记者丁明摄", ("丁明",)),
    ],
)
def test_authors_stand_behind_their_role(line: str, authors: tuple[str, ...]) -> None:
    """Names follow a role, spaced or joined by marks; other words end them."""
    assert read("山乡巨变奔小康", line, PROSE).authors == authors


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (("来源:某某网-某某日报",), "某某日报"),
        (("来源：某某网-扶贫频道 编辑：李某",), "某某网"),
        (("来源：《某某日报》",), "某某日报"),
        (("作者：易小鑫   出自：某某教育报   发布时间：2018-08-14",), "某某教育报"),
        (("来源：某某杂志2022年1月下旬刊",), "某某杂志"),
        (("来源：某某报、某某网记者 李伟",), "某某报"),
        (("来源：本站 2020-11-16", "您的位置：某某新闻网 > 正文"), "某某新闻网"),
        (("某某农村报 2018年12月5日 本报记者 高大山",), "某某农村报"),
        (("某某县融媒体中心记者 高大山",), "某某县融媒体中心"),
        (("某通社某地9月28日电 题:山乡巨变", "记者 李伟"), "某通社"),
        (("您的位置：首页 > 正文",), None),
        ((), None),
    ],
)
def test_the_publisher_is_the_source_else_who_runs_the_page(lines: tuple[str, ...], publisher: str | None) -> None:
    """来源 comes first, then the outlet beside the date or the byline, then the site of the navigation."""
    assert read("山乡巨变奔小康", *lines, PROSE).publisher == publisher


def test_names_alone_in_brackets_are_authors() -> None:
    """A name after the last sentence, or behind 讯, is the author's; other brackets hold none."""
    assert read("山乡巨变奔小康", f"本网讯(李晓林){PROSE}", f"{PROSE}(涂大山 王小明)").authors == (
        "李晓林",
        "涂大山",
        "王小明",
    )
    assert read("图说新闻(一)", "2020-11-16", PROSE).authors == ()


def test_the_printed_edition_is_older_than_the_page() -> None:
    """The date and name of the printed edition win over the page's."""
    found = read("2020-08-25", "山乡巨变奔小康", PROSE, "《 某某日报 》（ 2020年08月24日 02 版）")
    assert (found.published, found.publisher) == ("2020-08-24", "某某日报")


def test_an_address_dates_a_page_that_has_no_other_date() -> None:
    """The date in an address is the last resort; dates of the text are none of the page."""
    assert read("http://news.example.cn/2020/0824/c1.html", "山乡巨变奔小康", PROSE).published == "2020-08-24"
    assert read("山乡巨变奔小康", PROSE).published is None


def test_a_title_loses_its_notes_and_gains_its_subtitle() -> None:
    """(图) is dropped, lines are joined, a dash needs no space."""
    assert read("山乡巨变(图)", PROSE).title == "山乡巨变"
    assert read("山乡  巨变", "——某县脱贫纪实", "2020-11-16", PROSE).title == "山乡 巨变——某县脱贫纪实"
    assert read(PROSE).title == ""


def test_the_extractor_declares_its_place() -> None:
    """It needs the document and gives the metadata."""
    extractor = ArticleExtractor()
    assert (extractor.requires, extractor.assigns) == ({"document"}, {"metadata"})
    assert extractor.extract(Reading(parse_document(Article("a", PROSE)))).mentions == ()
