"""The tables of what the reports say, and what came later: scripts of the store's schema. Columns: docs/store.md."""

DOCUMENTS = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    json TEXT NOT NULL UNIQUE,
    json_sha256 TEXT NOT NULL,
    document TEXT NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    type TEXT,
    type_code TEXT,
    number TEXT,
    title TEXT,
    issuer TEXT,
    issued_on TEXT,
    issued_at TEXT,
    signer TEXT,
    signer_role TEXT,
    recipients TEXT NOT NULL,
    period TEXT,
    year INTEGER,
    place TEXT,
    place_level TEXT,
    place_code TEXT,
    warnings TEXT NOT NULL,
    schema_version TEXT NOT NULL
);
CREATE INDEX documents_year ON documents (year);
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE TABLE pages (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    width REAL,
    height REAL,
    source TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    level INTEGER NOT NULL,
    parent TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    page INTEGER,
    PRIMARY KEY (document, row)
) WITHOUT ROWID;
CREATE TABLE figures (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    value REAL NOT NULL,
    exact TEXT NOT NULL,
    out_of REAL,
    value_to REAL,
    unit TEXT NOT NULL,
    amount INTEGER,
    comparator TEXT,
    indicator TEXT,
    indicator_id TEXT,
    direction TEXT,
    role TEXT,
    period TEXT,
    year INTEGER,
    place TEXT,
    place_level TEXT,
    place_code TEXT,
    own_area INTEGER NOT NULL,
    section TEXT,
    page INTEGER,
    boxes TEXT NOT NULL,
    confidence REAL NOT NULL,
    table_id TEXT,
    table_row INTEGER,
    table_column INTEGER,
    heading TEXT,
    PRIMARY KEY (document, row)
) WITHOUT ROWID;
CREATE INDEX figures_indicator ON figures (indicator_id) WHERE indicator_id IS NOT NULL;
CREATE TABLE citations (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    key TEXT NOT NULL,
    type TEXT,
    issuer TEXT,
    date TEXT,
    pinpoint TEXT,
    section TEXT,
    page INTEGER,
    boxes TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, row)
) WITHOUT ROWID;
CREATE INDEX citations_key ON citations (key);
CREATE TABLE places (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT,
    district TEXT,
    province TEXT,
    today TEXT NOT NULL,
    score REAL NOT NULL,
    page INTEGER,
    boxes TEXT NOT NULL,
    PRIMARY KEY (document, row)
) WITHOUT ROWID;
CREATE TABLE tables (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    id TEXT NOT NULL,
    page INTEGER NOT NULL,
    caption TEXT,
    header_rows INTEGER NOT NULL,
    rows TEXT NOT NULL,
    PRIMARY KEY (document, row)
) WITHOUT ROWID;
CREATE TABLE findings (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    evidence TEXT NOT NULL,
    start INTEGER,
    stop INTEGER,
    page INTEGER,
    PRIMARY KEY (document, row)
) WITHOUT ROWID;
"""

CORRECTED = """
ALTER TABLE documents ADD COLUMN corrections TEXT;
ALTER TABLE documents ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE figures ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
"""
