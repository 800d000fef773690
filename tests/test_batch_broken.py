"""Files that are broken on purpose, in one run: none sinks it, each has a report or a named error in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from broken_others import all_others, slow_others
from broken_pdf import all_pdfs, slow_pdfs

from extractor import errors
from extractor.batch.run import run
from extractor.batch.settings import Settings
from extractor.serial import from_json
from extractor.store.ledger import FileRow, Ledger

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PDFS = [CORPUS / "kiem-thu-06-nghi-quyet-tinh-uy.pdf", CORPUS / "yen-bai-giam-ngheo-2022.pdf"]
DOCX = [CORPUS / "lac-son-nong-dan-2023.docx"]

EXPECTED = {
    "made-tree-missing.pdf": "NoPages",
    "made-box-huge.pdf": "TooLarge",
    "made-encrypt-v1.pdf": "Encrypted",
    "made-head-only.pdf": "DamagedFile",
    "kiem-thu-06-nghi-quyet-tinh-uy-cut-0.5.pdf": "DamagedFile",
    "zip-bomb.docx": "TooLarge",
    "entity-bomb.docx": "WrongFormat",
    "no-parts.docx": "WrongFormat",
    "lac-son-nong-dan-2023-main-cut.docx": "DamagedFile",
    "empty.pdf": "EmptyFile",
    "png.pdf": "WrongFormat",
    "made-contents-empty.pdf": None,
    "made-same-page-often.pdf": None,
    "made-tree-cycle.pdf": None,
    "controls.txt": "WrongFormat",
    "blank.txt": "EmptyFile",
    "pages-many.txt": None,
    "rowspan.html": None,
}
"""What must come of some of them; None: a report."""


def broken(folder: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    folder.mkdir()
    for name, data in files:
        (folder / name).write_bytes(data)
    return folder


def checked(inside: Path, out: Path, settings: Settings) -> dict[str, FileRow]:
    """The ledger's rows by name, once it is certain that the run and every file of it ended as they should."""
    summary = run([inside], out, workers=2, settings=settings)
    assert (summary.waiting, summary.stopped, summary.skipped) == (0, None, [])
    with Ledger(out) as ledger:
        rows = {row.path.name: row for row in ledger.files()}
    assert sorted(rows) == sorted(path.name for path in inside.iterdir())
    for name, row in rows.items():
        if row.state == "done":
            assert row.json is not None
            from_json((out / "reports" / row.json).read_bytes())
        else:
            assert row.state == "failed", name
            assert issubclass(getattr(errors, row.error or ""), errors.ExtractorError), (name, row.message)
            assert str(inside / name) in row.message
    return rows


def test_broken_files(tmp_path: Path) -> None:
    """A part of them, those of which it is known what must come among it; `make test-long` reads all."""
    made = [*all_pdfs(PDFS[:1]), *all_others(DOCX)]
    some = {name: data for at, (name, data) in enumerate(made) if at % 12 == 0 or name in EXPECTED}
    assert EXPECTED.keys() <= some.keys()
    inside = broken(tmp_path / "in", some.items())
    rows = checked(inside, tmp_path / "out", Settings(page_seconds=30, file_seconds=60))
    assert {name: rows[name].error for name in EXPECTED} == EXPECTED


@pytest.mark.long
def test_all_broken_files(tmp_path: Path) -> None:
    inside = broken(tmp_path / "in", [*all_pdfs(PDFS), *slow_pdfs(), *all_others(DOCX), *slow_others()])
    settings = Settings(page_seconds=10, file_seconds=30)
    rows = checked(inside, tmp_path / "out", settings)
    assert len(rows) >= 200
    assert {name: rows[name].error for name in EXPECTED} == EXPECTED
    late = {name: row.seconds for name, row in rows.items() if row.seconds > settings.file_seconds + 5}
    assert late == {}
    ended = [row.error or "a report" for row in rows.values()]
    print(f"{len(rows)} broken files:", {what: ended.count(what) for what in sorted(set(ended))})
