"""When a post was held: 2016年起担任…, 时任…, 2015年至2018年任….

Only words for taking or holding office give a post a time; that an official said something in 2019 does not. The
expressions of time themselves are read by :mod:`kg.text.periods`.
"""

import re

from kg.model import Document, Period, PeriodBasis, Reading, Sentence, Span
from kg.text.periods import Calendar, TimeExpression, find_periods

#: Someone takes or holds the office at the time stated; 现任 says only that it is now.
_TAKES = re.compile(
    r"时任|曾任|担任|出任|兼任|当选|任命|接任|挂任|当上|上任|被选为|(?<![主责现放信胜前原后历重大在])任(?![务职何由意性])"
)
#: What may stand between a time and such a verb: 2016年起,他被组织选派到…担任.
_REACH = re.compile(r"(?:起|以来|开始|初|底|末|后)?[，,]?[^，,。；;：:“”]{0,24}[，,]?[^，,。；;：:“”]{0,16}")
_YEAR = re.compile(r"[年月]|今|去|前|当")


class Terms:
    """Answers when posts were held, for one document; reads only the paragraphs that it is asked about."""

    def __init__(self, reading: Reading) -> None:
        """Take the document and the date of its publication."""
        self._document: Document = reading.document
        self._calendar = Calendar.of(reading.metadata.published)

    def period(self, evidence: Span, sentence: Sentence) -> Period | None:
        """Return the period of a post whose words and holder stand in a span of a sentence, or None."""
        text = self._document.text
        start = self._clause_start(evidence.start, sentence)
        verb = _TAKES.search(text, start, evidence.end)
        if verb is None or not _YEAR.search(text, sentence.span.start, verb.start()):
            return None
        times = (time for time in self._times(sentence) if time.span.end <= verb.start())
        reaching = [time for time in times if _REACH.fullmatch(text, time.span.end, verb.start())]
        return reaching[-1].period if reaching else None

    def _clause_start(self, at: int, sentence: Sentence) -> int:
        """Return where the clause of an offset begins: what an earlier clause says of others does not count."""
        text = self._document.text
        return max(sentence.span.start, *(text.rfind(mark, sentence.span.start, at) + 1 for mark in "，,。；;"))

    def _times(self, sentence: Sentence) -> tuple[TimeExpression, ...]:
        """Return the times that a sentence states, told by those before it in its paragraph; none by publication."""
        calendar = self._calendar
        found: tuple[TimeExpression, ...] = ()
        for one in self._document.sentences:
            if one.paragraph == sentence.paragraph and one.span.start <= sentence.span.start:
                found, calendar = find_periods(self._document.text, one.span, calendar)
        return tuple(time for time in found if time.period and time.period.basis is not PeriodBasis.PUBLICATION)
