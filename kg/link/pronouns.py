"""Whom 他 and 她 mean: the person that the article goes on about, where nobody else can be meant.

A pronoun never crosses to another topic: it means nobody where an unnamed relative, or a list of people, was named in
between, and from one paragraph to the next only the one person who fits. What is said between quotation marks has
pronouns of its own. That somebody is a man or a woman is told by what they are called and by earlier pronouns.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.model import EntityKey, Kind, Link, Mention, Reading, Sentence, Span

_Gender = Literal["他", "她"]

#: What people are called behind their names, by gender: general knowledge of the genre.
_LADIES = (
    "大姐", "大妈", "大娘", "大婶", "大嫂", "奶奶", "阿姨", "婆婆", "女士",
)  # fmt: skip
_GENTLEMEN = (
    "大爷", "大叔", "大伯", "大哥", "爷爷", "老汉", "先生",
)  # fmt: skip
#: What else stands before a name, or alone for somebody else.
_WOMEN = (
    "妻子", "母亲", "女儿", "儿媳", "媳妇", "姑娘", "嫂子", "姐姐", "妹妹", "孙女", "绣娘", "老板娘", "妇女",
    "女工", "外婆", "新娘", "妈妈", "宝妈", "女子",
)  # fmt: skip
_MEN = (
    "丈夫", "父亲", "儿子", "女婿", "小伙", "小伙子", "哥哥", "弟弟", "孙子", "外公", "外孙", "新郎", "爸爸",
    "公公", "光棍汉", "汉子", "男子",
)  # fmt: skip
_SPOUSES = ("老伴", "爱人", "孩子", "邻居", "同学", "朋友", "老板", "老人", "记者", "笔者")
_BEHIND: tuple[tuple[_Gender, tuple[str, ...]], ...] = (("她", _LADIES), ("他", _GENTLEMEN))
_BEFORE: tuple[tuple[_Gender, tuple[str, ...]], ...] = (("她", _LADIES + _WOMEN), ("他", _GENTLEMEN + _MEN))
_STATED = re.compile(r"[，,（(](?P<sex>男|女)[，,）)]")
#: Unnamed people who might be meant instead, by the pronoun.
_OTHERS: dict[_Gender, re.Pattern[str]] = {
    gender: re.compile("|".join(sorted({*words, *_SPOUSES}, key=lambda word: (-len(word), word))))
    for gender, words in _BEFORE
}
#: Clauses that bring in somebody without a name: 一位村民, 一名老师.
_SOMEBODY = re.compile(r"[一有某](?:位|名|个)[^，,。；;：:]{0,8}?[民人户师生员工客商友]")
#: What belongs to the name before it.
_TITLED = re.compile("|".join(_LADIES + _GENTLEMEN))
_JOINING = frozenset("、和与及")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun means: the link of the mention that introduced them, and from where."""

    link: Link
    distance: Literal["last", "far"]

    @property
    def entity(self) -> EntityKey:
        """Key of the person."""
        return self.link.entity

    @property
    def mention(self) -> Mention:
        """The mention that introduced them."""
        return self.link.mention


def is_quoted(text: str, start: int, at: int) -> int:
    """Return one past the quotation mark that is open at an offset, or 0 where none is.

    >>> is_quoted("他说：“好！", 0, 5), is_quoted("他说：“好！”笑", 0, 7)
    (4, 0)

    Args:
        text: The document's.
        start: Beginning of the paragraph.
        at: The offset.
    """
    opening = text.rfind("“", start, at)
    return opening + 1 if opening > text.rfind("”", start, at) else 0


class Pronouns:
    """Answers whom the pronouns of one document mean; asked in text order."""

    def __init__(self, reading: Reading) -> None:
        """Take the people of the reading, with what they are called."""
        self._text = reading.document.text
        self._people = [link for link in reading.links if link.mention.kind is Kind.PERSON]
        self._starts = [link.mention.span.start for link in self._people]
        self._paragraphs: dict[int, int] = {}
        for sentence in reading.document.sentences:
            self._paragraphs.setdefault(sentence.paragraph, sentence.span.start)
        self._genders: dict[EntityKey, _Gender] = {}
        for link in self._people:
            if gender := _called(self._text, link.mention.span):
                self._genders.setdefault(link.entity, gender)

    def antecedent(self, pronoun: Span, sentence: Sentence) -> Meant | None:
        """Return whom a pronoun in a sentence means, or None where that is not certain."""
        gender: _Gender = "她" if self._text[pronoun.start] == "她" else "他"
        start = self._paragraphs[sentence.paragraph]
        quoted = is_quoted(self._text, start, pronoun.start)
        named = self._named(quoted or start, pronoun.start)
        if quoted or named:
            again = {link.entity for link in self._between(pronoun.end, sentence.span.end)}
            link = self._topic([one for one in named if one.entity not in again], pronoun, gender)
        else:
            link = self._from_before(start, sentence, gender)
        if link is None:
            return None
        self._genders.setdefault(link.entity, gender)
        return Meant(link, "last" if link.mention.span.start >= start else "far")

    def _topic(self, named: Sequence[Link], pronoun: Span, gender: _Gender) -> Link | None:
        """Return the one named last who fits; one who only has something, as in 张三的房子, where nobody else does."""
        fitting = self._fitting(named, gender)
        owners = [link for link in fitting if self._text.startswith("的", link.mention.span.end)]
        acting = [link for link in fitting if link not in owners] or owners
        if not acting or self._is_listed(acting[-1], fitting) or self._turns(acting[-1], pronoun, gender):
            return None
        return acting[-1]

    def _from_before(self, start: int, sentence: Sentence, gender: _Gender) -> Link | None:
        """Return the only person that the paragraph before names and that fits, or None."""
        before = self._paragraphs.get(sentence.paragraph - 1)
        fitting = self._fitting(self._named(before, start), gender) if before is not None else []
        return fitting[-1] if len({link.entity for link in fitting}) == 1 else None

    def _fitting(self, named: Sequence[Link], gender: _Gender) -> list[Link]:
        """Return those of some people who are not known to be of the other gender."""
        return [link for link in named if self._genders.get(link.entity, gender) == gender]

    def _named(self, start: int, end: int) -> list[Link]:
        """Return the people named between two offsets of one paragraph, without those named in closed quotations."""
        return [link for link in self._between(start, end) if not is_quoted(self._text, start, link.mention.span.start)]

    def _between(self, start: int, end: int) -> Sequence[Link]:
        """Return the people named between two offsets."""
        return self._people[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _is_listed(self, link: Link, fitting: Sequence[Link]) -> bool:
        """Tell whether someone is named in a list with another who fits as well: 张三和李四."""
        at = link.mention.span.start - 1
        joined = self._text[at : at + 1] in _JOINING
        return joined and any(other.mention.span.end == at for other in fitting)

    def _turns(self, link: Link, pronoun: Span, gender: _Gender) -> bool:
        """Tell whether somebody without a name comes between a person and a pronoun."""
        end = link.mention.span.end
        start = max(_behind_title(self._text, end), self._text.rfind("。", end, pronoun.start))
        others = (_OTHERS[gender], _SOMEBODY)
        return any(other.search(self._text, start, pronoun.start) for other in others)


def _called(text: str, name: Span) -> _Gender | None:
    """Return the gender that the words around a name tell: 妻子张兰, 王秀大娘, 李娟,女."""
    if stated := _STATED.match(text, name.end):
        return "她" if stated["sex"] == "女" else "他"
    before = (gender for gender, words in _BEFORE if text.endswith(words, max(0, name.start - 3), name.start))
    behind = (gender for gender, words in _BEHIND if text.startswith(words, name.end))
    return next(before, None) or next(behind, None)


def _behind_title(text: str, end: int) -> int:
    """Return where a name ends with what is called behind it: 王兰大姐."""
    titled = _TITLED.match(text, end)
    return titled.end() if titled else end
