"""Bytes to raw text: which charset they are in, and what raw text is (design §1)."""

import codecs
import re

from kg.errors import ArticleError

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


def _not_text(where: str) -> ArticleError:
    return ArticleError(
        "The file is not text in UTF-8 or GB18030.", where=where, remedy="Convert it to UTF-8, or leave it out."
    )
