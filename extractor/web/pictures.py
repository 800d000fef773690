"""Pictures of pages, kept in OUT/cache/pages: drawn when asked for, the oldest removed when there are too many."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import uuid
from pathlib import Path
from threading import Lock

from extractor.batch.work import hash_of
from extractor.errors import NotFound, ReportError
from extractor.web.reports import Loaded

FOLDER = Path("cache") / "pages"
MOST_BYTES = 512 * 1024 * 1024
"""Of all pictures kept."""
PATIENCE = 30.0
"""Seconds for one page."""
_DRAWN = ("application/pdf", "image/")


class SourceChanged(ReportError):
    """The file that a report was read from is not the same any more."""

    remedy = "run 'extractor run' again, so that the report is of the file as it is now"


class NotDrawn(ReportError):
    """A page's picture could not be drawn."""

    remedy = "read the text alone, or open the file in another program"


def has_pictures(loaded: Loaded) -> bool:
    """Whether the document is of a format whose pages can be drawn."""
    return loaded.report.document.media_type.startswith(_DRAWN) and loaded.parts[0].width is not None


class Pictures:
    """The pictures of one folder's documents. Safe for threads; one page is drawn at a time."""

    def __init__(self, out: Path) -> None:
        self._folder = out / FOLDER
        self._lock = Lock()
        self._drawing: subprocess.Popen[str] | None = None
        self._seen: dict[Path, tuple[tuple[int, int], str]] = {}

    def source(self, loaded: Loaded) -> Path:
        """The file that the document was read from, if it is still the same. Raises NotFound, SourceChanged."""
        path = loaded.file
        try:
            if path is None or not path.is_file():
                raise NotFound("the file that the report was read from is not there any more", path=path)
            status = path.stat()
            stamp = (status.st_size, status.st_mtime_ns)
            if self._seen.get(path, ((0, 0), ""))[0] != stamp:
                self._seen[path] = stamp, hash_of(path)
        except OSError as error:
            raise NotFound(error.strerror or str(error), path=path) from error
        if self._seen[path][1] != loaded.report.document.sha256:
            raise SourceChanged("the file was changed since the report was read", path=path)
        return path

    def picture(self, loaded: Loaded, page: int) -> Path:
        """The PNG of page `page`, which the document has. Raises NotFound, SourceChanged, NotDrawn."""
        source = self.source(loaded)
        kept = self._folder / f"{loaded.report.document.sha256}-{page}.png"
        with self._lock:
            if kept.exists():
                with contextlib.suppress(OSError):
                    os.utime(kept)  # asked for last
                return kept
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                part = self._folder / f".{uuid.uuid4().hex}.part"
                try:
                    self._draw(source, page, part)
                    os.replace(part, kept)
                finally:
                    part.unlink(missing_ok=True)
                self._sweep(kept)
            except OSError as error:
                raise NotDrawn(error.strerror or str(error), path=self._folder) from error
        return kept

    def close(self) -> None:
        """End the process that draws."""
        with self._lock:
            self._end()

    def _draw(self, source: Path, page: int, target: Path) -> None:
        process = self._drawing or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps({"path": str(source), "page": page, "target": str(target)}) + "\n")
            process.stdin.flush()
            ready = select.select([process.stdout], [], [], PATIENCE)[0]
            line = process.stdout.readline() if ready else ""
        except BrokenPipeError:
            ready, line = [process.stdout], ""
        if not line:  # it hangs, or the library has died
            self._end()
            why = "the program that draws it crashed" if ready else f"it took more than {PATIENCE:.0f} seconds"
            raise NotDrawn(why, path=source, page=page)
        if error := json.loads(line)["error"]:
            raise NotDrawn(error, path=source, page=page)

    def _start(self) -> subprocess.Popen[str]:
        self._drawing = subprocess.Popen(
            [sys.executable, "-m", "extractor.web.drawing"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf8",
        )  # fmt: skip
        return self._drawing

    def _end(self) -> None:
        if self._drawing is not None:
            self._drawing.kill()
            self._drawing.communicate()
            self._drawing = None

    def _sweep(self, last: Path) -> None:
        """Remove the pictures that were not asked for longest, until the others fit; never the one just drawn."""
        others = ((p.stat(), p) for p in self._folder.glob("*.png") if p != last)
        total = last.stat().st_size
        for status, path in sorted(others, key=lambda at: -at[0].st_mtime_ns):
            total += status.st_size
            if total > MOST_BYTES:
                path.unlink(missing_ok=True)
