"""Builds the project's own reports (`corpus/`) and their annotations (`gold/`) from `corpus/src/*.vnr`, one a report."""
