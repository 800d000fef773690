"""A run: which files, which names, what a failure costs, and what stands on the disk when the run is cut short."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from samples import sample

from extractor.batch import run as run_module
from extractor.batch import tool, writing
from extractor.batch.discover import SUFFIXES, discover
from extractor.batch.summary import Summary
from extractor.errors import DamagedFile, MissingProgram, UsageError
from extractor.model import Page, Report
from extractor.reading.watching import Watch
from extractor.serial import from_json
from extractor.store.ledger import Ledger


def reader(path: Path, source: str, watch: Watch) -> Report:
    """Makes a report of the file's own text, and fails as its first word says."""
    text = path.read_text(encoding="utf8")
    first = text.split(" ")[0]
    if first == "damaged":
        raise DamagedFile("it ends in the middle", path=path)
    if first == "defect":
        raise ZeroDivisionError("nobody expected this")
    if first == "program":
        raise MissingProgram("LibreOffice is not installed: apt-get install libreoffice", path=path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    document = replace(sample().document, source=source, sha256=sha256)
    return Report(
        document, text, pages=(Page(1, 0, len(text)),), figures=sample().figures, warnings=("page 1: a doubt",)
    )


def run(inputs: list[Path], out: Path, workers: int = 1) -> Summary:
    return run_module.run(inputs, out, read=reader, workers=workers)


def files(folder: Path, **contents: str) -> Path:
    for name, text in contents.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    return folder


def written(out: Path) -> list[str]:
    return sorted(p.relative_to(out / "reports").as_posix() for p in (out / "reports").rglob("*") if p.is_file())


def status(summary: Summary) -> dict[str, str]:
    return {o.source.rpartition("/")[2]: o.status for o in summary.outcomes}


def test_folders_of_any_depth_give_one_json_a_report(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_pdf="one", deep__er__b_docx="two", deep__c_TXT="three")
    summary = run([inside], tmp_path / "out")
    assert written(tmp_path / "out") == ["a.pdf.json", "deep/c.TXT.json", "deep/er/b.docx.json"]
    assert summary.exit_code == 0
    assert summary.counts.pages == 3
    assert summary.counts.figures == {"household": 3}
    report = from_json((tmp_path / "out/reports/deep/c.TXT.json").read_bytes())
    assert report.text == "three"
    assert report.document.source == f"{inside.as_posix()}/deep/c.TXT"


def test_a_named_file_is_read_whatever_its_extension(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_dat="one")
    assert run([inside / "a.dat"], tmp_path / "out").exit_code == 0
    assert written(tmp_path / "out") == ["a.dat.json"]


def test_what_is_not_read_is_listed(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one", b_xlsx="no", _hidden="no", noext="no")
    (inside / "~$a.docx").write_text("lock")
    os.mkfifo(inside / "pipe.txt")
    summary = run([inside], tmp_path / "out")
    assert {Path(s.source).name: s.reason for s in summary.skipped} == {
        "b.xlsx": "extension .xlsx is not read",
        ".hidden": "hidden",
        "noext": "extension (none) is not read",
        "~$a.docx": "a lock file of Word",
        "pipe.txt": "not a regular file",
    }
    assert written(tmp_path / "out") == ["a.txt.json"]
    assert summary.exit_code == 0
    with sqlite3.connect(tmp_path / "out" / "extractor.sqlite") as store:
        assert dict(store.execute("SELECT source, reason FROM ledger_skipped")) == {
            s.source: s.reason for s in summary.skipped
        }


def test_one_bad_report_does_not_sink_the_others(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one", b_txt="damaged x", c_txt="defect x", d_txt="four")
    (inside / "e.txt").symlink_to(tmp_path / "gone.txt")
    summary = run([inside, tmp_path / "missing"], tmp_path / "out")
    assert status(summary) == {
        "a.txt": "read",
        "b.txt": "failed",
        "c.txt": "failed",
        "d.txt": "read",
        "e.txt": "failed",
        "missing": "failed",
    }
    assert written(tmp_path / "out") == ["a.txt.json", "d.txt.json"]
    assert summary.exit_code == 2
    errors = {Path(o.source).name: (o.error, o.message) for o in summary.failures}
    assert errors["b.txt"][0] == "DamagedFile"
    assert str(inside / "b.txt") in errors["b.txt"][1]
    assert "ask for the file again" in errors["b.txt"][1]
    assert errors["c.txt"][0] == "InternalError"
    assert errors["e.txt"][0] == errors["missing"][0] == "NotFound"
    log = (tmp_path / "out/errors.log").read_text()
    assert "c.txt" in log
    assert "ZeroDivisionError: nobody expected this" in log
    assert "Traceback" in log


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ({"a_txt": "one"}, 0),
        ({"a_txt": "one", "b_txt": "damaged x"}, 2),
        ({"a_txt": "damaged x"}, 3),
        ({"a_xlsx": "one"}, 3),
        ({"a_txt": "program x"}, 4),
        ({"a_txt": "program x", "b_txt": "damaged x"}, 4),
        ({"a_txt": "program x", "b_txt": "one"}, 2),
    ],
)
def test_exit_codes(tmp_path: Path, contents: dict[str, str], code: int) -> None:
    assert run([files(tmp_path / "in", **contents)], tmp_path / "out").exit_code == code


def test_only_changed_reports_are_read_again(tmp_path: Path) -> None:
    inside, out = files(tmp_path / "in", a_txt="one", b_txt="two"), tmp_path / "out"
    first = run([inside], out)
    before = (out / "reports/a.txt.json").stat()
    files(inside, b_txt="two and more")
    second = run([inside], out)
    assert status(second) == {"a.txt": "unchanged", "b.txt": "read"}
    assert second.counts == first.counts
    assert second.counts.figures == {"household": 2}
    assert (out / "reports/a.txt.json").stat().st_mtime_ns == before.st_mtime_ns
    assert from_json((out / "reports/b.txt.json").read_bytes()).text == "two and more"


@pytest.mark.parametrize("torn", ["", '{"schema_version": "1.2", "docum', "[]", '{"schema_version": "0.1"}'])
def test_a_json_that_is_not_whole_is_made_again(tmp_path: Path, torn: str) -> None:
    inside, out = files(tmp_path / "in", a_txt="one"), tmp_path / "out"
    run([inside], out)
    good = (out / "reports/a.txt.json").read_bytes()
    (out / "reports/a.txt.json").write_text(torn)
    assert status(run([inside], out)) == {"a.txt": "read"}
    assert (out / "reports/a.txt.json").read_bytes() == good


def test_a_moved_report_is_recognised_and_not_read_again(tmp_path: Path) -> None:
    inside, out = files(tmp_path / "in", a_txt="one", b_txt="two"), tmp_path / "out"
    run([inside], out)
    (inside / "deep").mkdir()
    (inside / "a.txt").rename(inside / "deep/c.txt")
    assert status(run([inside], out)) == {"c.txt": "moved", "b.txt": "unchanged"}
    assert written(out) == ["b.txt.json", "deep/c.txt.json"]
    run([inside], tmp_path / "anew")
    assert (out / "reports/deep/c.txt.json").read_bytes() == (tmp_path / "anew/reports/deep/c.txt.json").read_bytes()
    assert status(run([inside], out)) == {"c.txt": "unchanged", "b.txt": "unchanged"}


def test_a_copy_leaves_the_first_json_where_it_is(tmp_path: Path) -> None:
    inside, out = files(tmp_path / "in", a_txt="one"), tmp_path / "out"
    run([inside], out)
    files(inside, b_txt="one")
    assert status(run([inside], out)) == {"a.txt": "unchanged", "b.txt": "moved"}
    assert written(out) == ["a.txt.json", "b.txt.json"]
    assert from_json((out / "reports/b.txt.json").read_bytes()).document.source.endswith("/b.txt")


def test_copies_in_one_run_are_read_once(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one", b_txt="one", c_txt="one")
    assert run([inside], tmp_path / "out", workers=3).status == {"read": 1, "moved": 2}
    assert written(tmp_path / "out") == ["a.txt.json", "b.txt.json", "c.txt.json"]


def test_two_reports_that_change_names(tmp_path: Path) -> None:
    inside, out = files(tmp_path / "in", a_txt="one", b_txt="two"), tmp_path / "out"
    run([inside], out)
    files(inside, a_txt="two", b_txt="one")
    run([inside], out)
    assert [from_json((out / f"reports/{n}.txt.json").read_bytes()).text for n in "ab"] == ["two", "one"]
    assert status(run([inside], out)) == {"a.txt": "unchanged", "b.txt": "unchanged"}


def test_a_folder_that_is_renamed_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([files(tmp_path / "in", a_txt="one")], out)
    (tmp_path / "in").rename(tmp_path / "shelf")
    assert status(run([tmp_path / "shelf"], out)) == {"a.txt": "moved"}
    assert from_json((out / "reports/a.txt.json").read_bytes()).document.source == f"{tmp_path}/shelf/a.txt"
    with Ledger(out) as ledger:
        assert [row.path for row in ledger.files()] == [tmp_path / "shelf/a.txt"]


def test_the_json_of_a_moved_report_stays_where_a_person_has_changed_it(tmp_path: Path) -> None:
    inside, out = files(tmp_path / "in", a_txt="one"), tmp_path / "out"
    run([inside], out)
    (out / "reports/a.txt.json").write_text("mine")
    (inside / "a.txt").rename(inside / "b.txt")
    assert status(run([inside], out)) == {"b.txt": "read"}
    assert written(out) == ["a.txt.json", "b.txt.json"]


def test_the_ledger_names_every_file(tmp_path: Path) -> None:
    inside, out = files(tmp_path / "in", a_txt="one", b_txt="damaged x", c_txt="defect x"), tmp_path / "out"
    (inside / "e.txt").symlink_to(tmp_path / "gone.txt")
    run([inside], out)
    run([inside], out)
    with Ledger(out) as ledger:
        rows = {row.path.name: row for row in ledger.files()}
        pages = ledger.pages(inside / "a.txt")
    assert {name: (row.state, row.error, row.tries) for name, row in rows.items()} == {
        "a.txt": ("done", None, 1),
        "b.txt": ("failed", "DamagedFile", 2),
        "c.txt": ("failed", "InternalError", 2),
        "e.txt": ("failed", "NotFound", 2),
    }
    assert "ask for the file again" in rows["b.txt"].message
    assert rows["a.txt"].json == "a.txt.json"
    assert [(page.page, page.state, page.source) for page in pages] == [(1, "read", "text")]


def test_a_changed_tool_reads_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, out = files(tmp_path / "in", a_txt="one"), tmp_path / "out"
    own = files(tmp_path / "own", units_toml="[[unit]]\nname = 'cây'\n")
    run([inside], out)
    monkeypatch.setenv("EXTRACTOR_PATTERNS", str(own))  # other patterns find other things
    assert status(run([inside], out)) == {"a.txt": "read"}
    assert status(run([inside], out)) == {"a.txt": "unchanged"}


def test_the_fingerprint_does_not_change_by_itself() -> None:
    assert tool.fingerprint("auto") == tool.fingerprint("auto")
    assert tool.fingerprint("auto") != tool.fingerprint("off")


def test_the_output_inside_an_input_is_not_read(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one", out__reports__old_txt="old")
    assert status(run([inside], inside / "out")) == {"a.txt": "read"}


def test_two_files_for_one_json_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    files(tmp_path, x__a_txt="one", y__a_txt="two")
    with pytest.raises(UsageError) as caught:
        run([tmp_path / "x", tmp_path / "y"], tmp_path / "out")
    assert f"{tmp_path}/x/a.txt" in str(caught.value)
    assert f"{tmp_path}/y/a.txt" in str(caught.value)
    assert not (tmp_path / "out/reports").exists()
    assert run([tmp_path], tmp_path / "out").exit_code == 0  # the remedy that the message names


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one")
    summary = run([inside, inside / "a.txt"], tmp_path / "out")
    assert len(summary.outcomes) == 1
    assert summary.skipped[0].reason.startswith("already named as")


@pytest.mark.parametrize("name", ["báo cáo " * 17 + ".txt", "x" * 251 + ".txt", "a\nb.txt", " .txt", "số 5%.txt"])
def test_awkward_names(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / name).write_text("one")
    assert run([inside], tmp_path / "out").exit_code == 0
    (only,) = written(tmp_path / "out")
    assert only.endswith(".txt.json")
    assert len(os.fsencode(only)) <= 255


def test_long_names_that_begin_alike_stay_apart(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for last in "ab":
        (inside / ("x" * 250 + last + ".txt")).write_text(last)
    assert run([inside], tmp_path / "out").exit_code == 0
    assert len(written(tmp_path / "out")) == 2


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / os.fsdecode(b"b\xe1o.txt")).write_text("one")
    assert run([inside], tmp_path / "out").exit_code == 0
    (report,) = (tmp_path / "out/reports").iterdir()
    assert from_json(report.read_bytes()).document.source.endswith("/b�o.txt")


def test_a_full_disk_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, out = files(tmp_path / "in", a_txt="one", b_txt="two", c_txt="three"), tmp_path / "out"
    replace_file, done = os.replace, []

    def full(source: Path, target: Path) -> None:
        if "reports" in Path(target).parts and (done.append(target) or len(done) > 1):  # type: ignore[func-returns-value]
            raise OSError(errno.ENOSPC, "No space left on device")
        replace_file(source, target)

    monkeypatch.setattr(writing.os, "replace", full)
    summary = run([inside], out)
    assert (summary.exit_code, summary.waiting) == (2, 2)
    assert summary.stopped is not None
    assert "no space left" in summary.stopped
    assert written(out) == ["a.txt.json"]
    assert not list(out.glob(".*.part"))
    monkeypatch.undo()
    assert status(run([inside], out)) == {"a.txt": "unchanged", "b.txt": "read", "c.txt": "read"}


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=640k", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(tmp_path: Path, tiny_disk: Path) -> None:
    inside = files(tmp_path / "in", a_txt="small", b_txt="large " * 200_000, c_txt="small too")
    summary = run([inside], tiny_disk / "out")
    assert written(tiny_disk / "out") == ["a.txt.json"]
    assert (summary.exit_code, summary.waiting) == (2, 2)
    assert not list((tiny_disk / "out").glob(".*.part"))


def test_a_json_that_cannot_be_written_fails_alone(tmp_path: Path) -> None:
    inside, out = files(tmp_path / "in", a_txt="one", b_txt="two"), tmp_path / "out"
    (out / "reports/a.txt.json").mkdir(parents=True)
    summary = run([inside], out)
    assert {o.source.rpartition("/")[2]: o.error for o in summary.outcomes} == {"a.txt": "CannotWrite", "b.txt": None}


def test_out_must_be_a_folder(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one")
    with pytest.raises(UsageError):
        run([inside], inside / "a.txt")


def test_two_runs_do_not_write_to_one_out(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one")
    with writing.locked(tmp_path / "out"), pytest.raises(UsageError, match="another run"):
        run([inside], tmp_path / "out")


def test_the_summary_as_data_counts_everything(tmp_path: Path) -> None:
    from extractor.batch.report import as_data

    inside = files(tmp_path / "in", a_txt="one", b_txt="damaged x", c_csv="no")
    data = json.loads(json.dumps(as_data(run([inside], tmp_path / "out"))))
    assert (data["documents"], data["read"], data["pages"], data["warnings"]) == (1, 1, 1, 1)
    assert data["figures"] == {"household": 1, "percent": 0, "money": 0, "criteria": 0, "other": 0}
    assert [f["error"] for f in data["failed"]] == ["DamagedFile"]
    assert [s["reason"] for s in data["skipped"]] == ["extension .csv is not read"]


def test_every_extension_is_found_in_folders(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", **{f"x_{s.removeprefix('.')}": "one" for s in SUFFIXES})
    assert len(discover([inside], tmp_path / "out").jobs) == len(SUFFIXES)


def test_every_extension_of_folders_is_one_that_reading_knows() -> None:
    from extractor.reading.kinds import kind_of_name

    assert [s for s in SUFFIXES if kind_of_name(Path(f"x{s}")) is None] == []
