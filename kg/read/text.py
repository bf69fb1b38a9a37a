"""Text files to :class:`~kg.model.Article`, and what any source must hold to be an article.

What the text says, and what of the page is content, is left to :mod:`kg.text.document`.
"""

import re
from pathlib import Path

from kg.errors import ArticleError, NoArticleError
from kg.model import Article
from kg.read.charset import decode
from kg.read.notes import printable
from kg.read.streams import read_all, unreadable

_HAN = re.compile("[\u3400-\u9fff]")

#: The longest article has some 100,000 characters; a page with comments, or a report of 500 pages, ten times as many.
MAX_CHARS = 4_000_000
#: Four million characters in GB18030 and some markup.
MAX_BYTES = 16 << 20
#: Running text is what stands in lines of at least so many Chinese characters; navigation and lists are shorter.
_LINE_HAN = 15
_ARTICLE_HAN = 60


def read_article(path: Path) -> Article:
    """Return the article in a text file; its identifier is the file name.

    Raises:
        ArticleError: if the file is missing, unreadable, a folder, empty, too long, not text, or holds no article.
    """
    where = printable(str(path))
    try:
        with path.open("rb") as file:
            data = read_all(file, MAX_BYTES, where)
    except IsADirectoryError as exc:
        raise ArticleError("This is a folder, not a file.", where=where, remedy="Name the files in it.") from exc
    except OSError as exc:
        raise unreadable(exc, where) from exc
    return text_article(data, identifier=printable(path.name), where=where)


def text_article(data: bytes, *, identifier: str, where: str, declared: str | None = None) -> Article:
    """Return the article that the bytes of a text are.

    Raises:
        ArticleError: if they are empty, not text, or no article.
    """
    decoded = decode(data, where=where, declared=declared)
    return checked(Article(identifier, decoded.text, charset=decoded.charset), where)


def checked(article: Article, where: str) -> Article:
    """Return the article if it holds Chinese running text, and no more than one article can hold.

    Raises:
        NoArticleError: if it holds too little of it.
        ArticleError: if it holds too much.
    """
    raw = article.raw
    if len(raw) > MAX_CHARS:
        limit = f"The limit is {MAX_CHARS} characters."
        raise ArticleError(f"This has {len(raw)} characters, too many for one article.", where=where, remedy=limit)
    found = 0
    for line in raw.split("\n"):
        han = len(_HAN.findall(line)) if len(line) >= _LINE_HAN else 0
        found += han if han >= _LINE_HAN else 0
        if found >= _ARTICLE_HAN:
            return article
    raise NoArticleError(
        "This holds too little Chinese running text to be an article.",
        where=where,
        remedy="Give the text of the whole page.",
    )
