"""Content blocks to sentences: where one ends, with its closing quotation marks and brackets.

A sentence ends at 。！？!?；; with what closes after it. A comma, a colon and an ellipsis within a paragraph end none.
Speech of several sentences is divided; a mark within brackets, a title, a short name in quotation marks
(“我的家在哪里?”主题活动) or a quoted list (按照“统一规划;分步实施”的办法) divides nothing.
"""

import re
from collections.abc import Iterable, Iterator

from kg.model import CONTENT_ROLES, Block, Sentence, Span

#: The marks that end a sentence with what closes around them; an ellipsis that ends speech before more speech.
_END = re.compile("[。！？!?；;]+[…\ufffd]*[”’」』）)】]*|(?<!…)…++[”’」』]++(?=[“‘「『])")
#: Pairs within which nothing is divided, and the most characters they may hold before the closing mark counts as lost.
_BRACKETS = {"(": ")", "（": "）", "《": "》", "【": "】", "〔": "〕", "[": "]"}
_BRACKET_LENGTH = 80
#: Pairs within which speech is divided, names and lists are not; a name that holds 。 or ? is at most so long.
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_OPENING = re.compile("[(（《【〔\\[“‘「『]")
_NAME_LENGTH = 14
_FULL_STOPS = re.compile("[。！？!?]")
#: Before these a quotation is speech, as it is at the start of a block; after other words it is a name.
_BEFORE_SPEECH = frozenset("：:，,。！？!?；;”’」』…")
#: A sentence goes on where these follow its marks: “苦不苦?”，…; 1804?.33% with a destroyed digit.
_GOING_ON = frozenset("，,、：:.%")


def divide(text: str, blocks: Iterable[Block]) -> tuple[Sentence, ...]:
    """Return the sentences of all content blocks in text order; spans count in ``text``."""
    content = (block for block in blocks if block.role in CONTENT_ROLES)
    return tuple(
        Sentence(span, paragraph, block.role)
        for paragraph, block in enumerate(content)
        for span in split_sentences(text, block.span)
    )


def split_sentences(text: str, within: Span) -> Iterator[Span]:
    """Yield the sentences of one block, trimmed, in order, without overlap; none is empty.

    >>> text = "收入多了。“苦不苦?”“不苦!”他说。"
    >>> [span.of(text) for span in split_sentences(text, Span(0, len(text)))]
    ['收入多了。', '“苦不苦?”', '“不苦!”', '他说。']
    """
    words = within.of(text)
    start = 0
    for end in (*_ends(words), len(words)):
        if trimmed := _trimmed(words, start, end):
            yield Span(within.start + trimmed.start, within.start + trimmed.end)
        start = end


def _ends(words: str) -> Iterator[int]:
    """Yield where a sentence ends, ascending."""
    closed = _undivided(words)
    following = next(closed, None)
    reach = 0
    for match in _END.finditer(words):
        while following and following.start <= match.start():
            reach = max(reach, following.end)
            following = next(closed, None)
        if match.start() >= reach and words[match.end() : match.end() + 1] not in _GOING_ON:
            yield match.end()


def _undivided(words: str) -> Iterator[Span]:
    """Yield the stretches within which no sentence ends, ascending: brackets, titles, short quoted names."""
    for opening in _OPENING.finditer(words):
        at, mark = opening.start(), opening[0]
        if mark in _BRACKETS:
            end = words.find(_BRACKETS[mark], at, at + _BRACKET_LENGTH)
        elif at and words[at - 1] not in _BEFORE_SPEECH:
            end = words.find(_QUOTES[mark], at, at + _BRACKET_LENGTH)
            if end - at > _NAME_LENGTH and _FULL_STOPS.search(words, at, end):
                continue
        else:
            continue
        if end > 0:
            yield Span(at, end)


def _trimmed(words: str, start: int, end: int) -> Span | None:
    """Return the span without space around it, or None where nothing else is there."""
    sentence = words[start:end]
    left = start + len(sentence) - len(sentence.lstrip())
    right = start + len(sentence.rstrip())
    return Span(left, right) if left < right else None
