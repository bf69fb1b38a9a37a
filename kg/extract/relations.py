"""Relations of the closed list between linked entities, each with the words that state it.

The rules stand by what they are about: people (:mod:`kg.extract.relations_people`), bodies and what they set up
(:mod:`kg.extract.relations_bodies`), programmes (:mod:`kg.extract.relations_schemes`), goods and honours
(:mod:`kg.extract.relations_goods`). This module runs them over the sentences and makes one claim a relation. partOf
comes from the gazetteer, posts from :mod:`kg.extract.people`.
"""

from collections.abc import Iterable, Iterator

from kg.extract.relations_bodies import BODY_RULES
from kg.extract.relations_goods import GOODS_RULES
from kg.extract.relations_people import PEOPLE_RULES
from kg.extract.relations_schemes import SCHEME_RULES
from kg.extract.scenes import Scene, Statement, read_story
from kg.model import Extraction, Reading, RelationClaim, Span

_RULES = (*PEOPLE_RULES, *BODY_RULES, *SCHEME_RULES, *GOODS_RULES)
#: Sentences that one claim shows as evidence at most: the surest.
_MOST_EVIDENCE = 5

Said = tuple[Scene, Statement]


class RelationExtractor:
    """Finds the relations that sentences state or plainly imply.

    Attributes:
        name: "relations".
        version: Version of its rules.
        requires: Linked entities of all kinds, words that point back included, and who holds a post.
        assigns: Claims of relations.
    """

    name = "relations"
    version = "2"
    requires = frozenset({"document", "main_place", "entities:places", "entities", "references", "claims:posts"})
    assigns = frozenset({"claims:relations"})

    def extract(self, reading: Reading) -> Extraction:
        """Return one claim for each relation, in the order in which the text first states them."""
        story = read_story(reading)
        said = [(story.scenes[at], statement) for rule in _RULES for at, statement in rule(story)]
        return Extraction(claims=tuple(self._claims(said)))

    def _claims(self, said: Iterable[Said]) -> Iterator[RelationClaim]:
        """Yield the claims, with the evidence of all sentences that state the same relation."""
        together: dict[tuple[str, ...], list[Said]] = {}
        for scene, statement in said:
            if statement.subject != statement.object:
                key = (statement.predicate, *statement.subject, "", *statement.object)
                together.setdefault(key, []).append((scene, statement))
        claims = [self._claim(group) for group in together.values()]
        yield from sorted(claims, key=lambda claim: (claim.evidence[0], claim.predicate, claim.subject, claim.object))

    def _claim(self, group: list[Said]) -> RelationClaim:
        """Return the claim that several sentences state, the surest first."""
        ordered = sorted(group, key=lambda one: (-one[1].confidence, one[0].sentence.span, one[1].span))
        evidence = dict.fromkeys(_in_document(scene, statement.span) for scene, statement in ordered)
        best = ordered[0][1]
        spans = tuple(evidence)[:_MOST_EVIDENCE]
        return RelationClaim(best.subject, best.predicate, best.object, spans, self.name, best.confidence)


def _in_document(scene: Scene, span: Span) -> Span:
    """Return a span of a sentence as one of the document."""
    base = scene.sentence.span.start
    return Span(span.start + base, span.end + base)
