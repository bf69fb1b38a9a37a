"""Addresses: the path of a resource below ``id/``, in one spelling whatever way it was percent-encoded.

An address is what IRIs, requests and the index agree on: the segments decoded, in NFC, joined by slashes, with a
slash or percent sign that belongs to a name kept encoded.
"""

import unicodedata
from urllib.parse import quote, unquote


def address_of(path: str) -> str:
    """Return the address of a path that may be percent-encoded in any way.

    >>> address_of("person/620723/%E5%AE%8B%E8%8A%B3"), address_of("programme/1%2F2亩")
    ('person/620723/宋芳', 'programme/1%2F2亩')
    """
    return "/".join(_kept(unicodedata.normalize("NFC", unquote(segment))) for segment in path.split("/"))


def address_path(address: str) -> str:
    """Return an address as the path of a URL, in ASCII.

    >>> address_path("person/620723/宋芳"), address_path("programme/1%2F2亩")
    ('person/620723/%E5%AE%8B%E8%8A%B3', 'programme/1%2F2%E4%BA%A9')
    """
    return "/".join(quote(unquote(segment), safe="-._~!$&'()*+,;=:@") for segment in address.split("/"))


def _kept(segment: str) -> str:
    return segment.replace("%", "%25").replace("/", "%2F")
