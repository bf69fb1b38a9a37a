"""Article files to :class:`~kg.model.Article`: bytes to raw text, and clear errors for what is no article.

What the text says, and what of the page is content, is left to :mod:`kg.text.document`.
"""

import re
from pathlib import Path

from kg.errors import ArticleError, reason_of
from kg.model import Article
from kg.read.charset import decode

_HAN = re.compile("[\u3400-\u9fff]")

#: Bytes of the longest file that is read; an article has some 20,000.
MAX_BYTES = 64 << 20
#: Running text is what stands in lines of at least so many Chinese characters; navigation and lists are shorter.
_LINE_HAN = 15
_ARTICLE_HAN = 60


def read_article(path: Path) -> Article:
    """Return the article in a text file; its identifier is the file name.

    Raises:
        ArticleError: if the file is missing, unreadable, a folder, empty, not text, or holds no article.
    """
    where = _printable(str(path))
    raw = decode(_read_bytes(path, where), where=where)
    _require_article(raw, where)
    return Article(_printable(path.name), raw)


def _read_bytes(path: Path, where: str) -> bytes:
    if path.is_dir():
        raise ArticleError("This is a folder, not a file.", where=where, remedy="Name the files in it.")
    if path.exists() and not path.is_file():
        raise ArticleError("This is no regular file.", where=where, remedy="Name a file that holds an article.")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"The limit is {MAX_BYTES >> 20} MiB."
            raise ArticleError(f"The file has {size >> 20} MiB, too many for one article.", where=where, remedy=limit)
        return path.read_bytes()
    except FileNotFoundError as exc:
        raise ArticleError("There is no such file.", where=where, remedy="Check the name.") from exc
    except OSError as exc:
        raise ArticleError(
            f"The file cannot be read: {reason_of(exc)}.", where=where, remedy="Check its permissions."
        ) from exc


def _require_article(raw: str, where: str) -> None:
    counts = (len(_HAN.findall(line)) for line in raw.split("\n"))
    if sum(count for count in counts if count >= _LINE_HAN) < _ARTICLE_HAN:
        raise ArticleError(
            "The file holds too little Chinese running text to be an article.",
            where=where,
            remedy="Give the text of the whole page.",
        )


def _printable(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
