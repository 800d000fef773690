"""Builds the reports (`corpus/`) and their annotations (`gold/`) from `gold/src/*.vnr`, one source a report."""
