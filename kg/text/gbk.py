"""GBK as bytes: which two bytes are which character, and which are none.

Repairs of text whose bytes were paired wrongly (:mod:`kg.text.pairing`) think in these pairs. Reading files is left to
:mod:`kg.read.charset`.
"""

from functools import cache

#: Values of a first byte, and of a second one.
LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_NARROWED = {
    " ": ((0xA1, 0xA1),),
    '"': ((0xA1, 0xB0), (0xA1, 0xB1), (0xA3, 0xA2)),
    "'": ((0xA1, 0xAE), (0xA1, 0xAF), (0xA3, 0xA7)),
}


@cache
def character_of(lead: int, trail: int) -> str:
    """Return the character of two bytes, or an empty string; the areas for private use hold none.

    >>> character_of(0xC8, 0xCB), character_of(0xAA, 0xA1)
    ('人', '')
    """
    try:
        character = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return character if len(character) == 1 else ""


@cache
def bytes_of(character: str) -> tuple[int, int] | None:
    """Return the two bytes of a character, private use included, or None where it has one or four.

    >>> [f"{byte:X}" for byte in bytes_of("人")]
    ['C8', 'CB']
    """
    data = character.encode("gb18030", "replace")
    return (data[0], data[1]) if len(data) == 2 else None  # noqa: PLR2004 - pairs are the matter here


def bytes_before_narrowing(character: str) -> tuple[tuple[int, int], ...]:
    """Return the bytes of the full-width forms that may have been written as an ASCII character afterwards.

    >>> [f"{lead:X}{trail:X}" for lead, trail in bytes_before_narrowing(",")]
    ['A3AC']
    """
    if character in _NARROWED:
        return _NARROWED[character]
    return ((0xA3, ord(character) + 0x80),) if "!" <= character <= "~" else ()


@cache
def hidden_trails(lead: int) -> frozenset[int]:
    """Return the second bytes that make no character with a first one; decoders hide such a pair or mark it."""
    return frozenset(trail for trail in TRAILS if not character_of(lead, trail))


#: First bytes of pairs without character, and the second bytes of such pairs that may open another character.
HIDDEN_LEADS = tuple(lead for lead in LEADS if hidden_trails(lead))
HIDDEN_TRAILS = frozenset().union(*map(hidden_trails, HIDDEN_LEADS)) & frozenset(LEADS)
