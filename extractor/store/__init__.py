"""The store: one SQLite file of a run, OUT/extractor.sqlite. Knows rows, not how they were made. See docs/store.md."""
