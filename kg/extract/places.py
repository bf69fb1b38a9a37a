"""Mentions of places: provinces to villages, and regions.

Names of the upper levels are found in one pass over each sentence: full names where they are words of their own, short
ones where the article supports them. Townships and villages are the matter of :mod:`kg.extract.places_local`. Which
division is meant is left to :mod:`kg.link.resolve`; words that only point back to :mod:`kg.link.coreference`.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.lexicon import NameSet
from kg.extract.place_words import NO_SHORT_NAME, WORD_COUNTIES, WORD_PLACES
from kg.extract.places_lists import find_listed
from kg.extract.places_local import LocalNames, find_unlisted
from kg.extract.places_page import Hit, Line, NamedDivision, Page, PlaceNames
from kg.model import BlockRole, Extraction, Kind, Reading, Span

_FULL, _SHORT = Decimal("0.97"), Decimal("0.90")

#: Words for a level that the short name of an autonomous division keeps: 黔西南州 and 沿河县 are as good as full names.
_KEPT_LEVELS = ("州", "县", "旗")
_AUTONOMOUS = "自治"
#: The level that cities and districts had before: 靖西县 is as good as 靖西市.
_FORMER_LEVEL = "县"
#: A county in the title counts as often as this many elsewhere; tuned on the seeds and six further articles.
_TITLE_WEIGHT = 5
#: So many counties' townships and villages are looked for; those named more rarely give no local news.
_MAX_COUNTIES = 10
_MAX_PREFECTURES = 2
_PREFECTURE_DIGITS = 4
_TOWNSHIP_CHARACTERS = 15  # characters of the longest township's name
#: Longest rest of a body's name that is looked at behind a short name.
_BODY_CHARACTERS = 24


class PlaceExtractor:
    """Finds places; see the module."""

    name = "places"
    version = "4"
    requires = frozenset({"document"})
    assigns = frozenset({"mentions:places"})

    def __init__(self, names: PlaceNames) -> None:
        """Take the names to look for."""
        self._names = names
        self._upper = NameSet([*names.forms, *names.regions])

    def extract(self, reading: Reading) -> Extraction:
        """Return the places named in the content, in text order."""
        page = Page(reading.document)
        forms = [_Forms(line, hits, [_as_full_name(hit) for hit in hits]) for line, hits in self._forms(page)]
        certain = [hit for one in forms for hit in self._full_names(one, frozenset())]
        named = frozenset(one.code for hit in certain for one in hit.divisions)
        full = [hit for one in forms for hit in self._full_names(one, named)]
        short = _supported_names(forms, full)
        local = self._local_names(page, full + short)
        page.add(full)
        page.add(hit for line in page.lines for hit in local.full_names(line, page))
        page.add(hit for line in page.lines for hit in list(find_listed(page, line, local)))
        page.add(short)
        find_unlisted(page, local)
        page.add([hit for line in page.lines for hit in local.short_names(line, page)])
        return Extraction(mentions=tuple(hit.mention(self.name) for hit in page.hits()))

    def _forms(self, page: Page) -> Iterator[tuple[Line, list[Hit]]]:
        """Yield the sentences with all names of the upper levels and of regions in them, not yet judged."""
        for line in page.lines:
            hits = [self._form(line, form, span) for form, span in self._upper.find(line.text)]
            if hits:
                yield line, hits

    def _form(self, line: Line, form: str, local: Span) -> Hit:
        """Return the hit of a name of the upper levels or of a region."""
        divisions = tuple(self._names.forms.get(form, ()))
        return Hit(line.span(local), form, divisions=divisions, name=self._region_name(form))

    def _full_names(self, forms: "_Forms", named: Collection[str]) -> Iterator[Hit]:
        """Yield the full names and regions of one sentence, given the codes that the article surely names."""
        previous, line = None, forms.line
        for full in forms.full:
            if full and (_is_stated(line, full, previous, named) or self._begins_chain(line, full)):
                yield full
                previous = full

    def _begins_chain(self, line: Line, hit: Hit) -> bool:
        """Tell whether one of a county's townships follows, whatever words the county's name is cut by.

        和平县上陵镇 holds the word 县上, and 新县 may be any new county.
        """
        behind = line.after(hit, _TOWNSHIP_CHARACTERS)
        counties = [one.code for one in hit.divisions if one.kind is Kind.COUNTY]
        return any(behind.startswith(town.name) for code in counties for town in self._names.townships(code))

    def _region_name(self, form: str) -> str:
        """Return the full name of a region, or an empty string for a division's form."""
        return self._names.regions[form].name if form in self._names.regions else ""

    def _local_names(self, page: Page, upper: Sequence[Hit]) -> LocalNames:
        """Return the townships and villages worth looking for."""
        titles = [line.sentence.span for line in page.lines if line.sentence.role is BlockRole.TITLE]
        counts: Counter[str] = Counter()
        for hit in upper:
            weight = _TITLE_WEIGHT if any(span.contains(hit.span) for span in titles) else 1
            counts.update({one.code: weight for one in hit.divisions})
        kinds = {one.code: one.kind for hit in upper for one in hit.divisions}
        counties = [code for code, _ in counts.most_common() if kinds[code] is Kind.COUNTY][:_MAX_COUNTIES]
        prefectures = [code for code, _ in counts.most_common() if kinds[code] is Kind.PREFECTURE]
        prefectures = [*(code[:_PREFECTURE_DIGITS] for code in counties[:1]), *prefectures]
        return LocalNames(self._names, counties, list(dict.fromkeys(prefectures))[:_MAX_PREFECTURES])


# ---- Full names ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Forms:
    """The names of the upper levels in one sentence, not yet judged.

    Attributes:
        line: The sentence.
        hits: All names, with all that bear them.
        full: The same with those alone that have it for their full name; None where it is nobody's.
    """

    line: Line
    hits: Sequence[Hit]
    full: Sequence[Hit | None]


def _is_stated(line: Line, hit: Hit, previous: Hit | None, named: Collection[str]) -> bool:
    """Tell whether a full name is meant: it goes on a chain, or is a word of its own.

    新县 and the like must have support besides: a place of their prefecture that the article surely names.
    """
    if previous is not None and previous.precedes(hit):
        return True
    if line.splits(hit):
        return False
    prefectures = {code[:_PREFECTURE_DIGITS] for code in named}
    return hit.form not in WORD_COUNTIES or any(one.code[:_PREFECTURE_DIGITS] in prefectures for one in hit.divisions)


def _keeps_level(form: str, division: NamedDivision) -> bool:
    """Tell whether a short form has a word for its level and so is no other word."""
    if _AUTONOMOUS in division.name:
        return form.endswith(_KEPT_LEVELS)
    return division.kind is Kind.COUNTY and form.endswith(_FORMER_LEVEL)


def _as_full_name(hit: Hit) -> Hit | None:
    """Return a hit of a full name or region with those who bear it, or None for a short form."""
    if hit.name:
        return replace(hit, confidence=_FULL)
    bearers = tuple(one for one in hit.divisions if one.name == hit.form)
    kept = tuple(one for one in hit.divisions if _keeps_level(hit.form, one))
    divisions = bearers or kept
    if not divisions:
        return None
    name = "" if bearers else divisions[0].name
    return replace(hit, kind=divisions[0].kind, divisions=divisions, name=name, confidence=_FULL)


# ---- Short names -----------------------------------------------------------------------------------------------------


def _supported_names(forms: Sequence[_Forms], full: Sequence[Hit]) -> list[Hit]:
    """Return the short names that the article supports, by the full ones and by those that were supported so."""
    known = Counter(one.code for hit in full for one in hit.divisions)
    first = [hit for one in forms for hit in _short_names(one, known)]
    known.update(one.code for hit in first for one in hit.divisions)
    return [hit for one in forms for hit in _short_names(one, known)]


def _short_names(forms: _Forms, known: Mapping[str, int]) -> Iterator[Hit]:
    """Yield the short names of one sentence that stand where a place is meant."""
    line = forms.line
    for at, hit in enumerate(forms.hits):
        if forms.full[at]:
            continue
        is_part = line.splits(hit) or NO_SHORT_NAME.match(line.after(hit, _BODY_CHARACTERS))
        one = None if is_part else _meant(line, forms.hits, at, known)
        if one:
            yield replace(hit, kind=one.kind, divisions=(one,), name=one.name, confidence=_SHORT)


def _meant(line: Line, hits: Sequence[Hit], at: int, known: Mapping[str, int]) -> NamedDivision | None:
    """Return the division that a short name means, or None where it may be another word or several places."""
    hit = hits[at]
    named = [one for one in hit.divisions if one.code in known]
    if named:
        return max(named, key=lambda one: (known[one.code], one.code))
    related = _beside(line, hits, at)
    upper = [one for one in hit.divisions if one.kind is not Kind.COUNTY]
    if upper and (hit.form not in WORD_PLACES or related):
        return min(upper, key=lambda one: len(one.code))
    counties = {one.code: one for one in related or (hit.divisions if _leads_headline(line, hit) else ())}
    return next(iter(counties.values())) if len(counties) == 1 else None


def _beside(line: Line, hits: Sequence[Hit], at: int) -> list[NamedDivision]:
    """Return the divisions of a hit that its neighbours speak for: what stands before holds them, or a list goes on."""
    hit = hits[at]
    found: list[NamedDivision] = []
    if at and hits[at - 1].precedes(hit):
        found += [one for one in hit.divisions if any(_holds(other, one) for other in hits[at - 1].divisions)]
    if at and line.before(hit) == "、" and hits[at - 1].precedes(hit, gap=1):
        found += [one for one in hit.divisions if any(_matches(one, other) for other in hits[at - 1].divisions)]
    if line.after(hit) == "、" and at + 1 < len(hits) and hit.precedes(hits[at + 1], gap=1):
        found += [one for one in hit.divisions if any(_matches(one, other) for other in hits[at + 1].divisions)]
    return found


def _leads_headline(line: Line, hit: Hit) -> bool:
    """Tell whether a hit opens a headline: 会宁：旱塬披绿装."""
    return line.is_headline and hit.span.start == line.sentence.span.start and line.after(hit) in (":", "：")


def _holds(one: NamedDivision, other: NamedDivision) -> bool:
    """Tell whether the second lies in the first."""
    return other.code.startswith(one.code) and other.code != one.code


def _matches(one: NamedDivision, other: NamedDivision) -> bool:
    """Tell whether two divisions are of one level and one province."""
    return one.code[:2] == other.code[:2] and one.kind is other.kind and one.code != other.code
