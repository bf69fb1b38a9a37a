"""What a page states about the article itself: title, date, publisher, authors, editors.

Read from the lines that :mod:`kg.text.body` took for the imprint above and below the text, never from the text; what
the page does not say stays unknown. Dates within the text are left to :mod:`kg.text.periods`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.model import BlockRole, Document, Extraction, Metadata, Reading
from kg.text.dates import parse_address_date, parse_date

_HAN = "\u3400-\u9fff"

# ---- Labels and names ------------------------------------------------------------------------------------------------

_OUTLET_SUFFIX = (
    "日报|晚报|早报|晨报|时报|周报|农村报|商报|青年报|都市报|电视报|报社|报业集团|报|通讯社|社|"
    "新闻网|在线|热线|视窗|之窗|网|电视台|广播电台|广播电视台|电台|台|"
    "融媒体中心|融媒体?|传媒集团|传媒中心|传媒|新闻中心|宣传中心|记者站|客户端|微信公众号|公众号|时讯|新闻|发布|"
    "杂志社?|周刊|月刊|半月谈|求是|宣传部|人民政府|政府办公?室?|扶贫办|乡村振兴局"
)
_OUTLET = re.compile(f"(?:[{_HAN}A-Za-z0-9]{{2,20}}?)(?:{_OUTLET_SUFFIX})")
_AUTHOR_LABEL = (
    "特约记者|见习记者|实习记者|首席记者|全媒体记者|融媒体?记者|摄影记者|本[报网台刊社]记者|记者|特约通讯员|通讯员|特约撰稿人?|撰稿人?|撰文|"
    "作者|实习生|特派员|评论员|图文|文图|文字|文/图|图/文|文/|图/|摄影报道|摄影|摄像|供稿|供图|采写|采访|文(?=[:：])|图(?=[:：])"
)
_EDITOR_LABEL = (
    "责任编辑|值班编辑|本期编辑|网络编辑|实习编辑|执行编辑|责任编审|责任校[审对]|编辑|责编|校审|审校|校对|编审|编校"
)
_OTHER_LABEL = (
    "稿件来源|信息来源|文章来源|来源|稿源|出自|总编辑|副总编辑?|总编|执行主编|副主编|主编|总监制|监制|总策划|策划|统筹|出品人?|制片人?|"
    "值班主任|值班总编|初审|复审|终审|审核|审签|签发|美编|设计|制作|制图|剪辑|视频|配音|主持人?|"
    "主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|主管(?:单位)?|发布(?:时间|日期|者|人|单位|机构)?|"
    "更新时间|发表时间|时间|日期|点击(?:数|量|次数)?|浏览(?:数|量|次数)?|阅读(?:数|量)?|访问量|字号|字体|打印|"
    "分享|电话|值班电话|邮箱|热线|标签|关键词|责任人|整理|综合|报道"
)
#: An outlet before the role belongs to the role, not to the names before it: "张三 甘肃日报记者 李四".
_LABEL = re.compile(
    rf"(?:[{_HAN}·]*?(?:{_OUTLET_SUFFIX}))?(?:(?P<author>{_AUTHOR_LABEL})|(?P<editor>{_EDITOR_LABEL})|(?P<other>{_OTHER_LABEL}))"
    r"(?P<colon>\s*[:：])?"
)
_NAME = re.compile(f"(?:[{_HAN}]+(?:·[{_HAN}]+)+|[{_HAN}]{{2,4}}|[{_HAN}] [{_HAN}](?![{_HAN}]))(?![{_HAN}])")
_BETWEEN_NAMES = frozenset(" \u3000、,，/|丨;；")
#: "记者丁明摄": the word behind a photographer's name.
_TAKEN = re.compile(r"(?<=..)摄$")
#: A name behind a printer's mark, as papers set the author below the headline: "◎王 强".
_MARKED_NAME = re.compile(rf"^[□■●○◎◆◇★☆▲△]\s*(?P<names>{_NAME.pattern}(?:[\s、]+{_NAME.pattern}){{0,3}})$")
_BARE_NAMES = re.compile(rf"^[{_HAN}\d]{{0,24}}[(（](?P<names>[{_HAN}·\s、]{{2,20}})[)）][:：,，]?$")
_NO_NAME = re.compile(
    "^(?:本[报网台刊站页]|新华社|供稿|打印|佚名|匿名|未知|网络|综合|整理|通讯|专电|[上下]午|管理员?|编辑部?|记者|小编|"
    ".*(?:报道|中心|日报|新闻|发布))$"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label of an imprint with the words up to the next one."""

    label: str
    role: str
    words: str


def _entries(line: str) -> Iterator[_Entry]:
    """Yield the labels of a line with what stands behind each; a role other than an author's needs its colon."""
    matches = [match for match in _LABEL.finditer(line) if match["colon"] or match["author"]]
    ends = (*(match.start() for match in matches[1:]), len(line))
    for match, end in zip(matches, ends, strict=False):
        role = next(name for name in ("author", "editor", "other") if match[name])
        yield _Entry(match[role], role, line[match.end() : end].strip())


def _names(words: str) -> Iterator[str]:
    """Yield the names that some words begin with; the first word that is no name ends them."""
    at = _next_name(words, 0)
    while (match := _NAME.match(words, at)) and not _NO_NAME.search(match[0]):
        yield _TAKEN.sub("", match[0].replace(" ", ""))
        at = _next_name(words, match.end())


def _next_name(words: str, at: int) -> int:
    """Return where the next name may begin, past spaces and marks."""
    while at < len(words) and words[at] in _BETWEEN_NAMES:
        at += 1
    return at


# ---- Publisher -------------------------------------------------------------------------------------------------------

_SOURCE_LABELS = ("稿件来源", "信息来源", "文章来源", "来源", "稿源", "出自")
_SOURCE = re.compile(r"^[“\"《]?(?P<name>[^\s|丨()（）\[\]【】,，、;；“”\"《》]+)")
#: The issue behind a magazine's name: "某某杂志2022年1月下旬刊".
_ISSUE = re.compile(r"(?<=\D)(?:19|20)\d\d年\S*[刊期版]$")
_NO_SOURCE = frozenset(
    {"本站", "本网", "原创", "互联网", "网络", "未知", "转载", "综合", "不详", "本站原创", "网络综合"}
)
#: "《 人民日报 》( 2020年08月24日 02 版)": the printed edition, which is older than the page.
_PRINTED = re.compile(rf"《\s*(?P<name>[{_HAN}·\s]{{2,20}}?)\s*》\s*[(（]\s*(?P<issue>[^()（）]*)[)）]")
_RAN_BY = ("承办", "承办单位", "主办", "主办单位", "主管", "主管单位")
_CRUMBS = re.compile(rf"位置\s*[:：]\s*(?P<name>[{_HAN}]+)\s*(?:>|»|›)")


#: An outlet before a role, or at the head of a dateline: "某某日报记者", "某某社某地9月28日电", "某某电视台报道(记者".
_OUTLET_OF_ROLE = re.compile(
    rf"({_OUTLET.pattern})(?:{_AUTHOR_LABEL}|(?<=[社网报台])[{_HAN}]{{0,8}}\d{{1,2}}月\d{{1,2}}日\s*[电讯]|报道\s*[(（])"
)


class ArticleExtractor:
    """Reads title, date, publisher, authors and editors of the article from its imprint."""

    name = "article"
    version = "2"
    requires = frozenset({"document"})
    assigns = frozenset({"metadata"})

    def extract(self, reading: Reading) -> Extraction:
        """Return the metadata, and nothing else."""
        document = reading.document
        lines = tuple(_imprint(document))
        entries = (*chain.from_iterable(map(_entries, lines)), *_bare_names(lines))
        metadata = Metadata(
            title=_title(document),
            published=_published(lines),
            publisher=_publisher(lines, entries),
            authors=_people(entries, "author"),
            editors=_people(entries, "editor"),
        )
        return Extraction(metadata=metadata)


def _imprint(document: Document) -> Iterator[str]:
    """Yield the lines above and below the text, in order."""
    titles = {document.words(block.span) for block in document.blocks if block.role is BlockRole.TITLE}
    for block in document.blocks:
        words = document.words(block.span)
        if block.role in {BlockRole.HEADER, BlockRole.FOOTER} and words not in titles:
            yield words


def _title(document: Document) -> str:
    """Return the lines of the title joined; a subtitle that begins with a dash needs no space."""
    lines = (document.words(block.span) for block in document.blocks if block.role is BlockRole.TITLE)
    joined = re.sub(r"\s+(?=—)", "", " ".join(" ".join(line.split()) for line in lines))
    return re.sub(r"\s*[(（](?:组?图|附图|多图|图文|视频|转载)[)）]$", "", joined)


def _published(lines: Sequence[str]) -> str | None:
    """Return the date of the printed edition, else of the page, else of its address."""
    printed = (match["issue"] for line in lines for match in _PRINTED.finditer(line))
    pages = (line for line in lines if "://" not in line)
    stated = (parse_date(words) for words in (*printed, *pages))
    addresses = (parse_address_date(line) for line in lines)
    return next(filter(None, chain(stated, addresses)), None)


def _publisher(lines: Sequence[str], entries: Sequence[_Entry]) -> str | None:
    """Return who published the article first: its source, its print, the outlet of its byline, who runs the page."""
    stated = (
        _sources(entry.words for entry in entries if entry.label in _SOURCE_LABELS),
        ("".join(match["name"].split()) for line in lines for match in _PRINTED.finditer(line)),
        _outlets(lines),
        (name for label in _RAN_BY for entry in entries if entry.label == label for name in _first_word(entry.words)),
        (match["name"] for line in lines for match in _CRUMBS.finditer(line) if match["name"] != "首页"),
    )
    return next(chain.from_iterable(stated), None)


def _sources(values: Iterable[str]) -> Iterator[str]:
    """Yield what 来源 names; of "site-newspaper" the newspaper, which wrote the article."""
    for value in values:
        for name in _first_word(value):
            *_, last = parts = re.split("[-—–/]+", name)
            chosen = last if len(parts) > 1 and _OUTLET.fullmatch(last) else parts[0]
            if chosen not in _NO_SOURCE:
                yield chosen


def _first_word(value: str) -> Iterator[str]:
    if match := _SOURCE.search(value):
        yield _ISSUE.sub("", match["name"])


def _outlets(lines: Iterable[str]) -> Iterator[str]:
    """Yield the outlets that stand as words of their own beside a date, or before the word 记者."""
    for line in lines:
        if parse_date(line) and "://" not in line:
            yield from (word for word in re.split(r"[\s()（）|丨]+", line) if _OUTLET.fullmatch(word))
        yield from (match[1] for match in _OUTLET_OF_ROLE.finditer(line))


def _bare_names(lines: Iterable[str]) -> Iterator[_Entry]:
    """Yield names that stand alone in brackets or behind a mark: "……提升。(王某)", "本网讯(李某)", "◎王某"."""
    for line in lines:
        if (match := _BARE_NAMES.search(line) or _MARKED_NAME.search(line)) and not _LABEL.search(match["names"]):
            yield _Entry("", "author", match["names"])


def _people(entries: Iterable[_Entry], role: str) -> tuple[str, ...]:
    """Return the names behind the labels of one role, in order, each once."""
    return tuple(dict.fromkeys(name for entry in entries if entry.role == role for name in _names(entry.words)))
