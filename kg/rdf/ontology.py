"""The ontology: found, loaded once, and questioned by key.

``ontology/*.ttl`` is the only source of units, indicators, bases and national instruments: this module turns it into
the plain tables that extractors get. It mints nothing and checks no data; the rules that the ontology itself obeys are
shapes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.model import Concept, Indicator, Unit, Vocabulary
from kg.terms import ID_NAMESPACE, PA, SKOS

#: The basis of slots whose figures state none: no words show it in a text.
_UNSPECIFIED_BASIS = "unspecified"


# ---- Finding the files -----------------------------------------------------------------------------------------------


def turtle_files(folder: str) -> tuple[Traversable, ...]:
    """Return the Turtle files of ``ontology`` or ``shapes``, by name.

    A wheel has them under ``kg/data``, a checkout beside the package.

    Raises:
        OntologyError: if neither holds any.
    """
    package = resources.files("kg")
    for place in (package / "data" / folder, Path(str(package)).parent / folder):
        files = sorted(_turtle_in(place), key=lambda file: file.name)
        if files:
            return tuple(files)
    raise OntologyError(f"no {folder}/*.ttl with this installation", remedy="Install the package again.")


def _turtle_in(place: Traversable) -> Iterator[Traversable]:
    if place.is_dir():
        yield from (file for file in place.iterdir() if file.name.endswith(".ttl"))


# ---- The ontology ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ontology:
    """The ontology with its code lists.

    Attributes:
        triples: All of it, sorted, each once.
        vocabulary: The tables that extractors need.
        concepts: IRI of each entry of a code list by scheme and key: ("unit", "person").
    """

    triples: tuple[Triple, ...]
    vocabulary: Vocabulary
    concepts: Mapping[tuple[str, str], NamedNode]

    def concept(self, scheme: str, key: str) -> NamedNode:
        """Return the IRI of an entry of a code list.

        Raises:
            OntologyError: if the list has no such key, or there is no such list.
        """
        try:
            return self.concepts[scheme, key]
        except KeyError as exc:
            known = sorted(other for of, other in self.concepts if of == scheme)
            remedy = f"Known: {', '.join(known)}." if known else f"Schemes: {', '.join(self.schemes())}."
            raise OntologyError(f"no {scheme} has the key {key!r}", remedy=remedy) from exc

    def schemes(self) -> tuple[str, ...]:
        """Return the names of the code lists, sorted."""
        return tuple(sorted({scheme for scheme, _ in self.concepts}))

    def unit(self, word: str) -> Unit:
        """Return the unit that is written so, by its notation or a synonym.

        Raises:
            OntologyError: if no unit is.
        """
        for unit in self.vocabulary.units:
            if word == unit.notation or word in unit.synonyms:
                return unit
        raise OntologyError(f"no unit is written {word!r}", remedy="Add it to ontology/units.ttl.")

    def indicator(self, key: str) -> Indicator:
        """Return the indicator with a key.

        Raises:
            OntologyError: if there is none.
        """
        for indicator in self.vocabulary.indicators:
            if indicator.key == key:
                return indicator
        raise OntologyError(f"no indicator has the key {key!r}", remedy="Add it to ontology/indicators.ttl.")


@cache
def load_ontology() -> Ontology:
    """Return the packaged ontology; read once a process.

    Raises:
        OntologyError: if the files are missing, do not parse, or an entry lacks a part that its table needs.
    """
    triples = tuple(sorted(_read_triples(turtle_files("ontology")), key=str))
    return make_ontology(triples)


def make_ontology(triples: tuple[Triple, ...]) -> Ontology:
    """Return the ontology that some triples make.

    Raises:
        OntologyError: if an entry lacks a part that its table needs.
    """
    lists = _CodeLists(triples)
    vocabulary = Vocabulary(
        units=tuple(sorted(map(lists.unit, lists.entries("unit")), key=lambda unit: unit.notation)),
        indicators=tuple(map(lists.indicator, lists.entries("indicator"))),
        bases=tuple(lists.concept(node) for node in lists.entries("basis") if _key(node) != _UNSPECIFIED_BASIS),
        instruments=tuple(map(lists.concept, lists.entries("instrument"))),
    )
    return Ontology(triples, vocabulary, lists.concepts)


def _read_triples(files: Iterable[Traversable]) -> set[Triple]:
    triples: set[Triple] = set()
    for file in files:
        try:
            triples.update(quad.triple for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE))
        except (OSError, SyntaxError) as exc:
            raise OntologyError(f"cannot be read: {exc}", where=file.name) from exc
    return triples


# ---- Tables ----------------------------------------------------------------------------------------------------------


def _key(node: NamedNode) -> str:
    """Return the last part of an IRI, unescaped.

    >>> _key(NamedNode("https://w3id.org/poverty-kg/id/unit/person"))
    'person'
    """
    return unquote(node.value.rsplit("/", 1)[-1])


class _CodeLists:
    """The entries of the code lists, indexed for making tables of them.

    Attributes:
        concepts: IRI of each entry by scheme and key.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Index the triples of concepts."""
        self._objects: dict[tuple[NamedNode | BlankNode | Triple, NamedNode], list[NamedNode | Literal]] = defaultdict(
            list
        )
        for triple in triples:
            if isinstance(triple.object, NamedNode | Literal):
                self._objects[triple.subject, triple.predicate].append(triple.object)
        self.concepts = dict(sorted(self._schemes(), key=lambda entry: entry[0]))

    def _schemes(self) -> Iterator[tuple[tuple[str, str], NamedNode]]:
        for (node, predicate), schemes in self._objects.items():
            if predicate == SKOS.inScheme and isinstance(node, NamedNode):
                for scheme in schemes:
                    yield (scheme.value.removeprefix(f"{ID_NAMESPACE}scheme/"), _key(node)), node

    def entries(self, scheme: str) -> list[NamedNode]:
        """Return the entries of a scheme in the order of their keys."""
        return [node for (of, _), node in self.concepts.items() if of == scheme]

    def unit(self, node: NamedNode) -> Unit:
        """Return an entry as a unit."""
        return Unit(
            key=_key(node),
            notation=self._one(node, SKOS.notation),
            synonyms=self._synonyms(node),
            dimension=self._dimension(node),
            multiplier=Decimal(self._one(node, PA.multiplier)),
        )

    def indicator(self, node: NamedNode) -> Indicator:
        """Return an entry as an indicator."""
        return Indicator(
            key=_key(node),
            label=self._label(node, "zh"),
            english=self._label(node, "en"),
            synonyms=self._synonyms(node),
            dimension=self._dimension(node),
        )

    def concept(self, node: NamedNode) -> Concept:
        """Return an entry of any list."""
        branch = self._objects.get((node, PA.isCampaignBranch), [])
        return Concept(
            key=_key(node),
            label=self._label(node, "zh"),
            english=self._label(node, "en"),
            synonyms=self._synonyms(node),
            campaign=any(value.value == "true" for value in branch),
        )

    def _one(self, node: NamedNode, predicate: NamedNode) -> str:
        values = self._objects.get((node, predicate), [])
        if len(values) != 1:
            name = predicate.value.rsplit("#", 1)[-1]
            raise OntologyError(f"has {len(values)} values of {name} where it needs one", where=node.value)
        return values[0].value

    def _dimension(self, node: NamedNode) -> str:
        return _key(NamedNode(self._one(node, PA.dimension)))

    def _label(self, node: NamedNode, language: str) -> str:
        for label in self._objects.get((node, SKOS.prefLabel), []):
            if isinstance(label, Literal) and label.language == language:
                return label.value
        raise OntologyError(f"has no label in {language}", where=node.value)

    def _synonyms(self, node: NamedNode) -> tuple[str, ...]:
        """Return the other Chinese words for an entry, the longest first, then by code point."""
        words = {
            label.value
            for label in self._objects.get((node, SKOS.altLabel), [])
            if isinstance(label, Literal) and label.language == "zh"
        }
        return tuple(sorted(words, key=lambda word: (-len(word), word)))
