"""A run: which files, which names, what a failure costs, and what stands on the disk when the run is cut short."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from samples import sample

from extractor.batch import run as run_module
from extractor.batch import tool, writing
from extractor.batch.discover import SUFFIXES, discover
from extractor.batch.run import Summary
from extractor.errors import DamagedFile, MissingProgram, UsageError
from extractor.model import Page, Report
from extractor.serial import from_json


def reader(path: Path, source: str) -> Report:
    """Makes a report of the file's own text, and fails as its first word says."""
    text = path.read_text(encoding="utf8")
    first = text.split(" ")[0]
    if first == "damaged":
        raise DamagedFile("it ends in the middle", path=path)
    if first == "defect":
        raise ZeroDivisionError("nobody expected this")
    if first == "program":
        raise MissingProgram("LibreOffice is not installed: apt-get install libreoffice", path=path)
    if first == "interrupt":
        raise KeyboardInterrupt
    time.sleep(float(os.environ.get("READER_SECONDS", "0")))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    document = replace(sample().document, source=source, sha256=sha256)
    return Report(
        document, text, pages=(Page(1, 0, len(text)),), figures=sample().figures, warnings=("page 1: a doubt",)
    )


def run(inputs: list[Path], out: Path) -> Summary:
    return run_module.run(inputs, out, read=reader)


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
        ({"a_txt": "one", "b_txt": "interrupt x", "c_txt": "two"}, 130),
    ],
)
def test_exit_codes(tmp_path: Path, contents: dict[str, str], code: int) -> None:
    assert run([files(tmp_path / "in", **contents)], tmp_path / "out").exit_code == code


def test_an_interrupted_run_keeps_what_is_written_and_goes_on(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", a_txt="one", b_txt="interrupt x", c_txt="two")
    first = run([inside], tmp_path / "out")
    assert (written(tmp_path / "out"), first.waiting, first.interrupted) == (["a.txt.json"], 2, True)
    files(inside, b_txt="calm")
    assert status(run([inside], tmp_path / "out")) == {"a.txt": "unchanged", "b.txt": "read", "c.txt": "read"}


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


def test_a_changed_tool_reads_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, out = files(tmp_path / "in", a_txt="one"), tmp_path / "out"
    own = files(tmp_path / "own", units_toml="[[unit]]\nname = 'cây'\n")
    run([inside], out)
    monkeypatch.setenv("EXTRACTOR_PATTERNS", str(own))  # other patterns find other things
    time.sleep(0.02)  # a file system's clock ticks in milliseconds
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
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(tmp_path: Path, tiny_disk: Path) -> None:
    inside = files(tmp_path / "in", a_txt="small", b_txt="large " * 20_000, c_txt="small too")
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


BATCH = """
import sys
from pathlib import Path
from test_batch import run
run([Path(sys.argv[1])], Path(sys.argv[2]))
"""


def test_kills_at_random_moments_leave_only_whole_jsons(tmp_path: Path) -> None:
    inside = files(tmp_path / "in", **{f"n{i:03}_txt": f"report {i} " * 2000 for i in range(150)})
    reference, out = tmp_path / "reference", tmp_path / "out"
    run([inside], reference)
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    environment = os.environ | {"PYTHONPATH": path, "READER_SECONDS": "0.002"}
    chance = random.Random(2)
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", BATCH, str(inside), str(out)], env=environment)
        until = time.monotonic() + 20
        before = len(list(out.glob("reports/*.json")))
        while len(list(out.glob("reports/*.json"))) <= before and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for json_file in out.glob("reports/*.json"):
            from_json(json_file.read_bytes())
    assert 6 <= len(list(out.glob("reports/*.json"))) < 150, "the kills came too early or too late to prove anything"
    summary = run([inside], out)
    assert summary.status["unchanged"] >= 6
    assert not list(out.glob(".*.part"))
    assert written(out) == written(reference)
    assert all((out / "reports" / n).read_bytes() == (reference / "reports" / n).read_bytes() for n in written(out))


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
