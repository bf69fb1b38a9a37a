"""What ``/sparql`` shows to readers: the form, answers as tables; and to machines the service description."""

import json
from http import HTTPStatus
from typing import Any, NamedTuple

from starlette.responses import Response

from api.about import turtle_response
from api.answers import Collection
from api.problems import ProblemError
from api.snapshots import Snapshot
from api.templates import render
from kg.index import address_of, address_path
from kg.settings import Settings
from kg.terms import ID_NAMESPACE, PA_NAMESPACE

_EXAMPLE = """\
PREFIX pa: <https://w3id.org/poverty-kg/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?place ?indicator ?value ?period WHERE {
  ?figure a pa:Figure ;
          pa:about/rdfs:label ?place ;
          pa:indicatorText ?indicator ;
          pa:value ?value .
  OPTIONAL { ?figure pa:period ?period }
}
ORDER BY ?place ?indicator
LIMIT 50
"""

_FORM_FORMATS = (
    ("html", "网页 page"),
    ("csv", "CSV"),
    ("json", "SPARQL JSON"),
    ("tsv", "TSV"),
    ("xml", "SPARQL XML"),
    ("ttl", "Turtle (CONSTRUCT)"),
    ("nt", "N-Triples (CONSTRUCT)"),
)

_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


class Cell(NamedTuple):
    """A cell of a table of results.

    Attributes:
        words: What is shown.
        href: Where it leads, or an empty string.
        iri: The whole IRI, or an empty string.
    """

    words: str
    href: str
    iri: str


class QueryPages:
    """What ``/sparql`` shows to readers, and where no query is given."""

    def __init__(self, settings: Settings) -> None:
        """Take the limits to tell about."""
        self._settings = settings

    def form(self) -> Response:
        """Return the page with the form."""
        return self._page(_EXAMPLE)

    def result(self, query: str, answer: Collection) -> Response:
        """Return the form with an answer below it: a table, a truth value, or Turtle."""
        if answer.kind == b"graph":
            return self._page(query, turtle=answer.content.decode())
        result: dict[str, Any] = json.loads(answer.content) if answer.content else {"boolean": None}
        if "boolean" in result:
            return self._page(query, truth=result["boolean"])
        names = result["head"]["vars"]
        rows = [[self._cell(row.get(name)) for name in names] for row in result["results"]["bindings"]]
        return self._page(query, names=names, rows=rows)

    def problem(self, query: str, problem: ProblemError) -> Response:
        """Return the form with what is wrong above it."""
        return self._page(query, status=problem.status, problem=problem)

    def _page(self, query: str, *, status: int = HTTPStatus.OK, **shown: object) -> Response:
        timeout = f"{self._settings.query_timeout_s:g}"
        parts = {"names": None, "rows": (), "turtle": None, "truth": None, "problem": None, **shown}
        return render("sparql.html", status=status, query=query, formats=_FORM_FORMATS, timeout=timeout, **parts)

    def _cell(self, term: dict[str, Any] | None) -> Cell:
        """Return what a table shows of a term; only resources and terms of ours become links."""
        if term is None:
            return Cell("", "", "")
        if term["type"] != "uri":
            value = term["value"]
            return Cell(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), "", "")
        iri = str(term["value"])
        if iri.startswith(PA_NAMESPACE):
            return Cell(f"pa:{iri.removeprefix(PA_NAMESPACE)}", f"/ns#{iri.removeprefix(PA_NAMESPACE)}", iri)
        for base in (self._settings.base_iri, ID_NAMESPACE):
            if iri.startswith(base):
                address = address_of(iri.removeprefix(base))
                return Cell(address, f"/entity/{address_path(address)}", iri)
        return Cell(iri, "", iri)

    def description(self, snapshot: Snapshot) -> Response:
        """Return the service description (https://www.w3.org/TR/sparql11-service-description/)."""
        formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
        return turtle_response(
            "</sparql#service> a sd:Service ;",
            "    sd:endpoint </sparql> ;",
            "    sd:supportedLanguage sd:SPARQL11Query ;",
            f"    sd:resultFormat {formats} ;",
            f'    dct:description "{self._limits()}"@en ;',
            "    sd:defaultDataset </sparql#dataset> .",
            "</sparql#dataset> a sd:Dataset ; sd:defaultGraph </sparql#graph> .",
            f"</sparql#graph> a sd:Graph ; void:triples {snapshot.index.totals('graph')['triples']} .",
        )

    def _limits(self) -> str:
        settings = self._settings
        limits = f"{settings.query_timeout_s:g} s, {settings.result_limit_mb} MiB of answer"
        return f"Read only. At most {limits} and {settings.query_memory_mb} MiB of memory."
