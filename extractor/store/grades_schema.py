"""Grades of documents, files that were passed over, and what finds a document's file: one script of the store's schema.

Documents are loaded anew, so that each gets its grade. Columns: docs/store.md.
"""

GRADES = """
CREATE TABLE grades (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    grade TEXT NOT NULL,
    reasons TEXT NOT NULL
);
CREATE TABLE ledger_skipped (
    source TEXT PRIMARY KEY,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX ledger_files_json ON ledger_files (json);
CREATE INDEX ledger_files_failed ON ledger_files (state) WHERE state = 'failed';
DELETE FROM documents;
"""
