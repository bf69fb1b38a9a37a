"""Bytes to raw text: which charset they are in, and what raw text is (design §1).

A byte order mark and strict UTF-8 decide by themselves. Otherwise the charset that the source declares is taken if the
bytes decode and read as Chinese, else the one that charset-normalizer detects. A page of which nearly all bytes
decode is read with U+FFFD for the rest, so that the damage is seen. Text that was decoded wrongly and encoded again is
undone by :mod:`kg.text.recoding`; damage within a page that is right as a whole is left to :mod:`kg.text.clean`.
"""

import codecs
import re
from dataclasses import dataclass

from kg.errors import ArticleError
from kg.text.recoding import is_lost, reads_as_chinese, undone

#: Characters that XML 1.0 forbids (production 2, Char), surrogates included.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HAN = re.compile("[\u3400-\u9fff]")
#: The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
#: The labels of Chinese charsets (WHATWG Encoding Standard, 4.2) by the largest charset of the family.
_LABELS = {
    label: charset
    for charset, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
        "gb18030": "gb18030 gbk x-gbk cp936 ms936 gb2312 gb_2312 gb_2312-80 csgb2312 chinese iso-ir-58 euc-cn",
        "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950",
        "utf-16-le": "utf-16 utf-16le unicode",
        "utf-16-be": "utf-16be",
    }.items()
    for label in labels.split()
}
_DETECTED = ("gb18030", "big5hkscs", "cp950", "utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be")
#: What is read although some bytes are wrong, in the order of trying.
_LENIENT = ("utf-8", "gb18030", "big5hkscs")
#: Above this share of characters lost the bytes are taken for something else. A text cut off loses one, a stray byte
#: few; text in another charset loses a tenth and more.
_LOST_SHARE = 0.02
#: Control characters above this share mean a binary file; real pages hold a stray one at most.
_CONTROL_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes.

    Attributes:
        text: The raw text.
        charset: What it was decoded from, named as in :attr:`kg.model.Article.charset`.
    """

    text: str
    charset: str


def raw_text(text: str) -> str:
    r"""Return the raw text that all stored offsets count in (design §1).

    No byte order mark, LF line ends, U+FFFD for what XML forbids.

    >>> raw_text("\ufeff全县\r\n脱贫\x08")
    '全县\n脱贫\ufffd'
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("\ufffd", text)


def decode(data: bytes, *, where: str, declared: str | None = None) -> Decoded:
    r"""Return the raw text of a file's bytes and their charset.

    >>> decode("\ufeff全县\r\n脱贫".encode(), where="a.txt")
    Decoded(text='全县\n脱贫', charset='utf-8')

    Args:
        data: The bytes.
        where: What they are, for messages.
        declared: The charset that a header or the markup names; believed only if the bytes bear it out.

    Raises:
        ArticleError: if the bytes are empty or not text, or if the text was lost before they were written.
    """
    found = _read(data, declared)
    text = raw_text(found.text if found else "")
    if not data.strip() or (found and not text.strip()):
        raise ArticleError("The file is empty.", where=where, remedy="Give a file that holds an article.")
    if found is None or len(_FORBIDDEN.findall(found.text)) > _CONTROL_SHARE * len(found.text):
        raise ArticleError(
            "The file is not text in UTF-8, GB18030 or Big5.",
            where=where,
            remedy="Convert it to UTF-8, or leave it out.",
        )
    if is_lost(found.text):
        raise ArticleError(
            "Most of the text was lost when it was read in a wrong charset.", where=where, remedy="Fetch it once more."
        )
    return Decoded(text, found.charset)


def _read(data: bytes, declared: str | None) -> Decoded | None:
    """Return the text by the first means that fits; encoded twice, as it was before the first time."""
    found = (
        _marked(data) or _strict(data) or _declared(data, declared) or _detected(data) or _mixed(data) or _lenient(data)
    )
    again = undone(found.text) if found else None
    return Decoded(again[0], f"{again[1]} twice") if again else found


def _marked(data: bytes) -> Decoded | None:
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(charset, "replace"), charset)
    return None


def _strict(data: bytes) -> Decoded | None:
    """Return the text of UTF-8 without a fault; ASCII in UTF-16 passes for it, and is told by its zeros."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return (_detected(data) if "\0" in text else None) or Decoded(text, "utf-8")


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    charset = _LABELS.get((declared or "").strip().lower())
    return _as_chinese(data, charset) if charset else None


def _detected(data: bytes) -> Decoded | None:
    """Return the text in the likeliest charset in which the bytes decode without a fault and read as Chinese."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - loaded for the pages that are not UTF-8

    names = (match.encoding for match in from_bytes(data, cp_isolation=list(_DETECTED)))
    return next((found for name in names if (found := _as_chinese(data, name.replace("_", "-")))), None)


def _as_chinese(data: bytes, charset: str) -> Decoded | None:
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        return None
    return Decoded(text, charset) if reads_as_chinese(text) else None


def _mixed(data: bytes) -> Decoded | None:
    """Return a UTF-8 page into which a program wrote lines in GB18030."""
    lines: list[str] = []
    others: list[str] = []
    for line in data.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            try:
                lines.append(line.decode("gb18030"))
            except UnicodeDecodeError:
                return None
            others.append(lines[-1])
    return Decoded("".join(lines), "utf-8") if all(map(reads_as_chinese, others)) else None


def _lenient(data: bytes) -> Decoded | None:
    """Return the text in the charset that loses the fewest characters, if these are few."""
    texts = ((data.decode(charset, "replace"), charset) for charset in _LENIENT)
    read = [Decoded(*found) for found in texts if _nearly_whole(found[0]) and reads_as_chinese(found[0])]
    return min(read, key=lambda found: found.text.count("\ufffd"), default=None)


def _nearly_whole(text: str) -> bool:
    lost = text.count("\ufffd")
    return lost <= 1 or lost <= _LOST_SHARE * len(_HAN.findall(text))
