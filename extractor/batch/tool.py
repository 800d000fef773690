"""Which state of the tool wrote the JSONs of OUT: an unchanged file is read again where the tool has changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import extractor
from extractor.batch.writing import write_whole
from extractor.patterns import folders
from extractor.reading.scan import Recognition
from extractor.recognising.models import identity

_STAMP = ".tool"


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


def in_use_since(out: Path, ocr: Recognition) -> int:
    """Since when (st_mtime_ns) the tool as it is now has been writing to `out`: JSONs from before it are out of date.

    A stamp beside the reports and not a key in each of them, because the contract has no such key.
    """
    stamp, now = out / _STAMP, fingerprint(ocr)
    try:
        same = stamp.read_text(encoding="utf8") == now
    except (OSError, UnicodeDecodeError):
        same = False
    if not same:
        write_whole(stamp, now.encode(), parts=out)
    return stamp.stat().st_mtime_ns
