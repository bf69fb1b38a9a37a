"""Where a person's name ends: Chinese names of two to four characters, and names of minorities written by sound.

Chinese is written without spaces: after 村民 a name begins, and whether it is 宋芳 or 宋芳边 must be weighed from what
follows, from everyday words across the edge, and from the other places where the same characters stand. Whether a name
is to be expected at all is left to :mod:`kg.extract.people`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.lexicon import alternatives, occurrences
from kg.extract.names_lists import load_acts, load_characters, load_everyday, load_words

_PAIR, _FULL, _LONG, _LONGEST = 2, 3, 4, 7
_HAN = re.compile(r"[一-鿿]+")
_STRONG = re.compile(rf"{alternatives(load_words('after_name'))}|家(?=[，,。；])")
_SAYS = re.compile(alternatives(load_words("says")))
#: 桑周家的, 王家: the home of someone, not the end of a name.
_HOME_END = re.compile(rf"家(?=[{''.join(sorted(load_characters('home')))}，,。；])")
_EDGE = re.compile(r"$|[^一-鿿A-Za-z0-9·•・]")

# The weights below belong together; tuned on the five seeds and on dev documents 101 to 106. About 1 is enough for a
# name where one is expected.
_PRIOR = {_PAIR: 0.0, _FULL: 1.0}
_EDGE_WEIGHT, _STRONG_WEIGHT, _WEAK_WEIGHT, _WORD_WEIGHT = 2.5, 2.0, 1.5, 1.5
_REPEATED_WEIGHT, _SOUND_WEIGHT = 2.5, 0.2
_STRADDLE_PENALTY, _RARE_PENALTY, _INNER_WORD_PENALTY, _PART_PENALTY = 2.0, 3.0, 0.5, 1.25
_WORD_AS_NAME_PENALTY, _WEAK_SURNAME_PENALTY = 3.0, 1.5
_TIBETAN_WEIGHT = 1.5
_OFTEN = 3
#: With so low a score a name is none wherever it is expected and however often it returns: that is not counted.
_HOPELESS = -3.0


_SURNAMES = load_characters("surnames")
_COMPOUND_SURNAMES = load_words("compound_surnames")
_WEAK_SURNAMES = load_characters("weak_surnames")
_RARE = load_characters("rare_in_names")
_SOUNDS = load_characters("sounds")
_HALVES = load_words("halves")
_MAY_FOLLOW = load_characters("may_follow_name")
_NEVER_GIVEN = load_words("never_given")
_EVERYDAY = load_everyday()
_ACTS = load_acts()
#: Written by sound only within names with dots (阿不都), and written by sound only without them.
_ONLY_WITH_DOTS, _NEVER_WITH_DOTS = frozenset("不都赵军来"), frozenset("一")
_SOUNDS_IN_DOTTED = (_SOUNDS | load_characters("foreign") | _ONLY_WITH_DOTS) - _NEVER_WITH_DOTS
#: What any name begins with.
_BEGINNINGS = _SURNAMES | _SOUNDS | _SOUNDS_IN_DOTTED | {word[0] for word in _COMPOUND_SURNAMES | _HALVES}

#: What ends no name: 张三说, 任副主任.
_NEVER_LAST = frozenset("说副")
#: Surnames that stand before verbs as adverbs or prepositions: 曾荣获, 和单位.
_ADVERBIAL = load_characters("adverbial_surnames")
#: What elders are called by, with their surname behind: 老安.
_OLD = "老"
#: A kind of farm, before which its brand stands and no person.
_FARM = "家庭农场"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters that may be a name.

    Attributes:
        name: The characters.
        score: How well they look like one, with what follows; from about 1 on they do.
    """

    name: str
    score: float


class NameShapes:
    """Weighs the names that may begin at a place of one document."""

    def __init__(self, content: str) -> None:
        """Take all content sentences of the document, one a line: repetitions are counted there."""
        self._content = content
        self._counts: dict[str, int] = {}
        self._best: dict[tuple[str, int], Candidate | None] = {}

    def best(self, text: str, start: int) -> Candidate | None:
        """Return the likeliest name that begins at an offset, or None where none can; weighed once a place.

        Args:
            text: One sentence.
            start: Offset in it.
        """
        if text[start : start + 1] not in _BEGINNINGS:
            return None
        if (text, start) not in self._best:
            self._best[text, start] = self._likeliest(text, start)
        return self._best[text, start]

    def _likeliest(self, text: str, start: int) -> Candidate | None:
        """Return the name with the highest score that begins at an offset, or None."""
        if dotted := dotted_name(text, start):
            return Candidate(dotted, _EDGE_WEIGHT)
        candidates = [*self._by_surname(text, start), *self._by_sound(text, start)]
        return max(candidates, key=lambda candidate: candidate.score, default=None)

    def _by_surname(self, text: str, start: int) -> Iterator[Candidate]:
        """Yield names of a surname and one or two characters."""
        surname = surname_length(text, start)
        for length in (surname + 1, surname + 2) if surname else ():
            name = text[start : start + length]
            if len(name) == length and _HAN.fullmatch(name) and not _is_no_name(text, start, name, surname):
                yield Candidate(name, self._weigh(text, start, name, surname))
        if surname == 1 and self._is_long(name := text[start : start + _LONG]):
            yield Candidate(name, _PRIOR[_FULL] + _REPEATED_WEIGHT + _after(text, start + _LONG))

    def _is_long(self, name: str) -> bool:
        """Tell whether four characters are a name because the first three never stand alone: 赵桂英社."""
        if len(name) < _LONG or name[-1] in _RARE or name[-1] in _MAY_FOLLOW or not _HAN.fullmatch(name):
            return False
        returns = _OFTEN <= self.count(name[:-1]) == self.count(name)
        return returns and self._varies_widely(name)

    def _varies_widely(self, name: str) -> bool:
        """Tell whether at least three different characters follow a name, and no everyday word lies in it."""
        return self._varies(name, _OFTEN) and not _has_word(name)

    def _by_sound(self, text: str, start: int) -> Iterator[Candidate]:
        """Yield names that are written by sound and end clearly; short ones only where they return."""
        end = start
        while end < len(text) and end - start < _LONGEST and text[end] in _SOUNDS:
            end += 1
        if is_tibetan(text[start : start + _LONG]):
            end = max(end, start + _LONG)
        for length in range(_PAIR, end - start + 1):
            name = text[start : start + length]
            after = _after(text, start + length) + _TIBETAN_WEIGHT * is_tibetan(name)
            known = length >= _LONG or self._returns_alone(name) or _speaks(text, start, start + length)
            if after and known and not _straddles(text, start + length) and not _is_two_words(name):
                yield Candidate(name, after + _SOUND_WEIGHT)

    def _weigh(self, text: str, start: int, name: str, surname: int) -> float:
        end = start + len(name)
        after = _after(text, end)
        score = _PRIOR[min(len(name), _FULL)] + after
        score -= _RARE_PENALTY * _rare_in(name, surname) + _words_inside(name, surname)
        if name[-1] == "家" and (len(name) == surname + 1 or _HOME_END.match(text, end - 1)):
            score -= _RARE_PENALTY
        if _straddles(text, end):
            score -= _STRADDLE_PENALTY / (2 if after >= _STRONG_WEIGHT else 1)
        return score + self._repetition(name, after) if score >= _HOPELESS else score

    def _repetition(self, name: str, after: float) -> float:
        """Reward a whole that returns and whose shorter beginning never stands alone; punish the beginning."""
        if self.count(name[:_PAIR]) <= 1:
            return 0.0
        if len(name) == _PAIR:
            return 0.0 if after >= _STRONG_WEIGHT or self._varies(name) else -_PART_PENALTY
        returns = self.count(name) >= _OFTEN or 1 < self.count(name) == self.count(name[:-1])
        return _REPEATED_WEIGHT if returns and self._varies(name) else 0.0

    def _returns_alone(self, name: str) -> bool:
        """Tell whether two or three characters by sound return as a name would, with no everyday word among them."""
        return self.count(name) > 1 and self._varies(name) and not _has_word(name)

    def count(self, name: str) -> int:
        """Return how often some characters stand in the document."""
        if name not in self._counts:
            self._counts[name] = self._content.count(name)
        return self._counts[name]

    def _varies(self, name: str, least: int = 2) -> bool:
        """Tell whether at least so many different characters stand behind a name in the document."""
        behind: set[str] = set()
        for start in occurrences(name, self._content):
            behind.update(self._content[start + len(name) : start + len(name) + 1])
            if len(behind) >= least:
                return True
        return False


def _is_no_name(text: str, start: int, name: str, surname: int) -> bool:
    """Tell whether characters behind a surname are surely none of a person's name."""
    given, end = name[surname:], start + len(name)
    if given[-1] in _NEVER_LAST or given in _NEVER_GIVEN or _DOTS.match(text, end):
        return True
    if (name[0] in _ADVERBIAL and is_everyday(given)) or (name[0] in _WEAK_SURNAMES and given in _ACTS):
        return True
    if surname == _PAIR and name[0] in _RARE and is_everyday(name[1:_FULL]):
        return True  # 的日 is a surname of the Yi: 的日常
    if name[0] == _OLD and surname_length(name, 1):
        return True
    if given.endswith("子") and is_everyday(given):
        return True  # 牛鼻子
    return name[0] == name[1:] or text.startswith(_FARM, end) or _is_cut_foreign(text, start, end)


def _is_cut_foreign(text: str, start: int, end: int) -> bool:
    """Tell whether characters by sound go on behind others: 古特雷 of 古特雷斯."""
    if end - start != _FULL or end >= len(text) or not _SOUNDS_IN_DOTTED.issuperset(text[start : end + 1]):
        return False
    return not _after(text, end)


def _has_word(name: str) -> bool:
    """Tell whether an everyday word of two characters lies in a name."""
    return any(is_everyday(name[at : at + _PAIR]) for at in range(len(name) - 1))


def _is_two_words(name: str) -> bool:
    """Tell whether four characters are two everyday words: 班子多次."""
    return len(name) == _LONG and is_everyday(name[:_PAIR]) and is_everyday(name[_PAIR:])


def _speaks(text: str, start: int, end: int) -> bool:
    """Tell whether some characters that hold no everyday word say something: 旺扎说."""
    return bool(_SAYS.match(text, end)) and not _has_word(text[start:end])


def is_everyday(characters: str) -> bool:
    """Tell whether two or three characters are an everyday word."""
    return characters in _EVERYDAY


def surname_length(text: str, start: int) -> int:
    """Return how many characters at an offset are a surname: 2, 1 or 0.

    >>> surname_length("欧阳明", 0), surname_length("宋芳", 0), surname_length("的", 0)
    (2, 1, 0)
    """
    if text[start : start + _PAIR] in _COMPOUND_SURNAMES:
        return _PAIR
    return int(text[start : start + 1] in _SURNAMES)


def is_tibetan(name: str) -> bool:
    """Tell whether a name is of the usual Tibetan or Mongolian halves: 扎西 and 卓玛."""
    return name[:_PAIR] in _HALVES and name[_PAIR:] in _HALVES


def _after(text: str, end: int) -> float:
    """Return how surely a name has ended at an offset, by what follows."""
    if _EDGE.match(text, end):
        return _EDGE_WEIGHT
    if _STRONG.match(text, end):
        return _STRONG_WEIGHT
    if is_everyday(text[end : end + _PAIR]):
        return _WORD_WEIGHT
    return _WEAK_WEIGHT if text[end] in _MAY_FOLLOW else 0.0


def _straddles(text: str, end: int) -> bool:
    """Tell whether an everyday word lies across the end of a name."""
    return is_everyday(text[end - 1 : end + 1])


def _rare_in(name: str, surname: int) -> int:
    """Return how many characters no given name has; after Yi surnames, which are by sound, there are none such."""
    if surname == _PAIR and _SOUNDS.issuperset(name[:_PAIR]):
        return 0
    return sum(character in _RARE for character in name[surname:])


def _words_inside(name: str, surname: int) -> float:
    """Return what everyday words speak against a name: 向记者, 高兴地."""
    weak = name[0] in _WEAK_SURNAMES
    begins = surname == 1 and (is_everyday(name[:_PAIR]) or is_everyday(name))
    inside = is_everyday(name[surname:]) * (_INNER_WORD_PENALTY + weak * _WEAK_SURNAME_PENALTY)
    lone = weak and len(name) == _PAIR
    return (weak + lone) * _WEAK_SURNAME_PENALTY + begins * _WORD_AS_NAME_PENALTY + inside


# ---- Names with middle dots ------------------------------------------------------------------------------------------

_DOTS = re.compile(r"[·•・]")
_PARTS = re.compile(r"[一-鿿]{1,8}(?:[·•・][一-鿿]{1,9}){1,4}")
#: Last characters of words for people that write sounds as well: 记者, 丈夫.
_ENDS_WORDS = frozenset("者夫人长员")
#: What may stand behind a name besides: 一行, 两人, 刚回家.
_COUNTS = frozenset("一二两三刚")


def dotted_name(text: str, start: int) -> str | None:
    """Return the name with middle dots that begins at an offset, whole or not at all.

    Titles and slogans have dots as well (四在农家·美丽乡村); a name is written by sound and ends as names do.

    >>> dotted_name("阿依古丽·买买提说", 0), dotted_name("四在农家·美丽乡村", 0)
    ('阿依古丽·买买提', None)
    """
    found = _PARTS.match(text, start)
    if not found or _begins_inside(text, start):
        return None
    *first, last = _DOTS.split(found.group())
    spoken = _last_part(last)
    end = found.end() - len(last) + len(spoken)
    if not spoken or not all(_SOUNDS_IN_DOTTED.issuperset(part) for part in first):
        return None
    return text[start:end] if text[end : end + 1] in _COUNTS or _after(text, end) else None


def dotted_names(text: str) -> Iterator[tuple[int, str]]:
    """Yield the names with middle dots that stand anywhere, with their offsets: what is by sound on both sides."""
    for dot in _DOTS.finditer(text):
        start = dot.start()
        while start and text[start - 1] in _SOUNDS_IN_DOTTED:
            start -= 1
        start += _begins_inside(text, start)
        name = dotted_name(text, start) if dot.start() - start > 1 else None
        if name:
            yield start, name


def _begins_inside(text: str, start: int) -> bool:
    """Tell whether the first of some characters ends a word or a name that stands before them: 记者哈姆迪·穆萨."""
    if text[start - 1 : start] and _DOTS.match(text, start - 1):
        return True
    return start > 0 and is_everyday(text[start - 1 : start + 1]) and text[start] in _ENDS_WORDS


def first_part(name: str) -> str:
    """Return what stands before the first middle dot of a name."""
    return _DOTS.split(name)[0]


def _last_part(part: str) -> str:
    """Return the beginning of a part that is by sound, without what follows the name: 买买提 of 买买提个子."""
    end = next((at for at, letter in enumerate(part) if letter not in _SOUNDS_IN_DOTTED), len(part))
    while end > 1 and is_everyday(part[end - 1 : end + 1]):
        end -= 1
    return part[: end - _PAIR] if end > _FULL and part[end - _PAIR : end] in _ACTS else part[:end]
