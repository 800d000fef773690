"""How a run reads, the same on one machine and on a cluster's: what one page, one file and one worker may take."""

from __future__ import annotations

import os
from dataclasses import dataclass

from extractor.errors import UsageError
from extractor.reading.scan import Recognition


@dataclass(frozen=True, slots=True)
class Settings:
    """page_seconds: for reading one page, recognition included (a hard page takes some seconds). file_seconds: for one
    file, all tries together. worker_files, worker_bytes: after so many files, or with so much memory, a worker ends and
    another takes its place, because the libraries that read PDFs keep what they have met. Raises UsageError where a
    time is not above zero. ocr: which pages are recognised, see `extractor.pipeline.extract`."""

    page_seconds: float = 120.0
    file_seconds: float = 3600.0
    worker_files: int = 500
    worker_bytes: int = 1500 * 1024 * 1024
    ocr: Recognition = "auto"

    def __post_init__(self) -> None:
        if not (self.page_seconds > 0 and self.file_seconds > 0):  # so that what is no number is refused too
            raise UsageError("--page-timeout and --file-timeout must be above zero")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
