"""Names that are kept out: blacked out in an article before anything is read from it.

One :data:`BLACK` stands for each character, so that all offsets stay right, and no claim, quotation, page, search or
dump can hold the name. The article's hash is that of the text as blacked out: what is served can still be checked.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote

from kg.model import Article, Document, Metadata, Span
from kg.text import parse_document

#: Stands for each character of a name: FULL BLOCK, which no text of this kind uses.
BLACK = "\u2588"


def black_out(article: Article, names: Iterable[str]) -> Article:
    """Return an article without some names, in its raw text and in what stands beside it.

    A name is found as it is written, and as it reads when the text is repaired and simplified.

    >>> black_out(Article("1.txt", "貧困戶劉小芳說,生活好了。"), ["刘小芳"]).raw
    '貧困戶███說,生活好了。'
    """
    wanted = longest_first(names)
    if not wanted:
        return article
    address = unquote(article.address or "")
    return replace(
        article,
        identifier=without(article.identifier, wanted),
        raw=_raw_without(parse_document(article), wanted),
        stated=_stated_without(article.stated, wanted),
        address=without(address, wanted) if without(address, wanted) != address else article.address,
    )


def without(words: str, names: Iterable[str]) -> str:
    """Return words with some names blacked out."""
    for name in names:
        words = words.replace(name, BLACK * len(name))
    return words


def longest_first(names: Iterable[str]) -> tuple[str, ...]:
    """Return names, each once, those before that hold others."""
    return tuple(sorted(set(names), key=lambda name: (-len(name), name)))


def _raw_without(document: Document, names: Iterable[str]) -> str:
    raw = list(document.article.raw)
    for name in names:
        spans = [Span(*match.span()) for match in re.finditer(re.escape(name), document.article.raw)]
        read = (Span(*match.span()) for match in re.finditer(re.escape(name), document.text))
        spans += [document.raw_span(Span(at, at + 1)) for span in read for at in range(span.start, span.end)]
        for span in spans:
            raw[span.start : span.end] = BLACK * len(span)
    return "".join(raw)


def _stated_without(stated: Metadata, names: tuple[str, ...]) -> Metadata:
    return replace(
        stated,
        title=without(stated.title, names),
        publisher=without(stated.publisher, names) if stated.publisher else stated.publisher,
        authors=tuple(without(author, names) for author in stated.authors),
        editors=tuple(without(editor, names) for editor in stated.editors),
    )
