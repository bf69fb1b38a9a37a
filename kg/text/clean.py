"""Raw text to cleaned text: what is done to a page, and in which order.

The result maps back to the raw text, and every change but the simplification of single characters is logged. A page
pays for what it needs: each step names the characters without which it has nothing to do. Text that was decoded wrongly
is left to :mod:`kg.text.garbled`; what of the page is content is left to :mod:`kg.text.body`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.model import Damage, Span
from kg.text.characters import DECODING, WRITING, even_stops, find_unusual
from kg.text.edits import Changes, Mapped, Step
from kg.text.garbled import is_suspect, repair_garbled
from kg.text.joins import close_numbers, join_letters, join_lines, join_numbers
from kg.text.simplify import simplified

#: What is left of characters that nobody can read: replaced by a decoder, or of one font's own.
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]+")
#: Simplified characters may show damage that traditional ones hid; a page that still looks damaged is cleaned again.
_MOST_PASSES = 5
_REPLACED = "What stood here was lost before the page was read."
_PRIVATE = "Characters of the private area, which mean something to one font only."
_JOINS = (even_stops, join_numbers, close_numbers, join_letters, join_lines)


def clean(raw: str) -> Mapped:
    """Return the text repaired and simplified, mapped to the raw text; cleaning a cleaned text changes nothing.

    >>> clean("貧困戶１８０４戶").text
    '贫困户1804户'
    """
    mapped = Mapped.of(raw)
    for _ in range(_MOST_PASSES):
        mapped = _repaired(mapped, DECODING)
        seen = mapped.text
        if is_suspect(seen):
            mapped = mapped.apply(repair_garbled(seen))
        mapped = _repaired(mapped, (*DECODING, *WRITING), _JOINS)
        mapped = simplified(mapped, find_unusual(mapped.text))
        if mapped.text == seen or not is_suspect(mapped.text):
            break
    return replace(mapped, damages=tuple(_reported(mapped)))


def _repaired(mapped: Mapped, steps: Sequence[Step], joins: Sequence[Callable[[str], Changes]] = ()) -> Mapped:
    """Return the fixed point of the steps, since one may uncover work for another ("&amp;nbsp;")."""
    while True:
        before = mapped.text
        unusual = find_unusual(before)
        for step in steps:
            if not step.characters.isdisjoint(unusual):
                mapped = mapped.apply(step.change(mapped.text))
        for join in joins:
            mapped = mapped.apply(join(mapped.text))
        if mapped.text == before:
            return mapped


def _reported(mapped: Mapped) -> Iterator[Damage]:
    """Yield the damages known and what no step could read, each place once."""
    known: set[int] = set()
    for damage in (*mapped.damages, *_losses(mapped)):
        places = range(damage.raw.start, damage.raw.end)
        if known.isdisjoint(places):
            known.update(places)
            yield damage


def _losses(mapped: Mapped) -> Iterator[Damage]:
    for match in _UNREADABLE.finditer(mapped.text):
        yield Damage(mapped.raw(Span(*match.span())), _REPLACED if "\ufffd" in match[0] else _PRIVATE)
