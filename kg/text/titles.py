"""Which lines above the text are the headline, in all its lines.

Pages set the headline above the line with date and source, newspapers below it, and many twice: once as the site has
it, once as it was printed, divided into lines. Rows of channels, names of outlets and headlines of other articles
stand nearby. What a line is by its words is told by :mod:`kg.text.lines`; where the text begins by
:mod:`kg.text.body`.
"""

from collections.abc import Callable, Sequence
from itertools import chain, groupby

from kg.text.lines import Line

# ---- Measures, tuned on the seeds, six further pages and 220 news pages with stated headlines -----------------------

_FEWEST_HAN = 4
#: A headline has seldom fewer characters; the name of a channel or of an author has seldom so many.
_LIKELY_HAN = 8
#: A run of more lines is a list of other things, with the headline in it.
_MOST_LINES = 4


def find_title(header: Sequence[Line], *, known: str = "", is_again: Callable[[Line], bool]) -> list[int]:
    """Return which of the lines above the text are its headline, in order; none where there is none.

    Args:
        header: The lines above the first paragraph.
        known: The headline as the source states it beside the text, or "".
        is_again: Tells whether the page has the line's words once more.
    """
    runs = _runs(header)
    first = _as_stated(header, "".join(known.split())) or _first_title(header, runs, is_again)
    if not first:
        return [at for at, line in enumerate(header) if line.is_original_title][:1]
    chosen = _written_again(header, first, runs) or first
    return _distinct(header, [*_with_leads(header, chosen), *_subtitles(header, chosen[-1] + 1)])


def _runs(header: Sequence[Line]) -> list[list[int]]:
    """Return the runs of lines that may be a headline, in order; none is empty, names of outlets alone are none."""
    runs = groupby(range(len(header)), key=lambda at: _may_be_title(header[at]))
    found = [list(run) for is_title, run in runs if is_title]
    return [run for run in found if not all(header[at].is_outlet for at in run)] or found


def _may_be_title(line: Line) -> bool:
    own = line.is_navigation or line.is_imprint or line.begins_end or line.is_original_title
    return not own and "。" not in line.text and line.han >= _FEWEST_HAN


def _is_likely(line: Line) -> bool:
    return line.han >= _LIKELY_HAN and not line.is_outlet


def _as_stated(header: Sequence[Line], known: str) -> list[int]:
    """Return the lines of a headline known from elsewhere, the last time it is written whole, or in its parts."""
    parts = [at for at, line in enumerate(header) if line.han >= _FEWEST_HAN and line.key.strip("—") in known]
    if whole := [at for at in parts if 4 * len(header[at].key) > 3 * len(known)]:
        return whole[-1:]
    return parts if 2 * sum(len(header[at].key) for at in parts) > len(known) else []


def _first_title(header: Sequence[Line], runs: Sequence[list[int]], is_again: Callable[[Line], bool]) -> list[int]:
    """Return the lines of the headline above date and source; of one below where nothing likely stands above."""
    dated = [at for at, line in enumerate(header) if line.is_dated] or [
        at for at, line in enumerate(header) if line.is_imprint
    ]
    last = dated[-1] if dated else -1
    above = [run for run in runs if run[-1] < last]
    below = [run for run in runs if run[-1] > last]
    likely = [at for run in below for at in run if _is_likely(header[at])]
    if above and (not likely or above[-1][-1] + 1 in dated or any(_is_likely(header[at]) for at in above[-1])):
        return _of_run(header, above[-1], is_again)
    if above and likely:
        return likely[:1]
    if not below:
        return []
    telling = [run for run in below if any(_is_likely(header[at]) for at in run)] or below
    return _of_run(header, telling[-1] if len(telling[0]) > _MOST_LINES else telling[0], is_again)[:1]


def _of_run(header: Sequence[Line], run: Sequence[int], is_again: Callable[[Line], bool]) -> list[int]:
    """Return the headline of a run: all likely lines of a short one.

    Of a long one it is the line above a subtitle, the one that the page has again, or the last.
    """
    headed = [at for at in run if at + 1 in run and _is_subtitle(header[at + 1])]
    likely = [at for at in run if _is_likely(header[at]) or at in headed] or [*run]
    if len(run) <= _MOST_LINES:
        return likely
    again = (at for at in reversed(likely) if is_again(header[at]))
    return [next(chain(headed, again, reversed(likely)))]


def _written_again(header: Sequence[Line], first: Sequence[int], runs: Sequence[list[int]]) -> list[int]:
    """Return the lines below in which the words of the headline are written once more, divided as printed.

    They may be there as a subtitle: then the line above it is the headline as printed.
    """
    words = "".join(header[at].key for at in first)
    echo = next((at for at in range(first[-1] + 2, len(header)) if header[at].key.lstrip("—") == words), None)
    if echo is not None and _is_subtitle(header[echo]) and _may_be_title(header[echo - 1]):
        return [echo - 1]
    found = [at for run in runs for at in run if at > first[-1] and header[at].key in words]
    size = sum(len(header[at].key) for at in found)
    is_printed = len(found) > 1 and 2 * size > len(words)
    return found if is_printed or (found and len(first) > 1 and size == len(words)) else []


def _subtitles(header: Sequence[Line], start: int) -> list[int]:
    return [at for at in range(start, len(header)) if _is_subtitle(header[at])]


def _with_leads(header: Sequence[Line], chosen: Sequence[int]) -> list[int]:
    """Return the lines with those that a dash joins to them: "某市某镇——" above, what follows "……——" below."""
    above = [at - 1 for at in chosen[:1] if at and _leads(header[at - 1])]
    below = [at + 1 for at in chosen[-1:] if at + 1 < len(header) and _leads(header[at])]
    return [*above, *chosen, *(at for at in below if _may_be_title(header[at]))]


def _leads(line: Line) -> bool:
    return line.key.endswith("—") and _may_be_title(line)


def _is_subtitle(line: Line) -> bool:
    return line.key.startswith("—")


def _distinct(header: Sequence[Line], lines: Sequence[int]) -> list[int]:
    """Return the lines without those that say the same again."""
    seen: dict[str, int] = {}
    for at in lines:
        seen.setdefault(header[at].key, at)
    return list(seen.values())
