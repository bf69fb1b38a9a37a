"""What a sum of money is, where the words beside it are verbs: earned, sold for, given, or paid by a standard.

Pure functions over the words around a number; which side of it is read is decided by :mod:`kg.extract.indicators`.
"""

import re

#: Verbs that end the words before a sum, and the noun of the sum.
_EARNINGS = (
    (re.compile(r"(?:挣|赚|到手|进账|入账|拿|领)[到了得着]?$"), "收入"),
    (re.compile(r"(?:卖[一-龥]{0,3}|售出|出售)[到了得]*$"), "销售收入"),
    (re.compile(r"分[到了得]$"), "分红"),
    (re.compile(r"借[到了]?$|^借款$"), "借款"),
    (re.compile(r"贷[到了]$|^贷款?$"), "贷款"),
    (re.compile(r"(?:花[了去费]|掏了?|(?<!成)交[了纳]?|缴[了纳]?|付了?|支付)$"), "支出"),
    (re.compile(r"奖了?$"), "奖金"),
    (re.compile(r"补了?$"), "补贴"),
)
#: Events in the clause of a sum that no noun names, and the noun of the sum.
_EVENTS = re.compile(r"投入|投资|出资|捐赠|捐款|支援|援助|融资|筹资|增收|收入|让利|贷款|分红")
_GIFTS = frozenset({"支援", "援助", "捐赠"})
#: What a sum is for, after it: 投入2.2亿元资助贫困学生.
_PURPOSE = re.compile(r"(?:用于)?(?P<what>(?:资助|支持|扶持|补助|奖补|建设|改造|修建|改善|发展)[一-龥]{2,10})")
#: Standards and payments that a rate in the same sentence belongs to: 提高午餐标准,从每人每天3元.
_STANDARD = re.compile(
    r"(?:提高|提升|调整|上调|下调|降低|发放|享受|按照?|给予|落实|获得|领取|支付|收取|执行|[的了将把]|^|[^一-龥])"
    r"(?P<what>[一-龥]{0,6}?(?:标准|补助|补贴|津贴|保费|租金|费用|价格|伙食费|生活费)(?:标准)?)"
)
_SENTENCE_MARKS = re.compile(r"[。!！?？;；\n]")
_INCOME = re.compile(r"的?(?:收入|工资)")
#: A sum by which an income grew: 每月多600元收入, 多挣了2000元.
_MORE = re.compile(r"(?<![差许很大众])多[出了]?$")
_MORE_EARNED = re.compile(r"(?<![差许很大众])多(?:赚|挣|收入|卖)[到了]*$")
#: What was sold for a sum: 土豆卖了1万元; a price is reached (卖到).
_SOLD = re.compile(r"(?:.*的)?(?P<goods>[一-龥]{1,6}?)(?:一共|总共|就|也|还|又|能|可以|可)*卖(?:了|出了?|得)")
_NO_GOODS = re.compile(r"的|[你我他她们年月天家次]$|^[你我他她全共各每一几]")


def earned(words: str) -> str:
    """Return the noun of a sum by the verb that words end in (挣, 卖, 借), or an empty string.

    >>> earned("他借了"), earned("产业基地")
    ('借款', '')
    """
    return next((noun for pattern, noun in _EARNINGS if pattern.search(words)), "")


def event_of(clause: str, after: str) -> str:
    """Return what a sum without a noun is by the event of its clause and the purpose told after it.

    >>> event_of("先后投入", "资助贫困学生"), event_of("捐赠", "")
    ('资助贫困学生投入', '捐赠资金')
    """
    event = next(reversed(_EVENTS.findall(clause)), "资金")
    purpose = _PURPOSE.match(after)
    return (purpose["what"] if purpose else "") + (f"{event}资金" if event in _GIFTS else event)


def standard_in(words: str) -> str:
    """Return the standard or payment that the sentence before a rate names last, or an empty string.

    >>> standard_in("全县提高免费午餐标准,从每人每天"), standard_in("他每天")
    ('免费午餐标准', '')
    """
    named = [match["what"] for match in _STANDARD.finditer(_SENTENCE_MARKS.split(words)[-1])]
    return named[-1] if named else ""


def is_rise_of_income(before: str, after: str) -> bool:
    """Tell whether a sum is what an income grew by: 每月还多|600元|收入, 多挣了|2000元.

    >>> is_rise_of_income("每月还多", "收入"), is_rise_of_income("今年多挣了", ""), is_rise_of_income("挣了", "")
    (True, True, False)
    """
    is_more = _MORE.search(before) is not None and _INCOME.match(after) is not None
    return is_more or _MORE_EARNED.search(before) is not None


def sale_of_goods(words: str) -> str:
    """Return the indicator of a sum that one kind of goods was sold for, or an empty string.

    >>> sale_of_goods("家里种的土豆卖了"), sale_of_goods("我卖了")
    ('卖土豆所得', '')
    """
    sold = _SOLD.fullmatch(words)
    return f"卖{sold['goods']}所得" if sold and not _NO_GOODS.search(sold["goods"]) else ""
