-- The index of one generation; written once, read only afterwards. Addresses are paths below id/.

CREATE TABLE resource (  -- every subject below id/
    address TEXT PRIMARY KEY,
    iri     TEXT NOT NULL,
    kind    TEXT NOT NULL,  -- local name of its class
    label   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX resource_iri ON resource (iri);

CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);  -- in N-Triples
CREATE TABLE triple (  -- the default graph
    subject   INTEGER NOT NULL,
    predicate INTEGER NOT NULL,
    object    INTEGER NOT NULL,
    PRIMARY KEY (subject, predicate, object)
) WITHOUT ROWID;
CREATE INDEX triple_object ON triple (object, predicate, subject);

CREATE TABLE label (  -- terms of the ontology and entries of code lists
    iri        TEXT PRIMARY KEY,
    zh         TEXT NOT NULL,
    en         TEXT NOT NULL,
    comment_zh TEXT NOT NULL,
    comment_en TEXT NOT NULL,
    kind       TEXT NOT NULL,
    notation   TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE entity (
    address  TEXT PRIMARY KEY,
    iri      TEXT NOT NULL,
    kind     TEXT NOT NULL,
    label    TEXT NOT NULL,
    english  TEXT,
    aliases  TEXT NOT NULL,  -- JSON list
    code     TEXT,
    parent   TEXT,
    claims   INTEGER NOT NULL,
    articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX entity_kind ON entity (kind, address);
CREATE INDEX entity_code ON entity (code);

CREATE TABLE within (  -- each entity with the places that it lies in or belongs to, itself included
    address TEXT NOT NULL,
    place   TEXT NOT NULL,
    PRIMARY KEY (place, address)
) WITHOUT ROWID;

CREATE TABLE article (
    key        TEXT PRIMARY KEY,
    iri        TEXT NOT NULL,
    identifier TEXT NOT NULL,
    title      TEXT NOT NULL,
    issued     TEXT,
    publisher  TEXT,
    creators   TEXT NOT NULL,  -- JSON list
    text_hash  TEXT NOT NULL,
    address    TEXT,
    retrieved  TEXT,
    copies     TEXT NOT NULL,  -- JSON list
    claims     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE source (  -- what an article was read from; none for articles of loaded RDF
    key    TEXT PRIMARY KEY,
    origin TEXT NOT NULL,  -- key of the text before names were blacked out in it
    raw    TEXT NOT NULL,
    beside TEXT NOT NULL,  -- JSON: what the source says beside the text
    report TEXT NOT NULL   -- JSON: what the build says of the article
);

CREATE TABLE alias (  -- entities that another one stands for
    address TEXT PRIMARY KEY,
    entity  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE claim (
    key          TEXT PRIMARY KEY,  -- address without claim/
    iri          TEXT NOT NULL,
    kind         TEXT NOT NULL,
    article      TEXT NOT NULL,
    subject      TEXT,
    predicate    TEXT,
    object       TEXT,
    text         TEXT NOT NULL,
    period       TEXT,
    period_start TEXT,
    period_end   TEXT,
    period_basis TEXT,
    confidence   TEXT,
    extractor    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX claim_article ON claim (article, key);
CREATE INDEX claim_subject ON claim (subject, kind, key);
CREATE INDEX claim_period ON claim (period_start, period_end);
CREATE INDEX claim_object ON claim (object, kind, key);

CREATE TABLE evidence (
    claim    TEXT NOT NULL,
    number   INTEGER NOT NULL,  -- from 0, the stating words first
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    exact    TEXT NOT NULL,
    prefix   TEXT NOT NULL,
    suffix   TEXT NOT NULL,
    sentence TEXT NOT NULL,
    PRIMARY KEY (claim, number)
) WITHOUT ROWID;

CREATE TABLE figure (
    claim            TEXT PRIMARY KEY,
    about            TEXT NOT NULL,
    indicator        TEXT,
    indicator_zh     TEXT NOT NULL,
    indicator_en     TEXT,
    indicator_text   TEXT NOT NULL,
    value            TEXT NOT NULL,  -- decimal
    surface          TEXT NOT NULL,
    unit             TEXT NOT NULL,
    normalised_value TEXT,
    qualifier        TEXT NOT NULL,
    status           TEXT NOT NULL,
    accumulation     TEXT NOT NULL,
    basis            TEXT,
    slot             TEXT
) WITHOUT ROWID;
CREATE INDEX figure_about ON figure (about, claim);
CREATE INDEX figure_indicator ON figure (indicator, claim);
CREATE INDEX figure_slot ON figure (slot, claim);

CREATE TABLE slot (
    key       TEXT PRIMARY KEY,
    about     TEXT NOT NULL,
    indicator TEXT NOT NULL,
    period    TEXT NOT NULL,
    preferred TEXT,
    because   TEXT NOT NULL,
    answers   INTEGER NOT NULL  -- how many different values
) WITHOUT ROWID;

CREATE TABLE name (id INTEGER PRIMARY KEY, entity TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE name_key (  -- what finds a name by its beginning
    text TEXT NOT NULL,
    how  TEXT NOT NULL,  -- name, pinyin, initials, code
    name INTEGER NOT NULL,
    PRIMARY KEY (text, how, name)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_characters USING fts5 (characters, content='', columnsize=0, detail='full');

CREATE TABLE total (  -- counts: see Index.totals
    topic  TEXT NOT NULL,
    key    TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (topic, key)
) WITHOUT ROWID;
