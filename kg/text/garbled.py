"""Text that was decoded wrongly: found by quick tests, repaired byte by byte, reported where it cannot be.

Three accidents: injected pinyin (:mod:`kg.text.pinyin`), text cut up between the bytes of a character before it was
decoded, and a byte that is gone. Each leaves a run of wrongly paired bytes (:mod:`kg.text.pairing`). What the
bytes do not determine is marked as a guess, what is gone is U+FFFD and a damage, and so is what reads as no text.
Whole files in a wrong charset are left to :mod:`kg.read.charset`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Damage, Repair, Span
from kg.text.edits import Changes, Edit
from kg.text.gbk import LEADS, bytes_before_narrowing, bytes_of, character_of
from kg.text.pairing import LOST, MARKS, Effort, Pairing, Place, Run
from kg.text.pinyin import GLOSS, LOOSE_GLOSS, Gloss, Traces, explains, find_traces, owner_of
from kg.text.wording import likelihood

#: Rows of GB 2312 with foreign letters and numbers in circles, its second level and the areas for private use: a
#: hundredth of prose, half of wrongly paired text. The letters of pinyin (0xA8A1 to 0xA8C0) stand in glosses.
_RARE_ROWS = (0xA2, *range(0xA4, 0xA8), 0xA9, *range(0xD8, 0xF8))
_RARE = "".join(character_of(lead, trail) for lead in _RARE_ROWS for trail in range(0xA1, 0xFF)) + "\ue000-\uf8ffㄅ-ㄩ"
#: Four rare characters close together, or two after a mark; rare names come in twos and threes, between usual ones.
_DENSE = re.compile(rf"(?:[{_RARE}][^\n(?\ufffd{_RARE}]{{0,3}}){{4,50}}")
_AFTER_MARK = re.compile(rf"[?\ufffd](?:[^\n{_RARE}]{{0,2}}[{_RARE}]){{2}}")
#: What famous accidents leave: U+FFFD read as GBK, memory that was never written, a byte order mark read as GBK.
_DEBRIS = re.compile("(?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|锘縷|锘匡豢|\ufffd)+")
#: Both bytes of a character, each cut off by itself, before the mark that was cut at.
_PIECES = re.compile("[?\ufffd]{2}(?=[，。！,!])")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ][a-z]{0,4}\\)")
#: So many syllables make a page suspect; a gloss or two (“跫(qióng)音”) is the author's.
_LEAST_SYLLABLES = 3

#: A run that no gloss announces must be so much likelier, in nats, than the text as it stands; found on 254 clean
#: articles, where nothing comes near.
_LEAST_GAIN = 12.0
_LEAST_GAIN_DAMAGED = 3.0
#: Text less likely a character is no prose, if there is so much of it; names are about -8.
_NO_PROSE = -11.0
_LEAST_GARBAGE = 8
#: Text that is this unlikely may be wrongly paired, and is looked at.
_ODD = -8.0
_LONGEST_LOOK = 24
_WIDE = re.compile("[^\x00-\x7f\ufffd]+")
_MARKS = re.compile("[?\ufffd]+")
_TO_MARK = re.compile("[^\x00-\x7f\ufffd]*[?\ufffd]?")

_GONE = "One ASCII character was swallowed here, often a digit; the bytes do not tell which."
_BYTE_GONE = "A byte is missing or too much here; the character is lost."
_UNDONE = "Injected pinyin that could not be undone."
_GARBAGE = "Wrongly decoded text that could not be read again."
_UNDECODED = "Bytes that are no character in the charset of the page."


def is_suspect(text: str) -> bool:
    """Tell whether a text may have been decoded wrongly; quick, and true of few good texts.

    >>> is_suspect("白銀區(qū)推進(jìn)脫貧攻堅(jiān)"), is_suspect("全县脱贫了吗?")
    (True, False)
    """
    return (
        len(_TONE.findall(text)) >= _LEAST_SYLLABLES
        or _DEBRIS.search(text) is not None
        or ("?" in text and _AFTER_MARK.search(text) is not None)
        or _DENSE.search(text) is not None
    )


def repair_garbled(text: str) -> Changes:
    """Return the changes that undo what was decoded wrongly; none on a good text.

    >>> text = "白銀區(qū)推進(jìn)脫貧攻堅(jiān),占農(nóng)業(yè)總?cè)丝诘?.33%"
    >>> from kg.text.edits import Mapped
    >>> Mapped.of(text).apply(repair_garbled(text)).text
    '白銀區推進脫貧攻堅,占農業總人口的\ufffd.33%'
    """
    edits: list[Edit] = []
    repairs: list[Repair] = []
    damages: list[Damage] = []
    for found in _Page(text, Pairing(text, find_traces(text), Effort(len(text)))).changes():
        edits += found.edits
        repairs += found.repairs
        damages += found.damages
    return Changes(tuple(edits), tuple(repairs), tuple(damages))


def _signs(gloss: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(
        f"(?P<gloss>{gloss.pattern})|(?P<lone>[?\ufffd])|(?P<debris>{_DEBRIS.pattern})|(?P<dense>{_DENSE.pattern})"
    )


_SIGNS = _signs(GLOSS)
_LOOSE_SIGNS = _signs(LOOSE_GLOSS)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page and the means to pair its bytes again."""

    text: str
    pairing: Pairing

    @property
    def traces(self) -> Traces:
        """What the page tells of its damage."""
        return self.pairing.traces

    def changes(self) -> Iterator[Changes]:
        """Yield the changes of each gloss, each run and each loss, in text order, without overlap."""
        signs = _LOOSE_SIGNS if self.traces.is_loose else _SIGNS
        at = 0
        while match := signs.search(self.text, at):
            found, at = self._change(match, at)
            if found is not None:
                yield found

    def _change(self, match: re.Match[str], done: int) -> tuple[Changes | None, int]:
        """Return what a sign of damage calls for, and where to go on; all before ``done`` is dealt with."""
        if match["gloss"] and self.traces.glossed:
            return self._at_gloss(Gloss.of(match))
        if match["dense"]:
            return self._at_dense(Span(*match.span()), done)
        if match["debris"]:
            return _loss(Span(*match.span()), _UNDECODED), match.end()
        return self._at_mark(match.start())

    def _at_gloss(self, gloss: Gloss) -> tuple[Changes | None, int]:
        span = Span(gloss.start, gloss.end)
        if gloss.is_whole and explains(self.text, gloss):
            return Changes((Edit(span, ""),), (Repair(span, "", "pinyin"),)), gloss.end
        if gloss.is_whole and not self.traces.silent:
            return None, gloss.end
        run = self._run_at_gloss(gloss)
        if run and (gloss.mark or run.gain > 0):
            return _rewriting(run, "pinyin", _GONE), run.span.end
        if gloss.has_tone:
            return _loss(Span(gloss.start, self._garbage_end(gloss.end)), _UNDONE), gloss.end
        return self._at_mark(gloss.start) if gloss.mark else (None, gloss.end)

    def _run_at_gloss(self, gloss: Gloss) -> Run | None:
        """Return the run that a gloss within a character begins, or None where the bytes allow none.

        If no character of the table fits, it may be one that the page shows nowhere else; that is a guess.
        """
        owner = bytes_of(owner_of(self.text, gloss))
        if owner is None:
            return None
        for traces in (self.traces, replace(self.traces, traditional=False)):
            leads = (lead for lead in LEADS if traces.may_gloss(character_of(owner[1], lead), gloss.syllable))
            first = Place(gloss.end, frozenset(leads), gloss.start)
            if first.leads and (run := replace(self.pairing, traces=traces).run(first, gloss.start)):
                sure = traces.traditional == self.traces.traditional
                return run if sure else replace(run, certain=(False,) * len(run.certain))
        return None

    def _at_mark(self, at: int) -> tuple[Changes | None, int]:
        """Return the run that follows where a character was cut in two, or the loss that U+FFFD tells of."""
        if self._is_odd_after(at + 1):
            run = self.pairing.run(Place(at + 1, frozenset(LEADS), at), at)
            if run and self._is_better(run):
                return _rewriting(run, "shifted", _GONE), run.span.end
        if self.traces.is_damaged and (pieces := _PIECES.match(self.text, at)):
            return _loss(Span(*pieces.span()), _UNDECODED), pieces.end()
        if self.traces.is_damaged and self.text[at - 1 : at] in MARKS and (marks := _MARKS.match(self.text, at)):
            return _loss(Span(*marks.span()), _UNDECODED), marks.end()
        if debris := _DEBRIS.match(self.text, at):
            return _loss(Span(*debris.span()), _UNDECODED), debris.end()
        return None, at + 1

    def _is_odd_after(self, at: int) -> bool:
        """Tell whether what stands at a place may be the second byte of one character and the first of the next."""
        following = self.text[at : at + 1]
        if not following or following in MARKS or following == "\n":
            return False
        if following.isascii() and not (self.traces.narrowed and bytes_before_narrowing(following)):
            return False
        stretch = _WIDE.match(self.text, at, at + _LONGEST_LOOK)
        return self.traces.is_damaged or (stretch is not None and likelihood(stretch[0]) < _ODD * len(stretch[0]))

    def _at_dense(self, span: Span, done: int) -> tuple[Changes | None, int]:
        """Return the run that begins near rare characters where a byte is gone, or else what they are: garbage."""
        words = span.of(self.text)
        if not self.traces.is_damaged and likelihood(words) > _ODD * len(words):
            return None, span.end
        line = self.text.rfind("\n", 0, span.start) + 1
        near = Span(max(done, line, span.start - _LONGEST_LOOK), min(span.start + _LONGEST_LOOK, span.end))
        run = self.pairing.run_within(near)
        if run and self._is_better(run):
            return _rewriting(run, "shifted", _BYTE_GONE), run.span.end
        if len(span) >= _LEAST_GARBAGE and likelihood(words) < _NO_PROSE * len(span):
            return _loss(span, _GARBAGE), span.end
        return None, span.end

    def _garbage_end(self, at: int) -> int:
        """Return where text that reads as none ends after a place, the mark that ends it included."""
        stretch = _TO_MARK.match(self.text, at, at + _LONGEST_LOOK)
        if stretch and (stretch[0] in MARKS or likelihood(stretch[0]) < _ODD * len(stretch[0])):
            return stretch.end()
        return at

    def _is_better(self, run: Run) -> bool:
        """Tell whether a run that no gloss announces reads so much better that the text cannot be meant."""
        return run.fluency > _ODD and run.gain > (_LEAST_GAIN_DAMAGED if self.traces.is_damaged else _LEAST_GAIN)


def _loss(span: Span, reason: str) -> Changes:
    return Changes(damages=(Damage(span, reason),))


def _rewriting(run: Run, kind: str, reason: str) -> Changes:
    """Return the changes that write a run anew."""
    repairs = tuple(map(Repair, run.sources, run.text, (kind,) * len(run.text), run.certain))
    lost = (source for source, character in zip(run.sources, run.text, strict=True) if character == LOST)
    edit = Edit(run.span, run.text, run.sources)
    return Changes((edit,), repairs, tuple(Damage(source, reason) for source in lost))
