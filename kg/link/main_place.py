"""The place an article is about: a county, else a prefecture or province, else none.

What counts is in how many of its paragraphs the article names the place or parts of it, against those that name other
places; a scene from one county does not make a survey of the country the county's. The title decides between what holds
the places named: 甘肃临夏县推进搬迁 is about the county, 广西多措推进搬迁 about the region, whatever counties follow.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.model import BlockRole, Document, Mention

_COUNTY_DIGITS = 6
#: Digits of the codes of prefectures and provinces.
_PREFECTURE_DIGITS, _PROVINCE_DIGITS = 4, 2

# Shares of paragraphs, tuned on some 250 newspaper articles of which six in ten are about no one place.
#: A county is named in this share of the paragraphs, what is larger in more of them.
_COUNTY_SHARE, _UPPER_SHARE = 0.2, 0.4
#: … or a county in so small a share where it returns: stories of one person name it at the beginning and the end.
_RETURNING_SHARE, _RETURNS = 0.07, 2
#: … against the paragraphs that name other places.
_LEAD, _UPPER_LEAD = 0.62, 0.65
#: What the title names needs less.
_TITLED_SHARE, _TITLED_LEAD = 0.3, 0.3
#: A county is meant by a title with its province only if it is named in nearly all paragraphs that name the province.
_NEARLY_ALL = 0.8

#: A county is named this many times as often as the next one, and makes this share of all namings of counties.
_DOMINANCE, _LEAST_COUNT_SHARE = 1.5, 0.25

#: 新华社北京2月19日电: where news is sent from.
_SENDER = re.compile(r"(?:社|报|网|台)(?:[省市])?$")
_DATELINE = re.compile(r"\s*[0-9０-９]{1,2}月[0-9０-９]{1,2}日")
_SENDER_LENGTH = 4


def is_dateline(document: Document, mention: Mention) -> bool:
    """Tell whether a place only says where the news was sent from."""
    start = mention.span.start
    before = document.text[max(0, start - _SENDER_LENGTH) : start]
    return bool(_SENDER.search(before) and _DATELINE.match(document.text, mention.span.end))


class Coverage:
    """In which paragraphs an article names which places."""

    def __init__(self, document: Document, places: Mapping[Mention, Collection[str]]) -> None:
        """Take the codes that each mention may stand for, townships' and villages' as those of their counties."""
        self._paragraphs: dict[int, set[str]] = {
            sentence.paragraph: set() for sentence in document.sentences if sentence.role is BlockRole.BODY
        }
        self._title: set[str] = set()
        for mention, codes in places.items():
            sentence = document.sentence_at(mention.span.start)
            if sentence and sentence.role is BlockRole.TITLE:
                self._title.update(codes)
            elif sentence and sentence.role is BlockRole.BODY and not is_dateline(document, mention):
                self._paragraphs[sentence.paragraph].update(codes)

    def main(self, named: Counter[str]) -> str | None:
        """Return the code of the main place.

        Args:
            named: How often each division is named, counties with their parts.
        """
        counties = Counter({code: count for code, count in named.items() if len(code) == _COUNTY_DIGITS})
        titled = [code for code in self._title if len(code) == _COUNTY_DIGITS]
        if len(titled) == 1 and self._account(titled[0]).lead >= _TITLED_LEAD:
            return titled[0]
        county = _dominant(counties)
        if county and not self._account(county).makes_county:
            county = None
        scope = self._titled_scope()
        if scope and not (county and county.startswith(scope) and self._nearly_covers(county, scope)):
            return scope
        return county or self._upper(named)

    def _titled_scope(self) -> str | None:
        """Return the only prefecture, or else province, that the title names, if enough paragraphs are about it."""
        if len({code[:_PROVINCE_DIGITS] for code in self._title}) > 1:
            return None
        for digits in (_PREFECTURE_DIGITS, _PROVINCE_DIGITS):
            titled = {code[:digits] for code in self._title if len(code) >= digits}
            if len(titled) == 1 and self._account(code := titled.pop()).is_titled_subject:
                return code
        return None

    def _nearly_covers(self, county: str, scope: str) -> bool:
        return self._account(county).own >= _NEARLY_ALL * self._account(scope).own

    def _upper(self, named: Counter[str]) -> str | None:
        """Return the prefecture, or else province, that is named most among those that most paragraphs are about."""
        prefectures = Counter({code: count for code, count in named.items() if len(code) == _PREFECTURE_DIGITS})
        provinces = Counter(code[:_PROVINCE_DIGITS] for code in named.elements())
        for counts in (prefectures, provinces):
            enough = [code for code in counts if self._account(code).makes_upper]
            if enough:
                return min(enough, key=lambda code: (-counts[code], code))
        return None

    def _account(self, code: str) -> "_Account":
        """Return how many paragraphs name a place or its parts, and how many name others than it and its ancestors."""
        own = sum(any(one.startswith(code) for one in named) for named in self._paragraphs.values())
        others = sum(
            any(not one.startswith(code) and not code.startswith(one) for one in named)
            for named in self._paragraphs.values()
        )
        return _Account(own, others, len(self._paragraphs))


def _dominant(counties: Counter[str]) -> str | None:
    """Return the county that is named clearly more often than each other one."""
    (best, count), *others = counties.most_common(2) or [("", 0)]
    dominates = not others or count >= _DOMINANCE * others[0][1]
    return best if dominates and count >= _LEAST_COUNT_SHARE * counties.total() and best else None


@dataclass(frozen=True, slots=True)
class _Account:
    """How many paragraphs speak for a place.

    Attributes:
        own: Paragraphs that name it or its parts.
        others: Paragraphs that name other places.
        total: All paragraphs.
    """

    own: int
    others: int
    total: int

    @property
    def share(self) -> float:
        """Share of all paragraphs that name it."""
        return self.own / self.total if self.total else 0.0

    @property
    def lead(self) -> float:
        """Share against others, with one more for the place: single paragraphs tell little against it."""
        return (self.own + 1) / (self.own + self.others + 1)

    @property
    def makes_county(self) -> bool:
        """Whether that is enough for a county."""
        returns = self.own >= _RETURNS and self.share >= _RETURNING_SHARE
        return (returns or self.share >= _COUNTY_SHARE) and self.lead >= _LEAD

    @property
    def makes_upper(self) -> bool:
        """Whether that is enough for a prefecture or province."""
        return self.share >= _UPPER_SHARE and self.lead >= _UPPER_LEAD

    @property
    def is_titled_subject(self) -> bool:
        """Whether that is enough for a prefecture or province that the title names."""
        return self.share >= _TITLED_SHARE and self.lead >= _LEAD
