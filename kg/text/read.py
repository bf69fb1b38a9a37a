"""Article files to :class:`~kg.model.Article`: bytes to raw text, and clear errors for what is no article.

What the text says, and what of the page is content, is left to :mod:`kg.text.document`.
"""

import codecs
import re
from pathlib import Path

from kg.errors import ArticleError, reason_of
from kg.model import Article

#: Characters that XML 1.0 forbids (production 2, Char), surrogates included.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_HAN = re.compile("[\u3400-\u9fff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

#: The most frequent characters of Chinese prose, simplified and traditional. In prose they make up a sixth of all
#: characters; in bytes of another charset read as GB18030 a few in a thousand.
_FREQUENT = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們到作地于於出就分对對成会會可主发發年"
)
_PLAUSIBLE_SHARE = 0.05
#: Control characters above this share mean a binary file; real pages hold a stray one at most.
_CONTROL_SHARE = 0.01
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


def decode(data: bytes, *, where: str) -> str:
    r"""Return the raw text of a file's bytes (design §1), which all stored offsets count in.

    No byte order mark, LF line ends, U+FFFD for what XML forbids. UTF-8, UTF-16 with a mark, or GB18030 where the
    result reads as Chinese.

    >>> decode("\ufeff全县\r\n脱贫".encode(), where="a.txt")
    '全县\n脱贫'

    Raises:
        ArticleError: if the bytes are empty or not text.
    """
    if not data.strip():
        raise ArticleError("The file is empty.", where=where, remedy="Give a file that holds an article.")
    text = _LINE_END.sub("\n", _decoded(data, where))
    if len(_FORBIDDEN.findall(text)) > _CONTROL_SHARE * len(text):
        raise _not_text(where)
    return _FORBIDDEN.sub("\ufffd", text)


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


def _decoded(data: bytes, where: str) -> str:
    if data.startswith(_UTF16):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise _not_text(where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded_chinese(data, where)


def _decoded_chinese(data: bytes, where: str) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as exc:
        raise _not_text(where) from exc
    if not _reads_as_chinese(text):
        raise _not_text(where)
    return text


def _reads_as_chinese(text: str) -> bool:
    han = _HAN.findall(text)
    return sum(character in _FREQUENT for character in han) > _PLAUSIBLE_SHARE * len(han)


def _require_article(raw: str, where: str) -> None:
    counts = (len(_HAN.findall(line)) for line in raw.split("\n"))
    if sum(count for count in counts if count >= _LINE_HAN) < _ARTICLE_HAN:
        raise ArticleError(
            "The file holds too little Chinese running text to be an article.",
            where=where,
            remedy="Give the text of the whole page.",
        )


def _not_text(where: str) -> ArticleError:
    return ArticleError(
        "The file is not text in UTF-8 or GB18030.", where=where, remedy="Convert it to UTF-8, or leave it out."
    )


def _printable(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
