"""One line of a page: what its words say it is, by the vocabulary of :mod:`kg.text.page_words`.

Most questions are about short lines; a long one is a paragraph or nothing, and is told by a few searches of fixed
words. Where the line stands, and so what it is in the end, is the matter of :mod:`kg.text.body`.
"""

import re
from functools import cached_property

from kg.model import Span
from kg.text.page_words import (
    CAPTION,
    CHANNELS,
    DATE,
    DATED,
    DATELINE,
    DATELINE_LENGTH,
    DATELINE_WORDS,
    DATELINE_WORDS_LENGTH,
    END_HEAD,
    LABELLED,
    LEGAL,
    LICENCE,
    NAVIGATION,
    ORIGINAL_TITLE,
    OUTLET_NAME,
    PRINTED,
    PRINTED_PAGE,
    SITE_LINE,
    TAIL,
    TAIL_BRACKETS,
    TAIL_LENGTH,
    TAIL_ROLES,
    TAIL_ROLES_LENGTH,
    is_notice,
    is_pager,
    is_signed,
)

# ---- Measures, tuned on the five seeds, six further pages and 220 news pages -----------------------------------------

_ENDS = frozenset("。！？!?；;：:…")
_CLOSING = "”’」』）)】\ufffd"
_PROSE_LENGTH = 12
_SHOUT_LENGTH = 30
_CUT_LENGTH = 30
HEADING_LENGTH = 45
_IMPRINT_LENGTH = 120
_SHORTEST = 4
_DATED_HAN = 12
#: How lists of other articles cut off their first words; prose ends in "……".
_TRUNCATED = ("...", "[详细]", "[详情]", "[全文]")
_HAN = re.compile("[\u3400-\u9fff]")


class Line:
    """One line of the page, trimmed.

    Attributes:
        span: Where it stands in the page.
        text: Its words.
        key: The words without spaces: how repeated lines are compared.
        is_short: Whether the line may be anything but a paragraph.
        is_prose: Whether it is a paragraph, be it of the article or of the site.
    """

    def __init__(self, start: int, text: str) -> None:
        self.span = Span(start, start + len(text))
        self.text = text
        self.key = "".join(text.split())
        self.is_short = len(text) <= _IMPRINT_LENGTH
        self.is_prose = self._is_prose()

    def _is_prose(self) -> bool:
        """Tell whether the line is a paragraph; a headline may end in "!", "?" or "…", hardly in "。"."""
        text = self.text
        if text.endswith(_TRUNCATED):
            return False
        has_stop = "。" in text
        if has_stop and "。" in text[-3:]:
            return len(self.key) >= _PROSE_LENGTH
        if not has_stop and self.is_short and len(LABELLED.findall(text)) > 1:
            return False
        if self.ends_sentence:
            return has_stop or len(self.key) >= _SHOUT_LENGTH
        return has_stop and len(self.key) >= _CUT_LENGTH

    @property
    def ends_sentence(self) -> bool:
        """Whether the line closes with a mark that ends a sentence."""
        return self.text[-_CUT_LENGTH:].rstrip(_CLOSING)[-1:] in _ENDS

    @cached_property
    def han(self) -> int:
        """How many Chinese characters the line has; 0 for long lines, of which nobody asks."""
        return len(_HAN.findall(self.text)) if self.is_short else 0

    @cached_property
    def is_imprint(self) -> bool:
        """Whether the line only says where the article comes from: date, source, names."""
        text = self.text
        if not _SHORTEST <= len(text) <= _IMPRINT_LENGTH or self.is_prose or self.tail() is not None:
            return False
        if PRINTED.search(text) and PRINTED_PAGE.search(text):
            return True
        dated = len(text) <= HEADING_LENGTH and DATE.search(text) and not self.ends_sentence
        return bool(dated) or is_signed(text)

    @cached_property
    def is_dated(self) -> bool:
        """Whether the line is an imprint that dates the page or names its source."""
        return self.is_imprint and bool(DATED.search(self.text))

    @property
    def is_dated_headline(self) -> bool:
        """Whether the line is a headline with its date, as lists of other articles have them."""
        text = self.text
        return bool(DATE.search(text)) and self.han > _DATED_HAN and not (is_signed(text) or PRINTED.search(text))

    @property
    def is_original_title(self) -> bool:
        """Whether the line gives the title that the first publisher chose."""
        return self.is_short and bool(ORIGINAL_TITLE.search(self.text))

    @property
    def is_outlet(self) -> bool:
        """Whether the line is but the name of a site or paper."""
        return self.is_short and bool(OUTLET_NAME.search(self.text))

    @property
    def is_caption(self) -> bool:
        """Whether the line says that it is a picture's caption."""
        return self.is_short and bool(CAPTION.search(self.text))

    @cached_property
    def is_navigation(self) -> bool:
        """Whether the line leads about the site."""
        if not self.is_short:
            return not self.is_prose and bool(CHANNELS.match(self.text, 0, _IMPRINT_LENGTH))
        if self.is_prose:
            return False
        text = self.text
        return bool(NAVIGATION.search(text) or SITE_LINE.match(text) or CHANNELS.match(text)) or is_pager(text)

    @cached_property
    def is_legal(self) -> bool:
        """Whether the line states copyright, licence or a disclaimer."""
        if LEGAL.match(self.text):
            return True
        return is_notice(self.text) if self.is_prose else bool(LICENCE.search(self.text, 0, _IMPRINT_LENGTH))

    @cached_property
    def begins_end(self) -> bool:
        """Whether what follows belongs to the site."""
        return self.is_legal or (not self.is_prose and bool(END_HEAD.match(self.text)))

    @property
    def is_paragraph(self) -> bool:
        """Whether the line is a paragraph and none of the page's own."""
        return self.is_prose and not self.is_legal

    def head(self) -> int:
        """Return where the words begin behind a dateline; 0 where there is none."""
        start = self.text[:DATELINE_WORDS_LENGTH]
        if not any(word in start for word in DATELINE_WORDS):
            return 0
        match = DATELINE.match(self.text[:DATELINE_LENGTH])
        return match.end("imprint") if match and match.end() < len(self.text) else 0

    def tail(self) -> int | None:
        """Return where an imprint at the end of the line begins, or None."""
        end = self.text[-TAIL_ROLES_LENGTH:]
        if end[-1] not in TAIL_BRACKETS and not any(role in end for role in TAIL_ROLES):
            return None
        start = max(0, len(self.text) - TAIL_LENGTH)
        match = TAIL.search(self.text[start:])
        return start + match.start("rest") if match else None
