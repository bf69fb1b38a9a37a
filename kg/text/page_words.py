"""The closed vocabulary of Chinese news pages: imprints, navigation, share buttons, ends of pages, legal lines.

Every pattern is meant for one line of a page, most for a short one, and knows no site, paper or place by name. What a
line with such words is in the end depends on where it stands, which is the matter of :mod:`kg.text.body`.
"""

import re

# ---- Imprints --------------------------------------------------------------------------------------------------------

#: Labels before names, bodies and dates in an imprint: "责任编辑:", "来源:"; the longer first.
_LABELS = (
    "稿件来源|信息来源|文章来源|来源单位|来源|稿源|出处|出自|原载|转自|"
    "(?:本报|本网|本台|全媒体|融媒体|特约|见习|实习|首席|驻[^:：\\s]{1,6}|[^\\s:：,，。()（）]{1,12}(?:报|网|社|台|中心))?"
    "(?:记者|通讯员|信息员|撰稿人?|评论员|特派员|实习生)|作者|撰文|文字|图文|文图|供稿|投稿|采写|采访|整理|"
    "摄影报道|摄影|图片|供图|摄像|视频|剪辑|制图|制作|美编|设计|策划|统筹|编发|排版|录入|"
    "值班编辑|责任编辑|责任编审|责任校[对审]|本期编辑|网络编辑|编辑|责编|编审|编校|审校|校审|校对|初审|复审|终审|[一二三]审|"
    "审核|审定|审读|审签|签审|签发|监制|出品人?|"
    "总编辑?|副总编辑?|执行主编|副主编|主编|值班主任|值班领导|值班总编|主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|主管(?:单位)?|"
    "关键[词字]|标签|发稿时间|发布时间|发布日期|发表时间|发表日期|发表于|更新时间|更新日期|修改时间|成文日期|生成日期|时间|日期|"
    "中图分类号|文献标识码|文章编号|发布者|发布人|发布单位|发布机构|发文机关|发文字号|索\\s*引\\s*号|文\\s*号|主题分类|信息分类|公开方式|公开时限|有效性|"
    "点击(?:数|量|次数|率)?|浏览(?:数|量|次数)?|阅读(?:数|量|次数)?|访问(?:量|次数)?|人气|评论数?|字号|字体"
)
LABELLED = re.compile(rf"(?:^|[\s(（【\[|/])(?:文|[^\s:：,，。、()（）]{{0,8}}(?:{_LABELS}))(?:\s*[:：]|\s[|丨]\s)")
DATE = re.compile(
    r"(?<!\d)(?:19|20)?\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)|(?<!\d)\d{1,2}([/.])\d{1,2}\1 ?20\d\d(?!\d)|"
    r"[二〇○零一九]{4}年[一二三四五六七八九十]{1,2}月"
)
#: What says of a line that it dates the page or names its source.
DATED = re.compile(DATE.pattern + r"|来源\s*[:：]|稿源\s*[:：]|出处\s*[:：]|发布(?:时间|日期)|发[表稿]时间")
#: "《某某日报》(2019年05月16日 02 版)", "(某某日报 第3版)": where the article was printed.
PRINTED = re.compile(r"^[(（]?\s*《[^》]{2,20}》?\s*[》)）]?[^。]{0,40}?(?:版|期)?\s*[)）]?\s*$")
PRINTED_PAGE = re.compile(r"\d{1,3}\s*版|第\s*\d+\s*期|(?:19|20)\d\d\s*年")
NAME = "(?:[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+|[\u3400-\u9fff]{2,4}|[\u3400-\u9fff] [\u3400-\u9fff])"
NAMES = rf"{NAME}(?:[\s、]+{NAME}){{0,3}}"
_ROLE = "记者|通讯员|特约撰稿人?|撰稿人?|评论员|作者|实习生|特派员|文/图|图/文|文/|图/|文字|文图|图文|摄影|供稿"
#: A wire's line above the text: "某社某地9月28日电 题:……".
_WIRE = re.compile(r"^\S{2,8}(?:社|网|报)\S{0,12}\d{1,2}月\d{1,2}日\s*(?:电|讯)")
#: A line of nothing but roles and names: "本报记者 李某 通讯员 王某", "□ 文/图 张某".
_BYLINE = re.compile(
    rf"^[(（【]?[\s□■●○◎◆◇☆★▲△▪•·*]*[^\s,，。:：]{{0,24}}?"
    rf"(?:{_ROLE})(?:[\s:：/]+|(?<=/)|(?<=[报网社台刊心(（]记者)|(?<=通讯员))"
    rf"(?:(?:{NAME}|{_ROLE}|摄|报道|整理|综合|发自\S{{1,8}})(?:[\s,，、/:：]+|(?=[)）】]|$))){{1,12}}[)）】]?$"
)
#: "◎王 强": the author behind a printer's mark, as papers set it.
MARKED_NAME = re.compile(rf"^[□■●○◎◆◇★☆▲△]\s*(?P<names>{NAMES})$")
#: "(某某网 王小明 摄)": who took a picture, in a line of its own.
_CREDIT = re.compile(r"^[(（][^()（）。，,]{2,24}(?:摄|供图|摄影|[文图]|报道)\s*[)）]$")
#: "原创 某某 某某发布": how messaging services head an article.
_POSTED = re.compile(r"^原创\s+\S")
ORIGINAL_TITLE = re.compile(r"^[(（【]?\s*(?:原标题|原题|标题)\s*[:：]\s*(?P<title>.+?)\s*[)）】]?$")


def is_signed(words: str) -> bool:
    """Tell whether a line names source, author or editor, or heads an agency's report.

    >>> is_signed("本报记者 李 明 周小红"), is_signed("责任编辑:李某"), is_signed("记者节到了")
    (True, True, False)
    """
    if LABELLED.search(words):
        return True
    patterns = (_BYLINE, MARKED_NAME, _WIRE, _CREDIT, _POSTED)
    return any(pattern.search(words) for pattern in patterns)


#: A line that is but the name of a site or paper.
OUTLET_NAME = re.compile(
    r"^《?\S{2,14}(?:网|日报|晚报|早报|晨报|时报|周报|在线|频道|新闻|客户端|电视台|融媒体中心|门户网站|政府网|官网|数字报|电子报|"
    r"电子版|数字版|百科全书)》?(?:移动版|手机版|触屏版|首页|欢迎您)?$"
)

# ---- Within and around paragraphs ------------------------------------------------------------------------------------

#: A line of imprint at the end of the last paragraph: "……提升。(来源:某报 记者:某某)".
TAIL = re.compile(
    r"(?<=[。！？!?”…])\s*(?P<rest>[(（【]\s*[^（()）【】。]{0,16}"
    r"(?:来源|记者|通讯员|作者|编辑|责编|摄影|文/|图/|供稿|撰稿|完|稿源|社发|摄)[^（()）【】。]{0,80}[)）】]|"
    rf"[(（]\s*{NAMES}\s*[)）]|"
    rf"[^\s。,，]{{0,12}}(?:记者|通讯员)\s*{NAMES}\s*(?:摄|摄影报道|摄影|文/图|图/文)?)$"
)
TAIL_LENGTH = 140
#: A line without these at its end has no such imprint: brackets as its last character, roles within the last so many.
TAIL_BRACKETS = ")）】"
TAIL_ROLES = ("记者", "通讯员")
TAIL_ROLES_LENGTH = 60
_OUTLET_AT_HEAD = r"(?:本报|本网|本台|本刊|[^\s,，。:：]{2,12}?(?:报|网|社|台|中心|客户端))"
#: A dateline before the first paragraph: "本报讯(记者 某某)", "某社某地11月20日电(记者某某)", "某某网讯 ".
DATELINE = re.compile(
    r"^(?P<imprint>[^。,，!?！？“]{0,24}?(?:讯|电|报道|消息)\s*[(（]"
    rf"(?:[^（()）。]{{0,24}}(?:记者|通讯员|作者)[^（()）。]{{0,60}}|\s*{NAMES}\s*)[)）][:：,，]?|"
    rf"【[^】]{{2,16}}(?:讯|电|消息|报道)】(?:\s*(?:记者|通讯员)\s*{NAMES}\s*(?:报道|摄影报道))?[:：,，]?|"
    rf"{_OUTLET_AT_HEAD}(?:\S{{0,12}}?\d{{1,2}}月\d{{1,2}}日)?(?:讯|电|消息)[\s:：]+)"
)
DATELINE_LENGTH = 140
#: One of these stands in every dateline, within so many characters.
DATELINE_WORDS = ("讯", "电", "报道", "消息")
DATELINE_WORDS_LENGTH = 48
CAPTION = re.compile(
    r"^(?:图为|图[一二三四五六七八九十\d]*\s*[:：]|[▲△↑↓◀▶←→]|上图|下图|左图|右图|[上下左右]?图\s*[:：]|资料图)|"
    r"(?:摄|供图|/图|资料图片?|摄影报道)\s*[)）】]?。?$"
)

# ---- Navigation ------------------------------------------------------------------------------------------------------

NAVIGATION = re.compile(
    r"^(?:您|你)?(?:现在|当前|目前)?(?:所在|浏览)?的?位置|^首页|设为首页|加入收藏|(?:>|»|›|>>)\s*(?:正文|详情|内容|[^>\s]{2,8}$)|"
    r"^(?:[^>»›\s]{1,12}\s*[>»›]+\s*){2}|\s正文$|https?://|^www\.|^热[点搜]\s*[:：]|字号|字体|打印(?:本页|此页|文章|$)|"
    r"^【?(?:大|小)\s+中\s+(?:小|大)|返回首页|^导航|^第?\s*[A-Za-z]?\d{1,3}\s*版(?:\s*[:：]\s*\S{0,12})?$|"
    r"(?:登录|注册|订阅|投稿).{0,6}(?:登录|注册|订阅|投稿)|^(?:手机版|网站导航|无障碍|简体|繁体|English|当前时间|现在时间|今天是|北京时间)|"
    r"^\d{1,3}\s*(?:秒|分钟|小时|天|周|个?月|年)前$"
)
#: The buttons and boxes of a page, each a line of its own, a count behind them.
_BUTTON = (
    "分享(?:到|至)?|分享让更多人看到|转发|微博|新浪微博|腾讯微博|微信|朋友圈|微信好友|QQ|QQ好友|QQ空间|Qzone|空间|人人网?|豆瓣|复制链接|图集|"
    "评论|我要评论|我来说两句|跟[帖贴]|留言|参与|收藏|点赞|赞|举报|推荐|扫一扫|二维码|客户端|手机看新闻|听新闻|播报|语音播报|朗读|视频加载中|"
    "正在加载|加载(?:中|更多)|放大|缩小|默认|特大|超大|大号?|中号?|小号?|大字|打印|打印本[页文]|纠错|我要纠错|关闭|关闭窗口|返回|返回顶部|"
    "顶部|展开|展开全文|阅读全文|查看全文|查看原文|阅读原文|全文|收起|更多|查看更多|点击查看更多|点击加载更多|广告|推广|登录|注册|搜索|退出|"
    "小字|大字|\\+?关注|已关注|订阅|下载|APP下载|手机版|电脑版|触屏版|网站地图|官方微博|官方微信|官方微信平台|音频|视频|图片|阅读|浏览|点击|人气"
)
SITE_LINE = re.compile(
    rf"^[\[【(（]?\s*(?:\d+\s*)?(?:(?:(?:{_BUTTON})[\s/|、·]*){{1,8}}|(?:关注|下载|打开|订阅|分享|扫[码描一]|点击.{{0,8}}(?:关注|下载|订阅)).{{0,12}}|.{{0,12}}二维码.{{0,6}}|"
    r".{0,10}(?:客户端|公众号|官方微[博信]|频道|首页))"
    r"\s*[:：]?\s*[(（]?\d*\s*[)）]?\s*(?:次|人|条|万)?\s*[\]】)）]?$",
    re.IGNORECASE,
)
CHANNELS = re.compile(r"^(?:[^\s|·•]{1,6}[\s|·•-]+){4,}[^\s|·•]{1,6}$")
_PAGER_WORDS = frozenset({"上一页", "下一页", "上页", "下页", "首页", "尾页", "末页", "前一页", "后一页", "页"})
_PAGER_GAP = re.compile(r"[\s\[\]【】()（）<>《》|/.…·-]+")
_PAGER_COUNT = re.compile(r"第?\d{1,4}页?|共\d{1,4}页")


def is_pager(words: str) -> bool:
    """Tell whether a line only leads to the pages of an article.

    >>> is_pager("上一页 1 2 3 下一页"), is_pager("【1】【2】"), is_pager("2")
    (True, True, False)
    """
    parts = [part for part in _PAGER_GAP.split(words) if part]
    if len(parts) < 2 and not _PAGER_WORDS.intersection(parts):  # noqa: PLR2004 - one number may be a heading's
        return False
    return all(part in _PAGER_WORDS or _PAGER_COUNT.fullmatch(part) for part in parts)


# ---- The end of a page -----------------------------------------------------------------------------------------------

#: What begins the end of a page, at the start of a line. A line of prose is none, save for the last row of all.
END_HEAD = re.compile(
    r"^[\s●•·■◆▲►▼【\[<《(（*]*(?:"
    r"精彩(?:推荐|阅读|内容|回顾|图[片集]|视频)|推荐(?:阅读|新闻|文章|图片|视频|内容)?(?:$|[:：])|(?:编辑|新闻|好文|相关)推荐|[为给][您你]推荐|"
    r"猜[您你](?:喜欢|想看)|[您你]可能(?:还)?(?:会)?(?:喜欢|感兴趣)|感兴趣的|大家(?:都|还|正)?在(?:看|搜)|频道(?:推荐|总?排行)|"
    r"[^,，。]{0,6}相关(?:新闻|文章|阅读|链接|连接|报道|推荐|专题|稿件|资讯|内容|图片|视频|信息|搜索|热词|标签|评论|主题|附件|新聞)|"
    r"延伸阅读|扩展阅读|更多(?:新闻|内容|精彩|资讯|阅读|>|$)|"
    r"往期(?:推荐|回顾|精彩|内容|文章)?(?:$|[:：])|热[点门搜](?:推荐|新闻|排行|专题|文章|图片|评论|标签|阅读|资讯|内容|词|榜)|"
    r"关注我们|联系我们|关于我们|友情链接|网站地图|网站声明|即时播报|即时新闻|最[新热](?:播报|新闻|文章|消息|评论|资讯|动态|更新|发布|图文)|滚动新闻|"
    r"今日(?:热点|推荐|头条|热搜)|[一本]周(?:热点|排行|热门|要闻)|要闻推荐|"
    r"分享(?:到|至|按钮|给|让更多)|上一?[篇页条]|下一?[篇页条]|前一[篇条]|后一[篇条]|[^,，。]{0,8}排行榜?(?:$|[:：])|24小时|48小时|"
    r"(?:网友|用户|全部|最新|热门|精彩|文章|新闻)(?:评论|跟[帖贴]|留言)|发表(?:评论|留言)|我要(?:评论|留言|投稿|纠错)|我来说两句|评论区|\d*条评论|文明上网|"
    r"图片(?:新闻|推荐)|视频(?:新闻|推荐)|专题(?:推荐|报道)(?:$|[:：])|扫[一码描]|长按|返回(?:顶部|首页|列表)|"
    r"打印(?:本[页文]|$|[】\]])|关闭(?:本页|窗口|$|[】\]])|收藏(?:本[页文]|$|[】\]])|"
    r"网站标识码|技术支持\s*[:：]|阅读原文(?:$|[】\]])|转载请注明"
    r")"
)
LEGAL = re.compile(
    r"^[\s【\[(（*]*(?:版权(?:声明|所有|与免责|归)|免责(?:声明|条款)|特别声明|法律声明|郑重声明|反?侵权(?:声明|公告)|声明\s*[:：]|"
    r"凡(?:本网|本站|注有|注明)|本[网站](?:所有|转载|注明|声明)|未经(?:本[网站报]|授权|许可|书面)|(?i:copyright)|©)"
)
#: Words of a site's last lines; a paragraph may speak of them, too (公布举报电话).
LICENCE = re.compile(
    r"(?i:copyright|all rights reserved|cookies?)|©|版权所有|ICP[备证]|备案(?:号|序号)|公?网安备|增值电信|信息服务许可|"
    r"经营许可证|"
    r"举报(?:电话|邮箱)|不良信息|网站标识码|最佳分辨率|浏览器(?:浏览|观看|版本)"
)
#: A site's notice about rights speaks of rights and of itself, in three of these words; articles speak of one or two.
_RIGHTS = "版权 著作权 转载 侵权 侵犯 免责 不代表"
_SELF = "本网 本站 本报 本刊 本平台 本公众号 转载 稿件"
_NOTICE = "作品 注明 未经 授权 删除 追究 立场 真实性 联系我"
_RIGHTS_WORDS, _SELF_WORDS, _NOTICE_WORDS = (tuple(words.split()) for words in (_RIGHTS, _SELF, _NOTICE))
_NOTICE_LEAST, _NOTICE_LENGTH = 3, 400


def is_notice(words: str) -> bool:
    """Tell whether a paragraph is a site's notice about rights.

    >>> is_notice("凡注明来源为本网的稿件,版权均属本网所有,未经授权不得转载。")
    True
    """
    if len(words) > _NOTICE_LENGTH or not any(word in words for word in _RIGHTS_WORDS):
        return False
    known = {*_RIGHTS_WORDS, *_SELF_WORDS, *_NOTICE_WORDS}
    return any(word in words for word in _SELF_WORDS) and sum(word in words for word in known) >= _NOTICE_LEAST
