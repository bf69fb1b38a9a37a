"""One line of a page: what its words say it is, by the closed vocabulary of such pages.

Where the line stands, and so what it is in the end, is the matter of :mod:`kg.text.body`; no pattern knows a site.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from kg.model import Span

# ---- The words of such pages -----------------------------------------------------------------------------------------

#: Labels before names or bodies in an imprint: "责任编辑:", "来源:"; the longer first.
LABELS = (
    "稿件来源|信息来源|文章来源|来源|稿源|出处|出自|原载|"
    "(?:本报|本网|本台|全媒体|融媒体|特约|见习|实习|首席|驻[^:：\\s]{1,6}|[^\\s:：,，。()（）]{1,12}(?:报|网|社|台))?"
    "(?:记者|通讯员|撰稿人?|评论员|特派员|实习生)|作者|撰文|文字?|图文|供稿|投稿|采写|采访|整理|"
    "摄影报道|摄影|图片|供图|摄像|视频|剪辑|制图|制作|美编|设计|策划|统筹|"
    "值班编辑|责任编辑|责任编审|责任校[对审]|本期编辑|网络编辑|编辑|责编|编审|编校|审校|校审|校对|初审|复审|终审|审核|审签|签发|监制|出品|"
    "总编辑?|副总编辑?|执行主编|副主编|主编|值班主任|值班总编|主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|主管(?:单位)?|"
    "关键[词字]|标签|发稿时间|发布时间|发布日期|发表时间|更新时间|时间|日期|发布者|发布人|发布单位|发布机构|"
    "点击(?:数|量|次数|率)?|浏览(?:数|量|次数)?|阅读(?:数|量|次数)?|访问量|人气|评论数?|字号|字体"
)
_LABELLED = re.compile(rf"(?:^|[\s(（【\[|/])(?:[^\s:：,，。、()（）]{{0,8}})(?:{LABELS})\s*[:：]")
_DATE = re.compile(
    r"(?<!\d)(?:19|20)?\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)|[二〇○零一九]{4}年[一二三四五六七八九十]{1,2}月"
)
#: "《某某日报》(2020年08月24日 02 版)", "(某某日报 第3版)": where the article was printed.
_PRINTED = re.compile(r"^[(（]?\s*《[^》]{2,20}》?\s*[》)）]?[^。]{0,40}?(?:版|期)?\s*[)）]?\s*$")
_PAGE = re.compile(r"\d{1,3}\s*版|第\s*\d+\s*期|(?:19|20)\d\d\s*年")
_NAME = "(?:[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+|[\u3400-\u9fff]{2,4}|[\u3400-\u9fff] [\u3400-\u9fff])"
_ROLE = "记者|通讯员|特约撰稿人?|撰稿人?|评论员|作者|实习生|特派员|文/图|图/文|文/|图/|文字|文图|图文|摄影|供稿"
#: A wire's line above the text: "某社某地9月28日电 题:……".
_WIRE = re.compile(r"^\S{2,8}(?:社|网|报)\S{0,12}\d{1,2}月\d{1,2}日\s*(?:电|讯)")
#: A line of nothing but roles and names: "本报记者 李某 通讯员 王某", "□ 文/图 张某".
_BYLINE = re.compile(
    rf"^[(（【]?[\s□■●○◎◆◇☆★▲△▪•·*]*[^\s,，。:：]{{0,24}}?(?:{_ROLE})[\s:：]*"
    rf"(?:(?:{_NAME}|{_ROLE}|摄|报道|整理|综合|发自\S{{1,8}})(?:[\s,，、/:：]+|(?=[)）】]|$))){{1,12}}[)）】]?$"
)
_NAVIGATION = re.compile(
    r"^(?:您|你)?(?:现在|当前|目前)?(?:所在|浏览)?的?位置|^首页|设为首页|加入收藏|(?:>|»|›|>>)\s*(?:正文|详情|内容|[^>\s]{2,8}$)|"
    r"\s正文$|^https?://|^www\.|^热点\s*[:：]|字号|打印(?:本页|此页|文章|$)|^【?(?:大|小)\s+中\s+(?:小|大)|返回首页|^导航|"
    r"^第?\s*[A-Za-z]?\d{1,3}\s*版(?:\s*[:：]\s*\S{0,12})?$|"
    r"(?:登录|注册|订阅|投稿).{0,6}(?:登录|注册|订阅|投稿)|^(?:手机版|网站导航|无障碍|简体|繁体|English)"
)
#: Short lines about sharing and following that stand between the date and the text.
_SITE_LINE = re.compile(
    r"^(?:微博|微信|QQ空间|Qzone|图集|评论|收藏|点赞|分享|扫一扫|客户端|手机看新闻|听新闻|播报|放大|缩小|默认|打印|纠错|关闭|"
    r"(?:关注|下载|打开|订阅).{0,10}|.{0,10}(?:客户端|公众号|官方微[博信]|频道|首页))$"
)
_CHANNELS = re.compile(r"^(?:[^\s|]{1,5}[\s|]+){4,}[^\s|]{1,6}$")
#: A line that is but the name of a site or paper.
OUTLET_NAME = re.compile(r"^\S{2,10}(?:网|日报|晚报|在线|频道|新闻|客户端|电视台|融媒体中心)(?:移动版|手机版|触屏版)?$")
ORIGINAL_TITLE = re.compile(r"^[(（【]?\s*(?:原标题|原题|标题)\s*[:：]\s*(?P<title>.+?)\s*[)）]?$")
#: "◎王 强": the author behind a printer's mark, as papers set it.
_MARKED_NAME = re.compile(rf"^[□■●○◎◆◇★☆▲△]\s*{_NAME}(?:[\s、]+{_NAME}){{0,3}}$")
#: What begins the end of a page, at the start of a line. A line of prose is none, save for the last row.
_END_HEAD = re.compile(
    r"^[\s●•·■◆▲►▼【\[<《(（*-]*(?:"
    r"精彩(?:推荐|阅读|内容|回顾|图[片集])|推荐(?:阅读|新闻|文章|图片|视频|内容)?(?:$|[:：])|编辑推荐|为您推荐|猜你喜欢|频道推荐|"
    r"[^,，。]{0,6}相关(?:新闻|文章|阅读|链接|报道|推荐|专题|稿件|资讯|内容|图片|视频|信息|搜索)|延伸阅读|扩展阅读|更多(?:新闻|内容|精彩|资讯|>|$)|"
    r"往期(?:推荐|回顾|精彩|内容)?(?:$|[:：])|热[点门](?:推荐|新闻|排行|专题|文章|图片|评论|标签)|"
    r"关注我们|联系我们|关于我们|友情链接|网站地图|即时播报|最新(?:播报|新闻|文章|消息|评论|资讯)|滚动新闻|今日(?:热点|推荐)|要闻推荐|"
    r"分享(?:到|至|按钮|给)|上一[篇页条]|下一[篇页条]|[^,，。]{0,8}排行榜?(?:$|[:：])|24小时|48小时|网友评论|发表评论|我要评论|"
    r"图片(?:新闻|推荐)|视频(?:新闻|推荐)|专题(?:推荐|报道)(?:$|[:：])|扫[一码描]|长按|返回(?:顶部|首页|列表)|【?(?:打印|关闭|收藏)】?"
    r")"
)
_LEGAL = re.compile(
    r"^[\s【\[(（*]*(?:版权(?:声明|所有|与免责)|免责(?:声明|条款)|特别声明|法律声明|声明\s*[:：]|凡(?:本网|注有|注明)|"
    r"本网(?:站)?(?:所有|转载|注明)|(?i:copyright)|©)"
)
#: Words of a site's last lines; a paragraph may speak of them, too (公布举报电话).
_LICENCE = re.compile(
    r"(?i:copyright|all rights reserved)|©|版权所有|ICP[备证]|网安备|增值电信|信息服务许可|举报(?:电话|邮箱)|不良信息"
)
_CAPTION = re.compile(
    r"^(?:图为|图[一二三四五六七八九十\d]*\s*[:：]|[▲△↑↓◀▶←→]|上图|下图|左图|右图|[上下左右]?图\s*[:：]|资料图)|"
    r"(?:摄|供图|/图|资料图片?|摄影报道)\s*[)）】]?。?$"
)
#: A line of imprint at the end of the last paragraph: "……提升。(来源:某报 记者:某某)".
TAIL = re.compile(
    r"(?<=[。！？!?”…])\s*(?P<rest>[(（【]\s*[^（()）【】。]{0,16}"
    r"(?:来源|记者|通讯员|作者|编辑|责编|摄影|文/|图/|供稿|撰稿|完|稿源)[^（()）【】。]{0,80}[)）】]|"
    rf"[(（]\s*{_NAME}(?:[\s、]+{_NAME}){{0,3}}\s*[)）]|"
    rf"[^\s。,，]{{0,12}}(?:记者|通讯员)\s*{_NAME}(?:[\s、]+{_NAME}){{0,3}}\s*(?:摄|摄影报道|摄影|文/图|图/文)?)$"
)
#: A dateline before the first paragraph: "本报讯(记者 某某)", "新华社兰州11月20日电(记者某某)", "本网讯(某某)".
DATELINE = re.compile(
    r"^(?P<imprint>[^。,，!?！？“]{0,24}?(?:讯|电|报道|消息)\s*[(（]"
    rf"(?:[^（()）。]{{0,24}}(?:记者|通讯员|作者)[^（()）。]{{0,60}}|\s*{_NAME}(?:[\s、]+{_NAME}){{0,3}}\s*)[)）][:：,，]?)"
)
#: The beginning of a sentence after the last complete one: dumps are cut at a number of characters.
CUT_OFF = re.compile(r"[。！？!?][”’」』）)】]*(?P<rest>[^。！？!?]+)$")

# ---- Measures, tuned on the five seeds and six further pages ---------------------------------------------------------

_TERMINAL = re.compile(r"[。！？!?；;：:…][”’」』）)】\ufffd]*$")
_PROSE_LENGTH = 12
_SHOUT_LENGTH = 30
_CUT_LENGTH = 30
HEADING_LENGTH = 45
_IMPRINT_LENGTH = 120
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Line:
    """One line of the page, trimmed."""

    span: Span
    text: str

    @cached_property
    def key(self) -> str:
        """The words without spaces: how repeated lines are compared."""
        return _SPACE.sub("", self.text)

    @cached_property
    def is_imprint(self) -> bool:
        """Whether the line only says where the article comes from: date, source, names."""
        if len(self.text) > _IMPRINT_LENGTH or self.is_prose or TAIL.search(self.text):
            return False
        printed = _PRINTED.search(self.text) and _PAGE.search(self.text)
        dated = _DATE.search(self.text) and len(self.text) <= HEADING_LENGTH and not self.ends_sentence
        patterns = (_LABELLED, _BYLINE, _MARKED_NAME, _WIRE)
        return bool(printed or dated) or any(pattern.search(self.text) for pattern in patterns)

    @cached_property
    def is_original_title(self) -> bool:
        """Whether the line gives the title that the first publisher chose."""
        return bool(ORIGINAL_TITLE.search(self.text))

    @cached_property
    def is_caption(self) -> bool:
        """Whether the line says that it is a picture's caption."""
        return bool(_CAPTION.search(self.text)) and len(self.text) <= _IMPRINT_LENGTH

    @cached_property
    def is_navigation(self) -> bool:
        """Whether the line leads about the site."""
        patterns = (_NAVIGATION, _SITE_LINE, _CHANNELS)
        return not self.is_prose and any(pattern.search(self.text) for pattern in patterns)

    @cached_property
    def is_legal(self) -> bool:
        """Whether the line states copyright, licence or a disclaimer."""
        return bool(_LEGAL.search(self.text)) or (bool(_LICENCE.search(self.text)) and not self.is_prose)

    @cached_property
    def begins_end(self) -> bool:
        """Whether what follows belongs to the site."""
        return self.is_legal or (bool(_END_HEAD.search(self.text)) and not self.is_prose)

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the line closes with a mark that ends a sentence."""
        return bool(_TERMINAL.search(self.text))

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line is a paragraph; a headline may end in "!" or "?", hardly in "。"."""
        length = len(self.key)
        if "。" not in self.text and len(_LABELLED.findall(self.text)) > 1:
            return False
        if "。" in self.text[-3:] or "…" in self.text[-3:]:
            return length >= _PROSE_LENGTH
        if self.ends_sentence:
            return length >= _SHOUT_LENGTH or "。" in self.text
        return length >= _CUT_LENGTH and "。" in self.text

    @cached_property
    def is_paragraph(self) -> bool:
        """Whether the line is a paragraph and none of the page's own."""
        return self.is_prose and not self.is_legal
