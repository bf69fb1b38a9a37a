"""Awards and official designations: prizes, honours, protected names, and the standing of a county or village.

国家扶贫开发工作重点县, 全国脱贫攻坚创新奖, 国家地理标志证明商标. A designation is one where the article gives it to
something (是, 列为, 荣获); a count of designated places (46个贫困村) is none.
"""

import re
from collections.abc import Iterator

from kg.model import Span

_GIVEN = (
    "是|为|系|属于|作为|列为|列入|定为|确定为|认定为|评为|评定为|获评|荣获|获得|获|喜获|斩获|摘得|捧得|夺得|荣膺|授予|命名为|成为|当选|当选为|入选|入围|跻身|纳入|"
    "通过|曾是|曾属|地处"
)
_STATUS = re.compile(
    r"(?:(?:国家级?|省级|省定|市级|自治区级?|中央|集中连片|[^\W\d_]{2,4}片区)?(?:深度|极度|特困|插花型|重点|集中连片特困|非|革命老区)贫困(?:县区|县|区|乡镇|乡|镇|村)"
    r"|(?:国家级?|国定|省级|省定|自治区级?|市级)贫困(?:县区|县|区|乡镇|乡|镇|村)"
    r"|(?:中国|全国|世界)[^\W\d_]{2,8}之乡"
    r"|(?:国家|省级?|自治区)(?:[^\W\d_]{2,6}片区)?(?:扶贫开发|乡村振兴|深度贫困)(?:工作)?重点(?:帮扶)?县)"
)
#: What every standing holds.
_STATUS_WORDS = ("贫困", "之乡", "重点")
_COPULA = re.compile(rf"(?:{_GIVEN})[^，,。；;]{{0,24}}$")
_NUMBERED = re.compile(r"(?:\d|[一二三四五六七八九十两几多余百千])[个余多]{0,2}$")
#: A standing without its level (深度贫困县) among a number of such places is a description, no title.
_LEVELLED = re.compile("国|省|自治区|市级|中|全国|世界|[^\\W\\d_]{2,4}片区")
_AMOUNT = re.compile("[\\d一二三四五六七八九十两几多余百千]+个")
_EXAMPLE = re.compile("(?:尤其|特别|不|不再|或|就|还|都)是$")
_COUNTED = re.compile(r"\s*(?:\d|[和、][^，,。]{0,6}\d)")
_LEVEL = (
    "全国|国家|中国|中华|世界|国际|联合国|亚洲|全省|全区|全市|全州|省级|市级|县级|自治区|首批|首届|第[一二三四五六七八九十百\\d]+[届批]|[^\\W\\d_]{2,3}省|[^\\W\\d_]{2,3}市|农业农村部|农业部|国务院|中宣部|"
    "中欧|中央|全军|国际|五一|三八|五四|最美|绿色食品|有机|无公害"
)
_TAIL = (
    "奖章|奖项|金奖|银奖|铜奖|一等奖|二等奖|三等奖|特等奖|优秀奖|创新奖|贡献奖|奋进奖|奉献奖|奖|证明商标|驰名商标|著名商标|地理标志保护产品|地理标志产品|地理标志|商标|产品认证|食品认证|认证|先进集体|先进单位|先进个人|劳动模范|模范|标兵|"
    "能手|楷模|道德模范|三八红旗手|红旗集体|先进县|示范县|示范区|示范市|示范镇|示范乡|示范村|示范点|示范社|示范基地|试点县|文明村|文明村镇|文明县城|文明单位|重点村|重点镇|特色村|名村|名镇|传统村落|旅游村|卫生县城|园林县城|百强县|强县|大县|"
    "之乡|景区|名录|清单|名单|目录|剧目|案例|品牌|龙头企业|合作社|好人|人物|十强|百强|样板|党组织|党支部|遗产|带头人"
)
_HONOUR = re.compile(
    rf"(?:荣获|获得|喜获|斩获|摘得|捧得|夺得|荣膺|获评|评为|评定为|认定为|授予|命名为|入选|入围|列入|跻身|当选为?|获批|获|通过)了?(?:为|[^“”，,。；;、]{{0,8}}颁发的|过|全省首个|全国首个|首个)?"
    rf"[“\"]?(?P<name>(?:{_LEVEL})[^“”，,。；;：:\"]{{0,20}}(?:{_TAIL}))(?![^\W\d_]?[县村镇乡])"
)


def _statuses(text: str) -> Iterator[Span]:
    """Yield the standings that one sentence gives to a place."""
    for match in _STATUS.finditer(text) if any(word in text for word in _STATUS_WORDS) else ():
        before, behind = text[: match.start()], text[match.end() :]
        given = _COPULA.search(before)
        counted = _NUMBERED.search(before) or _COUNTED.match(behind)
        described = given and not _LEVELLED.match(match[0]) and _AMOUNT.search(given[0])
        if given and not counted and not described and not _EXAMPLE.search(before):
            yield Span(*match.span())


def find_awards(text: str) -> Iterator[Span]:
    """Yield the awards and designations that one sentence gives to something, standings first.

    >>> text = "甘谷县是国家扶贫开发工作重点县,有贫困村195个"
    >>> [span.of(text) for span in find_awards(text)]
    ['国家扶贫开发工作重点县']
    """
    yield from _statuses(text)
    for match in _HONOUR.finditer(text):
        if not _STATUS.search(match["name"]):
            yield Span(*match.span("name"))
