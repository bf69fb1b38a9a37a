"""The templates of the pages: escaping always on, a missing name is an error, no script."""

from decimal import Decimal
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from kg import __version__
from kg.index import EvidenceRow, address_path

#: Signs and words for the codes of figures; what needs no word has none.
_QUALIFIERS = {"atLeast": "≥ ", "atMost": "≤ ", "approx": "约 "}
_STATUSES = {"target": "目标 target", "planned": "计划 planned", "estimated": "估计 estimated"}
_ACCUMULATIONS = {"flow": "当期 flow", "cumulative": "累计 cumulative", "changeRate": "变化率 change rate"}
#: Why a search has found a name.
_REASONS = {
    "name": "名称 name",
    "prefix": "前缀 prefix",
    "contains": "包含 contains",
    "pinyin": "拼音 pinyin",
    "initials": "首字母 initials",
    "code": "代码 code",
    "close": "相近 close",
}


#: What an error says to readers of Chinese; the sentence beside it says which thing it is about.
_STATUS_WORDS = {
    400: "请求有误。",
    404: "没有找到。",
    405: "不支持这种请求方法。",
    406: "没有可接受的格式。",
    422: "参数不合要求。",
    500: "服务器出错。",
    503: "服务暂不可用。",
}
_LOST = Markup('<abbr class="lost" title="原文此处字符已损坏 / character lost in the source">\ufffd</abbr>')


class Quotation(NamedTuple):
    """Words with those marked that state the claim."""

    before: str
    marked: str
    after: str


def quotation(evidence: EvidenceRow) -> Quotation:
    """Return the sentence with its stating words apart; raw words where the repaired sentence does not hold them."""
    before, found, after = evidence.sentence.partition(evidence.exact)
    if found:
        return Quotation(before, found, after)
    return Quotation(evidence.prefix, evidence.exact, evidence.suffix)


def number(value: Decimal) -> str:
    """Return a number for reading.

    >>> number(Decimal("166200.0")), number(Decimal("29.50"))
    ('166,200', '29.5')
    """
    whole, _, fraction = f"{value:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def lost(text: str) -> Markup:
    """Return words of an article, escaped, with U+FFFD explained: the source itself is damaged there.

    >>> lost("<b>") == "&lt;b&gt;"
    True
    """
    return escape(text).replace("\ufffd", _LOST)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api", "web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        path=address_path,
        url_part=lambda text: quote(text, safe=""),
        number=number,
        quotation=quotation,
        lost=lost,
        status_words=lambda status: _STATUS_WORDS.get(status, ""),
        qualifier=lambda code: _QUALIFIERS.get(code, ""),
        status=lambda code: _STATUSES.get(code, ""),
        accumulation=lambda code: _ACCUMULATIONS.get(code, ""),
        reason=lambda code: _REASONS.get(code, code),
    )
    environment.globals["version"] = __version__
    return environment


def render(template: str, *, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:  # noqa: ANN401 - what it shows
    """Return a page."""
    return HTMLResponse(_environment().get_template(template).render(values), status_code=status)
