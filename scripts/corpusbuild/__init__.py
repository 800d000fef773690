"""Builds the reports (`corpus/`) and their annotations (`gold/`) from `corpus/src/*.vnr`, one source a report."""
