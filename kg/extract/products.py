"""Products: the crops, animals and wares that an article says are grown, raised or made for sale.

Kinds come from a closed vocabulary of agriculture and rural industry; a breed or brand is a product of its own
(西门塔尔牛, 甘谷辣椒). General words (农产品, 特产) are none. Who produces them is a relation. Awards and works are
found by :mod:`kg.extract.awards` and :mod:`kg.extract.works`, and become mentions here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import ahocorasick_rs

from kg.extract.awards import find_awards
from kg.extract.lexicon import NameSet, alternatives, load_sections, word_bounds
from kg.extract.passages import by_sentence
from kg.extract.works import find_first_documents, find_teachings, find_titled
from kg.model import PLACE_KINDS, Extraction, Kind, Mention, Reading, Span

_WORDS = load_sections("products")
_GENERAL: Mapping[str, str] = dict(pair.split("=") for pair in _WORDS["general animals"])
_NAMES = frozenset((*_WORDS["crops"], *_WORDS["animals"], *_WORDS["goods"], *_GENERAL))
_BARE = frozenset(_WORDS["in need of context"])
_WARES = frozenset(_WORDS["goods"])
_MAKING = re.compile(alternatives(_WORDS["making"]))
#: How far before a name the word of raising stands, in characters.
_RAISING_REACH = 12
_RAISING_BEFORE = re.compile(
    f"{alternatives(_WORDS['raising'])}(?:了|着|的|好|起|上|些|几头|几只)?(?:[^，,。；;]{{1,4}}[、和与及])*$"
)
_RAISING_BEHIND = re.compile(
    "产业|养殖|种植|舍|有?\\d+[头只]|[\\d一二三四五六七八九十两几多余]+[头只匹]|羊|牛|繁育|育肥|出栏|存栏|膘肥"
)
_DERIVED = re.compile(f"{alternatives(_WORDS['derived'])}(?![叶园林苗木豆])")
#: One letter may stand between a flower and the tea made of it.
_FLOWER_TEA = re.compile("[^\\W\\d]?花茶")
#: What makes a plant's or animal's name a longer word that still means it.
_GROWS_ON = re.compile(
    "[树林园地田业苗籽果叶花朵苞舍场厂圈棚节粉酱茶油酒汁干片醋面丝皮壳肉子类种产品]{1,2}|[^\\W\\d]?(?:产业|基地|合作社|大棚|大户)"
)
_LONGEST = max(map(len, _NAMES))
#: Letters that may stand between place and product in a brand.
_BRAND_LETTERS = 2
_PRAISED = re.compile(r"[”」、，,。；;]|获|入选|品牌|商标|被|荣|等|畅销|远销|热销|走俏|闻名|享誉|$")
_LEVEL = re.compile("(?:[^\\W\\d]{1,3}族自治)?[省市州县区旗镇乡村盟]$|自治[区州县旗]$|街道$|社区$")
_ANOTHER_WORD = frozenset("积对临向粉料水瓶桌农商企")
_BARRING = PLACE_KINDS | {Kind.PERSON, Kind.ORGANISATION}
_CONFIDENCE, _BARE_CONFIDENCE, _NAMED_CONFIDENCE = Decimal("0.85"), Decimal("0.7"), Decimal("0.9")


@dataclass(frozen=True, slots=True)
class _Found:
    """A word for a product at a span of the document, and the product that it means."""

    span: Span
    name: str
    word: str


class ProductExtractor:
    """Finds products by a closed vocabulary, brands by the place in their name; awards and works.

    Attributes:
        name: "products".
        version: Version of its rules.
        requires: The text, and the mentions whose words are no products.
        assigns: Mentions of products, awards and works.
    """

    name = "products"
    version = "2"
    requires = frozenset({"document", "main_place", "mentions:places", "mentions:people", "mentions:organisations"})
    assigns = frozenset({"mentions:products"})

    def __init__(self) -> None:
        """Make the automaton of all names, and of the longer words that are none."""
        self._words = sorted(_NAMES | frozenset(_WORDS["not products"]))
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def extract(self, reading: Reading) -> Extraction:
        """Return the mentions of products in text order."""
        places = _short_names(reading)
        spans = by_sentence(reading.document, (one.span for one in reading.mentions if one.kind in _BARRING))
        found = [
            one
            for sentence in reading.document.sentences
            for one in self._find(reading, sentence.span, places, spans.get(sentence.span.start, ()))
        ]
        kinds = _only_kinds(found)
        products = [self._mention(one, kinds.get(one.name, one.name)) for one in found]
        main = reading.entities.get(reading.main_place or ())
        county = main.name if main else ""
        sentences = (sentence.span for sentence in reading.document.sentences)
        honours = [one for span in sentences for one in self._named(reading.document.words(span), span.start, county)]
        return Extraction(mentions=tuple(sorted({*products, *honours})))

    def _named(self, text: str, base: int, county: str) -> Iterator[Mention]:
        """Yield the awards and works of one sentence that begins at ``base``, given the main place's name."""
        for span in find_awards(text):
            yield self._at(span, base, Kind.AWARD, span.of(text))
        for span in (*find_titled(text), *find_teachings(text)):
            yield self._at(span, base, Kind.WORK, span.of(text))
        for span, name in find_first_documents(text, county):
            yield self._at(span, base, Kind.WORK, name)

    def _at(self, span: Span, base: int, kind: Kind, name: str) -> Mention:
        """Return a mention of an award or a work at a span of the sentence that begins at ``base``."""
        return Mention(Span(span.start + base, span.end + base), kind, name, self.name, _NAMED_CONFIDENCE)

    def _mention(self, one: _Found, name: str) -> Mention:
        """Return what was found as a mention under the name of its kind."""
        confidence = _BARE_CONFIDENCE if one.word in _BARE else _CONFIDENCE
        aliases = (one.word,) if one.word != name else ()
        return Mention(one.span, Kind.PRODUCT, name, self.name, confidence, aliases)

    def _find(
        self, reading: Reading, sentence: Span, places: NameSet | None, named: Iterable[Span]
    ) -> Iterator[_Found]:
        """Yield the products of one sentence, given the spans of what it names besides."""
        text = sentence.of(reading.document.text)
        placed = [span for _, span in places.find(text)] if places else []
        brands = _find_brands(text, placed)
        barred = (*named, *placed)
        for start, end, name in (*brands, *self._find_words(text, [span for *span, _ in brands])):
            if not any(bar.start <= start and end <= bar.end for bar in barred):
                yield _Found(Span(start + sentence.start, end + sentence.start), name, text[start:end])

    def _find_words(self, text: str, brands: list[list[int]]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and name of the words of the vocabulary outside brands."""
        at = 0
        for index, start, matched in self._automaton.find_matches_as_indexes(text):
            word = self._words[index]
            if word not in _NAMES or start < at or any(first <= start < last for first, last in brands):
                continue
            if word not in _BARE and _only_seems(text, matched):
                continue
            at = end = _derived_end(text, word, matched)
            if end > matched:
                yield start, end, text[start:end]
            elif _is_for_sale(text, word, start, matched):
                yield start, matched, _GENERAL.get(word, word)


def _only_seems(text: str, end: int) -> bool:
    """Tell whether the name that ends at an offset stands where words meet (840人|参与) or opens another word (橄榄绿).

    A word may end with it (民族服装), and go on with where the plant grows (苹果园) or as a plant (花椒树).
    """
    bounds = word_bounds(text)
    if end in bounds:
        return False
    crossing = min(bound for bound in bounds if bound > end)
    return not _GROWS_ON.fullmatch(text, end, crossing)


def _derived_end(text: str, word: str, end: int) -> int:
    """Return where the name of what is made of a product ends, as 苹果汁; ``end`` where there is none.

    A letter that begins another word is no part of it: 玉米面积 is no 玉米面.
    """
    match = (word.endswith("花") and _FLOWER_TEA.match(text, end)) or _DERIVED.match(text, end)
    if word in _BARE or not match or text[match.end() : match.end() + 1] in _ANOTHER_WORD:
        return end
    return match.end()


def _is_for_sale(text: str, word: str, start: int, end: int) -> bool:
    """Tell whether the words around a name show that it is raised or made, where the name alone does not."""
    if word in _BARE:
        return bool(
            _RAISING_BEFORE.search(text, max(0, start - _RAISING_REACH), start) or _RAISING_BEHIND.match(text, end)
        )
    return word not in _WARES or bool(_MAKING.search(text[:start] + text[end:]))


def _short_names(reading: Reading) -> NameSet | None:
    """Return the names of the article's places without their level (甘谷, 东乡); None without places."""
    places = [entity for entity in reading.entities.values() if entity.kind in PLACE_KINDS]
    names = {_LEVEL.sub("", name) for place in places for name in (place.name, *place.aliases)}
    full = [name for name in names if len(name) > 1]
    return NameSet(full) if full else None


def _find_brands(text: str, places: Iterable[Span]) -> list[tuple[int, int, str]]:
    """Return the brands of one sentence: a place's short name before a product, in marks or in talk of an honour."""
    found = []
    for place in places:
        end = _kind_behind(text, place.end)
        if end and _PRAISED.match(text, end):
            found.append((place.start, end, text[place.start : end]))
    return found


def _kind_behind(text: str, at: int) -> int | None:
    """Return where a product's name ends that begins at an offset, or up to two letters behind it: 清溪云雾茶."""
    for start in range(at, at + _BRAND_LETTERS + 1):
        for end in range(start + _LONGEST, start, -1):
            if text[start:end] in _NAMES and end <= len(text):
                return end
        if not text[start : start + 1].isalpha():
            return None
    return None


def _only_kinds(found: list[_Found]) -> dict[str, str]:
    """Return for 牛, 羊 and the like the only kind of them that the article names: 西门塔尔牛."""
    names = {one.name for one in found}
    kinds: dict[str, str] = {}
    for general in sorted(names & _BARE):
        special = sorted(name for name in names & _NAMES if name != general and name.endswith(general))
        if len(special) == 1:
            kinds[general] = special[0]
    return kinds
