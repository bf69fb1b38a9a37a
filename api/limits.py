"""What a request may ask of the server; limits of queries are settings (:mod:`kg.settings`)."""

#: Longest target of a request: path and query. Longer queries are sent by POST.
MAX_TARGET_BYTES = 16 << 10
#: All header fields together; uvicorn's own limit does not hold with every parser.
MAX_HEADER_BYTES = 32 << 10
#: Longest body: a query.
MAX_BODY_BYTES = 1 << 20
#: Fields of a form or query string.
MAX_FIELDS = 64
#: Graphs that one query may name.
MAX_GRAPHS = 32

#: Longest answer that is shown as a page.
MAX_SHOWN_BYTES = 1 << 20

#: Queries that wait for a free process; more are sent away.
MAX_WAITING = 64
#: Seconds that a client is told to wait when it is sent away.
RETRY_AFTER_S = 5
#: Seconds for a body to arrive.
BODY_TIMEOUT_S = 20.0

#: Items of one page of a listing.
DEFAULT_ITEMS = 50
MAX_ITEMS = 500
#: Characters of a search or filter.
MAX_WORDS_CHARS = 100
#: Code points of an address or key.
MAX_ADDRESS_CHARS = 1000
#: Claims whose triples a description of an entity holds, and triples of one resource.
MAX_DESCRIBED_CLAIMS = 2000
MAX_DESCRIBED_TRIPLES = 20_000
#: Shortest paths that are given of all that are equally short.
MAX_PATHS = 10
