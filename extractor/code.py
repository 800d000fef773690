"""Which state of the tool made something: what is kept from one run to the next is made anew where the tool changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import extractor
from extractor.patterns import folders


def code() -> str:
    """A hash of the package's code and data and of the patterns in use, the user's own too."""
    digest = hashlib.sha256(extractor.__version__.encode())
    for root in [Path(extractor.__file__).parent, *folders()]:
        for folder, inner, names in os.walk(root):
            inner[:] = sorted(n for n in inner if n != "__pycache__")
            for name in sorted(names):
                path = Path(folder) / name
                digest.update(f"{path.relative_to(root)}\0".encode("utf8", "surrogateescape"))
                digest.update(path.read_bytes())
    return digest.hexdigest()
