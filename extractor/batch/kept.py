"""Pages of a file that is not done yet, kept on the disk: a killed run loses the pages in flight and no others."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import struct
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from extractor.batch.writing import FULL
from extractor.errors import DiskFull
from extractor.pages import SourcePage

FOLDER = ".pages"
_FRAME = struct.Struct("<III")  # page number, length, CRC-32 of what follows
_ALLOWED = {("array", "array"), ("array", "_array_reconstructor"), ("copyreg", "__reduce_ex__")}
_ROOMS = {"extractor.pages", "extractor.model"}


class KeptPages:
    """The pages of one file under one state of the tool, in OUT/.pages/<sha256>. Written page by page as they are read.

    A cache: what is torn or of another tool is dropped, and where it cannot be written the pages are only read again.
    """

    def __init__(self, out: Path, sha256: str, tool: str) -> None:
        self._path = out / FOLDER / sha256
        self._head = tool.encode() + b"\n"
        self._at: dict[int, tuple[int, int]] = {}
        self._file: BinaryIO | None = None
        if self._path.exists():
            self._open()

    def get(self, number: int) -> SourcePage | None:
        """The page, where it is kept."""
        if self._file is None or number not in self._at:
            return None
        start, length = self._at[number]
        self._file.seek(start)
        page = _Reader(io.BytesIO(self._file.read(length))).load()
        return page if isinstance(page, SourcePage) else None

    def add(self, page: SourcePage) -> None:
        """Keep a page. Raises DiskFull."""
        data = pickle.dumps(page, pickle.HIGHEST_PROTOCOL)
        try:
            if self._file is None:
                self._open()
            assert self._file is not None
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(_FRAME.pack(page.number, len(data), zlib.crc32(data)) + data)
            self._at[page.number] = start + _FRAME.size, len(data)
        except OSError as error:
            if error.errno in FULL:
                raise DiskFull("no space left", path=self._path) from error

    def close(self) -> None:
        """The file is left, done or not."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(self._path, "a+b", buffering=0)  # noqa: SIM115  (closed by `close`)
        self._file.seek(0)
        if self._file.read(len(self._head)) != self._head:
            self._file.truncate(0)
            self._file.write(self._head)
            return
        end = len(self._head)
        while frame := self._next(end):
            number, start, length = frame
            self._at[number] = start, length
            end = start + length
        self._file.truncate(end)

    def _next(self, at: int) -> tuple[int, int, int] | None:
        assert self._file is not None
        self._file.seek(at)
        head = self._file.read(_FRAME.size)
        if len(head) < _FRAME.size:
            return None
        number, length, crc = _FRAME.unpack(head)
        data = self._file.read(length)
        whole = len(data) == length and zlib.crc32(data) == crc
        return (number, at + _FRAME.size, length) if whole else None


class _Reader(pickle.Unpickler):
    """Only pages: whoever may write to OUT must not be able to run code through it."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _ROOMS or (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a page")


def forget(out: Path, sha256: str) -> None:
    """The file is done, and the ledger says so."""
    (out / FOLDER / sha256).unlink(missing_ok=True)


def sweep(out: Path) -> None:
    """Remove what is left of files that are not read any more."""
    shutil.rmtree(out / FOLDER, ignore_errors=True)
