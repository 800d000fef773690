"""The values of known indicators by place and year, and indexes of large stores: one script of the schema.

`series` is made from the other tables by `extractor.compare.series` and may be emptied at any time.
Columns: docs/store.md.
"""

SERIES = """
CREATE TABLE series_documents (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    version INTEGER NOT NULL
);
CREATE TABLE series (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    indicator_id TEXT NOT NULL,
    variant TEXT NOT NULL,
    bare INTEGER NOT NULL,
    place_key TEXT NOT NULL,
    place TEXT NOT NULL,
    place_level TEXT,
    place_code TEXT,
    year INTEGER NOT NULL,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    base REAL NOT NULL,
    half REAL NOT NULL,
    role TEXT,
    definition TEXT,
    text TEXT NOT NULL,
    figure TEXT NOT NULL,
    also TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    page INTEGER,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, row)
) WITHOUT ROWID;
CREATE INDEX series_places ON series (indicator_id, variant, bare, place_key, year);
CREATE INDEX findings_rule ON findings (rule, severity);
CREATE INDEX documents_number ON documents (number);
"""
