"""Word 97-2003, RTF and OpenDocument: converted to DOCX by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extractor.errors import DamagedFile, Encrypted, MissingProgram, WrongFormat
from extractor.pages import Source
from extractor.reading.docx import open_docx

TIME_LIMIT = 120
"""Seconds that LibreOffice may take for one file."""
_MEDIA_TYPES = {
    b"\xd0\xcf": "application/msword",
    b"{\\": "application/rtf",
    b"PK": "application/vnd.oasis.opendocument.text",
}
_PROGRAMS = ("soffice", "libreoffice")


def open_doc(path: Path) -> Source:
    """The pages of the document at `path`, as LibreOffice understands it. Raises MissingProgram, Encrypted, WrongFormat
    (another kind of Office file), DamagedFile (LibreOffice cannot read it, or not in `TIME_LIMIT` seconds)."""
    data = path.read_bytes()
    if data.startswith(b"\xd0\xcf"):
        _check_compound(data, path)
    program = writer()
    if program is None:
        raise MissingProgram(
            "this format is read through LibreOffice Writer, which is not installed; "
            "on Debian: apt-get install libreoffice-writer-nogui",
            path=path,
        )
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        source = open_docx(_converted(program, path, Path(folder)), path)  # read whole: the copy may go
    return Source(_MEDIA_TYPES.get(data[:2], "application/msword"), source.page_count, source.pages, source.warnings)


def writer() -> str | None:
    """The LibreOffice program where it can read text documents; None where it or its Writer is not installed."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        return None
    parts = Path(program).resolve().parent
    calc_only = (parts / "libsclo.so").exists() and not (parts / "libswlo.so").exists()
    return None if calc_only else program


def _named(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def _check_compound(data: bytes, path: Path) -> None:
    """Refuse what is no readable Word document among the compound files of Office."""
    if _named("EncryptedPackage") in data:
        raise Encrypted("a password is needed to open this document", path=path)
    if _named("WordDocument") not in data:
        raise WrongFormat("an old Office file, but no Word document (a workbook, slides, a mail?)", path=path)
    if data[512:514] == b"\xec\xa5" and data[512 + 0x0B] & 1:  # fEncrypted, [MS-DOC] 2.5.2
        raise Encrypted("a password is needed to open this document", path=path)


def _converted(program: str, path: Path, folder: Path) -> Path:
    """The DOCX that LibreOffice makes of `path`, in `folder`, with a profile of its own so that runs do not meet."""
    copy = folder / f"in{path.suffix.lower() or '.doc'}"
    shutil.copyfile(path, copy)
    made = folder / "out" / "in.docx"
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent), str(copy),
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise DamagedFile(f"LibreOffice did not finish with it in {TIME_LIMIT} seconds", path=path) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if not made.is_file():
        raise DamagedFile("LibreOffice cannot read it", path=path)
    return made
