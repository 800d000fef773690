"""What a run's reports say and cite, searched: knows the store and the model, not how reports were read.

The index lives in OUT/extractor.sqlite, in tables named search_*, and is brought up to date from OUT/reports whenever
it is asked. See docs/citations.md.
"""
