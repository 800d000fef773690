"""What one page, one file and one worker may take."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """page_seconds: for reading one page, recognition included (a hard page takes some seconds). file_seconds: for one
    file, all tries together. worker_files, worker_bytes: after so many files, or with so much memory, a worker ends and
    another takes its place, because the libraries that read PDFs keep what they have met."""

    page_seconds: float = 120.0
    file_seconds: float = 3600.0
    worker_files: int = 500
    worker_bytes: int = 1500 * 1024 * 1024


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
