"""Which state of the tool made a JSON: an unchanged file is read again where the tool has changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import extractor
from extractor.patterns import folders
from extractor.reading.scan import Recognition
from extractor.recognising.models import identity


def fingerprint(ocr: Recognition) -> str:
    """A hash of the package's code and data, of the patterns in use, the user's own too, and of what recognises."""
    digest = hashlib.sha256(f"{extractor.__version__} {ocr} {identity()}".encode())
    for root in [Path(extractor.__file__).parent, *folders()]:
        for folder, inner, names in os.walk(root):
            inner[:] = sorted(n for n in inner if n != "__pycache__")
            for name in sorted(names):
                path = Path(folder) / name
                digest.update(f"{path.relative_to(root)}\0".encode("utf8", "surrogateescape"))
                digest.update(path.read_bytes())
    return digest.hexdigest()
