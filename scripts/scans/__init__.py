"""Scans with known text, made from the born-digital reports of corpus/, and what recognition makes of them."""
