"""Every way in which a report or a run can fail, by name, with the remedy in the message.

One class a cause; the command line turns them into exit codes (CONTRACT.md, "Exit codes") and the run's ledger
keeps `name` and the message. An exception that is not an `ExtractorError` is a defect of ours.
"""

from __future__ import annotations

from pathlib import Path


class ExtractorError(Exception):
    """Something the user can act on. `remedy` says what to do; `exit_code` is used when nothing else was read."""

    exit_code = 2
    remedy = ""

    def __init__(self, message: str, *, path: str | Path | None = None, page: int | None = None) -> None:
        where = "".join([f"{path}: " if path is not None else "", f"page {page}: " if page is not None else ""])
        super().__init__(f"{where}{message}" + (f" ({self.remedy})" if self.remedy else ""))
        self.path = None if path is None else str(path)
        self.page = page

    @property
    def name(self) -> str:
        """The class's name: a stable label for ledgers and tests."""
        return type(self).__name__


class UsageError(ExtractorError):
    """The command or call itself is wrong."""

    exit_code = 1


class ReportError(ExtractorError):
    """One report cannot be read; the others of the run are not affected."""


class NotFound(ReportError):
    """The file is not there."""

    remedy = "check the path"


class NoPermission(ReportError):
    """The file may not be read."""

    remedy = "give yourself read permission, for instance with chmod u+r"


class EmptyFile(ReportError):
    """The file has no bytes, or no text in any page."""

    remedy = "ask for the file again; nothing stands in it"


class UnknownFormat(ReportError):
    """Neither the content nor the extension is one that is read."""

    remedy = "convert it to PDF, DOCX, TXT or HTML"


class WrongFormat(ReportError):
    """The content is not what the extension says, or is not what it claims to be."""

    remedy = "open it in the program that made it and save it again"


class DamagedFile(ReportError):
    """The file is of the right kind but broken (truncated, corrupt)."""

    remedy = "ask for the file again; this copy is incomplete"


class Encrypted(ReportError):
    """A password is needed to open the file."""

    remedy = "save a copy without the password"


class NoPages(ReportError):
    """The file holds no page."""

    remedy = "ask for the file again; it holds no page"


class TooLarge(ReportError):
    """A page or file beyond every real report, refused to protect the run."""

    remedy = "split the file, or check whether it is a report at all"


class ReaderCrashed(ReportError):
    """The process that read the file died twice, or every page of it failed."""

    remedy = "open it in another program and save it again; the file breaks the reader, so please report it"


class TimedOut(ReportError):
    """The file, or every page of it, took longer than its limit."""

    remedy = "give it more time with --file-timeout and --page-timeout, or split the file"


class FileChanged(ReportError):
    """The file was written to while it was read."""

    remedy = "run the same command again when it is no longer being written"


class DiskFull(ExtractorError):
    """Nothing more can be written; the run stops."""

    remedy = "make room and run the same command again; what is written is kept and not read twice"


class MissingProgram(ExtractorError):
    """A program or model that this input needs is not installed."""

    exit_code = 4


class PatternError(ExtractorError):
    """A file of patterns/ is not valid, or one of its own examples fails."""

    exit_code = 1
    remedy = "see docs/patterns.md"


def one_line(error: Exception) -> str:
    """What a library's exception says, on one line of at most 200 characters; its kind where it says nothing."""
    return " ".join(str(error).split())[:200] or type(error).__name__
