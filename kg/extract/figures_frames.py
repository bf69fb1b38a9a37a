"""Frames that are no entity of the graph: the nation, the world, state leaders, and a place that is only one of many.

What is said of 我国 or 全球 is no fact of the county that the article comes to; what a state leader reports is none of
the leader's. In an article over many places, the one named most is no answer for figures far from its name. Which
entity a figure has within these limits is told by :mod:`kg.extract.figures_about`.
"""

import re

from kg.extract.figures_clauses import without_dates
from kg.model import PLACE_KINDS, EntityKey, Kind, Link, Reading, Sentence, Span

#: Words for wholes that no entity is, and for bodies of the nation; compounds in which 全国 only praises are left out.
_WHOLE = re.compile(
    r"全国(?!各地|人大|政协|人民代表|两会|首|第|最|唯一|优秀|先进|劳动模范|劳模|三八|五一|文明|道德|示范|扶贫日|[“‘《「])|"
    r"我国|新?中国(?![“‘《「])|国内(?!外)|全?世界(?!各地|级|第|上?最|[“‘《「])|全球(?!第|首|最)|各国|全省|全自治区|"
    r"(?:中央|国家)(?:和省级|、省级|和地方)?财政|地方各级|最高人民(?:法院|检察院)|各省|(?:东|中|西|中西|东中西)部(?:地区|省份)"
)
#: What may stand before such a word at the head of its clause, dates aside.
_LEAD = re.compile(
    r"(?:[\s“”‘’—-]|截[至止]|至|到|在|底|末|目前|如今|现在|当前|全年|其中|同时|据统计|据悉|今年|近年来|而|但|已|使|让|也)*"
)
#: Titles beside the name of a state leader.
_TITLE_AFTER = re.compile(r"(?:同志|总书记|国家主席|主席(?!团)|总理|副总理|委员长)")
_TITLE_BEFORE = re.compile(
    r"(?:总书记|国家(?:副)?主席|军委(?:副)?主席|全国政协主席|国务院(?:副)?总理|委员长|国务委员|政治局(?:常委|委员))[、,]?$"
)
#: What a leader does who is the subject and not only named (贯彻总书记论述).
_LEADER_ACTS = re.compile(
    r"[^,，;；。“”]{0,16}?(?:指出|强调|要求|说|表示|主持|出席|部署|批示|会见|宣布|介绍|讲话|考察|调研|视察|听取|提出|发表)"
)
_TITLE_CHARS = 10
#: Where less of the places an article names lie in its main place, that place is one of many.
_LEAST_SHARE, _LEAST_NAMED = 0.4, 6
#: A place that is not even named once in so many sentences is none that the article is about.
_SENTENCES_A_NAME = 20
#: In how many paragraphs after its name a place that is one of many is still meant.
_PARAGRAPHS = 1
_SHORT_NAME = 2


class Frames:
    """Tells for one reading where a figure has no entity, or not the main place."""

    def __init__(self, reading: Reading, topic: EntityKey | None) -> None:
        """Take the reading and the place that figures without a subject are about."""
        self._reading = reading
        self._text = reading.document.text
        self._topic = topic
        self._places = [link for link in reading.links if self._is_division(link)]
        self._leaders = {link.entity for link in reading.links if self._leads(link)}
        self._is_one_of_many = self._is_rare() and not self._is_in_title()

    def is_leader(self, key: EntityKey) -> bool:
        """Tell whether an entity is a person of state."""
        return key in self._leaders

    def is_led(self, span: Span) -> bool:
        """Tell whether a state leader speaks or acts in a span: what follows is no fact of the place."""
        leaders = (link for link in self._reading.links if link.entity in self._leaders)
        return any(
            span.contains(link.mention.span) and _LEADER_ACTS.match(self._text, link.mention.span.end)
            for link in leaders
        )

    def names_whole(self, clause: Span) -> bool:
        """Tell whether a clause is about a whole that is no entity: 2019年我国贫困人口减少…, but not 远销全国各地."""
        for found in _WHOLE.finditer(self._text, clause.start, clause.end):
            before = without_dates(self._text[clause.start : found.start()])
            if _LEAD.fullmatch(before) and not self._is_linked(Span(found.start(), found.end())):
                return not any(Span(found.end(), clause.end).contains(link.mention.span) for link in self._places)
        return False

    def main_place(self, sentence: Sentence) -> EntityKey | None:
        """Return the place that a figure without a subject is about; None where the article has gone elsewhere."""
        if not self._is_one_of_many or self._topic is None:
            return self._topic
        before = [link for link in self._places if link.mention.span.end <= sentence.span.end]
        if not before or not self._lies_in_topic(before[-1].entity):
            return None
        last = self._reading.document.sentence_at(before[-1].mention.span.start)
        is_near = last is not None and sentence.paragraph - last.paragraph <= _PARAGRAPHS
        return self._topic if is_near else None

    def _is_linked(self, span: Span) -> bool:
        """Tell whether words belong to a mention that has an entity: 中国 of a company's name."""
        return any(link.mention.span.overlaps(span) for link in self._reading.links)

    def _is_division(self, link: Link) -> bool:
        """Tell whether a link is to a place that is no region."""
        kind = self._reading.entities[link.entity].kind
        return kind in PLACE_KINDS and kind is not Kind.REGION

    def _leads(self, link: Link) -> bool:
        """Tell whether the title of a state leader stands beside a person's name."""
        if self._reading.entities[link.entity].kind is not Kind.PERSON or link.mention.anaphor:
            return False
        span = link.mention.span
        after = self._text[span.end : span.end + _TITLE_CHARS]
        before = self._text[max(0, span.start - _TITLE_CHARS) : span.start]
        return _TITLE_AFTER.match(after) is not None or _TITLE_BEFORE.search(before) is not None

    def _is_rare(self) -> bool:
        """Tell whether the topic is but one of many places, or hardly named in a long article."""
        inside = sum(self._lies_in_topic(link.entity) for link in self._places)
        is_small_part = len(self._places) >= _LEAST_NAMED and inside < _LEAST_SHARE * len(self._places)
        return is_small_part or inside < len(self._reading.document.sentences) // _SENTENCES_A_NAME

    def _lies_in_topic(self, key: EntityKey | None) -> bool:
        """Tell whether a place is the topic or lies in it."""
        while key is not None and key != self._topic:
            entity = self._reading.entities.get(key)
            key = entity.parent if entity else None
        return key is not None

    def _is_in_title(self) -> bool:
        """Tell whether the headline names the topic, in full or short."""
        entity = self._reading.entities.get(self._topic) if self._topic else None
        names = {entity.name[:_SHORT_NAME], *entity.aliases} if entity else set()
        return any(name in self._reading.metadata.title for name in names)
