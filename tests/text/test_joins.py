"""Numbers, words and lines torn apart are joined; lists, headings and rows are not."""

import pytest

from kg.text.clean import clean

#: A paragraph set at a width of forty columns.
WRAPPED = """近年来全县上下把发展产业作为群众增收的根
本途径，建成扶贫车间九个，带动贫困户三百
二十户，户均增收四千元。村里的路通了，水
也通了，家家户户用上了自来水，老人看病不
用再走二十里山路，孩子上学也有了校车。今
年又修了文化广场。"""


@pytest.mark.parametrize(
    ("raw", "cleaned", "certain"),
    [
        ("贫困人口16. 62万人,共1, 804户", "贫困人口16.62万人,共1,804户", True),
        ("全县16 .62万人", "全县16.62万人", True),
        ("贫困户1 804户，人口16 620人", "贫困户1804户，人口16620人", False),
        ("近年来全县紧盯贫困人口共识别出295\n0户", "近年来全县紧盯贫困人口共识别出2950户", False),
        ("近年来全县紧盯贫困人口共识别出2950\n户", "近年来全县紧盯贫困人口共识别出2950户", True),
        ("近年来全县紧盯贫困人口一直到了20\n20年底", "近年来全县紧盯贫困人口一直到了2020年底", False),
    ],
)
def test_torn_numbers_are_closed(raw: str, cleaned: str, *, certain: bool) -> None:
    """A number goes on behind a space or a line end where its other half leaves no doubt, or as a guess."""
    mapped = clean(raw)
    assert mapped.text == cleaned
    assert {repair.certain for repair in mapped.repairs} == {certain}


@pytest.mark.parametrize(
    "text",
    [
        "1. 2020年实现脱贫",
        "脱贫时间为2019. 2020年继续巩固",
        "表1 804户的情况",
        "2020年 804户",
        "12 345",
        "第1 200户",
        "1 2 3 4 下一页",
        "甘公网安备62010002000486\n20年",
        "电话：0938\n2020年的人们在此",
    ],
)
def test_numbers_that_may_be_two_stay_two(text: str) -> None:
    """Lists, tables, captions and imprints keep their spaces and lines."""
    assert clean(text).text == text


def test_spaces_around_numbers_are_closed_within_paragraphs() -> None:
    """Typesetters part Chinese and digits; what is read of the sentence does not depend on it."""
    raw = "截至 2020 年 11 月，全县 1804 户、5900 人脱贫，占 98.5 % 以上。"
    mapped = clean(raw)
    assert mapped.text == "截至2020年11月，全县1804户、5900人脱贫，占98.5%以上。"
    assert {(repair.kind, repair.certain) for repair in mapped.repairs} == {("spaced-number", True)}


@pytest.mark.parametrize(
    "text",
    [
        "户数 804 人数 300",
        "2020-11-16 17:11 来源：某网，作者：某某，某某。",
        "图 3 文化广场",
        "脱贫  804  户，下辖  3  个镇。",
    ],
)
def test_tables_captions_and_imprints_keep_their_spaces(text: str) -> None:
    """Outside of paragraphs a space may part two things."""
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("脱 贫 攻 坚 战", "脱贫攻坚战"),
        ("　　脱 贫 攻 坚  决 战 之 年", "　　脱贫攻坚  决战之年"),
        ("“ 脱 贫 攻 坚 ” ， 人 人 有 责", "“脱贫攻坚”，人人有责"),
    ],
)
def test_letters_set_apart_are_closed(raw: str, cleaned: str) -> None:
    """A line whose letters are all set apart is closed; two spaces part its words."""
    assert clean(raw).text == cleaned


@pytest.mark.parametrize(
    "text",
    ["王 强", "张 三 说", "大 中 小", "日 一 二 三 四 五 六", "甲 乙 丙 丁", "记者 王 强 李 明", "首页 新闻 图片 视频"],
)
def test_names_and_rows_keep_their_spaces(text: str) -> None:
    """Short names, sizes of type, calendars and navigation are no letters set apart."""
    assert clean(text).text == text


def test_pages_set_at_a_fixed_width_are_joined() -> None:
    """Within a paragraph all lines become one; headings and the next paragraph stay apart."""
    page = f"脱贫路上\n\n{WRAPPED}\n　　第二段从这里开始。\n一、抓产业"
    mapped = clean(page)
    assert mapped.text == f"脱贫路上\n\n{WRAPPED.replace(chr(10), '')}\n　　第二段从这里开始。\n一、抓产业"
    assert {(repair.kind, repair.certain) for repair in mapped.repairs} == {("broken-line", True)}


def test_words_and_numbers_at_the_end_of_a_set_line() -> None:
    """Between Latin letters or digits a space takes the place of the line end, as a guess."""
    page = WRAPPED.replace("九个，带动贫困户三百\n", "九个，每个投入 about100\n")
    mapped = clean(page.replace("\n二十户", "\nUSD，户"))
    assert "about100 USD" in mapped.text
    assert [repair.certain for repair in mapped.repairs].count(False) == 1


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["某县召开脱贫攻坚工作推进会议部署任务"] * 8),
        "\n".join(f"{line}。" for line in WRAPPED.split("\n")),
        "\n".join(["首页", "新闻", "图片"] * 9),
    ],
)
def test_lists_of_like_lines_stay_lists(text: str) -> None:
    """Headlines of one length, whole sentences and navigation are not set at a fixed width."""
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("近年来全县紧盯贫困人口狠抓政策落实,\n人人满意", "近年来全县紧盯贫困人口狠抓政策落实,人人满意"),
        ("短行,\n下一行", "短行,\n下一行"),
        ("县长说\n，今年\n　、明年", "县长说，今年、明年"),
        ("县长说。\n》", "县长说。\n》"),
        ("某某县全力打好打赢脱贫攻坚战“\n8 某某县另一则新闻", "某某县全力打好打赢脱贫攻坚战“\n8 某某县另一则新闻"),
        ("近年来全县紧盯贫困人口狠抓政策落实，\n　　人人满意", "近年来全县紧盯贫困人口狠抓政策落实，\n　　人人满意"),
    ],
)
def test_lines_that_stop_within_a_sentence_are_joined(raw: str, cleaned: str) -> None:
    """A long line that ends in a comma goes on, and so does one before a mark that no line begins with."""
    assert clean(raw).text == cleaned
