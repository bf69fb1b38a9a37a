"""The concept of the ontology that the words of an indicator mean."""

from collections.abc import Iterable

from kg.extract.indicator_words import done_first, is_verbal
from kg.extract.lexicon import WordSet
from kg.model import Indicator

#: What the unit adds to an indicator that ends in a verb, by dimension.
NOUN_OF = {
    "households": "户数",
    "persons": "人数",
    "person-times": "人次",
    "occurrences": "次数",
    "money": "金额",
    "area": "面积",
    "duration": "时间",
}
#: Names that mean their indicator alone as whole words: 就业人口 is no 人口, and a 村 is none by its last character.
_GENERIC = frozenset({*NOUN_OF.values(), "人口", "村", "镇", "乡", "县", "组", "社", "屯"})
#: A shorter noun means its indicator only at the end of the words; a verb (培训, 销售) may stand anywhere.
_SHORT = 2
_ATTRIBUTED = ("扶贫", "政策", "帮扶", "服务", "意愿", "能力")


class IndicatorTable:
    """Finds the concept that the words of an indicator mean."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        """Take the indicators of the ontology."""
        self._keys: dict[str, dict[str, list[str]]] = {}
        for indicator in sorted(indicators, key=lambda each: each.key):
            keys = self._keys.setdefault(indicator.dimension, {})
            for name in {indicator.label, *indicator.synonyms}:
                keys.setdefault(name, []).append(indicator.key)
        self._names = {dimension: WordSet(keys) for dimension, keys in self._keys.items()}

    def concept(self, words: str, dimension: str) -> str | None:
        """Return the key of the indicator of a dimension that the words name, preferring what they end with.

        Of several the longest name wins; None where none fits. Whether poor people are registered makes no
        indicator of its own: 受益建档立卡贫困户 are 受益贫困户.
        """
        return self._named(words, dimension) or self._named(words.replace("建档立卡", ""), dimension)

    def _named(self, words: str, dimension: str) -> str | None:
        """Return the key of the indicator that the words name as they are."""
        short = words.removesuffix("数") if words.endswith(("户数", "人数")) else words
        names = self._names[dimension].held_by(words) if dimension in self._names else ()
        verb = done_first(words)
        fitting = [
            (name, key)
            for name in sorted(names, key=lambda name: (-len(name), name))
            for key in self._keys[dimension][name]
            if verb in name and (name == words or name not in _GENERIC)
        ]
        ending = (key for name, key in fitting if words.endswith(name) or short.endswith(name))
        inner = (key for name, key in fitting if len(name) > _SHORT or _is_done(name, words))
        return next(ending, next(inner, None))


def _is_done(verb: str, words: str) -> bool:
    """Tell whether a verb is done in some words, and is no attribute there: 培训班, but not 就业扶贫政策."""
    start = words.index(verb) + len(verb)
    return is_verbal(verb) and not words.startswith(_ATTRIBUTED, start)
