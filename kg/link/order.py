"""The order of mentions and links in a text: two offsets tell it as a rule, faster than whole mentions do."""

from collections.abc import Iterable

from kg.model import Link, Mention


def text_order(mention: Mention) -> tuple[int, int, Mention]:
    """Return a key that sorts as the mentions themselves do."""
    return mention.span.start, mention.span.end, mention


def in_text_order(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return links in the order of their mentions."""
    return tuple(sorted(links, key=lambda link: text_order(link.mention)))
