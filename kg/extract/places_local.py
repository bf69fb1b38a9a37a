"""Townships and villages: those of the counties that a text names, and names that no list holds."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.extract.lexicon import NameSet
from kg.extract.place_words import WORD_NAMES, is_generic, is_nameable, is_village_like, is_word
from kg.extract.places_page import Hit, Line, NamedDivision, Page, PlaceNames
from kg.model import DIVISION_KINDS, Kind, Span

_UPPER_KINDS, _LOWER_KINDS = DIVISION_KINDS[:3], DIVISION_KINDS[3:]
_LISTED, _SHORTENED, _UNLISTED = Decimal("0.97"), Decimal("0.90"), Decimal("0.75")

_TOWNSHIP_LEVELS = ("街道办事处", "街道", "镇", "乡", "苏木")
_VILLAGE_LEVELS = ("社区", "村", "嘎查")
#: What the lists may have for a village that a text calls 村 or 社区.
_OTHER_VILLAGE_LEVELS = ("村", "社区", "")
_HAMLET_LEVELS = ("自然村", "安置小区", "安置点", "安置区", "坝区", "屯")
#: Where people were settled: named as the places they live in.
_SETTLEMENT_LEVELS = ("安置小区", "安置点", "安置区")
_LISTED_LEVELS = (*_TOWNSHIP_LEVELS, *_VILLAGE_LEVELS)
_LEVELS = (*_LISTED_LEVELS, *_HAMLET_LEVELS)
_NO_NAMES = frozenset(_LEVELS)
#: The last character of each word for a level of the lists.
_LEVEL_END = re.compile(f"[{''.join(sorted({level[-1] for level in _LISTED_LEVELS}))}]")
#: Longer names in the lists are names with all their ancestors, and companies.
_LONGEST = 15

#: What makes another word of the word for a level: 乡村, 镇静, 屯田.
_OTHER_WORD = re.compile(r"乡[村镇亲愁土音情野民贤下间邻绅里]|镇[痛静定压]|村镇|屯[田兵粮]")
_ANY_LEVEL = re.compile("|".join(_LEVELS))
_LONGEST_STEM = 6
#: A stem and the word for a level, the shortest from a given place.
_STEM_AND_LEVEL = re.compile(
    rf"(?P<stem>[\u3400-\u9fff\U00020000-\U0003134f]{{1,{_LONGEST_STEM}}}?)(?P<level>{'|'.join(_LEVELS)})"
)
#: What may stand before a name that begins a clause or is an object.
_LEFT_EDGE = re.compile(
    r"^|(?<=[，。、；：！？“”‘’（）()《》\s—…·,;:!?在到从赴与和及由向对把给让为是])"
    r"|(?<=来自|位于|地处|走进|来到|走访|前往|回到|到达|邻村|家住|老家)"
)
#: What may stand before a hamlet's name: a clause, a preposition, an attribute.
_HAMLET_EDGE = re.compile(r"^|(?<=[，。、；：！？“”‘’（）()\s,;:!?的在到从至])")
_HAMLET_STEM_LENGTHS = range(2, 4)
#: What may stand before the name of a settlement besides.
_MOVED = re.compile(r"(?<=[住进入])|(?<=搬迁到|集中在)")
#: 中心村安置点 is the village's, not a name.
_LEVEL_ENDS = frozenset("村镇乡县区市")
_VILLAGE_NEXT = re.compile(r"(?P<stem>[\u3400-\u9fff]{2,5}?)(?:村|社区)")
#: 该镇卫星村: words that point back to a township stand for it.
_POINTS_BACK = re.compile(r"[该本全我](?:镇|乡|街道|县|区|市)$")
_LEVELS_ABOVE = frozenset("县区市旗镇乡道村")
#: Length of an unlisted name that begins a clause; longer ones are phrases.
_CLAUSE_STEM_LENGTHS = range(2, 5)


def without_level(name: str) -> str:
    """Return the name of a township or village without the word for its level.

    >>> without_level("洋川街道"), without_level("金承社区"), without_level("三塘")
    ('洋川', '金承', '三塘')
    """
    return next((name.removesuffix(level) for level in _LEVELS if name.endswith(level)), name)


class LocalNames:
    """The townships and villages of the counties that a text names, and the townships of their prefectures."""

    def __init__(self, names: PlaceNames, counties: Sequence[str], prefectures: Sequence[str]) -> None:
        """Take the codes, the likeliest first."""
        self._names = names
        self._scopes = [*((code, None) for code in counties), *((code, Kind.TOWNSHIP) for code in prefectures)]
        self._bearers: dict[str, tuple[NamedDivision, ...]] = {}
        local = names.townships(counties[0]) if counties else ()
        self._shortened = {without_level(one.name): one for one in local if one.name.endswith(_TOWNSHIP_LEVELS)}
        self._shorts = NameSet(form for form in self._shortened if len(form) > 1)

    def named(self, name: str) -> tuple[NamedDivision, ...]:
        """Return the divisions that bear a full name which ends in the word for its level: no farms and no zones."""
        if not name.endswith(_LISTED_LEVELS) or name in _NO_NAMES:
            return ()
        if name not in self._bearers:
            self._bearers[name] = self._find(name) if self._names.is_name(name) else ()
        return self._bearers[name]

    def _find(self, name: str) -> tuple[NamedDivision, ...]:
        """Look for a name in the counties and prefectures."""
        return tuple(one for code, kind in self._scopes for one in self._names.find(name, below=code, kind=kind))

    def listed_names(self, line: Line) -> Iterator[Hit]:
        """Yield the hits of listed names in a sentence, the longest at each place, without overlaps.

        Each word for a level is tried as the end of names of all lengths.
        """
        ends: dict[int, int] = {}
        for level in _LEVEL_END.finditer(line.text):
            if line.text.endswith(_LISTED_LEVELS, 0, level.end()):
                ends.update((start, level.end()) for start in self._starts(line.text, level.end()))
        at = 0
        for start, end in sorted(ends.items()):
            if start >= at:
                at = end
                form = line.text[start:end]
                divisions = self.named(form)
                yield Hit(line.span(Span(start, end)), form, divisions[0].kind, divisions, confidence=_LISTED)

    def _starts(self, text: str, end: int) -> Iterator[int]:
        """Yield where the listed names begin that end at an offset; no mark stands in a name."""
        for start in range(end - 2, max(0, end - _LONGEST) - 1, -1):
            if not text[start].isalnum():
                return
            if self.named(text[start:end]):
                yield start

    def full_names(self, line: Line, page: Page) -> Iterator[Hit]:
        """Yield the full names in a sentence, given the places of the upper levels on the page."""
        previous = None
        hits = list(self.listed_names(line))
        for hit, following in zip(hits, [*hits[1:], None], strict=False):
            chained = page.hit_at(hit.span.start - 1) is not None or _holds(hit, following)
            if chained or _is_meant(line, hit, previous):
                yield hit
                previous = hit

    def has_village(self, town: Hit, stem: str) -> bool:
        """Tell whether a township has a village of a stem under another word for its level: 新民村 for 新民社区."""
        return any(
            self._names.find(stem + level, below=one.code) for one in town.divisions for level in _OTHER_VILLAGE_LEVELS
        )

    def short_names(self, line: Line, page: Page) -> Iterator[Hit]:
        """Yield short names of townships in a list of places: 小关、郑场、青杠塘等地."""
        found = list(self._shorts.find(line.text)) if "、" in line.text else []
        starts, ends = {span.start for _, span in found}, {span.end for _, span in found}
        for form, local in found:
            span = line.span(local)
            goes_on = local.start - 1 in ends or page.hit_at(span.start - 2)
            goes_before = local.end + 1 in starts or page.hit_at(span.end + 1)
            marked_before, marked_behind = (
                line.text[local.start - 1 : local.start],
                line.text[local.end : local.end + 1],
            )
            if (goes_on and marked_before == "、") or (goes_before and marked_behind == "、"):
                one = self._shortened[form]
                yield Hit(span, form, one.kind, (one,), one.name, _SHORTENED)


def _holds(hit: Hit, following: Hit | None) -> bool:
    """Tell whether one of its own villages stands right behind a township: 高山乡布楞沟村."""
    if following is None or hit.kind is not Kind.TOWNSHIP or not hit.precedes(following):
        return False
    return any(village.code.startswith(town.code) for town in hit.divisions for village in following.divisions)


def _is_meant(line: Line, hit: Hit, previous: Hit | None) -> bool:
    """Tell whether a listed name is meant: it follows a place, goes on a list, or is no common word."""
    if previous and (previous.precedes(hit) or (line.before(hit) == "、" and previous.precedes(hit, gap=1))):
        return True
    stem = without_level(hit.form)
    if _POINTS_BACK.search(line.before(hit, 3)):
        return True
    if (
        (stem in WORD_NAMES and hit.kind is Kind.VILLAGE)
        or is_generic(stem)
        or _OTHER_WORD.match(hit.form[-1] + line.after(hit))
    ):
        return False
    return line.begins_word(hit) or line.before(hit) in _LEVELS_ABOVE


# ---- Names that no list holds ----------------------------------------------------------------------------------------


def find_unlisted(page: Page, local: LocalNames) -> None:
    """Add townships and villages that no list holds so: stated ones first, then the same names elsewhere."""
    for line in page.lines:
        for hit in _stated_names(page, line, local):
            page.add([hit])
    learnt = {hit.form: hit for hit in page.hits() if hit.kind in _LOWER_KINDS and not hit.divisions}
    names = NameSet(learnt)
    for line in page.lines if learnt else ():
        page.add(_again(line, learnt[form], span) for form, span in names.find(line.text))


def _again(line: Line, learnt: Hit, local: Span) -> Hit:
    """Return a hit of a name that was learnt elsewhere."""
    return Hit(line.span(local), learnt.form, learnt.kind, confidence=_UNLISTED)


def _stated_names(page: Page, line: Line, local: LocalNames) -> Iterator[Hit]:
    """Yield names that follow a place or begin a clause, from left to right, so that chains go on."""
    at = 0
    while level := _ANY_LEVEL.search(line.text, at + 1):
        match = _STEM_AND_LEVEL.search(line.text, max(at, level.start() - _LONGEST_STEM))
        if match is None:
            return
        found = _judge(page, line, match, local)
        if found:
            yield found
        at = match.end() if found else match.start() + 1


def _judge(page: Page, line: Line, match: re.Match[str], local: LocalNames) -> Hit | None:
    """Return a name that a pattern found, if it is one."""
    span = line.span(Span(*match.span()))
    if page.hit_at(span.start) or _OTHER_WORD.match(line.text, match.end() - 1):
        return None
    parent = page.hit_at(span.start - 1)
    if not (_follows(parent, match, local) if parent else _begins_clause(line.text, match)):
        return None
    kind = Kind.TOWNSHIP if match["level"] in _TOWNSHIP_LEVELS else Kind.VILLAGE
    return Hit(span, match[0], kind, confidence=_UNLISTED)


def _follows(parent: Hit, match: re.Match[str], local: LocalNames) -> bool:
    """Tell whether an unlisted name may stand right behind a place."""
    stem, level = match["stem"], match["level"]
    if parent.kind is Kind.VILLAGE:
        return level in _HAMLET_LEVELS and is_nameable(stem)
    if parent.kind is Kind.TOWNSHIP and level in _TOWNSHIP_LEVELS:
        return False
    if parent.kind not in (*_UPPER_KINDS, Kind.TOWNSHIP):
        return False
    if level in ("镇", "乡") and is_word(stem) and _VILLAGE_NEXT.match(match.string, match.end()):
        return True
    if is_nameable(stem) or (stem in WORD_NAMES and level == "村"):
        return True
    return parent.kind is Kind.TOWNSHIP and level in ("村", "社区") and local.has_village(parent, stem)


def _begins_clause(text: str, match: re.Match[str]) -> bool:
    """Tell whether an unlisted name may begin a clause: shaped like a name of the country, and no common word.

    A township must be followed by its village: 乡 and 镇 end too many other words.
    """
    stem, level = match["stem"], match["level"]
    if level in _SETTLEMENT_LEVELS:
        return len(stem) > 1 and stem[-1] not in _LEVEL_ENDS and _is_lived_in(text, match) and is_nameable(stem)
    if level in ("自然村", "屯") and len(stem) in _HAMLET_STEM_LENGTHS:
        return bool(_HAMLET_EDGE.match(text, match.start())) and is_nameable(stem)
    if len(stem) not in _CLAUSE_STEM_LENGTHS or not _LEFT_EDGE.match(text, match.start()):
        return False
    if level == "村":
        return is_village_like(stem)
    village = _VILLAGE_NEXT.match(text, match.end()) if level in ("镇", "乡") and stem[-1] not in "乡城" else None
    return village is not None and is_nameable(village["stem"]) and is_nameable(stem)


def _is_lived_in(text: str, match: re.Match[str]) -> bool:
    """Tell whether a settlement's name begins a clause or stands behind what people do who move."""
    return any(edge.match(text, match.start()) for edge in (_LEFT_EDGE, _MOVED))
