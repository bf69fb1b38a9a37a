"""Raw text to cleaned text: what is done to a page, and in which order.

The result maps back to the raw text, and every change but the simplification of single characters is logged. A page
pays for what it needs: each step names the characters without which it has nothing to do. Text that was decoded wrongly
is left to :mod:`kg.text.garbled`; what of the page is content is left to :mod:`kg.text.body`.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from kg.model import Damage, Span
from kg.text.characters import DECODING, WRITING, find_unusual
from kg.text.edits import Changes, Mapped, Step
from kg.text.garbled import is_suspect, repair_garbled
from kg.text.joins import close_numbers, join_letters, join_lines, join_numbers
from kg.text.simplify import simplified

#: What is left of characters that nobody can read: replaced by a decoder, or of one font's own.
_UNREADABLE = re.compile("(\ufffd+)|[\ue000-\uf8ff]+")
_LOST = frozenset(map(chr, (0xFFFD, *range(0xE000, 0xF900))))
_REPLACED = "What stood here was lost before the page was read."
_PRIVATE = "Characters of the private area, which mean something to one font only."
_JOINS = (join_numbers, close_numbers, join_letters, join_lines)


def clean(raw: str) -> Mapped:
    """Return the text repaired and simplified, mapped to the raw text; cleaning a cleaned text changes nothing.

    >>> clean("貧困戶１８０４戶").text
    '贫困户1804户'
    """
    mapped = _repaired(Mapped.of(raw), DECODING)
    if is_suspect(mapped.text):
        mapped = mapped.apply(repair_garbled(mapped.text))
    mapped = _repaired(mapped, (*DECODING, *WRITING), _JOINS)
    unusual = find_unusual(mapped.text)
    mapped = simplified(mapped, unusual)
    return mapped if _LOST.isdisjoint(unusual) else mapped.apply(Changes(damages=tuple(_losses(mapped))))


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


def _losses(mapped: Mapped) -> Iterator[Damage]:
    """Yield what no step could read and none has reported, in text order."""
    known = frozenset(at for damage in mapped.damages for at in range(damage.raw.start, damage.raw.end))
    for match in _UNREADABLE.finditer(mapped.text):
        span = Span(*match.span())
        raw = mapped.raw(span)
        if known.isdisjoint(range(raw.start, raw.end)):
            yield Damage(span, _REPLACED if match[1] else _PRIVATE)
