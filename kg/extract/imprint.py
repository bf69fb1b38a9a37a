"""The parts of an imprint: labels with what stands behind them, names of persons, names of outlets.

An imprint is a line like "2020-11-16 来源:某报 记者 李某 编辑:王某". Which lines are imprints is told by
:mod:`kg.text.body`; what of it all is the article's date, publisher and author is chosen by
:mod:`kg.extract.article`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.names_lists import load_characters, load_words

_HAN = "\u3400-\u9fff"

# ---- Labels ----------------------------------------------------------------------------------------------------------

OUTLET_SUFFIX = (
    "日报|晚报|早报|晨报|时报|周报|农村报|商报|青年报|都市报|电视报|报社|报业集团|报|通讯社|社|"
    "新闻网|在线|热线|视窗|之窗|之声|网|电视台|广播电台|广播电视台|电台|台|"
    "融媒体中心|融媒体?|传媒集团|传媒中心|传媒|新闻中心|宣传中心|记者站|客户端|微信公众号|公众号|时讯|新闻|消息|头条|财经|发布|"
    "杂志社?|周刊|月刊|半月谈|求是|宣传部|人民政府|政府办公?室?|扶贫办|扶贫开发局|乡村振兴局"
)
_AUTHOR_LABEL = (
    "特约记者|见习记者|实习记者|首席记者|全媒体记者|融媒体?记者|摄影记者|本[报网台刊社]记者|记者|特约通讯员|通讯员|信息员|特约撰稿人?|撰稿人?|撰文|"
    "作者|实习生|特派员|评论员|图文|文图|文字|文/图|图/文|文/|图/|摄影报道|摄影|摄像|供稿|供图|采写|采访|文(?=[:：])|图(?=[:：])"
)
_EDITOR_LABEL = (
    "责任编辑|值班编辑|本期编辑|网络编辑|实习编辑|执行编辑|新媒体编辑|责任编审|责任校[审对]|编辑|责编|校审|审校|校对|编审|编校|"
    "初审|复审|终审|[一二三]审|审核|审定|审读|审签|签审|签发|编发"
)
#: Who answers for the outlet, not for the article alone: editors where a page names no others.
_CHIEF_LABEL = "副总编辑?|值班总编辑?|总编辑?|执行主编|副主编|主编|值班主任|值班领导|总监制|监制"
#: Dates by how much they tell: of publication; of change; of a document before it was published.
PUBLISHED_LABELS = frozenset(
    {"发布时间", "发布日期", "发表时间", "发表日期", "发稿时间", "发表于", "发布于", "时间", "日期", "刊发时间"}
)
CHANGED_LABELS = frozenset({"更新时间", "更新日期", "更新于", "修改时间", "最后更新"})
WRITTEN_LABELS = frozenset({"成文日期", "生成日期", "发文日期", "印发日期"})
SOURCE_LABELS = frozenset(
    {
        "稿件来源",
        "信息来源",
        "文章来源",
        "新闻来源",
        "本文来源",
        "来源单位",
        "来源",
        "稿源",
        "出自",
        "出处",
        "原载",
        "转自",
    }
)
RAN_BY = ("承办", "承办单位", "主办", "主办单位", "主管", "主管单位")
_OTHER_LABEL = "|".join(
    sorted({*PUBLISHED_LABELS, *CHANGED_LABELS, *WRITTEN_LABELS, *SOURCE_LABELS}, key=lambda it: (-len(it), it))
) + (
    "|总策划|策划|统筹|出品人?|制片人?|美编|设计|制作|制图|剪辑|视频|配音|主持人?|协办(?:单位)?|主办(?:单位)?|承办(?:单位)?|主管(?:单位)?|"
    "发布(?:者|人|单位|机构)?|点击(?:数|量|次数)?|浏览(?:数|量|次数)?|阅读(?:数|量)?|访问(?:量|次数)?|人气|评论|字号|字体|打印|"
    "分享|电话|值班电话|邮箱|热线|标签|关键[词字]|责任人|整理|综合|报道|分类|所属分类|栏目|作者单位"
)
_OF_OUTLET = "(?:特约|见习|实习|首席|全媒体|融媒体?|摄影)?(?:记者|通讯员|评论员|特派员)"
#: An outlet before the role belongs to the role, not to the names before it: "张三 甘肃日报记者 李四". What is
#: somebody else's source is none of the article: 图片来源, 资料来源.
_LABEL = re.compile(
    rf"(?:[{_HAN}·]*?(?:{OUTLET_SUFFIX})(?={_OF_OUTLET}))?(?<!图片)(?<!资料)(?<!数据)(?<!视频)"
    rf"(?:(?P<author>{_AUTHOR_LABEL})|(?P<editor>{_EDITOR_LABEL})|(?P<chief>{_CHIEF_LABEL})|(?P<other>{_OTHER_LABEL}))"
    r"(?P<colon>\s*[:：]|\s[|丨]\s|(?<![文图])/)?"
)
_ANY_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)?\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A label of an imprint with the words up to the next one.

    Attributes:
        label: The label, without its colon; "" for names that stand alone.
        role: "author", "editor", "chief" or "other".
        words: What stands behind it.
        is_marked: Whether a colon follows the label.
    """

    label: str
    role: str
    words: str
    is_marked: bool = True


def read_entries(line: str) -> Iterator[Entry]:
    """Yield the labels of a line with what stands behind each; a role other than an author's needs its colon.

    >>> [(entry.label, entry.words) for entry in read_entries("来源:某报 记者 李明 编辑:王芳")]
    [('来源', '某报'), ('记者', '李明'), ('编辑', '王芳')]
    """
    matches = [match for match in _LABEL.finditer(line) if match["colon"] or match["author"]]
    ends = (*(match.start() for match in matches[1:]), len(line))
    for match, end in zip(matches, ends, strict=False):
        role = next(name for name in ("author", "editor", "chief", "other") if match[name])
        yield Entry(match[role], role, line[match.end() : end].strip(), bool(match["colon"]))


def read_bare_names(line: str) -> Iterator[Entry]:
    """Yield names that stand alone in brackets or behind a mark: "……提升。(王某)", "本网讯(李某)", "◎王某"."""
    if taken := _TAKEN_BY.search(line):
        yield Entry("摄", "author", taken["names"], is_marked=False)
        return
    match = _BARE_NAMES.search(line) or _MARKED_NAME.search(line)
    if match and not _LABEL.search(match["names"]) and all(map(_is_personal, _split_names(match["names"]))):
        yield Entry("", "author", match["names"])


# ---- Persons ---------------------------------------------------------------------------------------------------------

_NAME = re.compile(f"(?:[{_HAN}]+(?:·[{_HAN}]+)+|[{_HAN}]{{2,4}}|[{_HAN}] [{_HAN}](?![{_HAN}]))(?![{_HAN}])")
_BETWEEN_NAMES = frozenset(" \u3000、,，/|丨;；")
#: "记者丁明摄": the word behind a photographer's name.
_TAKEN = re.compile(r"(?<=..)摄$")
_MARKED_NAME = re.compile(rf"^[□■●○◎◆◇★☆▲△]\s*(?P<names>{_NAME.pattern}(?:[\s、]+{_NAME.pattern}){{0,3}})$")
_BARE_NAMES = re.compile(rf"^[{_HAN}\d]{{0,24}}[(（](?P<names>[{_HAN}·\s、]{{2,20}})[)）][:：,，]?$")
#: "(某某社发 王小明 摄)": names before the word.
_TAKEN_BY = re.compile(rf"[\s发](?P<names>{_NAME.pattern}|[{_HAN}]{{2,3}}(?=摄))\s*摄\s*[)）]$")
_NO_NAME = re.compile(
    "^(?:本[报网台刊站页]|新华社|供稿|打印|佚名|匿名|未知|不详|网络|综合|整理|整合|编译|通讯|专电|[上下]午|管理员?|系统管理员?|编辑部?|记者|小编|"
    "文章|简介|须知|介绍|资料|专栏|附图|摄影|实习|最[新近]\\S*|.*(?:报道|中心|日报|新闻|发布|文章|支部|委员会|人民政府))$"
)
#: Roles that only persons have, behind which any two to four characters are a name.
_PERSONAL_ROLES = ("记者", "通讯员", "实习生", "信息员")


def read_names(entry: Entry) -> Iterator[str]:
    """Yield the names that an entry begins with; the first word that is no name ends them.

    >>> list(read_names(Entry("记者", "author", "李 明 周小红 摄影报道")))
    ['李明', '周小红']
    """
    is_sure = entry.is_marked or entry.label.endswith(_PERSONAL_ROLES)
    for name in _split_names(entry.words):
        if _NO_NAME.search(name) or not (is_sure or _is_personal(name)):
            return
        yield name


def _split_names(words: str) -> Iterator[str]:
    at = _next_name(words, 0)
    while match := _NAME.match(words, at):
        yield _TAKEN.sub("", match[0].replace(" ", ""))
        at = _next_name(words, match.end())


def _next_name(words: str, at: int) -> int:
    """Return where the next name may begin, past spaces and marks."""
    while at < len(words) and words[at] in _BETWEEN_NAMES:
        at += 1
    return at


def _is_personal(name: str) -> bool:
    """Tell whether a name begins with a surname and has the length of such names, or has the dot of a foreign one."""
    single, double = _surnames()
    return "·" in name or (len(name) <= 3 and name[0] in single) or name[:2] in double  # noqa: PLR2004 - 王小明


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(load_characters("surnames")), frozenset(load_words("compound_surnames"))


# ---- Outlets ---------------------------------------------------------------------------------------------------------

_OUTLET = re.compile(f"(?:[{_HAN}A-Za-z0-9]{{2,20}}?)(?:{OUTLET_SUFFIX})")
_SOURCE = re.compile(r"^[\s\[【(（“\"《]*(?P<name>[^\s|丨()（）\[\]【】,，、;；“”\"《》<>]+)")
#: What pages set behind the source without a gap: the issue of a magazine, buttons, the next label without its colon.
_BEHIND_SOURCE = re.compile(
    r"(?:(?<=\D)(?:19|20)\d\d(?:年\S*[刊期版]|[-/.年]\d.*)|举报|发表评论|查看评论|我有话说|我要评论|评论|收藏|分享|打印|字号|字体|点击|浏览|阅读|"
    r"作者|编辑|责编|责任编辑|记者|发布时间|发布日期|时间|日期|更新|第\d+[版页].*)+$"
)
_NO_SOURCE = re.compile(
    "^(?:本站(?:原创|整理)?|本网(?:站|讯|原创)?|原创|互联网|网络(?:综合|整理)?|未知|不详|转载.*|综合|其他|其它|投稿|自采|本站|来源|网友.*|[^\u3400-\u9fff]*)$"
)
_FIRST_OF_PAIR = re.compile("[-—–/]+")
#: "《 人民日报 》( 2019年05月16日 02 版)": the printed edition, which is older than the page.
_PRINTED = re.compile(rf"《\s*(?P<name>[{_HAN}·\s]{{2,20}}?)\s*》\s*[(（]\s*(?P<issue>[^()（）]*)[)）]")
_ISSUE = re.compile("[版期刊]")
_CRUMBS = re.compile(rf"位置\s*[:：]?\s*(?P<name>[{_HAN}]{{2,20}})\s*(?:>|»|›)")
_HOST = re.compile(
    rf"^(?P<name>[{_HAN}]{{2,12}}?(?:报|新闻网|网|社|电视台|广播电台|融媒体中心|人民政府))(?:数字报|电子报|电子版|门户网站|首页)?$"
)
_NO_CRUMB = re.compile("^(?:网站|本站|返回)?(?:首页|主页)|^(?:新闻|要闻|频道|栏目|正文)")
#: An outlet before a role, or at the head of a dateline: "某某日报记者", "某某社某地9月28日电", "某某电视台报道(记者".
_OUTLET_OF_ROLE = re.compile(
    rf"({_OUTLET.pattern})(?:{_AUTHOR_LABEL}|(?<=[社网报台])[{_HAN}]{{0,8}}\d{{1,2}}月\d{{1,2}}日\s*[电讯]|报道\s*[(（])"
)
_NO_OUTLET = re.compile("^(?:本[报网台刊社]|.*(?:来源|作者|编辑|发布|记者))$")


def find_sources(values: Iterable[str]) -> Iterator[str]:
    """Yield what 来源 names; of "site-newspaper" the newspaper, which wrote the article.

    >>> list(find_sources(["某某网-某某日报 2020-11-16", "本站原创", "[ 某某网 ]"]))
    ['某某日报', '某某网']
    """
    for value in values:
        match = _SOURCE.search(_ANY_DATE.sub(" ", value, count=1) if value[:1].isdigit() else value)
        if not match:
            continue
        *_, last = parts = _FIRST_OF_PAIR.split(_BEHIND_SOURCE.sub("", match["name"]))
        chosen = last if len(parts) > 1 and _OUTLET.fullmatch(last) else parts[0]
        if not _NO_SOURCE.search(chosen):
            yield chosen


def find_printed(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and issue of printed editions that lines name."""
    for line in lines:
        for match in _PRINTED.finditer(line):
            name = "".join(match["name"].split())
            if _OUTLET.fullmatch(name) or _ISSUE.search(match["issue"]):
                yield name, match["issue"]


def find_outlets(lines: Iterable[str]) -> Iterator[str]:
    """Yield the outlets that stand as words of their own beside a date, or before the word 记者."""
    for line in lines:
        if "://" not in line and _ANY_DATE.search(line):
            words = re.split(r"[\s()（）|丨\[\]【】]+", _ANY_DATE.sub(" ", line))
            yield from (word for word in words if _OUTLET.fullmatch(word) and not _NO_OUTLET.search(word))
        yield from (match[1] for match in _OUTLET_OF_ROLE.finditer(line) if not _NO_OUTLET.search(match[1]))


def find_hosts(lines: Iterable[str]) -> Iterator[str]:
    """Yield the bodies that run the page, as its head and the path above the text name them."""
    for line in lines:
        if host := _HOST.match(line):
            yield host["name"]
        yield from (match["name"] for match in _CRUMBS.finditer(line) if not _NO_CRUMB.search(match["name"]))
