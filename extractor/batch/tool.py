"""Which state of the tool made a JSON: an unchanged file is read again where the tool has changed."""

from __future__ import annotations

import hashlib

from extractor.code import code
from extractor.reading.scan import Recognition
from extractor.recognising.models import identity


def fingerprint(ocr: Recognition) -> str:
    """A hash of the package's code and data, of the patterns in use, the user's own too, and of what recognises."""
    return hashlib.sha256(f"{code()} {ocr} {identity()}".encode()).hexdigest()
