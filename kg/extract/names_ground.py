"""The places an organisation's name may build on: those named right before it, and those its level means.

甘谷县委 begins with a place; 县委 means the county the article is about, 镇政府 the township it spoke of last.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.passages import by_sentence
from kg.model import DIVISION_KINDS, PLACE_KINDS, Entity, EntityKey, Kind, Reading, Sentence, Span

#: Kinds whose bodies bear the level's character alone: 省委, 市政府, 县扶贫办; general knowledge of the divisions.
LEVELS = {
    "省": (Kind.PROVINCE,),
    "市": (Kind.COUNTY, Kind.PREFECTURE),
    "州": (Kind.PREFECTURE,),
    "盟": (Kind.PREFECTURE,),
    "县": (Kind.COUNTY,),
    "区": (Kind.COUNTY, Kind.PROVINCE),
    "旗": (Kind.COUNTY,),
}
#: Kinds from the county upwards.
UPPER_KINDS = frozenset(DIVISION_KINDS[:3])


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A place as a sentence names it.

    Attributes:
        start: Offset in the sentence.
        end: Offset in the sentence, exclusive.
        surface: The words.
        entity: What they mean, or None where the mention is not linked.
    """

    start: int
    end: int
    surface: str
    entity: Entity | None

    @property
    def is_upper(self) -> bool:
        """Whether it is a county, prefecture or province."""
        return self.entity is not None and self.entity.kind in UPPER_KINDS

    @property
    def key(self) -> EntityKey:
        """Key of the entity, empty where there is none."""
        return self.entity.key if self.entity else ()

    @property
    def last_name(self) -> str:
        """The words without the larger places before them: 五里墩村 of 平川镇五里墩村."""
        return self.entity.name if self.entity and self.surface.endswith(self.entity.name) else self.surface

    @property
    def full_name(self) -> str:
        """The name that the body of a division bears: 甘谷县 for 甘谷; else :attr:`last_name`."""
        return self.entity.name if self.entity and self.is_upper else self.last_name

    @property
    def last_start(self) -> int:
        """Where :attr:`last_name` begins."""
        return self.end - len(self.last_name)


class Ground:
    """Answers which places stand where, for one document."""

    def __init__(self, reading: Reading) -> None:
        """Take the links of the places and the main place."""
        self._reading = reading
        self._links = {link.mention.span: link.entity for link in reading.links if link.mention.kind in PLACE_KINDS}
        spans = {mention.span for mention in reading.mentions if mention.kind in PLACE_KINDS}
        self._spans = by_sentence(reading.document, spans)

    @property
    def main(self) -> Entity | None:
        """The place the article is about."""
        key = self._reading.main_place
        return self._reading.entities.get(key) if key else None

    def places(self, sentence: Sentence) -> tuple[PlaceWords, ...]:
        """Return the places that a sentence names, in its own offsets."""
        start = sentence.span.start
        return tuple(self._words(span, start) for span in self._spans.get(start, ()))

    def of_level(self, level: str) -> Entity | None:
        """Return the division that 县, 市 or 省 alone means: the main place or what it is part of."""
        key = self._reading.main_place
        while key is not None and (entity := self._reading.entities.get(key)) is not None:
            if entity.kind in LEVELS[level] and entity.name.endswith(level):
                return entity
            key = entity.parent
        return None

    def _words(self, local: Span, start: int) -> PlaceWords:
        span = Span(local.start + start, local.end + start)
        key = self._links.get(span)
        entity = self._reading.entities.get(key) if key else None
        return PlaceWords(local.start, local.end, self._reading.document.words(span), entity)


def chain_before(places: Iterable[PlaceWords], end: int) -> tuple[PlaceWords, ...]:
    """Return the places that stand without a gap before an offset, the largest first: 绥阳县坪乐镇解放村."""
    chain: list[PlaceWords] = []
    for place in sorted(places, key=lambda place: -place.end):
        if place.end == (chain[0].start if chain else end):
            chain.insert(0, place)
    return tuple(chain)
