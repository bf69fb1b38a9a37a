"""Trimming the words around a number to the noun phrase that says what it counts.

Pure functions over strings. They know the closed vocabulary of ``words/figures.txt``: verbs of achievement, adverbs,
copulas, verbs that end a noun. How the trimmed words become an indicator is left to :mod:`kg.extract.indicators`.
"""

import re

from kg.extract.indicator_tags import without_predicate
from kg.extract.lexicon import alternatives, load_sections

_WORDS = load_sections("figures")


def _guarded(section: str) -> str:
    """Return the words of a section, some with guards against compounds, as one group that tries the longest first."""
    ordered = sorted(_WORDS[section], key=lambda word: (-len(re.sub(r"[(].*?[)]", "", word)), word))
    return f"(?:{'|'.join(ordered)})"


_ACHIEVING = re.compile(rf"{_guarded('achieving')}[了过起出好上]?")
_ACHIEVING_END = re.compile(rf"{_guarded('achieving')}[了过起出好上]?$")
_LEADING = re.compile(rf"(?:{_guarded('leading')}|[\s、.·:：—-])+")
_REACHING = re.compile(rf"(?:{_guarded('reaching')}|[\s:：—-])+$")
_PREDICATE = re.compile(
    rf"{_guarded('predicates')}|[人户亩年月日]均|[每,，;；。:：!！?？()（）…—]|(?<=[一-龥])[“‘\"]|"
    r"、(?=\d|[一二两三四五六七八九十几]{1,3}[个名户家所])"
)
#: The same verbs end a noun after a number, unless they are the beginning of a compound (产业培育基地).
_ACHIEVING_AFTER_NOUN = re.compile(
    rf"(?<=[一-龥]){_guarded('achieving')}(?!项目|工程|基地|中心|资金|计划|行动|机构|站|点|户|队|小组|合作社)"
)
#: A verb straight after the number leaves it no noun there: 流转土地20亩建设鱼塘.
_VERB_FIRST = re.compile(
    r"(?:建设|建成|新建|修建|实施|开展|发放|落实|安排|组建|成立|带动|解决|完成|发展|帮助|支持|资助|扶持|投入|购买|购置|改造)"
    r"(?!项目|工程|基地|中心|资金|计划|行动|机构|站|点|户|队|小组|合作社|公司)"
)
_VERBAL = re.compile(rf"{alternatives(_WORDS['verbal'])}$")
_PEOPLE = alternatives((*_WORDS["persons"], *_WORDS["households"]))
_DONE_BY = re.compile(rf"(?P<who>.*?{_PEOPLE})(?P<verb>{alternatives(_WORDS['verbal'])})")
_PARTICLES = re.compile(r"[了着]")
_AMONG = re.compile(rf"^[一-龥]{{0,8}}?(?:{_PEOPLE}|家庭|人家|户)中(?=有|$|[,，])")
_MONEY = re.compile(alternatives(_WORDS["money"]))

_DONE_AFTER = re.compile(
    r"(?:[(（][^()（）]*[)）])?(?:计划于?|将于?|(?:20\d\d年底?前?)|(?:实现|完成)了?|全部|[均都已]|成功|顺利|整体|就近|就地|稳定(?!脱贫)|如期|同步|得以|得到|了)*(?P<not>没有|尚未|还未|未)?"
    r"(?:(?P<verb>就业|(?:稳定)?脱贫|搬迁|退出|出列|摘帽|销号|受益|增收|参保|参合|入住|返乡创业|返乡|返岗|务工|转移就业|入股|创业|入学)(?!率)|"
    r"(?P<poverty>(?:摆脱|告别)了?贫困|[摘脱]掉?下?了?[“‘\"]?(?:贫困|穷)(?:村|县|户)?的?[”’\"]?[“‘\"]?帽子?))"
)
_DONE_FIRST = re.compile(
    r"未?(?:就业|(?:稳定)?脱贫|搬迁|退出|出列|摘帽|销号|受益|增收|参保|参合|入住|返乡|返岗|务工|转移|入股|创业|入学|培训)"
)
_POOR = re.compile(r"^(?:建档立卡)?贫困(?=人口|户)")
_ONE_EACH = re.compile(r"一(?P<measure>亩|斤|公斤|吨|头|只|株|棵|棚)地?(?=[能可就只卖挣赚收产])")
_LAST_EACH = re.compile(r"每(?!.*每)[^均]*$")
_MODAL = re.compile(r"(?P<rate>每(?:亩|斤|公斤|吨|头|只|株|棵|棚|户|人))(?:[也就又只]?(?:可以|能够|能|可|会))")
_BENEFICIARY = re.compile(r"[为给][一-龥]{2,8}?(?=增收|创收|节省|减负)")
_QUOTES = str.maketrans("", "", '“”‘’"「」《》')
_QUOTED = re.compile(r"[“‘\"《「]([^”’\"》」,，。]{1,16})[”’\"》」]")
_NOUN_OPENING = re.compile(r"\s*(?:名|位(?!置|于)|长的|宽的|远的|多的|的)?")
#: 277个有扶贫任务的村: what those have that are counted belongs to their noun.
_HAVING = re.compile(r"[有无][一-龥]{2,10}的(?=[一-龥])")
_NOUN_ENDING = re.compile(r"(?:的|和|与|及|、|等|呢|吧|啊|哩|呀|了|之一|(?<=项目)建设|(?<=工程)建设)+$")
_SAYS_SOMETHING = re.compile(r"[一-龥A-Za-z]")
_JOINED = re.compile(r"[、和与及]")
_SHORT_GENITIVE = re.compile(r"^([一-龥]{2})的([一-龥]{1,2})$")
_MOST_CHARS = 24

#: Times that a rate counts by, with what is left of them in an indicator: 每月工资 → 月工资.
_TIME_RATES = (
    (re.compile(r"(?:平均)?(?:每个?|一个)月|一月(?!份)"), "月"),
    (re.compile(r"(?:平均)?[每一]年(?:下来)?"), "年"),
    (re.compile(r"(?:平均)?[每一][天日]"), "日"),
)
#: Before another rate the time keeps its 每: 每年每亩.
_TIME_FIRST = re.compile(r"^[年月日](?=每)")
_RATE = re.compile(
    r"每(?:个(?:村|贫困村|行政村|乡镇|镇|乡|县|人|合作社|农户|家庭|安置点|社区|月)?|公斤|"
    r"[名位户家人亩只头斤吨棚株棵座栋间班期批次村乡镇县年月天日])|一(?:个月|年下来|年|天|月)|[人户亩村棚年月日]均"
)


def plain(words: str) -> str:
    """Return words without quotation marks."""
    return words.translate(_QUOTES)


def trim(words: str) -> str:
    """Return words without what leads to an indicator and what stands between it and its number.

    >>> trim("累计建成农村饮水安全工程"), trim("森林覆盖率提高到"), trim("其中退出贫困村")
    ('农村饮水安全工程', '森林覆盖率', '退出贫困村')
    """
    words = _REACHING.sub("", words)
    for opening in (_LEADING, _ACHIEVING):
        match = opening.match(words)
        if match and match.end():
            return trim(words[match.end() :])
    return words.strip("、和与及的")


def without_reaching(words: str) -> str:
    """Return words without the copula or verb of reaching at their end (达到, 有, 降至)."""
    return _REACHING.sub("", words)


def without_whole(words: str) -> str:
    """Return words without the people of whom others are a part: of 村民中有贫困户 the second alone.

    >>> without_whole("村民中有建档立卡贫困户"), without_whole("家庭中"), without_whole("集中供养户")
    ('有建档立卡贫困户', '', '集中供养户')
    """
    return _AMONG.sub("", words)


def whole_of(words: str) -> str:
    """Return the people of whom others are a part, where words end with them: 演职人员中, or an empty string.

    >>> whole_of("演职人员中"), whole_of("演职人员")
    ('演职人员', '')
    """
    among = _AMONG.match(words)
    return among.group().removesuffix("中") if among else ""


def ends_in_achieving(words: str) -> bool:
    """Tell whether words end in a verb whose object must follow the number: 组建|15个工作队."""
    return _ACHIEVING_END.search(words) is not None


def after_achieving(words: str) -> str:
    """Return what stands behind the last verb of achievement that leaves something, or all words.

    >>> after_achieving("通过扶贫车间带动群众就业")
    '群众就业'
    """
    for match in reversed(tuple(_ACHIEVING.finditer(words))):
        if len(trim(words[match.end() :])) > 1:
            return words[match.end() :]
    return words


def noun_after(words: str) -> str:
    """Return the noun phrase that words begin with, up to a verb, mark or rate; empty where they begin with none.

    >>> noun_after("名干部与贫困群众结对帮扶"), noun_after("“扶贫车间”,通过"), noun_after("实现就业")
    ('干部', '扶贫车间', '')
    """
    if _JOINED.match(words) or words[:1].isspace():
        return ""
    opening = _NOUN_OPENING.match(words)
    words = words[opening.end() :] if opening else words
    quoted = _QUOTED.match(words)
    having = _HAVING.match(words)
    kept, rest = (quoted.group(1), words[quoted.end() :]) if quoted else ("", words)
    if having:
        kept, rest = having.group(), words[having.end() :]
    if not kept and _VERB_FIRST.match(rest):
        return ""
    stops = (pattern.search(rest) for pattern in (_PREDICATE, _ACHIEVING_AFTER_NOUN))
    end = min((stop.start() for stop in stops if stop), default=len(rest))
    noun = _NOUN_ENDING.sub("", kept + plain(rest[:end]).strip())
    if not _SAYS_SOMETHING.search(noun):
        return ""
    return (noun if kept else without_predicate(noun))[:_MOST_CHARS]


def without_aspect(words: str) -> str:
    """Return words without the particles 了 and 着."""
    return _PARTICLES.sub("", words)


def rates_in(words: str, *, is_short: bool) -> str:
    """Return the rates of some words in their order.

    >>> rates_in("每户每年能", is_short=True), rates_in("每户每年能", is_short=False)
    ('每户年', '每户每年')
    """
    found = "".join(match.group() for match in _RATE.finditer(words))
    return _TIME_FIRST.sub(r"每\g<0>", shorten_rates(found)) if is_short else found


def shorten_rates(words: str) -> str:
    """Return words with 每年, 一个月 and 每天 as 年, 月 and 日.

    >>> shorten_rates("每头每年保费")
    '每头年保费'
    """
    for pattern, short in _TIME_RATES:
        words = pattern.sub(short, words)
    return words


def split_rate(words: str) -> tuple[str, str]:
    """Return the rate that words begin with, and the rest.

    >>> split_rate("每月还有工资"), split_rate("工资")
    (('每月', '还有工资'), ('', '工资'))
    """
    rate = _RATE.match(words)
    return (rate.group(), words[rate.end() :]) if rate else ("", words)


def of_each(words: str) -> str:
    """Return words before a sum from their last rate on, without the modal verb behind it.

    >>> of_each("种辣椒一亩能收入"), of_each("农户以每亩"), of_each("每年为贫困村增收")
    ('每亩收入', '每亩', '每年增收')
    """
    words = _ONE_EACH.sub(r"每\g<measure>", words)
    rate = _LAST_EACH.search(words)
    words = words[rate.start() :] if rate else words
    return _BENEFICIARY.sub("", _MODAL.sub(r"\g<rate>", words))


def done_after(noun: str, words: str) -> str:
    """Return a noun after a number with what its people or villages did: 贫困群众实现就业 are 就业贫困群众.

    >>> done_after("贫困村", "个贫困村全部退出"), done_after("贫困人口", "贫困人口全部脱贫")
    ('退出贫困村', '脱贫人口')
    """
    at = words.find(noun)
    found = _DONE_AFTER.match(words, at + len(noun)) if at >= 0 and noun else None
    verb = _verb_done(found) if found else ""
    if not found or verb in noun:
        return noun
    if found["not"]:
        return f"未{verb}{noun}"
    return verb + (_POOR.sub("", noun) if verb.endswith("脱贫") else noun)


def _verb_done(found: re.Match[str]) -> str:
    """Return the verb that was found: 摆脱贫困 and 摘掉穷帽子 are 脱贫."""
    return found["verb"] or "脱贫"


def done_straight(words: str) -> str:
    """Return the verb that words after a number begin with, where no noun stands between: 30户95人实现稳定脱贫.

    >>> done_straight("实现稳定脱贫,其余"), done_straight("没有脱贫"), done_straight("摆脱贫困,户均")
    ('稳定脱贫', '未脱贫', '脱贫')
    """
    found = _DONE_AFTER.match(words)
    return ("未" if found["not"] else "") + _verb_done(found) if found else ""


def done_first(words: str) -> str:
    """Return the verb that an indicator of people or villages begins with: 就业贫困群众 → 就业, or an empty string."""
    verb = _DONE_FIRST.match(words)
    return verb.group() if verb else ""


def is_verbal(words: str) -> bool:
    """Tell whether words end in a verb, so that the unit has to supply the noun: 易地搬迁|2660户."""
    return _VERBAL.search(words) is not None


def names_money(words: str) -> bool:
    """Tell whether words name a sum: 扶贫资金, 分红."""
    return _MONEY.search(words) is not None


def turn_clause(words: str) -> str:
    """Return people and what they do as one noun, the people last; other words as they are.

    >>> turn_clause("残疾青年创业")
    '创业残疾青年'
    """
    match = _DONE_BY.fullmatch(words)
    return match["verb"] + match["who"] if match else words


def without_short_genitive(words: str) -> str:
    """Return 存栏的牛 as 存栏牛, cut to a readable length; longer modifiers keep their 的."""
    return _SHORT_GENITIVE.sub(r"\1\2", words)[-_MOST_CHARS:]
