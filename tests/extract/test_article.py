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
        (("某某农村报 2018年11月6日 本报记者 高大山",), "某某农村报"),
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
    found = read("2019-05-17", "山乡巨变奔小康", PROSE, "《 某某日报 》（ 2019年05月16日 02 版）")
    assert (found.published, found.publisher) == ("2019-05-16", "某某日报")


def test_an_address_dates_a_page_that_has_no_other_date() -> None:
    """The date in an address is the last resort; dates of the text are none of the page."""
    assert read("http://news.example.cn/2019/0516/c1.html", "山乡巨变奔小康", PROSE).published == "2019-05-16"
    assert read("山乡巨变奔小康", PROSE).published is None


def test_a_title_loses_its_notes_and_gains_its_subtitle() -> None:
    """(图) is dropped, lines are joined, a dash needs no space."""
    assert read("山乡巨变(图)", PROSE).title == "山乡巨变"
    assert read("山乡  巨变", "——某县脱贫纪实", "2020-11-16", PROSE).title == "山乡 巨变——某县脱贫纪实"
    assert read(PROSE).title == ""


def stated(*lines: str, fetched: str | None = None, address: str | None = None, **said: object) -> Metadata:
    """Return the metadata of a page beside which something is stated."""
    article = Article("a", "\n".join(lines), stated=Metadata(**said), fetched=fetched, address=address)  # type: ignore[arg-type]
    metadata = ArticleExtractor().extract(Reading(parse_document(article))).metadata
    assert metadata is not None
    return metadata


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("更新时间：2020-12-01", "发布时间：2020-11-16"), "2020-11-16"),
        (("2020-11-16 08:30", "更新时间：2020-12-01"), "2020-11-16"),
        (("更新时间：2020-12-01",), "2020-12-01"),
        (("成文日期：2020-11-10 发布日期：2020-11-16",), "2020-11-16"),
        (("成文日期：2020-11-10",), "2020-11-10"),
        (("今天是2026年11月22日 星期日",), None),
        (("某某杂志 2020年第3期", "2020-03-16"), "2020-03-16"),
        (("某某杂志 2020年", "某某社某地9月28日电 题：山乡巨变"), "2020-09-28"),
        (("3小时前",), None),
    ],
)
def test_the_date_of_publication_wins_by_its_label(lines: tuple[str, ...], published: str | None) -> None:
    """发布时间 comes before a bare date, that before 更新时间, that before 成文日期; the clock of the page is none."""
    assert read("山乡巨变奔小康之路", *lines, PROSE).published == published


def test_dates_below_the_text_count_last() -> None:
    """A short line below the text may date it; dated headlines of other articles do not."""
    page = ("山乡巨变奔小康之路", PROSE, PROSE.replace("近年来", "这几年"))
    assert read(*page, "2020年11月16日").published == "2020-11-16"
    assert read(*page, "邻县举办农产品展销会吸引四方客商前来 2020-11-16").published is None
    assert read("2020-10-01", *page, "2020年11月16日").published == "2020-10-01"


def test_what_is_stated_beside_the_text_comes_first() -> None:
    """Date, source and names of a record or of markup win over the page's; the printed edition is older than both."""
    page = ("山乡巨变奔小康之路", "2020-11-16 来源：某某网 记者 李明 编辑：王芳", PROSE)
    found = stated(
        *page, published="2020-11-15", publisher="某某网-某某日报", authors=("本报记者 周小红",), editors=("陈一",)
    )
    assert found == Metadata("山乡巨变奔小康之路", "2020-11-15", "某某日报", ("周小红",), ("陈一",))
    assert stated(*page, "《某某日报》（2020年11月14日 02版）", published="2020-11-15").published == "2020-11-14"
    assert stated(*page, publisher="来源：网络", authors=("某某社",)).publisher == "某某网"


def test_a_stated_title_gives_way_to_the_page_that_has_more_of_it() -> None:
    """Half of its words on the page keep the page's lines; else what is stated is the title."""
    page = ("山乡巨变奔小康", "——某县脱贫纪实", "2020-11-16", PROSE)
    assert stated(*page, title="某县：山乡巨变奔小康_某某网").title == "山乡巨变奔小康——某县脱贫纪实"
    assert stated(*page, title="老支書的致富之路").title == "老支书的致富之路"
    assert stated(PROSE, title="老支书的致富之路 - 某某网").title == "老支书的致富之路"


def test_no_article_is_younger_than_its_page() -> None:
    """A date after the page was fetched is none; the address dates it last of all."""
    page = ("山乡巨变奔小康之路", "2020-11-16", PROSE)
    assert stated(*page, fetched="2020-11-15T23:00:00Z").published == "2020-11-16"
    assert stated(*page, fetched="2020-10-01").published is None
    assert stated(*page[::2], address="http://www.example.cn/2020/1116/c1.html").published == "2020-11-16"
    assert stated(*page, fetched="gestern").published == "2020-11-16"


def test_chief_editors_stand_in_for_others() -> None:
    """Who answers for the outlet is named where nobody else edited the article."""
    assert read("山乡巨变奔小康之路", PROSE, "总编：石大山", "责任编辑：周丽").editors == ("周丽",)
    assert read("山乡巨变奔小康之路", PROSE, "总编：石大山 监制：王一").editors == ("石大山", "王一")


@pytest.mark.parametrize("suffix", ["_某某网", "--时政--某某网", " - 某某新闻网", "(图)", " |"])
def test_a_title_loses_the_name_of_the_site(suffix: str) -> None:
    """What browsers show behind the headline, and notes on pictures, are none of it."""
    assert read(f"山乡巨变奔小康之路{suffix}", "2020-11-16", PROSE).title == "山乡巨变奔小康之路"


def test_the_extractor_declares_its_place() -> None:
    """It needs the document and gives the metadata."""
    extractor = ArticleExtractor()
    assert (extractor.requires, extractor.assigns) == ({"document"}, {"metadata"})
    assert extractor.extract(Reading(parse_document(Article("a", PROSE)))).mentions == ()
