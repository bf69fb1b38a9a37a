"""Pages of HTML to articles: the page's text by a versioned rule, and what its markup tells of the article.

The raw text that all offsets count in holds the whole page, navigation included (design §1): what of it is the article
is told beside it, in :attr:`~kg.model.Article.main`, and judged by :mod:`kg.text.body`. Parsing needs the extra
``html``, which is loaded when the first page is read.
"""

import re

from kg.errors import ArticleError
from kg.model import Article
from kg.read.charset import decode

#: Version of the rule that makes text of a page: offsets of HTML sources count in what it returns.
HTML_RULE = "1"

#: Where a page may name its charset: the first 1024 bytes, and twice that for pages that begin with comments.
_PROLOGUE = 2048
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,20})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,20})",
    re.IGNORECASE,
)


def read_html(
    data: bytes,
    *,
    identifier: str,
    where: str,
    declared: str | None = None,
    address: str | None = None,
    fetched: str | None = None,
) -> Article:
    """Return the article of a page, its text by :data:`HTML_RULE`.

    Args:
        data: The page as it was stored or sent.
        identifier: File name, or the record's id.
        where: File and place, for errors.
        declared: Charset that the server named, if it is known; the page's own statement comes second.
        address: Where the page was found, if it is known.
        fetched: When the page was fetched, ISO 8601, if it is known.

    Raises:
        ArticleError: if the bytes are no text, the page has none, or the extra ``html`` is not installed.
    """
    try:
        from kg.read.html_page import block_text, find_main, parse_page  # noqa: PLC0415 - they need the extra `html`
        from kg.read.html_stated import find_stated  # noqa: PLC0415 - the same
    except ModuleNotFoundError as exc:
        remedy = "pip install 'poverty-kg[html]'"
        raise ArticleError("reading HTML needs trafilatura", where=where, remedy=remedy) from exc
    decoded = decode(data, where=where, declared=declared or declared_charset(data))
    tree = parse_page(decoded.text, where=where)
    raw = block_text(tree)
    if not raw:
        raise ArticleError("the page holds no text", where=where, remedy="Give a page with its article in the markup.")
    return Article(
        identifier,
        raw,
        stated=find_stated(tree, raw),
        address=address,
        fetched=fetched,
        charset=decoded.charset,
        main=find_main(tree, raw),
    )


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page names in its first bytes, in lower case, or None.

    >>> declared_charset(b'<html><head><meta charset="GB2312">')
    'gb2312'
    """
    match = _META_CHARSET.search(data[:_PROLOGUE])
    return (match[1] or match[2]).decode("ascii").lower() if match else None
