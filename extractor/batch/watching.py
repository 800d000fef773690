"""One file's pages as a worker reads them: told to the supervisor, kept, tried again, left out."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from extractor.batch.board import Board
from extractor.batch.kept import KeptPages
from extractor.errors import ExtractorError
from extractor.pages import SourcePage

TRIES = 2
"""A page that fails is tried once more: what fails for want of memory, or once in a thousand, must not cost a page."""


class StopReading(BaseException):
    """The supervisor has asked to stop; not an `Exception`, so that no stage takes it for a damaged file."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a page is given up: the failure's name for the ledger, the reason for people."""

    error: str
    reason: str


class PageWatch:
    """The `Watch` (extractor.reading.watching) of one file in a worker.

    `lost` are the pages not to be touched; those that fail in an exception twice are added to it. `seconds` are those
    of each page that was read now, `details` the tracebacks. `tired`: memory ran out, the worker should be replaced.
    """

    def __init__(self, board: Board, kept: KeptPages, lost: Mapping[int, Loss]) -> None:
        self._board, self._kept = board, kept
        self.lost = dict(lost)
        self.seconds: dict[int, float] = {}
        self.failures: dict[int, int] = {}
        self.details: list[str] = []
        self.tired = False

    def __call__(self, number: int, read: Callable[[], SourcePage]) -> SourcePage:
        if number not in self.lost:
            if self._board.stop:
                raise StopReading
            page = self._kept.get(number)
            for _ in range(TRIES):
                page = page or self._read(number, read)
            if page is not None:
                return page
        warning = f"page {number}: not read: {self.lost[number].reason}"
        return SourcePage(number, None, None, confidence=0.0, warnings=(warning,))

    def _read(self, number: int, read: Callable[[], SourcePage]) -> SourcePage | None:
        """The page, None where reading it fails in an exception that is no verdict on the whole file."""
        began = time.monotonic()
        self._board.enter(number, began)
        try:
            page = read()
        except ExtractorError:
            raise
        except Exception as error:
            self.failures[number] = self.failures.get(number, 0) + 1
            self.tired |= isinstance(error, MemoryError)
            self.details.append(f"page {number}\n{traceback.format_exc()}")
            name = type(error).__name__
            self.lost[number] = Loss(name, f"reading it failed ({name})")
            return None
        finally:
            self._board.leave(read=1)
        self.lost.pop(number, None)
        self.seconds[number] = time.monotonic() - began
        self._kept.add(page)
        return page
