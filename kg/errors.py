"""The exception tree.

KgError                     .where: file and place, document and span, or IRI
├─ SettingsError            unknown key or bad value; lists what is allowed
├─ ArticleError             unreadable, empty, not text
│  └─ NoArticleError        text, but no article
├─ ExtractionError          an extractor broke its contract: a defect of ours
├─ OntologyError            unknown term, unit or indicator
├─ GraphError               a graph that cannot be what it should
│  └─ RdfFileError          a file of RDF that cannot be read or does not parse
├─ OutputError              a file or stream that cannot be written
├─ StoreError               no store here, one of another version, or one that is damaged
│  ├─ StoreLockedError      another build is writing it
│  └─ StoreLossError        a build that would lose much of it and was not told to
└─ QueryError
   ├─ QueryFormatError      an answer of another kind than the format asked for
   ├─ QuerySyntaxError      .line and .column, both from 1, in code points
   ├─ QueryTimeoutError     .limit_s
   └─ ResultTooLargeError   .limit_bytes

Only ``kg.cli`` and ``api`` turn these into exit codes and HTTP statuses.
"""


def reason_of(exc: OSError) -> str:
    """Return what the system says of an error; some libraries leave ``strerror`` empty."""
    return exc.strerror or str(exc) or type(exc).__name__


class KgError(Exception):
    """An error that a user can act on.

    Attributes:
        where: File and place, document and span, or IRI; empty where there is none.
        remedy: What to do about it, one sentence; empty where there is no advice.
    """

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        """Take the sentence, the place it is about and what to do."""
        super().__init__(message)
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """Return one line: place, sentence, remedy."""
        place = f"{self.where}: " if self.where else ""
        sentence = super().__str__()
        if not self.remedy:
            return f"{place}{sentence}"
        stop = "" if sentence.endswith((".", "?", "!", "…")) else "."
        return f"{place}{sentence}{stop} {self.remedy}"


class SettingsError(KgError):
    """A setting has an unknown key or a value that is not allowed."""


class ArticleError(KgError):
    """A source cannot be read as an article: missing, empty, not text, or no article."""


class NoArticleError(ArticleError):
    """A source can be read and holds no article: a page that only lists others, a text in another language."""


class ExtractionError(KgError):
    """An extractor broke its contract; names the extractor and the document."""


class OntologyError(KgError):
    """A term, unit or indicator is not in the ontology, or is used against its domain or range."""


class GraphError(KgError):
    """A graph that cannot be what it should: a blank node, a fault that no claim carries."""


class RdfFileError(GraphError):
    """A file of RDF cannot be read, or does not parse."""


class OutputError(KgError):
    """A file or stream cannot be written."""


class StoreError(KgError):
    """There is no store here, or one that this version cannot read."""


class StoreLockedError(StoreError):
    """Another process is writing this store."""


class StoreLossError(StoreError):
    """A build would lose much of the store, and was not told that it may."""


class QueryError(KgError):
    """A SPARQL query could not be answered."""


class QueryFormatError(QueryError):
    """A query was answered with rows where triples were asked for, or the other way round."""


class QuerySyntaxError(QueryError):
    """A query does not parse.

    Attributes:
        line: Line of the fault, from 1; 0 where the parser does not tell.
        column: Column of the fault in code points, from 1; 0 where the parser does not tell.
    """

    def __init__(self, message: str, *, line: int = 0, column: int = 0, remedy: str = "") -> None:
        """Take the parser's sentence and the place it names."""
        super().__init__(message, where=f"line {line}, column {column}" if line else "", remedy=remedy)
        self.line = line
        self.column = column


class QueryTimeoutError(QueryError):
    """A query ran longer than it may.

    Attributes:
        limit_s: The limit in seconds.
    """

    def __init__(self, limit_s: float) -> None:
        """Take the limit that was passed."""
        super().__init__(f"The query was stopped after {limit_s:g} s.", remedy="Ask for less, or use a dump.")
        self.limit_s = limit_s


class ResultTooLargeError(QueryError):
    """A result is larger than may be sent.

    Attributes:
        limit_bytes: The limit in bytes.
    """

    def __init__(self, limit_bytes: int) -> None:
        """Take the limit that was passed."""
        super().__init__(f"The result is larger than {limit_bytes} bytes.", remedy="Add LIMIT, or use a dump.")
        self.limit_bytes = limit_bytes
